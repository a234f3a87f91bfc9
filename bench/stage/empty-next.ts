import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTool, start, stop } from './child-processes';
import { freePort } from './free-port';

const READY_TIMEOUT_MS = 30_000;

/** A Next.js app with one route handler that does nothing: what the framework alone costs on this machine. */
export async function startEmptyNext(): Promise<{ port: number; stop(): Promise<void> }> {
  const root = process.cwd();
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  const directory = path.join(root, '.build/bench-next');
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  writeApp(directory, root);
  await runTool(process.execPath, [next, 'build'], { cwd: directory, env });
  const port = await freePort();
  const child = start(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: directory,
    env,
    stdio: 'ignore',
  });
  await answers(port);
  return { port, stop: () => stop(child) };
}

function writeApp(directory: string, root: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(path.join(directory, 'app/empty'), { recursive: true });
  const files = {
    'package.json': JSON.stringify({ name: 'bench-next', private: true, type: 'module' }),
    // The root is the repository's, where node_modules is.
    'next.config.mjs': `const root = ${JSON.stringify(root)};
export default { poweredByHeader: false, outputFileTracingRoot: root, turbopack: { root } };
`,
    'app/empty/route.js': `export const dynamic = 'force-dynamic';
export function POST() {
  return Response.json({ ok: true });
}
`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
}

async function answers(port: number): Promise<void> {
  const deadlineMs = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/empty`, { method: 'POST', body: '{}' });
      if (response.status === 200) return;
      throw new Error(`The empty route handler answered ${response.status}.`);
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
