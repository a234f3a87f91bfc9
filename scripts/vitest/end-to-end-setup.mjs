import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../lib/ports.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { setUp, startServer } from '../lib/server.mjs';
import { Shutdown } from '../lib/shutdown.mjs';
import { startSimulator } from '../lib/simulator.mjs';

/**
 * The built server as `npm start` runs it, twice on one database: with the API ahead of Next.js, and with the API
 * mounted in Next.js alone. The simulated providers beside them tell Paystack's events to the first.
 */
export default async function setup() {
  const shutdown = new Shutdown();
  process.on('exit', () => shutdown.kill());
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesewa-e2e-'));
  shutdown.add({
    stop: async () => rmSync(dataDir, { recursive: true, force: true }),
    kill: () => rmSync(dataDir, { recursive: true, force: true }),
  });
  try {
    const postgres = await startPostgres({ ephemeral: true, fsync: false });
    shutdown.add(postgres);
    await startBoth(shutdown, { ...process.env, DATABASE_URL: postgres.socketUrl, DATA_DIR: dataDir });
    process.env['E2E_DATABASE_URL'] = postgres.url;
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
  return () => shutdown.stop();
}

/**
 * @param {Shutdown} shutdown
 * @param {NodeJS.ProcessEnv} shared
 */
async function startBoth(shutdown, shared) {
  // Vitest sets a BASE_URL of its own, which is not the one the server knows.
  const { BASE_URL: _, ...own } = shared;
  // The demo data is what the console's tests look at.
  const env = { ...own, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', DEMO_DATA: 'on' };
  const demo = await setUp({ shutdown, env });
  const port = await freePort();
  const simulator = await startSimulator({ shutdown, env, port: await freePort(), serverPort: port });
  // Test books may call back to the tests themselves.
  const served = { ...env, PROVIDERS_SIMULATOR_URL: simulator.url, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' };
  const ahead = await startServer({ shutdown, env: { ...served, PORT: String(port) }, quiet: true });
  const inNext = { ...served, PORT: String(await freePort()), API_MOUNT: 'next' };
  const next = await startServer({ shutdown, env: inNext, quiet: true });
  process.env['E2E_BASE_URL'] = `http://127.0.0.1:${ahead.port}`;
  process.env['E2E_NEXT_BASE_URL'] = `http://127.0.0.1:${next.port}`;
  process.env['E2E_SIMULATOR_URL'] = simulator.url;
  process.env['E2E_CLIENT_ID'] = demo.clientId;
  process.env['E2E_CLIENT_SECRET'] = demo.clientSecret ?? '';
  process.env['E2E_WALLET_ID'] = demo.walletId ?? '';
  process.env['E2E_OPERATOR_EMAIL'] = demo.operator?.email ?? '';
  process.env['E2E_OPERATOR_PASSWORD'] = demo.operator?.password ?? '';
}
