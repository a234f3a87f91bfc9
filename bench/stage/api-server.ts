import path from 'node:path';
import { start, stop } from './child-processes';

const READY_TIMEOUT_MS = 60_000;

export interface ApiServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The built server in a process of its own, as `npm start` runs it. */
export async function startApiServer(
  databaseUrl: string,
  nodeOptions: readonly string[] = [],
  settings: Readonly<Record<string, string>> = {},
): Promise<ApiServer> {
  const root = process.cwd();
  const flagsFile = path.join(root, 'scripts/lib/server-flags.mjs');
  const { serverFlags } = (await import(flagsFile)) as { serverFlags: readonly string[] };
  const child = start(
    process.execPath,
    [
      ...serverFlags,
      ...nodeOptions,
      '--import',
      path.join(root, 'scripts/lib/follow-parent.mjs'),
      path.join(root, '.build/server/main.mjs'),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        DATA_DIR: path.join(root, '.build/bench-data'),
        HOST: '127.0.0.1',
        PORT: '0',
        // One key makes all the load here. The limiter stays in the path, only its allowance is out of reach.
        RATE_LIMIT_PER_MINUTE: '1000000000',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const port = await new Promise<number>((resolve, reject) => {
    const fail = (): void => reject(new Error(`The server did not come up:\n${output}`));
    const timer = setTimeout(fail, READY_TIMEOUT_MS);
    child.once('exit', fail);
    child.on('message', (message: { type?: string; port?: number }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      child.off('exit', fail);
      resolve(Number(message.port));
    });
  });
  return { port, pid: child.pid as number, stop: () => stop(child) };
}
