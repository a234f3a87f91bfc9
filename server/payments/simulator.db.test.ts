import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { nodeListener } from '@/server/http/mount';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { startSimulator, type TestSimulator } from '@/simulator/testing';
import { processInbox } from './inbox';
import { pollDue } from './poll';

/**
 * Payments over the wire: our adapters, the simulator's contracts and faults, callbacks into our own port. Both clocks are
 * the test's.
 */
const START = Date.UTC(2026, 5, 6, 12);
const clock = fixedClock(START);
/** Networks with their money and a phone each. */
const CHANNELS = [
  { provider: 'MTN', currency: 'GHS', phone: '23324', amount: 5_000, name: 'mtn-momo' },
  { provider: 'TELECEL', currency: 'GHS', phone: '23320', amount: 5_000, name: 'hubtel' },
  { provider: 'AIRTELTIGO', currency: 'GHS', phone: '23327', amount: 5_000, name: 'hubtel' },
  { provider: 'MPESA', currency: 'KES', phone: '25471', amount: 5_000, name: 'daraja' },
] as const;
type ChannelUnderTest = (typeof CHANNELS)[number];

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
});
afterAll(async () => {
  await simulator.close();
  await new Promise((resolve) => server.close(resolve));
  await api.close();
  await database.close();
});
beforeEach(async () => {
  await simulator.control.reset();
  client = await api.newClient();
});

const services = () => ({ db: database.db, ledger: api.ledger, clock });

interface Asked {
  readonly reference: string;
  readonly phone: string;
}

async function receive(channel: ChannelUnderTest, body: object = {}): Promise<Asked> {
  const reference = `sim${++n}`;
  const phone = channel.phone + String(1_000_000 + n);
  const { provider, currency, amount } = channel;
  const answer = await api.call('POST', '/v1/payments/receive', client.secret, {
    amount,
    currency,
    phone,
    provider,
    description: 'Union Dues',
    metadata: { clientReference: reference },
    ...body,
  });
  expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ responseCode: '0001' });
  return { reference, phone };
}
const phoneOf = (channel: ChannelUnderTest): string => channel.phone + String(1_000_000 + n + 1);
const status = async ({ reference }: Asked) =>
  (await api.call('GET', `/v1/payments/${reference}`, client.secret)).body.data;

/** Lets time pass in both, callbacks arrive, and the jobs have their turns. */
async function pass(ms: number, stepMs = 15_000): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(left, stepMs));
    await simulator.control.runDue();
    await simulator.control.idle();
    await processInbox(services());
    await pollDue(services());
  }
}
const balances = async (): Promise<Record<string, string>> => {
  const { rows } = await database.db.pool.query<{ type: string; balance_minor: string }>(
    'select type, balance_minor from accounts where tenant_id = $1 and balance_minor <> 0',
    [client.testTenantId],
  );
  return Object.fromEntries(rows.map((row) => [row.type, row.balance_minor]));
};
const wholeBooks = async () => expect((await proveBooks(database.db.pool)).findings).toEqual([]);

describe.each(CHANNELS)('$provider in $currency', (channel) => {
  const credited = { PROVIDER_CLEARING: '-5000', AVAILABLE_COLLECTIONS: '5000' };

  test('approved: credited once', async () => {
    await simulator.control.next({ phone: phoneOf(channel) }, { outcome: 'approve', delayMs: 20_000, callbacks: 3 });
    const asked = await receive(channel);
    expect(await status(asked)).toMatchObject({ status: 'Unpaid', paymentStatus: 'pending' });
    await pass(180_000);
    expect(await status(asked)).toMatchObject({ status: 'Paid', paymentStatus: 'succeeded', isFulfilled: true });
    expect(await balances()).toEqual(credited);
    await wholeBooks();
  });

  test('callback lost: found by asking', async () => {
    await simulator.control.next({ phone: phoneOf(channel) }, { outcome: 'approve', delayMs: 20_000, callbacks: 0 });
    const asked = await receive(channel);
    await pass(400_000);
    expect(await status(asked)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await balances()).toEqual(credited);
    await wholeBooks();
  });

  test.each([
    ['insufficient_funds', 'failed'],
    ['decline', 'canceled'],
  ] as const)('%s: %s, and nothing is credited', async (outcome, state) => {
    await simulator.control.next({ phone: phoneOf(channel) }, { outcome, delayMs: 10_000 });
    const asked = await receive(channel);
    await pass(700_000);
    expect(await status(asked)).toMatchObject({ status: 'Unpaid', paymentStatus: state });
    expect(await balances()).toEqual({});
    await wholeBooks();
  });

  test('paid after all: late success', async () => {
    await simulator.control.next(
      { phone: phoneOf(channel) },
      { outcome: 'expire', lateSuccessMs: 30 * 60_000, callbacks: 1 },
    );
    const asked = await receive(channel);
    await pass(600_000);
    expect(['expired', 'failed', 'pending']).toContain((await status(asked)).paymentStatus);
    await pass(4 * 3_600_000, 600_000);
    expect(await status(asked)).toMatchObject({ paymentStatus: 'succeeded' });
    expect(await balances()).toEqual(credited);
    await wholeBooks();
  });

  test('another amount than was asked for: a person looks at it', async () => {
    await simulator.control.next(
      { phone: phoneOf(channel) },
      { outcome: 'approve', delayMs: 10_000, report: { amount: 4_900 } },
    );
    const asked = await receive(channel);
    await pass(180_000);
    const { paymentStatus } = await status(asked);
    const { AVAILABLE_COLLECTIONS, ...rest } = await balances();
    expect(AVAILABLE_COLLECTIONS).toBeUndefined();
    expect({ paymentStatus, rest }).toEqual({
      paymentStatus: 'in_reconciliation',
      rest: { SUSPENSE: '4900', PROVIDER_CLEARING: '-4900' },
    });
    await wholeBooks();
  });
});

test('the providers away for an hour, then back: every payment reaches its true state', async () => {
  const asked: Asked[] = [];
  for (const channel of CHANNELS) {
    await simulator.control.next({ phone: phoneOf(channel) }, { outcome: 'approve', delayMs: 10_000, callbacks: 0 });
    asked.push(await receive(channel));
  }
  await simulator.goDown();
  for (let minute = 0; minute < 60; minute++) {
    clock.advance(60_000);
    await pollDue(services());
  }
  await simulator.comeUp();
  await pass(6 * 3_600_000, 600_000);
  for (const one of asked) expect(await status(one)).toMatchObject({ paymentStatus: 'succeeded' });
  await wholeBooks();
});
