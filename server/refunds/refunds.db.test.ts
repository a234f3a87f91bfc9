import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { schemaOfEvent } from '@/contracts/events';
import { parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { prove, proveBooks } from '@/server/ledger/books/prove';
import { processInbox } from '@/server/payments/inbox';
import { initiatePayment } from '@/server/payments/initiate';
import { pollDue } from '@/server/payments/poll';
import { installTestPorts } from '@/server/payments/testing';
import type { Observation } from '@/server/providers/provider';
import { makeOperator } from '@/server/staff/testing';
import { makeService } from '@/server/transactions/testing';
import { pollRefunds } from './poll';
import { RefundingProvider, startedAs } from './testing';

const START = Date.UTC(2026, 5, 6, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const clock = fixedClock(START);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let provider: RefundingProvider;
let client: NewClient;
let n = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  clock.set(START);
  use(new RefundingProvider());
  client = await api.newClient();
});

function use(next: RefundingProvider): void {
  provider = next;
  installTestPorts(database.db, provider);
}

const services = () => ({ db: database.db, ledger: api.ledger, clock });
const call = (method: string, path: string, body?: unknown): Promise<ApiAnswer> =>
  api.call(method, path, client.secret, body);
const fresh = (): string => `r${++n}`;
const whole = async () => expect((await proveBooks(database.db.pool)).findings).toEqual([]);
const paidOut = (): Partial<Observation> => ({ outcome: 'succeeded', receipt: '3018284' });
const poll = async (ms: number): Promise<void> => {
  clock.advance(ms);
  await pollRefunds(services());
};
const balances = async (): Promise<Record<string, string>> => {
  const { rows } = await database.db.pool.query<{ type: string; minor: string }>(
    `select type, sum(balance_minor) as minor from accounts where tenant_id = $1 and balance_minor <> 0 group by type`,
    [client.testTenantId],
  );
  return Object.fromEntries(rows.map((row) => [row.type, row.minor]));
};
const eventsOf = async (type: string): Promise<number> =>
  (await call('GET', `/v1/events?type=${type}&limit=100`)).body.data.length;

async function aWallet(): Promise<string> {
  return (await call('POST', '/v1/wallets', { customer_id: `cus_${fresh()}`, currency: 'GHS' })).body.id;
}

/** Paid through the provider: the payment's id, and the attempt that the provider knows it by. */
async function aPaid(
  walletId: string | null,
  amount = 5_000,
): Promise<{ readonly id: string; readonly attempt: string }> {
  provider.truth = () => ({ outcome: 'succeeded', receipt: '211', currency: 'GHS' });
  const answer = await call('POST', '/v1/payments/receive', {
    amount,
    currency: 'GHS',
    phone: '233241234567',
    provider: 'MTN',
    description: 'Top-up',
    metadata: { clientReference: fresh() },
    ...(walletId !== null && { walletId }),
  });
  expect(answer.body, JSON.stringify(answer.body)).toMatchObject({ responseCode: '0001' });
  clock.advance(15_000);
  await pollDue(services());
  const { id } = answer.body.data;
  expect((await paymentOf(id)).status).toBe('succeeded');
  return { id, attempt: provider.initiated.at(-1)?.reference ?? '' };
}
/** As the checkout pays it. */
async function payTopUp(topUpId: string, walletId: string): Promise<string> {
  provider.truth = () => ({ outcome: 'succeeded', receipt: '211', currency: 'GHS' });
  const { payment } = await initiatePayment(contextOfTest(), {
    channel: 'MTN',
    currency: 'GHS',
    amountMinor: 5_000n,
    phone: '233241234567',
    customerId: null,
    walletId: parseId('wallet', walletId),
    topUpId: parseId('topup', topUpId),
    description: 'Top-up',
    reference: fresh(),
    metadata: null,
    initiatedBy: 'payer',
  });
  clock.advance(15_000);
  await pollDue(services());
  return payment.publicId;
}
const contextOfTest = (): Context => ({
  principal: {
    kind: 'api_key',
    tenantId: client.testTenantId,
    clientId: client.publicId,
    mode: 'test',
    credentialId: '1',
    actor: 'api_key:1',
    scopes: ['*'],
    role: null,
    isOperator: false,
    actsOnClient: false,
  },
  requestId: 'req_test',
  address: null,
  answer: null,
  ...services(),
});
const paymentOf = async (id: string) => (await call('GET', `/v1/payments/${id}/details`)).body;
const walletOf = async (id: string) => (await call('GET', `/v1/wallets/${id}`)).body;
const refundOf = async (id: string) => (await call('GET', `/v1/refunds/${id}`)).body;
const refund = (body: object): Promise<ApiAnswer> =>
  call('POST', '/v1/refunds', { method: 'provider', reason: 'Paid twice', reference: fresh(), ...body });
const MTN = { phone: '233241234567', channel: 'MTN', name: 'Ama Mensah' };

async function aClosed(amount = 5_000): Promise<string> {
  const walletId = await aWallet();
  await aPaid(walletId, amount);
  await call('POST', `/v1/wallets/${walletId}/close`, {});
  expect(await walletOf(walletId)).toMatchObject({ status: 'closed', refund_due: amount });
  return walletId;
}

describe('a payment', () => {
  test('in part, then the rest: partially refunded, refunded, and the books say so', async () => {
    const walletId = await aWallet();
    const { id, attempt } = await aPaid(walletId);
    const first = await refund({ payment: id, amount: 2_000 });
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.body).toMatchObject({ status: 'submitted', way: 'refund', source: 'wallet', amount: 2_000 });
    expect(await walletOf(walletId)).toMatchObject({ balance: 3_000 });
    expect(await paymentOf(id)).toMatchObject({ status: 'succeeded', amount_refunded: 2_000 });
    provider.movement = paidOut;
    await poll(15_000);
    expect(await refundOf(first.body.id)).toMatchObject({ status: 'succeeded', receipt: '3018284' });
    expect(await paymentOf(id)).toMatchObject({ status: 'partially_refunded', amount_refunded: 2_000 });
    const rest = await refund({ payment: id });
    expect(rest.body).toMatchObject({ amount: 3_000 });
    await poll(15_000);
    expect(await paymentOf(id)).toMatchObject({ status: 'refunded', amount_refunded: 5_000 });
    expect(await balances()).toEqual({});
    expect(provider.arrived.map(({ amountMinor }) => amountMinor)).toEqual([2_000n, 3_000n]);
    expect([await eventsOf('refund.created'), await eventsOf('refund.succeeded')]).toEqual([2, 2]);
    for (const type of ['refund.created', 'refund.succeeded'] as const) {
      const [event] = (await call('GET', `/v1/events?type=${type}&limit=1`)).body.data;
      expect(schemaOfEvent(type).parse(event)).toEqual(event);
      expect(event.data).toMatchObject({
        id: rest.body.id,
        status: type === 'refund.created' ? 'pending' : 'succeeded',
      });
    }
    expect((await refund({ payment: id, amount: 1 })).body.error).toMatchObject({ code: 'payment_not_refundable' });
    // Paystack calls what was given back in whole reversed.
    provider.truth = () => ({ outcome: 'failed', code: 'provider_error', isReversed: true });
    await hear({ reference: attempt, outcome: 'failed', code: 'provider_error', isReversed: true });
    expect(await paymentOf(id)).toMatchObject({ status: 'refunded' });
    await whole();
  });

  test('of a top-up: by its own name, and it is refunded with its payment', async () => {
    const walletId = await aWallet();
    const { body: topUp } = await call('POST', `/v1/wallets/${walletId}/topups`, {
      amount: 5_000,
      redirect_url: 'http://localhost/done',
    });
    expect((await refund({ topup_id: topUp.id })).body.error).toMatchObject({ code: 'payment_not_refundable' });
    const id = await payTopUp(topUp.id, walletId);
    provider.movement = paidOut;
    const part = await refund({ topup_id: topUp.id, amount: 1_000 });
    expect(part.body).toMatchObject({ topup_id: topUp.id, payment_id: id });
    await poll(15_000);
    expect((await call('GET', `/v1/topups/${topUp.id}`)).body.status).toBe('succeeded');
    await refund({ topup_id: topUp.id });
    await poll(15_000);
    expect((await call('GET', `/v1/topups/${topUp.id}`)).body.status).toBe('refunded');
    expect((await call('GET', `/v1/refunds?topup_id=${topUp.id}`)).body.data).toHaveLength(2);
    expect((await call('GET', `/v1/refunds?payment=${id}&status=succeeded&limit=1`)).body).toMatchObject({
      has_more: true,
    });
    await whole();
  });

  test('more than paid is refused, as is more than is left while another is under way, and nothing is changed', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    const before = await balances();
    const tooMuch = await refund({ payment: id, amount: 5_001 });
    expect(tooMuch.status).toBe(400);
    expect(tooMuch.body.error).toMatchObject({ code: 'refund_exceeds_paid', details: { refundable: 5_000 } });
    expect(await balances()).toEqual(before);
    await refund({ payment: id, amount: 3_000 });
    expect((await refund({ payment: id, amount: 2_001 })).body.error).toMatchObject({
      code: 'refund_exceeds_paid',
      details: { refundable: 2_000, requested: 2_001 },
    });
    expect(provider.arrived).toHaveLength(1);
    await whole();
  });

  test('ten at once for the whole: one', async () => {
    const { id } = await aPaid(await aWallet());
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund({ payment: id })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(provider.arrived).toHaveLength(1);
    await whole();
  });

  test('paid money alone: what was spent, held or is promotional is not given back, and leaves no refund', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    await call('POST', `/v1/wallets/${walletId}/credit`, { amount: 4_000, description: 'Gift', reference: fresh() });
    await call('POST', `/v1/wallets/${walletId}/debit`, { amount: 5_000, description: 'Spent', reference: fresh() });
    expect(await walletOf(walletId)).toMatchObject({ balance: 4_000, refundable: 4_000, promotional: 0 });
    await call('POST', `/v1/wallets/${walletId}/credit`, { amount: 2_000, description: 'Gift', reference: fresh() });
    await call('POST', `/v1/wallets/${walletId}/holds`, { amount: 2_500, description: 'Held', reference: fresh() });
    const { refundable } = await walletOf(walletId);
    const refused = await refund({ payment: id, amount: refundable + 1 });
    expect(refused.status).toBe(402);
    expect(refused.body.error).toMatchObject({ code: 'insufficient_funds', details: { available: refundable } });
    expect((await call('GET', '/v1/refunds')).body.data).toEqual([]);
    expect(await paymentOf(id)).toMatchObject({ amount_refunded: 0 });
    expect((await refund({ payment: id, amount: refundable })).status).toBe(201);
    await whole();
  });

  test('frozen: no money goes out', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    await call('POST', `/v1/wallets/${walletId}/freeze`, {});
    expect((await refund({ payment: id })).body.error).toMatchObject({ code: 'wallet_frozen' });
    await whole();
  });

  test('out of collections: fees stay, so what is there bounds it', async () => {
    const code = await makeService(api, database.db, client.testTenantId, {
      hasFee: true,
      fee: { type: 'FIXED', amount: '1' },
      feeBearer: 'client',
    });
    await call('PATCH', '/v1/collection_policy', { client_service_code: code });
    const { id } = await aPaid(null);
    expect((await refund({ payment: id })).body.error).toMatchObject({
      code: 'insufficient_funds',
      details: { available: 4_900, required: 5_000 },
    });
    await aPaid(null);
    provider.movement = paidOut;
    expect((await refund({ payment: id })).body).toMatchObject({ source: 'collections', wallet_id: null });
    await poll(15_000);
    expect(await paymentOf(id)).toMatchObject({ status: 'refunded' });
    expect(await balances()).toEqual({
      PROVIDER_CLEARING: '-5000',
      AVAILABLE_COLLECTIONS: '4800',
      COMMISSION_ACCOUNT: '200',
    });
    await whole();
  });

  test('its provider cannot refund: paid out to the phone that paid, by one that can', async () => {
    use(new RefundingProvider('hubtel', { refund: false }));
    const { id } = await aPaid(await aWallet());
    expect((await refund({ payment: id, destination: MTN })).body.error).toMatchObject({ param: 'destination' });
    const answer = await refund({ payment: id });
    expect(answer.body).toMatchObject({ way: 'payout', destination: { phone: '233241234567', channel: 'MTN' } });
    await whole();
  });

  test('nobody can: refused, and recorded when it was paid outside', async () => {
    use(new RefundingProvider('hubtel', { refund: false, payOut: false }));
    const { id } = await aPaid(await aWallet());
    expect((await refund({ payment: id })).body.error).toMatchObject({ code: 'refund_method_unavailable' });
    const recorded = await refund({ payment: id, amount: 1_000, method: 'recorded' });
    expect(recorded.body).toMatchObject({ status: 'succeeded', way: null, provider: null });
    expect(await paymentOf(id)).toMatchObject({ status: 'partially_refunded' });
    expect(await balances()).toEqual({
      PROVIDER_CLEARING: '-5000',
      CUSTOMER_WALLET: '4000',
      EXTERNAL_SETTLEMENT: '1000',
    });
    await whole();
  });

  test('unpaid: there is nothing to give back', async () => {
    provider.truth = () => ({ outcome: 'pending' });
    const { body } = await call('POST', '/v1/payments/receive', {
      amount: 80,
      phone: '233241234567',
      provider: 'MTN',
      description: 'Dues',
    });
    expect((await refund({ payment: body.data.id })).body.error).toMatchObject({ code: 'payment_not_refundable' });
  });
});

describe('what a close left due', () => {
  test('close, due, payout: paid once, and nothing is owed any more', async () => {
    const walletId = await aClosed();
    const answer = await refund({ wallet_id: walletId, destination: MTN });
    expect(answer.body).toMatchObject({ status: 'submitted', source: 'due', way: 'payout', amount: 5_000 });
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 0 });
    provider.movement = paidOut;
    await poll(15_000);
    expect(await refundOf(answer.body.id)).toMatchObject({ status: 'succeeded' });
    expect(await balances()).toEqual({});
    expect(provider.arrived).toMatchObject([{ amountMinor: 5_000n, phone: '233241234567' }]);
    expect((await refund({ wallet_id: walletId, amount: 1, destination: MTN })).body.error).toMatchObject({
      code: 'refund_exceeds_paid',
    });
    await whole();
  });

  test('of one wallet no more than its own, though others’ due stands in the same account', async () => {
    const [one] = [await aClosed(1_000), await aClosed(9_000)];
    const tries = await Promise.all(
      Array.from({ length: 6 }, () => refund({ wallet_id: one, amount: 400, method: 'recorded' })),
    );
    expect(tries.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(await walletOf(one as string)).toMatchObject({ refund_due: 200 });
    expect(await balances()).toMatchObject({ REFUNDS_DUE: '9200', EXTERNAL_SETTLEMENT: '800' });
    await whole();
  });

  test('of a payment whose wallet is closed: out of what is due, bounded by both', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    await call('POST', `/v1/wallets/${walletId}/debit`, { amount: 4_000, description: 'Spent', reference: fresh() });
    await call('POST', `/v1/wallets/${walletId}/close`, {});
    expect((await refund({ payment: id, amount: 1_001 })).body.error).toMatchObject({
      code: 'refund_exceeds_paid',
      details: { refundable: 1_000 },
    });
    expect((await refund({ payment: id })).body).toMatchObject({ amount: 1_000, source: 'due' });
    provider.movement = paidOut;
    await poll(15_000);
    expect(await paymentOf(id)).toMatchObject({ status: 'partially_refunded' });
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 0 });
    await whole();
  });

  test('an open wallet is refused, and a payout says to whom', async () => {
    const walletId = await aWallet();
    expect((await refund({ wallet_id: walletId, destination: MTN })).body.error).toMatchObject({
      code: 'wallet_not_closed',
    });
    const closed = await aClosed();
    expect((await refund({ wallet_id: closed })).body.error).toMatchObject({
      code: 'parameter_missing',
      param: 'destination',
    });
    const elsewhere = { ...MTN, phone: '254712345678' };
    expect((await refund({ wallet_id: closed, destination: elsewhere })).status).toBe(400);
    expect((await refund({ wallet_id: closed, payment: 'x', method: 'recorded' })).status).toBe(400);
    expect((await refund({ method: 'recorded' })).body.error).toMatchObject({ code: 'parameter_missing' });
    await whole();
  });
});

describe('failures', () => {
  test('the provider says no: the money is back, and may be given back again', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    provider.intercept = () => ({
      status: 'rejected',
      code: 'not_allowed',
      providerCode: '400',
      message: 'No',
      retryable: false,
    });
    const { body } = await refund({ payment: id });
    expect(body).toMatchObject({ status: 'failed', failure_code: 'not_allowed' });
    expect(body.return_transaction_id).toMatch(/^txn_/);
    expect(await walletOf(walletId)).toMatchObject({ balance: 5_000 });
    expect(await paymentOf(id)).toMatchObject({ status: 'succeeded', amount_refunded: 0 });
    expect(await eventsOf('refund.failed')).toBe(1);
    provider.intercept = null;
    expect((await refund({ payment: id })).body).toMatchObject({ status: 'submitted' });
    await whole();
  });

  test('it fails later, the wallet closed since: the money is owed', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    const { body } = await refund({ payment: id, amount: 2_000 });
    await call('POST', `/v1/wallets/${walletId}/close`, {});
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 3_000 });
    provider.movement = () => ({ outcome: 'failed', code: 'provider_error' });
    await poll(15_000);
    expect(await refundOf(body.id)).toMatchObject({ status: 'failed' });
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 5_000 });
    await whole();
  });

  test('away: nothing was sent, so it is sent once it is back; after a day it never was', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    const away = {
      status: 'rejected',
      code: 'provider_unavailable',
      providerCode: null,
      message: 'refused',
      retryable: true,
    } as const;
    provider.intercept = () => away;
    const first = await refund({ payment: id, amount: 1_000 });
    expect(first.body).toMatchObject({ status: 'pending' });
    await poll(MINUTE);
    provider.intercept = null;
    provider.movement = paidOut;
    await poll(10 * MINUTE);
    await poll(10 * MINUTE);
    expect(await refundOf(first.body.id)).toMatchObject({ status: 'succeeded' });
    expect(provider.arrived).toHaveLength(1);
    provider.intercept = () => away;
    const second = await refund({ payment: id });
    for (let hour = 0; hour < 30; hour++) await poll(60 * MINUTE);
    expect(await refundOf(second.body.id)).toMatchObject({ status: 'failed', failure_code: 'provider_unavailable' });
    expect(await walletOf(walletId)).toMatchObject({ balance: 4_000 });
    await whole();
  });

  test('silence after it arrived: never sent again; nobody knows after a day, and a person says', async () => {
    const walletId = await aWallet();
    for (const verdict of ['paid', 'unpaid'] as const) {
      const { id } = await aPaid(walletId, 1_000);
      provider.reply = () => ({ status: 'unknown', reason: 'no_answer', providerCode: null, message: 'silence' });
      provider.movement = () => ({ outcome: 'unknown' });
      const { body } = await refund({ payment: id });
      expect(body).toMatchObject({ status: 'submitted' });
      const before = provider.arrived.length;
      for (let hour = 0; hour < 30; hour++) await poll(60 * MINUTE);
      expect(provider.arrived).toHaveLength(before);
      expect(await refundOf(body.id)).toMatchObject({ status: 'in_reconciliation', failure_code: 'truth_unknown' });
      expect((await call('GET', '/v1/refunds?status=in_reconciliation')).body.data).toHaveLength(1);
      const operator = await makeOperator(api.services);
      const path = `/v1/refunds/${body.id}/resolve`;
      const resolved = await api.call('POST', path, operator.token, { verdict, reason: 'On the statement' });
      expect(resolved.status, JSON.stringify(resolved.body)).toBe(200);
      expect(resolved.body.status).toBe(verdict === 'paid' ? 'succeeded' : 'failed');
      expect(await paymentOf(id)).toMatchObject({ status: verdict === 'paid' ? 'refunded' : 'succeeded' });
      const again = await api.call('POST', path, operator.token, { verdict, reason: 'Again' });
      expect(again.body.error).toMatchObject({ code: 'refund_not_in_reconciliation' });
    }
    expect(await walletOf(walletId)).toMatchObject({ balance: 1_000 });
    await whole();
  });

  test('another amount than was asked for: a question for a person', async () => {
    const { id } = await aPaid(await aWallet());
    provider.movement = () => ({ ...paidOut(), amountMinor: 4_999n });
    const { body } = await refund({ payment: id });
    await poll(15_000);
    expect(await refundOf(body.id)).toMatchObject({ status: 'in_reconciliation', failure_code: 'amount_mismatch' });
    await whole();
  });

  test('a payout that came back after its success: the money is owed again', async () => {
    const walletId = await aClosed();
    provider.movement = paidOut;
    const { body } = await refund({ wallet_id: walletId, destination: MTN });
    await poll(15_000);
    provider.movement = () => ({ outcome: 'failed', code: 'provider_error', isReversed: true });
    await hear({ subject: 'payout', reference: provider.arrived[0]?.reference });
    expect(await refundOf(body.id)).toMatchObject({ status: 'failed', failure_code: 'returned_by_provider' });
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 5_000 });
    await whole();
  });

  test('the provider takes the payment back while a part of it is being refunded: taken once', async () => {
    const walletId = await aWallet();
    const { id, attempt } = await aPaid(walletId);
    const { body } = await refund({ payment: id, amount: 2_000 });
    provider.truth = () => ({ outcome: 'failed', code: 'provider_error', isReversed: true });
    await hear({ reference: attempt, outcome: 'failed', code: 'provider_error', isReversed: true });
    expect(await paymentOf(id)).toMatchObject({ status: 'reversed' });
    provider.movement = () => ({ outcome: 'failed', code: 'provider_error' });
    await poll(15_000);
    expect(await refundOf(body.id)).toMatchObject({ status: 'failed', return_transaction_id: null });
    expect(await balances()).toEqual({});
    await whole();
  });
});

describe('late money for a closed wallet', () => {
  /** Prompted before the close, paid after it: owed. */
  async function aLate(): Promise<{ readonly walletId: string; readonly attempt: string }> {
    const walletId = await aWallet();
    provider.truth = () => ({ outcome: 'pending' });
    await call('POST', '/v1/payments/receive', {
      amount: 700,
      phone: '233241234567',
      provider: 'MTN',
      description: 'Late',
      walletId,
    });
    const attempt = provider.initiated.at(-1)?.reference ?? '';
    await call('POST', `/v1/wallets/${walletId}/close`, {});
    provider.truth = () => ({ outcome: 'succeeded', receipt: '212', currency: 'GHS' });
    clock.advance(15_000);
    await pollDue(services());
    expect(await walletOf(walletId)).toMatchObject({ status: 'closed', refund_due: 700 });
    return { walletId, attempt };
  }
  const takeBack = async (attempt: string): Promise<void> => {
    provider.truth = () => ({ outcome: 'failed', code: 'provider_error', isReversed: true });
    await hear({ reference: attempt, outcome: 'failed', code: 'provider_error', isReversed: true });
  };

  test('taken back by the provider: not owed any more', async () => {
    const { walletId, attempt } = await aLate();
    await takeBack(attempt);
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 0 });
    expect(await balances()).toEqual({});
    await whole();
  });

  test('paid out, then taken back by the provider: a loss to be placed, not another customer’s due', async () => {
    const other = await aClosed(9_000);
    const { walletId, attempt } = await aLate();
    await refund({ wallet_id: walletId, method: 'recorded' });
    await takeBack(attempt);
    expect(await walletOf(other)).toMatchObject({ refund_due: 9_000 });
    expect(await walletOf(walletId)).toMatchObject({ refund_due: 0 });
    expect(await balances()).toMatchObject({ REFUNDS_DUE: '9000', SUSPENSE: '-700' });
    await whole();
  });
});

/** A message of the provider's on its one URL, looked at by the job. */
async function hear(body: object): Promise<void> {
  const path = `/callbacks/${provider.name}/webhooks-of-the-account`;
  await api.app.request(path, { method: 'POST', body: JSON.stringify({ ...body, nonce: fresh() }) });
  clock.advance(121_000);
  await processInbox(services());
}

describe('repetition', () => {
  test('the same reference: the first answer, and no second payout; another refund under it is a conflict', async () => {
    const { id } = await aPaid(await aWallet());
    const reference = fresh();
    const first = await refund({ payment: id, amount: 1_000, reference });
    const second = await refund({ payment: id, amount: 1_000, reference });
    expect(second.status).toBe(201);
    expect(second.body.id).toBe(first.body.id);
    expect((await refund({ payment: id, amount: 1_001, reference })).body.error).toMatchObject({
      code: 'reference_conflict',
    });
    expect(provider.arrived).toHaveLength(1);
    const at = fresh();
    const many = await Promise.all(
      Array.from({ length: 8 }, () => refund({ payment: id, amount: 500, reference: at })),
    );
    for (const { status, body } of many) {
      expect([201, 409], JSON.stringify(body)).toContain(status);
    }
    expect(provider.arrived).toHaveLength(2);
    await whole();
  });

  test('callbacks, however many and whatever they say, are asked about: one success', async () => {
    const { id, attempt } = await aPaid(await aWallet());
    const { body } = await refund({ payment: id });
    // It says paid, and the provider does not.
    await hear({ subject: 'refund', reference: attempt, outcome: 'succeeded', amountMinor: '5000' });
    expect(await refundOf(body.id)).toMatchObject({ status: 'submitted' });
    provider.movement = paidOut;
    for (let i = 0; i < 3; i++) await hear({ subject: 'refund', reference: attempt, outcome: 'failed' });
    expect(await refundOf(body.id)).toMatchObject({ status: 'succeeded' });
    expect(await eventsOf('refund.succeeded')).toBe(1);
    provider.movement = () => ({ outcome: 'failed', code: 'provider_error' });
    await hear({ subject: 'refund', reference: attempt });
    expect(await refundOf(body.id)).toMatchObject({ status: 'succeeded' });
    await whole();
  });
});

/** Each place where a process may die, told by what it leaves in the tables. */
describe('a crash', () => {
  const CRASHES = [
    ['before the books', 'insert into refunds', 'after'],
    ['after the books, before the row', 'set journal_id', 'at'],
    ['before it was sent', `set state = 'submitted'`, 'at'],
    [
      'after it was sent, before its answer was kept',
      'insert into refund_steps (tenant_id, id, refund_id, kind, cause',
      'at',
    ],
    ['before its end was written', 'set state = $4, failure_code', 'at'],
  ] as const;

  test.each(CRASHES)('%s: seen to its end, paid once', async (_, statement, when) => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    provider.movement = paidOut;
    const dying = dieAt(statement, when);
    await refund({ payment: id });
    if (!dying.died()) await poll(15_000).catch(() => {});
    dying.restore();
    expect(dying.died()).toBe(true);
    for (let minute = 0; minute < 12; minute++) await poll(MINUTE);
    const { data } = (await call('GET', '/v1/refunds')).body;
    expect(data).toMatchObject([{ status: 'succeeded', amount: 5_000 }]);
    expect(provider.arrived).toHaveLength(1);
    expect(await balances()).toEqual({});
    expect([await eventsOf('refund.created'), await eventsOf('refund.succeeded')]).toEqual([1, 1]);
    await whole();
  });

  test.each(['arrived', 'lost'] as const)('while it is sent, and it %s: never sent again', async (fate) => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    provider.movement = paidOut;
    if (fate === 'lost') {
      provider.intercept = () => {
        throw new Error('the process died');
      };
    } else {
      provider.reply = () => {
        throw new Error('the process died');
      };
    }
    await refund({ payment: id }).catch(() => {});
    provider.intercept = null;
    provider.reply = ({ reference }) => startedAs(reference);
    for (let minute = 0; minute < 12; minute++) await poll(MINUTE);
    const [left] = (await call('GET', '/v1/refunds')).body.data;
    expect(left.status).toBe(fate === 'arrived' ? 'succeeded' : 'submitted');
    expect(provider.arrived).toHaveLength(fate === 'arrived' ? 1 : 0);
    await poll(2 * DAY);
    const [later] = (await call('GET', '/v1/refunds')).body.data;
    expect(later.status).toBe(fate === 'arrived' ? 'succeeded' : 'in_reconciliation');
    await whole();
  });

  test('after the failure was written and before its money came back: it comes back, once', async () => {
    const walletId = await aWallet();
    const { id } = await aPaid(walletId);
    const { body } = await refund({ payment: id });
    provider.movement = () => ({ outcome: 'failed', code: 'provider_error' });
    const dying = dieAt('set return_journal_id');
    await poll(15_000).catch(() => {});
    dying.restore();
    expect(await refundOf(body.id)).toMatchObject({ status: 'failed', return_transaction_id: null });
    await poll(5 * MINUTE);
    expect((await refundOf(body.id)).return_transaction_id).toMatch(/^txn_/);
    expect(await walletOf(walletId)).toMatchObject({ balance: 5_000 });
    expect(await eventsOf('refund.failed')).toBe(1);
    await whole();
  });

  test('two pollers at once: each refund is worked on by one', async () => {
    const { id } = await aPaid(await aWallet());
    provider.intercept = () => ({
      status: 'rejected',
      code: 'provider_unavailable',
      providerCode: null,
      message: 'away',
      retryable: true,
    });
    for (let i = 0; i < 5; i++) await refund({ payment: id, amount: 1_000 });
    provider.intercept = null;
    clock.advance(5 * MINUTE);
    await Promise.all([pollRefunds(services()), pollRefunds(services()), pollRefunds(services())]);
    expect(provider.arrived).toHaveLength(5);
    expect(new Set(provider.arrived.map(({ reference }) => reference)).size).toBe(5);
    await whole();
  });
});

/**
 * At the first such statement, or after its transaction where that says so, this process dies as far as refunds go: none
 * of its statements about them reaches the database any more, and none of its postings the books.
 */
function dieAt(fragment: string, when: 'at' | 'after' = 'at') {
  const state = { died: false, isArmed: false };
  const query = pg.Client.prototype.query as unknown as (...args: unknown[]) => unknown;
  const submit = api.ledger.submit.bind(api.ledger);
  const fail = (args: unknown[]): unknown => {
    const error = new Error('This process is dead.');
    const last = args.at(-1);
    if (typeof last === 'function') return last(error);
    return Promise.reject(error);
  };
  const spied = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [first] = args;
    const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '');
    if (!state.died && text.includes(fragment)) {
      if (when === 'at') state.died = true;
      else state.isArmed = true;
    }
    if (state.died && /refund/.test(text)) return fail(args) as never;
    const sent = query.apply(this, args) as never;
    if (state.isArmed && text === 'commit') state.died = true;
    return sent;
  } as never);
  const stopped = vi.spyOn(api.ledger, 'submit').mockImplementation((command) => {
    if (state.died) return Promise.reject(new Error('This process is dead.'));
    return submit(command);
  });
  return {
    died: (): boolean => state.died,
    restore: (): void => {
      spied.mockRestore();
      stopped.mockRestore();
    },
  };
}

test('each way to break the agreement of refunds and books is found', async () => {
  const { id } = await aPaid(await aWallet());
  const { body } = await refund({ payment: id, amount: 1_000, method: 'recorded' });
  const breaks = [
    `update refunds set journal_id = null where reference = $1`,
    `update refunds set amount_minor = 999 where reference = $1`,
    `update refunds set state = 'submitted' where reference = $1`,
    `update refunds set state = 'failed', updated_at = now() - interval '1 hour' where reference = $1`,
    `update refunds set state = 'failed', return_journal_id = journal_id where reference = $1`,
    `update payments set refunded_minor = 1 where id = (select payment_id from refunds where reference = $1)`,
  ];
  const connection = await database.db.pool.connect();
  try {
    for (const sql of breaks) {
      await connection.query('begin');
      expect((await connection.query(sql, [body.reference])).rowCount, sql).toBe(1);
      const { findings } = await prove(connection);
      await connection.query('rollback');
      expect(findings.length, sql).toBeGreaterThan(0);
    }
  } finally {
    connection.release();
  }
  await whole();
});
