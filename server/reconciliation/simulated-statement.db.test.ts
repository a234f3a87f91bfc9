import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { nodeListener } from '@/server/http/mount';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { processInbox } from '@/server/payments/inbox';
import { pollDue } from '@/server/payments/poll';
import { startSimulator, type TestSimulator } from '@/simulator/testing';

/** What the simulated providers say of the day, held against what our adapters learned from them. */
const clock = fixedClock(Date.UTC(2026, 5, 6, 12));
const CHANNELS = [
  { provider: 'MTN', currency: 'GHS', phone: '23324', name: 'mtn-momo' },
  { provider: 'TELECEL', currency: 'GHS', phone: '23320', name: 'hubtel' },
  { provider: 'MPESA', currency: 'KES', phone: '25471', name: 'daraja' },
  { provider: 'MPESA', currency: 'TZS', phone: '25574', name: 'vodacom-tz' },
] as const;

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let simulator: TestSimulator;
let server: Server;
let api: ApiHarness;
let client: NewClient;
let n = 0;

beforeAll(async () => {
  [database, simulator] = await Promise.all([
    makeTestDatabase(),
    startSimulator({ clock: { now: () => clock.fixedMs() } }),
  ]);
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  api = await openTestApi(database, { clock, env: { BASE_URL: origin, PROVIDERS_SIMULATOR_URL: simulator.url } });
  server.on('request', nodeListener(api.services));
  client = await api.newClient();
});
afterAll(async () => {
  await simulator.close();
  await new Promise((resolve) => server.close(resolve));
  await api.close();
  await database.close();
});

test.each(CHANNELS)('$name in $currency: paid, failed, and paid without anybody telling us', async (channel) => {
  const collect = async (outcome: 'approve' | 'decline', callbacks: number): Promise<void> => {
    const phone = channel.phone + String(1_000_000 + ++n);
    await simulator.control.next({ phone }, { outcome, callbacks });
    const body = { amount: 5_000, currency: channel.currency, phone, provider: channel.provider, description: 'Dues' };
    const answer = await api.call('POST', '/v1/payments/receive', client.secret, body);
    expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ success: true });
  };
  await collect('approve', 1);
  await collect('decline', 1);
  // Daraja's query names no receipt: this one is recognised by who paid.
  await collect('approve', 0);
  for (let step = 0; step < 20; step++) {
    clock.advance(15_000);
    await simulator.control.runDue();
    await simulator.control.idle();
    const services = { db: database.db, ledger: api.ledger, clock };
    await processInbox(services);
    await pollDue(services);
  }
  const statement = await fetch(`${simulator.url}/control/statement?provider=${channel.name}`);
  expect([statement.status, statement.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const content = await statement.text();
  const { body } = await api.call('POST', '/v1/reconciliations', client.secret, {
    provider: channel.name,
    file_name: 'today.csv',
    content,
  });
  const { body: lines } = await api.call('GET', `/v1/reconciliations/${body.id}/lines`, client.secret);
  const seen = lines.data.map((line: { outcome: string }) => line.outcome);
  // Safaricom's account number is our reference cut short: what was not paid has nothing else to be recognised by.
  const declined = channel.name === 'daraja' ? 'not_compared' : 'matched';
  expect(seen.sort(), JSON.stringify(lines.data)).toEqual(['matched', 'matched', declined].sort());
  const { totals } = (await api.call('GET', `/v1/reconciliations/${body.id}`, client.secret)).body;
  expect(totals).toMatchObject([{ currency: channel.currency, theirs: 10_000, ours: 10_000, difference: 0 }]);
});

test('there is none of a provider that is not simulated', async () => {
  expect((await fetch(`${simulator.url}/control/statement?provider=nobody`)).status).toBe(404);
  expect((await fetch(`${simulator.url}/control/statement?provider=daraja&day=x`)).status).toBe(400);
});
