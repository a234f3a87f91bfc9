import { createDatabase } from './bench-database';
import { runTool } from './child-processes';

const SCALE = 20;
const LOAD = ['-M', 'prepared', '-c', '8', '-j', '2'] as const;

export interface Pgbench {
  readonly version: string;
  readonly command: string;
  /** TPC-B transactions a second over this long. */
  run(seconds: number): Promise<number>;
}

/** PostgreSQL's own bench on the same server, or null where it is not installed. */
export async function preparePgbench(serverUrl: string): Promise<Pgbench | null> {
  let version: string;
  try {
    version = (await runTool('pgbench', ['--version'])).trim();
  } catch {
    return null;
  }
  const url = await createDatabase(serverUrl, 'bench_pgbench');
  await runTool('pgbench', ['-i', '-q', '-s', String(SCALE), url]);
  return {
    version,
    command: `pgbench ${LOAD.join(' ')} (scale ${SCALE})`,
    run: async (seconds) => {
      const output = await runTool('pgbench', [...LOAD, '-T', String(seconds), url]);
      const tps = Number(/tps = ([\d.]+)/.exec(output)?.[1]);
      if (!(tps > 0)) throw new Error(`pgbench gave no figure:\n${output}`);
      return tps;
    },
  };
}
