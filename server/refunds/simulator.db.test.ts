import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { nodeListener } from '@/server/http/mount';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { processInbox } from '@/server/payments/inbox';
import { pollDue } from '@/server/payments/poll';
import { CREDENTIALS } from '@/simulator/credentials';
import { startSimulator, type TestSimulator } from '@/simulator/testing';
import { pollRefunds } from './poll';

/** Refunds and payouts over the wire: Paystack's contract as the simulator speaks it, its signed webhooks into our port. */
const clock = fixedClock(Date.UTC(2026, 5, 6, 12));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let simulator: TestSimulator;
let server: Server;
let api: ApiHarness;
let client: NewClient;
let n = 0;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = { paystackWebhookUrl: `${origin}/callbacks/paystack/webhooks-of-the-account` };
  [database, simulator] = await Promise.all([
    makeTestDatabase(),
    startSimulator({ clock: { now: () => clock.fixedMs() }, settings }),
  ]);
  // Before those of the simulator's other providers: mobile money in Ghana goes through Paystack here.
  const providers = [
    {
      id: 'paystack-first',
      adapter: 'paystack',
      mode: 'test',
      endpoints: { baseUrl: `${simulator.url}/paystack` },
      credentials: { secretKey: CREDENTIALS.paystack.secretKey, contactEmail: 'till@example.com' },
    },
  ];
  const env = { BASE_URL: origin, PROVIDERS: JSON.stringify(providers), PROVIDERS_SIMULATOR_URL: simulator.url };
  api = await openTestApi(database, { clock, env });
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
const call = (method: string, path: string, body?: unknown) => api.call(method, path, client.secret, body);

async function pass(ms: number, stepMs = 15_000): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(left, stepMs));
    await simulator.control.runDue();
    await simulator.control.idle();
    await processInbox(services());
    await pollDue(services());
    await pollRefunds(services());
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
const refund = async (body: object) =>
  (await call('POST', '/v1/refunds', { method: 'provider', reason: 'Test', reference: `ref_${++n}`, ...body })).body;
const refundOf = async (id: string) => (await call('GET', `/v1/refunds/${id}`)).body;

async function aPaid(
  amount = 5_000,
): Promise<{ readonly id: string; readonly walletId: string; readonly phone: string }> {
  const phone = `23324${String(2_000_000 + ++n)}`;
  const walletId = (await call('POST', '/v1/wallets', { customer_id: `cus_${n}`, currency: 'GHS' })).body.id;
  await simulator.control.next({ phone }, { outcome: 'approve', delayMs: 5_000 });
  const { body } = await call('POST', '/v1/payments/receive', {
    amount,
    currency: 'GHS',
    phone,
    provider: 'MTN',
    description: 'Top-up',
    walletId,
  });
  await pass(60_000);
  const { id } = body.data;
  expect((await call('GET', `/v1/payments/${id}/details`)).body).toMatchObject({
    status: 'succeeded',
    provider: 'paystack',
  });
  return { id, walletId, phone };
}

test('a payment, in part and then the rest, by Paystack’s refunds', async () => {
  const { id } = await aPaid();
  const part = await refund({ payment: id, amount: 2_000 });
  expect(part, JSON.stringify(part)).toMatchObject({ way: 'refund', provider: 'paystack' });
  await pass(60_000);
  expect(await refundOf(part.id)).toMatchObject({ status: 'succeeded' });
  const rest = await refund({ payment: id });
  await pass(60_000);
  expect(await refundOf(rest.id)).toMatchObject({ status: 'succeeded', amount: 3_000 });
  expect((await call('GET', `/v1/payments/${id}/details`)).body).toMatchObject({ status: 'refunded' });
  expect(await balances()).toEqual({});
  await wholeBooks();
});

test('close, due, payout to the phone by Paystack’s transfers', async () => {
  const { walletId, phone } = await aPaid();
  await call('POST', `/v1/wallets/${walletId}/close`, {});
  await simulator.control.next({ phone }, { outcome: 'approve', delayMs: 30_000, callbacks: 3 });
  const { id } = await refund({ wallet_id: walletId, destination: { phone, channel: 'MTN', name: 'Ama Mensah' } });
  expect(await refundOf(id)).toMatchObject({ status: 'submitted', way: 'payout' });
  await pass(180_000);
  expect(await refundOf(id)).toMatchObject({ status: 'succeeded', receipt: expect.stringMatching(/^[0-9]+$/) });
  expect(await balances()).toEqual({});
  await wholeBooks();
});

test('a payout that fails: owed again', async () => {
  const { walletId, phone } = await aPaid();
  await call('POST', `/v1/wallets/${walletId}/close`, {});
  await simulator.control.next({ phone }, { outcome: 'decline', delayMs: 30_000 });
  const { id } = await refund({ wallet_id: walletId, destination: { phone, channel: 'MTN', name: 'Ama Mensah' } });
  await pass(180_000);
  expect(await refundOf(id)).toMatchObject({ status: 'failed', return_transaction_id: expect.stringMatching(/^txn_/) });
  expect((await call('GET', `/v1/wallets/${walletId}`)).body).toMatchObject({ refund_due: 5_000 });
  await wholeBooks();
});

test('a payout that comes back after it was paid: owed again, told by the webhook alone', async () => {
  const { walletId, phone } = await aPaid();
  await call('POST', `/v1/wallets/${walletId}/close`, {});
  await simulator.control.next({ phone }, { outcome: 'approve', delayMs: 5_000, reverseAfterMs: 3_600_000 });
  const { id } = await refund({ wallet_id: walletId, destination: { phone, channel: 'MTN', name: 'Ama Mensah' } });
  await pass(60_000);
  expect(await refundOf(id)).toMatchObject({ status: 'succeeded' });
  await pass(4 * 3_600_000, 600_000);
  expect(await refundOf(id)).toMatchObject({ status: 'failed', failure_code: 'returned_by_provider' });
  expect((await call('GET', `/v1/wallets/${walletId}`)).body).toMatchObject({ refund_due: 5_000 });
  await wholeBooks();
});

test('Paystack away for an hour: nothing was sent, then it is, once', async () => {
  const { id, walletId } = await aPaid();
  await simulator.goDown();
  const made = await refund({ payment: id, amount: 1_000 });
  for (let minute = 0; minute < 60; minute++) {
    clock.advance(60_000);
    await pollRefunds(services());
  }
  expect(['pending', 'submitted']).toContain((await refundOf(made.id)).status);
  await simulator.comeUp();
  await pass(6 * 3_600_000, 600_000);
  expect(await refundOf(made.id)).toMatchObject({ status: 'succeeded' });
  expect((await call('GET', `/v1/wallets/${walletId}`)).body).toMatchObject({ balance: 4_000 });
  expect(await balances()).toEqual({ PROVIDER_CLEARING: '-4000', CUSTOMER_WALLET: '4000' });
  await wholeBooks();
});
