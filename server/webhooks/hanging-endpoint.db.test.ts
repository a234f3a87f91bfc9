import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { renderEvent } from '@/server/http/v1/event-data';
import { openLog } from '@/server/kernel/log';
import { LOOP_LIMITS, type LoopLimits, startDeliveries } from './delivery-loop';

/**
 * One endpoint that hangs among a hundred. The loop itself runs, on the real clock; the time limit is a sixth of what
 * it is, so that the test does not take minutes. The control is the same with one bound for all.
 */
const ENDPOINTS = 100;
const ROUNDS = 4;
const TIMEOUT_MS = 2_500;
const LIMITS: LoopLimits = { ...LOOP_LIMITS, concurrency: 24, perEndpoint: 4, perFailingEndpoint: 1, pollMs: 20 };
const SHARED: LoopLimits = { ...LIMITS, perEndpoint: LIMITS.concurrency, perFailingEndpoint: LIMITS.concurrency };

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let server: Server;
let port: number;
/** When each path's deliveries arrived. */
const arrivals = new Map<string, number[]>();

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { env: { WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' } });
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const path = request.url ?? '';
      if (path.startsWith('/hangs')) return;
      const times = arrivals.get(path) ?? [];
      times.push(performance.now());
      arrivals.set(path, times);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
  await database.close();
});

/** @returns 95th percentile of how long good endpoints waited, in milliseconds */
async function p95(limits: LoopLimits, hanging: boolean): Promise<number> {
  arrivals.clear();
  const clients = await Promise.all([0, 1].map(() => api.newClient({ name: 'Many' })));
  const paths: string[] = [];
  const make = async (secret: string, path: string, events: string[]): Promise<void> => {
    const url = `http://127.0.0.1:${port}${path}`;
    const answer = await api.call('POST', '/v1/webhook_endpoints', secret, { url, events });
    expect(answer.status).toBe(201);
  };
  for (let i = 0; i < ENDPOINTS - 1; i++) {
    const path = `/good/${limits.perEndpoint}/${hanging}/${i}`;
    paths.push(path);
    await make(clients[i % 2]?.secret ?? '', path, ['wallet.created']);
  }
  // With a backlog of its own, as one that has hung for a while has.
  const slow = await api.newClient({ name: 'Slow' });
  await make(slow.secret, `/${hanging ? 'hangs' : 'good'}/last`, ['wallet.created']);
  for (let i = 0; i < 60; i++) await open(slow.secret);
  const { db, ledger, clock, secretBox } = api.services;
  const parts = { db, ledger, clock, secretBox, renderEvent, log: openLog('silent'), random: () => 0 };
  const loop = startDeliveries({ ...parts, allowedHosts: ['127.0.0.1'], timeoutMs: TIMEOUT_MS }, limits);
  const waits: number[] = [];
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const startedMs = performance.now();
      await Promise.all(clients.map(({ secret }) => open(secret)));
      await until(() => paths.every((path) => (arrivals.get(path)?.length ?? 0) >= round));
      for (const path of paths) waits.push((arrivals.get(path)?.[round - 1] as number) - startedMs);
    }
  } finally {
    await loop.stop();
    await database.db.pool.query(`delete from webhook_deliveries where status = 'pending'`);
    await database.db.pool.query(`update webhook_endpoints set status = 'deleted' where status = 'enabled'`);
  }
  return waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] as number;
}

let count = 0;
async function open(secret: string): Promise<void> {
  const answer = await api.call('POST', '/v1/wallets', secret, { customer_id: `cus_${++count}`, currency: 'GHS' });
  expect(answer.status).toBe(201);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

it('does not raise the others’ p95 beyond twice; with one bound for all it would', async () => {
  await p95(LIMITS, false);
  const [calm, beside, shared] = [await p95(LIMITS, false), await p95(LIMITS, true), await p95(SHARED, true)];
  const figures = `p95 in ms: none hangs ${calm.toFixed(0)}, one hangs ${beside.toFixed(0)}, without the bound ${shared.toFixed(0)}`;
  process.stdout.write(`${figures}\n`);
  expect(beside, figures).toBeLessThanOrEqual(2 * calm);
  expect(shared, figures).toBeGreaterThan(2 * calm);
}, 120_000);
