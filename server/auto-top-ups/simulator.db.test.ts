import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { nodeListener } from '@/server/http/mount';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { processInbox } from '@/server/payments/inbox';
import { pollDue } from '@/server/payments/poll';
import { startSimulator, type TestSimulator } from '@/simulator/testing';
import { evaluateDue } from './evaluate';

/** Automatic top-ups over the wire: a phone that approves, and a card that is saved and charged again, as Paystack does it. */
const clock = fixedClock(Date.UTC(2026, 5, 6, 12));
const EMPTY_WHEN_SAVED = '5200000000000007';
const GOOD = '4084084084084081';

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
  client = await api.newClient({ keyMode: 'test' });
});

const post = async (path: string, body: unknown) => {
  const answer = await api.call('POST', path, client.secret, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const get = async (path: string) => (await api.call('GET', path, client.secret)).body;

/** Lets time pass in both, callbacks arrive, and the jobs have their turns. */
async function pass(ms: number, stepMs = 15_000): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(left, stepMs));
    await simulator.control.runDue();
    await simulator.control.idle();
    await processInbox(api.services);
    await pollDue(api.services);
    await evaluateDue(api.services);
  }
}

async function aWallet() {
  const customerId = `cus_sim${++n}`;
  await post('/v1/customers', { id: customerId, name: 'Ama Mensah', email: 'ama@example.com' });
  const wallet = await post('/v1/wallets', { customer_id: customerId, currency: 'GHS' });
  return { customerId, walletId: wallet.id as string };
}
const debit = (walletId: string, amount: number) =>
  post(`/v1/wallets/${walletId}/debit`, { amount, description: 'Test', reference: `ref${++n}` });
const consent = { statement: 'Take it from here when I run low.' };
const wholeBooks = async () => expect((await proveBooks(database.db.pool)).findings).toEqual([]);

it('a phone is prompted, its owner approves, and the wallet is credited once', async () => {
  const { customerId, walletId } = await aWallet();
  await post(`/v1/wallets/${walletId}/credit`, { amount: 6_000, description: 'Start', reference: 'start' });
  const phone = '233244000777';
  const body = { customer_id: customerId, type: 'mobile_money', provider: 'MTN', phone, consent };
  const method = await post('/v1/payment_methods', body);
  const rule = { threshold: 5_000, amount: 30_000, payment_method_id: method.id };
  await post(`/v1/wallets/${walletId}/auto_topup`, rule);
  await simulator.control.next({ phone }, { outcome: 'approve', delayMs: 20_000, callbacks: 3 });
  await debit(walletId, 2_000);
  await pass(15_000);
  expect(await get(`/v1/wallets/${walletId}/auto_topup`)).toMatchObject({ last_topup: { status: 'pending' } });
  await pass(120_000);
  expect(await get(`/v1/wallets/${walletId}`)).toMatchObject({ balance: 34_000 });
  expect(await get(`/v1/wallets/${walletId}/auto_topup`)).toMatchObject({ last_topup: { status: 'succeeded' } });
  expect((await get(`/v1/wallets/${walletId}/topups`)).data).toHaveLength(1);
  await wholeBooks();
});

/** A person pays on the checkout's card page, as a browser without JavaScript does it. */
async function payByCard(walletId: string, number: string, cvv: string): Promise<string> {
  const topUp = await post(`/v1/wallets/${walletId}/topups`, { amount: 6_000, redirect_url: 'http://localhost/done' });
  const chosen = await fetch(`${topUp.checkout_url}/pay`, {
    method: 'POST',
    body: new URLSearchParams({ pay: 'card' }),
    redirect: 'manual',
  });
  expect(chosen.status).toBe(303);
  const away = await fetch(new URL(chosen.headers.get('location') ?? '', topUp.checkout_url));
  const page = /^0; url=(.+)$/.exec(away.headers.get('refresh') ?? '')?.[1];
  if (page === undefined) throw new Error('The checkout did not lead to the card page.');
  await fetch(page, {
    method: 'POST',
    body: new URLSearchParams({ number, expiry: '12/30', cvv, do: 'pay' }),
    redirect: 'manual',
  });
  await pass(60_000);
  return (await get(`/v1/topups/${topUp.id}`)).payment_id;
}

async function cardScene(number: string, cvv: string): Promise<string> {
  const { customerId, walletId } = await aWallet();
  const paymentId = await payByCard(walletId, number, cvv);
  const card = await post('/v1/payment_methods', {
    customer_id: customerId,
    type: 'card',
    payment_id: paymentId,
    consent,
  });
  expect(card.card.last_four).toBe(number.slice(-4));
  await post(`/v1/wallets/${walletId}/auto_topup`, { threshold: 5_000, target: 20_000, payment_method_id: card.id });
  return walletId;
}

it('a card that paid once is saved and charged again', async () => {
  const walletId = await cardScene(GOOD, '408');
  await debit(walletId, 2_000);
  await pass(60_000);
  expect(await get(`/v1/wallets/${walletId}`)).toMatchObject({ balance: 20_000 });
  await wholeBooks();
});

it('a saved card without money fails, backs off and disables the rule', async () => {
  const walletId = await cardScene(EMPTY_WHEN_SAVED, '123');
  await debit(walletId, 2_000);
  await pass(2 * 3_600_000, 5 * 60_000);
  expect(await get(`/v1/wallets/${walletId}/auto_topup`)).toMatchObject({
    status: 'disabled',
    disabled_reason: 'failures',
    last_topup: { status: 'failed', failure_code: 'insufficient_funds' },
  });
  expect(await get(`/v1/wallets/${walletId}`)).toMatchObject({ balance: 4_000 });
  await wholeBooks();
});
