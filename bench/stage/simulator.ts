import path from 'node:path';
import { start, stop } from './child-processes';

const READY_TIMEOUT_MS = 30_000;
/** A payer's answer, so that requests, prompts and callbacks overlap as they do in life. */
const PAYER_MS = 500;

export interface BenchSimulator {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The simulated providers in a process of their own, every prompt approved by itself after half a second. */
export async function startSimulator(port: number): Promise<BenchSimulator> {
  const root = process.cwd();
  const child = start(
    process.execPath,
    ['--import', path.join(root, 'scripts/lib/follow-parent.mjs'), path.join(root, '.build/simulator/main.mjs')],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        SIMULATOR_PORT: String(port),
        SIMULATOR_AUTO_APPROVE_MS: String(PAYER_MS),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new Error('The simulator did not come up.'));
    const timer = setTimeout(fail, READY_TIMEOUT_MS);
    child.once('exit', fail);
    child.on('message', (message: { type?: string }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      child.off('exit', fail);
      resolve();
    });
  });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid as number, stop: () => stop(child) };
}
