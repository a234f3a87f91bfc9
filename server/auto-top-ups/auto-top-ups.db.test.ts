import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { schemaOfEvent } from '@/contracts/events';
import { APPLICATION_ROLE, type Database, openDatabase } from '@/db/client';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { makeSecretBoxKey, openSecretBox } from '@/server/kernel/secret-box';
import { proveBooks } from '@/server/ledger/books/prove';
import { pollDue } from '@/server/payments/poll';
import { paymentPorts } from '@/server/payments/ports';
import { installTestPorts } from '@/server/payments/testing';
import type { Observation } from '@/server/providers/provider';
import { evaluate, evaluateDue } from './evaluate';
import { reencryptTokens } from './method-token';
import type { AutoTopUpServices } from './owner';
import { claimDue } from './queue';
import { A_CARD, CardProvider, PAID } from './testing';

const START = Date.UTC(2026, 5, 6, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const clock = fixedClock(START);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let provider: CardProvider;
let client: NewClient;
/** A second process: connections, ledger and ports of its own on the same database. */
let otherDb: Database;
let n = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  otherDb = openDatabase({
    url: database.url,
    maxConnections: 10,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-other',
  });
});
afterAll(async () => {
  await otherDb.pool.end();
  await api.close();
  await database.close();
});
beforeEach(async () => {
  clock.set(START);
  provider = new CardProvider();
  installTestPorts(database.db, provider);
  installTestPorts(otherDb, provider);
  client = await api.newClient({ name: 'Volta Data', keyMode: 'test' });
});
afterEach(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  // Nothing of one test is due in the next.
  await database.db.pool.query('delete from auto_topup_rules');
  await database.db.pool.query('delete from auto_topup_queue');
  await database.db.pool.query('update payments set next_poll_at = null where next_poll_at is not null');
});

const services = (): AutoTopUpServices => api.services;
const other = (): AutoTopUpServices => ({ ...api.services, db: otherDb });
const call = (method: string, path: string, body?: unknown, secret = client.secret) =>
  api.call(method, path, secret, body);
const made = async (path: string, body: unknown, status = 201) => {
  const answer = await call('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  return answer.body;
};
const consent = { statement: 'Ask this number when I run low.' };
const phoneNumber = () => `23324${String(4_000_000 + ++n)}`;
const saveArguments = (customerId: string, phone = phoneNumber()) => ({
  customer_id: customerId,
  type: 'mobile_money',
  provider: 'MTN',
  phone,
  consent,
});
const savePhone = async (customerId: string): Promise<string> =>
  (await made('/v1/payment_methods', saveArguments(customerId))).id;

interface Scene {
  readonly walletId: string;
  readonly customerId: string;
  readonly methodId: string;
}

async function scene(balance = 10_000, rule: object = {}): Promise<Scene> {
  const customerId = `cus_auto${++n}`;
  const wallet = await made('/v1/wallets', { customer_id: customerId, currency: 'GHS' });
  await credit(wallet.id, balance);
  const methodId = await savePhone(customerId);
  await made(`/v1/wallets/${wallet.id}/auto_topup`, {
    threshold: 5_000,
    amount: 30_000,
    payment_method_id: methodId,
    ...rule,
  });
  return { walletId: wallet.id, customerId, methodId };
}

const money = (amount: number) => ({ amount, description: 'Test', reference: `ref${++n}` });
const credit = (walletId: string, amount: number) => made(`/v1/wallets/${walletId}/credit`, money(amount), 200);
const debit = (walletId: string, amount: number) => made(`/v1/wallets/${walletId}/debit`, money(amount), 200);
const ruleOf = async ({ walletId }: Scene) => (await call('GET', `/v1/wallets/${walletId}/auto_topup`)).body;
const change = ({ walletId }: Scene, body: object) => call('PATCH', `/v1/wallets/${walletId}/auto_topup`, body);
const balanceOf = async ({ walletId }: Scene) => (await call('GET', `/v1/wallets/${walletId}`)).body.balance;
const topUpsOf = async ({ walletId }: Scene) =>
  (await call('GET', `/v1/wallets/${walletId}/topups?limit=100`)).body.data as {
    id: string;
    status: string;
    amount: number;
    source: string;
    payment_id: string;
    failure_code: string | null;
  }[];
const look = () => evaluateDue(services());
const queued = async (): Promise<number> =>
  (await database.db.pool.query('select from auto_topup_queue')).rowCount ?? 0;

/** What the rule of a wallet has told, oldest first: its name, and why. In the shape that the catalogue gives. */
async function told({ walletId }: Scene): Promise<string[]> {
  const names: string[] = [];
  let after = '';
  do {
    const { body } = await call('GET', `/v1/events?limit=100${after}`);
    for (const event of body.data) {
      if (!event.type.startsWith('auto_topup.') || event.data.wallet_id !== walletId) continue;
      const parsed = schemaOfEvent(event.type).safeParse(event);
      expect(parsed.error, JSON.stringify(event)).toBeUndefined();
      expect(parsed.data).toEqual(event);
      const name = event.type.replace('auto_topup.', '');
      names.unshift(event.data.reason === null ? name : `${name}: ${event.data.reason}`);
    }
    after = body.has_more ? `&after=${body.next_cursor}` : '';
  } while (after !== '');
  return names;
}

/** What the provider says from now on, and the turn of the job that asks it. */
async function providerSays(truth: Partial<Observation>, afterMs = 20_000): Promise<void> {
  provider.truth = (attempt) => ({
    ...truth,
    ...(truth.outcome === 'succeeded' && { receipt: `R${attempt.reference}` }),
  });
  clock.advance(afterMs);
  await pollDue(services());
}
const refused = (code: Observation['code'] = 'insufficient_funds') => providerSays({ outcome: 'failed', code });

describe('payment methods', () => {
  it('keep a phone with its owner’s word, once, masked, until they take it back', async () => {
    const customerId = (await scene()).customerId;
    const phone = '233244123456';
    const method = await made('/v1/payment_methods', saveArguments(customerId, phone));
    expect(method).toEqual({
      id: expect.stringMatching(/^pm_/),
      object: 'payment_method',
      customer_id: customerId,
      type: 'mobile_money',
      status: 'active',
      provider: 'MTN',
      country: 'GH',
      currency: 'GHS',
      label: 'MTN MoMo 024 ••• 3456',
      card: null,
      consent: { statement: consent.statement, given_at: '2026-06-06T12:00:00Z' },
      created_at: '2026-06-06T12:00:00Z',
      detached_at: null,
      livemode: false,
    });
    expect(await made('/v1/payment_methods', saveArguments(customerId, `+${phone}`), 200)).toEqual(method);
    const list = (query: string) => call('GET', `/v1/payment_methods?customer_id=${customerId}${query}`);
    expect((await list('&limit=1')).body).toMatchObject({ data: [method], has_more: true });
    const { next_cursor: after } = (await list('&limit=1')).body;
    expect((await list(`&limit=1&after=${after}`)).body).toMatchObject({ has_more: false });
    expect(JSON.stringify((await list('')).body)).not.toContain(phone.slice(3));
    const detached = await made(`/v1/payment_methods/${method.id}/detach`, {}, 200);
    expect(detached).toMatchObject({ status: 'detached', detached_at: '2026-06-06T12:00:00Z' });
    expect(await made(`/v1/payment_methods/${method.id}/detach`, {}, 200)).toEqual(detached);
    expect((await call('GET', `/v1/payment_methods/${method.id}`)).body).toEqual(detached);
    expect((await list('&status=detached')).body.data).toEqual([detached]);
    expect((await made('/v1/payment_methods', saveArguments(customerId, phone))).id).not.toBe(method.id);
  });

  it.each([
    [{ customer_id: 'cus_nobody' }, 404, 'resource_missing', null],
    [{ phone: undefined }, 400, 'parameter_missing', 'phone'],
    [{ phone: '254711222333' }, 400, 'parameter_invalid', 'phone'],
    [{ phone: '233201234567' }, 400, 'parameter_invalid', 'phone'],
    [{ provider: undefined }, 400, 'parameter_missing', 'provider'],
    [{ consent: undefined }, 400, 'parameter_missing', 'consent'],
    [{ consent: { statement: '' } }, 400, 'parameter_invalid', 'consent.statement'],
    [{ consent: { statement: 'x', given_at: '2026-06-07T12:00:00Z' } }, 400, 'parameter_invalid', 'consent.given_at'],
    [{ payment_id: 'pay_1' }, 400, 'parameter_invalid', 'payment_id'],
    [{ type: 'card' }, 400, 'parameter_invalid', 'provider'],
    [{ token: 'AUTH_x' }, 400, 'parameter_unknown', 'token'],
  ])('%j is refused', async (extra, status, code, param) => {
    const { customerId } = await scene();
    const answer = await call('POST', '/v1/payment_methods', { ...saveArguments(customerId), ...extra });
    expect(answer).toMatchObject({ status, body: { error: { code, ...(param !== null && { param }) } } });
    expect((await call('GET', `/v1/payment_methods?customer_id=${customerId}`)).body.data).toHaveLength(1);
  });

  it('hold to the collection policy: the registered phone, or a code from it', async () => {
    const live = await api.newClient({ keyMode: 'live' });
    const ask = (body: object) => call('POST', '/v1/payment_methods', body, live.secret);
    await call('POST', '/v1/customers', { id: 'cus_live', phone: '+233244111222' }, live.secret);
    const stranger = await ask(saveArguments('cus_live', '233244111223'));
    expect(stranger.body.error).toMatchObject({ code: 'parameter_invalid', param: 'phone' });
    expect((await ask(saveArguments('cus_live', '233244111222'))).status).toBe(201);
    await call('PATCH', '/v1/collection_policy', { phone_policy: 'otp' }, live.secret);
    const without = await ask(saveArguments('cus_live', '233244111223'));
    expect(without.body.error).toMatchObject({ code: 'parameter_missing', param: 'otp_token' });
    const wrong = await ask({ ...saveArguments('cus_live', '233244111223'), otp_token: 'otp_x' });
    expect(wrong.body.error).toMatchObject({ code: 'parameter_invalid' });
  });
});

describe('a rule', () => {
  it('is made, read, changed, paused and deleted', async () => {
    const here = await scene(10_000, { monthly_amount_max: 120_000, daily_count_max: 2 });
    const rule = await ruleOf(here);
    expect(rule).toMatchObject({
      object: 'auto_topup',
      wallet_id: here.walletId,
      currency: 'GHS',
      status: 'active',
      disabled_reason: null,
      threshold: 5_000,
      amount: 30_000,
      target: null,
      payment_methods: [{ id: here.methodId }],
      cooldown_seconds: 900,
      daily_count_max: 2,
      monthly_count_max: 30,
      daily_amount_max: null,
      monthly_amount_max: 120_000,
      failures_max: 3,
      failures: 0,
      usage: { day: { count: 0, amount: 0 }, month: { count: 0, amount: 0 } },
      next_attempt_at: null,
      last_topup: null,
      livemode: false,
    });
    const again = await call('POST', `/v1/wallets/${here.walletId}/auto_topup`, {
      threshold: 1,
      amount: 1,
      payment_method_id: here.methodId,
    });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'auto_topup_exists' } } });
    const second = await savePhone(here.customerId);
    const changed = await change(here, { amount: null, target: 40_000, backup_payment_method_ids: [second] });
    expect(changed.body).toMatchObject({
      amount: null,
      target: 40_000,
      threshold: 5_000,
      payment_methods: [{ id: here.methodId }, { id: second }],
    });
    expect((await change(here, { payment_method_id: second })).body.payment_methods).toHaveLength(1);
    expect((await change(here, { status: 'paused' })).body.status).toBe('paused');
    await debit(here.walletId, 9_000);
    await look();
    expect(await topUpsOf(here)).toEqual([]);
    const gone = await call('DELETE', `/v1/wallets/${here.walletId}/auto_topup`);
    expect(gone).toMatchObject({ status: 200, body: { wallet_id: here.walletId, deleted: true } });
    expect((await call('GET', `/v1/wallets/${here.walletId}/auto_topup`)).status).toBe(404);
  });

  it.each([
    [{ amount: undefined }, 'parameter_missing', 'amount'],
    [{ target: 60_000 }, 'parameter_invalid', 'target'],
    [{ amount: undefined, target: 5_000 }, 'parameter_invalid', 'target'],
    [{ threshold: 0 }, 'parameter_invalid', 'threshold'],
    [{ threshold: 10.5 }, 'parameter_invalid', 'threshold'],
    [{ monthly_amount_max: 29_999 }, 'parameter_invalid', 'monthly_amount_max'],
    [{ cooldown_seconds: 59 }, 'parameter_invalid', 'cooldown_seconds'],
    [{ daily_count_max: 0 }, 'parameter_invalid', 'daily_count_max'],
    [{ payment_method_id: 'pm_0000000000032' }, 'resource_missing', 'payment_method_id'],
    [{ treshold: 1 }, 'parameter_unknown', 'treshold'],
  ])('%j is refused', async (extra, code, param) => {
    const here = await scene();
    await call('DELETE', `/v1/wallets/${here.walletId}/auto_topup`);
    const body = { threshold: 5_000, amount: 30_000, payment_method_id: here.methodId, ...extra };
    const answer = await call('POST', `/v1/wallets/${here.walletId}/auto_topup`, body);
    expect(answer.body.error).toMatchObject({ code, param });
    expect((await call('GET', `/v1/wallets/${here.walletId}/auto_topup`)).status).toBe(404);
  });

  it('takes no method of another customer, and none that is detached', async () => {
    const [here, there] = [await scene(), await scene()];
    const theirs = await change(here, { payment_method_id: there.methodId });
    expect(theirs).toMatchObject({ status: 409, body: { error: { code: 'payment_method_unusable' } } });
    const second = await savePhone(here.customerId);
    await made(`/v1/payment_methods/${second}/detach`, {}, 200);
    expect((await change(here, { backup_payment_method_ids: [second] })).body.error.code).toBe(
      'payment_method_unusable',
    );
    const stranger = await api.newClient({ keyMode: 'test' });
    expect((await call('GET', `/v1/wallets/${here.walletId}/auto_topup`, undefined, stranger.secret)).status).toBe(404);
  });
});

describe('a wallet that runs low', () => {
  it('is topped up by its owner’s phone, credited once, and told', async () => {
    const here = await scene();
    await debit(here.walletId, 5_000);
    expect(await queued()).toBe(0);
    await debit(here.walletId, 1);
    expect(await queued()).toBe(1);
    await look();
    expect(provider.initiated).toHaveLength(1);
    expect(provider.initiated[0]).toMatchObject({ channel: 'MTN', amountMinor: 30_000n });
    const [topUp] = await topUpsOf(here);
    expect(topUp).toMatchObject({
      status: 'pending',
      amount: 30_000,
      source: 'automatic',
      payment_method_id: here.methodId,
      redirect_url: null,
    });
    expect(topUp).not.toHaveProperty('checkout_url');
    expect(await told(here)).toEqual(['triggered', 'awaiting_approval']);
    await providerSays(PAID);
    await pollDue(services());
    expect(await balanceOf(here)).toBe(34_999);
    expect(await ruleOf(here)).toMatchObject({
      usage: { day: { count: 1, amount: 30_000 }, month: { count: 1, amount: 30_000 } },
      last_topup: { id: topUp?.id, status: 'succeeded', transaction_id: expect.stringMatching(/^txn_/), sequence: 4 },
      next_attempt_at: '2026-06-06T12:15:00Z',
    });
    const { last_topup: last } = await ruleOf(here);
    expect((await call('GET', `/v1/transactions/${last.transaction_id}`)).body).toMatchObject({
      amount: 30_000,
      wallet_id: here.walletId,
    });
    clock.advance(HOUR_MS);
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
    expect(await queued()).toBe(0);
  });

  it('is filled to a target, in whole units', async () => {
    const here = await scene(10_000, { amount: undefined, target: 20_000 });
    await debit(here.walletId, 6_001);
    await look();
    expect(await topUpsOf(here)).toMatchObject([{ amount: 16_100 }]);
  });

  it('is seen when a hold makes it so, and when the rule finds it so', async () => {
    const here = await scene();
    await made(`/v1/wallets/${here.walletId}/holds`, money(5_001));
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
    const low = await scene(4_000);
    await look();
    expect(await topUpsOf(low)).toHaveLength(1);
  });

  it('costs others nothing: a wallet without a rule, or with one that is off, is not queued', async () => {
    const bare = await made('/v1/wallets', { customer_id: `cus_bare${++n}`, currency: 'GHS' });
    await credit(bare.id, 100);
    await debit(bare.id, 100);
    const off = await scene();
    await change(off, { status: 'paused' });
    await look();
    await debit(off.walletId, 10_000);
    expect(await queued()).toBe(0);
  });

  it('is topped up again after the cooldown when it was not enough', async () => {
    const here = await scene(10_000, { amount: 1_000 });
    await debit(here.walletId, 9_000);
    await look();
    await providerSays(PAID);
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
    clock.set(START + 15 * MINUTE_MS - 1);
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
    clock.set(START + 15 * MINUTE_MS);
    await look();
    expect(await topUpsOf(here)).toHaveLength(2);
  });
});

describe('guards', () => {
  /** Up over the threshold and down again: a crossing of its own. */
  async function cross({ walletId }: Scene): Promise<void> {
    await credit(walletId, 40_000);
    const { balance } = (await call('GET', `/v1/wallets/${walletId}`)).body;
    await debit(walletId, balance - 4_000);
  }

  it('one at a time, a cooldown, a day, a month; each skip is told once', async () => {
    const here = await scene(10_000, { daily_count_max: 2, monthly_amount_max: 90_000, cooldown_seconds: 60 });
    await debit(here.walletId, 6_000);
    await look();
    await cross(here);
    await look();
    await look();
    expect(await told(here)).toEqual(['triggered', 'awaiting_approval', 'skipped: in_flight']);
    await providerSays(PAID);
    await cross(here);
    await look();
    expect((await told(here)).slice(3)).toEqual(['skipped: cooldown']);
    clock.advance(MINUTE_MS);
    await look();
    await providerSays(PAID);
    expect(await ruleOf(here)).toMatchObject({ usage: { day: { count: 2 } } });
    clock.advance(MINUTE_MS);
    await cross(here);
    await look();
    await look();
    expect((await told(here)).slice(4)).toEqual(['triggered', 'awaiting_approval', 'limit_reached: daily_limit']);
    // Midnight lifts the day's; the month has 30 000 left, and then none.
    clock.set(Date.UTC(2026, 5, 7));
    await look();
    await providerSays(PAID);
    expect(await ruleOf(here)).toMatchObject({ usage: { day: { count: 1 }, month: { count: 3, amount: 90_000 } } });
    clock.advance(MINUTE_MS);
    await cross(here);
    await look();
    expect((await told(here)).slice(7)).toEqual(['triggered', 'awaiting_approval', 'limit_reached: monthly_limit']);
    clock.set(Date.UTC(2026, 5, 30, 23, 59, 59));
    await look();
    expect(await topUpsOf(here)).toHaveLength(3);
    clock.set(Date.UTC(2026, 6, 1));
    await look();
    expect(await topUpsOf(here)).toHaveLength(4);
  });

  it('a frozen wallet waits until it may be used, a closed one ends the rule', async () => {
    const here = await scene(10_000);
    await call('POST', `/v1/wallets/${here.walletId}/freeze`, {});
    await database.db.pool.query('delete from auto_topup_queue');
    await change(here, { threshold: 20_000 });
    await look();
    expect(await told(here)).toEqual(['skipped: wallet_frozen']);
    await call('POST', `/v1/wallets/${here.walletId}/unfreeze`, {});
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
    const closing = await scene();
    expect((await call('POST', `/v1/wallets/${closing.walletId}/close`, {})).status).toBe(200);
    await look();
    expect(await ruleOf(closing)).toMatchObject({ status: 'disabled', disabled_reason: 'wallet_closed' });
    expect((await change(closing, { status: 'active' })).body.error.code).toBe('wallet_closed');
    expect(await topUpsOf(closing)).toEqual([]);
  });

  it('a provider that does not answer is no failure of the payer’s', async () => {
    const here = await scene();
    provider.isUp = false;
    await debit(here.walletId, 6_000);
    await look();
    expect(await told(here)).toEqual(['skipped: provider_unavailable']);
    provider.isUp = true;
    clock.advance(5 * MINUTE_MS);
    await look();
    expect(await ruleOf(here)).toMatchObject({ failures: 0, last_topup: { status: 'pending' } });
  });

  it('a phone that is the customer’s no more is not prompted', async () => {
    const here = await scene();
    await call('PATCH', '/v1/collection_policy', { phone_policy: 'locked' });
    await debit(here.walletId, 6_000);
    await look();
    expect(await told(here)).toEqual(['skipped: phone_not_allowed']);
    expect(provider.initiated).toEqual([]);
  });

  it('a limit of prompts refuses late, and nothing is counted against the payer', async () => {
    const [first, here] = [await scene(), await scene()];
    await call('PATCH', '/v1/collection_policy', { prompts_per_day: 1 });
    await debit(first.walletId, 6_000);
    await look();
    await debit(here.walletId, 6_000);
    await look();
    expect(await told(here)).toEqual(['triggered', 'skipped: prompt_limit']);
    expect(await ruleOf(here)).toMatchObject({ failures: 0, usage: { day: { count: 0 } } });
    expect(await topUpsOf(here)).toMatchObject([{ status: 'canceled' }]);
    clock.set(START + DAY_MS);
    await look();
    expect(await topUpsOf(here)).toMatchObject([{ status: 'pending' }, { status: 'canceled' }]);
  });
});

describe('failures', () => {
  it('go to the next method, back off longer each round, and disable the rule', async () => {
    const here = await scene(10_000, { failures_max: 3 });
    const backup = await savePhone(here.customerId);
    await change(here, { backup_payment_method_ids: [backup] });
    await debit(here.walletId, 6_000);
    await look();
    await refused();
    expect(await ruleOf(here)).toMatchObject({ failures: 1, next_attempt_at: '2026-06-06T12:01:20Z' });
    clock.advance(MINUTE_MS - 1);
    await look();
    expect(provider.initiated).toHaveLength(1);
    clock.advance(1);
    provider.truth = () => ({ outcome: 'pending' });
    await look();
    expect(provider.initiated).toHaveLength(2);
    expect(provider.initiated[1]?.phone).not.toBe(provider.initiated[0]?.phone);
    await refused('cancelled');
    clock.advance(15 * MINUTE_MS);
    provider.truth = () => ({ outcome: 'pending' });
    await look();
    expect(provider.initiated[2]?.phone).toBe(provider.initiated[0]?.phone);
    await refused('wrong_pin');
    expect(await ruleOf(here)).toMatchObject({
      status: 'disabled',
      disabled_reason: 'failures',
      failures: 3,
      last_topup: { status: 'failed', failure_code: 'wrong_pin' },
      usage: { day: { count: 0, amount: 0 } },
    });
    expect(await told(here)).toEqual([
      'triggered',
      'awaiting_approval',
      'failed: insufficient_funds',
      'triggered',
      'awaiting_approval',
      'failed: cancelled',
      'triggered',
      'awaiting_approval',
      'failed: wrong_pin',
      'disabled: failures',
    ]);
    clock.advance(30 * DAY_MS);
    await look();
    expect(provider.initiated).toHaveLength(3);
    provider.truth = () => ({ outcome: 'pending' });
    expect((await change(here, { status: 'active' })).body).toMatchObject({ status: 'active', failures: 0 });
    await look();
    expect(provider.initiated).toHaveLength(4);
  });

  it('a success forgets them, and so does a late one, which is credited once', async () => {
    const here = await scene();
    await debit(here.walletId, 6_000);
    await look();
    await refused('expired');
    expect(await ruleOf(here)).toMatchObject({ failures: 1 });
    await providerSays(PAID, HOUR_MS);
    const { rows } = await database.db.pool.query(`select state, next_poll_at from payments where tenant_id = $1`, [
      client.testTenantId,
    ]);
    expect(rows).toMatchObject([{ state: 'succeeded' }]);
    expect(await ruleOf(here)).toMatchObject({ failures: 0, last_topup: { status: 'succeeded' } });
    expect(await balanceOf(here)).toBe(34_000);
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
  });

  it('what nobody knows holds everything back', async () => {
    const here = await scene();
    await debit(here.walletId, 6_000);
    await look();
    for (let hour = 0; hour < 27; hour++) await providerSays({ outcome: 'unknown' }, HOUR_MS);
    expect(await topUpsOf(here)).toMatchObject([{ status: 'in_reconciliation' }]);
    await credit(here.walletId, 10_000);
    await debit(here.walletId, 10_000);
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
    expect((await told(here)).at(-1)).toBe('skipped: in_flight');
  });

  it('a method that is detached is used no more; the last one ends the rule', async () => {
    const here = await scene();
    const backup = await savePhone(here.customerId);
    await change(here, { backup_payment_method_ids: [backup] });
    await made(`/v1/payment_methods/${here.methodId}/detach`, {}, 200);
    expect(await ruleOf(here)).toMatchObject({ status: 'active', payment_methods: [{ id: backup }] });
    await made(`/v1/payment_methods/${backup}/detach`, {}, 200);
    expect(await ruleOf(here)).toMatchObject({
      status: 'disabled',
      disabled_reason: 'method_detached',
      payment_methods: [],
    });
    await debit(here.walletId, 6_000);
    await look();
    expect(await topUpsOf(here)).toEqual([]);
    expect((await change(here, { status: 'active' })).body.error).toMatchObject({ param: 'payment_method_id' });
  });
});

describe('a saved card', () => {
  /** A card payment into the wallet, as the checkout makes one. */
  async function paidByCard(here: Scene): Promise<string> {
    const { rows } = await database.db.pool.query<{ id: string }>(
      `select id from accounts where tenant_id = $1 and customer_id = $2`,
      [client.testTenantId, here.customerId],
    );
    const { initiatePayment } = await import('@/server/payments/initiate');
    const { payment } = await initiatePayment(
      {
        principal: {
          kind: 'nobody',
          tenantId: client.testTenantId,
          clientId: client.publicId,
          mode: 'test',
          credentialId: '0',
          actor: 'payer',
          scopes: [],
          role: null,
          isOperator: false,
          actsOnClient: false,
        },
        requestId: 'req_test',
        address: null,
        clock,
        db: database.db,
        ledger: api.ledger,
        answer: null,
      },
      {
        channel: 'CARD',
        country: 'GH',
        currency: 'GHS',
        amountMinor: 1_000n,
        phone: null,
        customerId: here.customerId,
        walletId: rows[0]?.id ?? null,
        topUpId: null,
        description: 'Card',
        reference: `card${++n}`,
        metadata: null,
        initiatedBy: 'payer',
      },
    );
    return payment.publicId;
  }

  async function cardScene(): Promise<Scene & { readonly cardId: string }> {
    const here = await scene(10_000);
    const paymentId = await paidByCard(here);
    const body = { customer_id: here.customerId, type: 'card', payment_id: paymentId, consent };
    expect((await call('POST', '/v1/payment_methods', body)).body.error).toMatchObject({ param: 'payment_id' });
    await providerSays(A_CARD);
    const card = await made('/v1/payment_methods', body);
    expect(card).toMatchObject({ type: 'card', provider: 'CARD', label: 'Visa ••• 4081', card: { last_four: '4081' } });
    expect(await made('/v1/payment_methods', body, 200)).toEqual(card);
    expect((await change(here, { payment_method_id: card.id })).status).toBe(200);
    return { ...here, cardId: card.id };
  }

  it('is charged without its owner, and its token is sealed and shown nowhere', async () => {
    const here = await cardScene();
    const balance = await balanceOf(here);
    await debit(here.walletId, balance - 4_000);
    await look();
    expect(provider.charged).toMatchObject([
      { token: 'AUTH_canary_4f9a2c', attempt: { amountMinor: 30_000n, payer: { email: 'ama@example.com' } } },
    ]);
    expect(await balanceOf(here)).toBe(34_000);
    expect(await told(here)).toEqual(['triggered']);
    const { rows } = await database.db.pool.query<{ row: string }>(
      `select m::text as row from payment_methods m union all select payload from events where payload is not null
       union all select after from audit_log where after is not null union all select o::text from payment_observations o`,
    );
    for (const { row } of rows) expect(row).not.toContain('canary');
    const next = openSecretBox({
      keys: [makeSecretBoxKey(), Buffer.alloc(32, 'pesewa-test').toString('base64')],
      dataDir: '/nowhere',
    });
    expect(await reencryptTokens(database.db.pool, next)).toBeGreaterThan(0);
    expect(await reencryptTokens(database.db.pool, next)).toBe(0);
    await made(`/v1/payment_methods/${here.cardId}/detach`, {}, 200);
    const { rows: left } = await database.db.pool.query(
      'select from payment_methods where token_sealed is not null and detached_at is not null',
    );
    expect(left).toEqual([]);
  });

  it('that is declined counts as a failure', async () => {
    const here = await cardScene();
    provider.chargeAnswer = () => ({
      status: 'rejected',
      code: 'declined',
      providerCode: 'declined',
      message: 'Declined',
      retryable: false,
    });
    await debit(here.walletId, (await balanceOf(here)) - 4_000);
    await look();
    expect(await told(here)).toEqual(['triggered', 'failed: declined']);
    expect(await balanceOf(here)).toBe(4_000);
  });

  it('counts only where its token was made', async () => {
    const here = await cardScene();
    await database.db.pool.query(`update payment_methods set provider_account = 'elsewhere' where type = 'card'`);
    await debit(here.walletId, (await balanceOf(here)) - 4_000);
    await look();
    expect(await told(here)).toEqual(['skipped: provider_unavailable']);
    expect(provider.charged).toEqual([]);
  });
});

describe('crashes and crowds', () => {
  it('a hundred debits that cross at once start one top-up, whoever looks', async () => {
    const here = await scene(104_950);
    const spent = await Promise.all(
      Array.from({ length: 100 }, () => call('POST', `/v1/wallets/${here.walletId}/debit`, money(1_000))),
    );
    expect(spent.every(({ status }) => status === 200)).toBe(true);
    expect(await queued()).toBe(1);
    await Promise.all([look(), evaluateDue(other()), look(), evaluateDue(other())]);
    expect(await topUpsOf(here)).toHaveLength(1);
    expect(provider.initiated).toHaveLength(1);
    await providerSays(PAID);
    expect(await balanceOf(here)).toBe(34_950);
  });

  it('a top-up that was written down before a crash is asked for by the next look, once', async () => {
    const here = await scene();
    const ports = paymentPorts(database.db);
    const { choose } = ports.providers;
    let asked = 0;
    // The look finds the provider; the process dies before the payment is written down.
    ports.providers.choose = (...given) => {
      asked++;
      if (asked === 2) throw new Error('killed');
      return choose(...given);
    };
    await debit(here.walletId, 6_000);
    await look();
    expect(await topUpsOf(here)).toMatchObject([{ status: 'processing', payment_id: null }]);
    expect(provider.initiated).toHaveLength(0);
    await look();
    await evaluateDue(other());
    expect(provider.initiated).toHaveLength(0);
    clock.advance(2 * MINUTE_MS);
    await Promise.all([look(), evaluateDue(other())]);
    expect(provider.initiated).toHaveLength(1);
    await providerSays(PAID);
    expect(await topUpsOf(here)).toMatchObject([{ status: 'succeeded' }]);
    expect(await balanceOf(here)).toBe(34_000);
    expect(await told(here)).toEqual(['triggered', 'awaiting_approval']);
  });

  it('a crash while the provider is asked leaves the payment to its own job', async () => {
    const here = await scene();
    provider.answer = () => {
      throw new Error('killed');
    };
    await debit(here.walletId, 6_000);
    await look();
    provider.answer = null;
    clock.advance(3 * MINUTE_MS);
    await Promise.all([look(), evaluateDue(other())]);
    expect(await topUpsOf(here)).toHaveLength(1);
    await providerSays(PAID, MINUTE_MS);
    expect(await topUpsOf(here)).toMatchObject([{ status: 'succeeded' }]);
    expect(provider.initiated).toHaveLength(1);
    expect(await balanceOf(here)).toBe(34_000);
  });

  it('a worker that wakes after its lease ran out asks nobody a second time', async () => {
    const here = await scene();
    await debit(here.walletId, 6_000);
    const [late] = await claimDue(services(), 1);
    if (late === undefined) throw new Error('The crossing is in the queue.');
    clock.advance(3 * MINUTE_MS);
    await evaluateDue(other());
    await evaluate(services(), late);
    expect(provider.initiated).toHaveLength(1);
    expect(await topUpsOf(here)).toHaveLength(1);
  });

  it('a crossing while somebody looks is looked at again', async () => {
    const here = await scene();
    await debit(here.walletId, 6_000);
    const [early] = await claimDue(services(), 1);
    if (early === undefined) throw new Error('The crossing is in the queue.');
    await credit(here.walletId, 10_000);
    await debit(here.walletId, 10_000);
    await evaluate(services(), early);
    expect(await queued()).toBe(1);
    await look();
    expect(await topUpsOf(here)).toHaveLength(1);
  });

  it('holds whatever the order: one under way at the most, no limit passed, each credited once', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.info(`seed ${seed}`);
    const random = randomOf(seed);
    const scenes = await Promise.all(
      Array.from({ length: 4 }, () =>
        scene(6_000, { amount: 3_000, cooldown_seconds: 60, daily_count_max: 5, monthly_amount_max: 60_000 }),
      ),
    );
    provider.truth = (attempt) => {
      const dice = Number(BigInt(`0x${attempt.reference.slice(0, 8)}`) % 4n);
      if (dice === 0) return { outcome: 'failed', code: 'insufficient_funds' };
      return dice === 1 ? { outcome: 'pending' } : { ...PAID, receipt: attempt.reference };
    };
    for (let step = 0; step < 60; step++) {
      const work = scenes.map(async ({ walletId }) => {
        const dice = random();
        const path = `/v1/wallets/${walletId}/${dice < 0.75 ? 'debit' : 'credit'}`;
        await call('POST', path, money(1 + Math.floor(random() * 3_000)));
      });
      await Promise.all([
        ...work,
        look(),
        evaluateDue(other()),
        pollDue(services()),
        pollDue({ ...services(), db: otherDb }),
      ]);
      clock.advance(Math.floor(random() * 3 * HOUR_MS));
      const { rows } = await database.db.pool.query<{ under_way: number }>(
        `select count(*)::int as under_way from top_ups where source = 'automatic' and tenant_id = $1
           and status in ('processing', 'pending', 'in_reconciliation') group by wallet_id having count(*) > 1`,
        [client.testTenantId],
      );
      expect(rows, `seed ${seed}, step ${step}`).toEqual([]);
    }
    const { rows: days } = await database.db.pool.query(
      `select from top_ups where source = 'automatic' and tenant_id = $1 and status not in ('failed', 'canceled', 'expired')
       group by wallet_id, date_trunc('day', created_at, 'UTC') having count(*) > 5`,
      [client.testTenantId],
    );
    expect(days, `seed ${seed}`).toEqual([]);
    const { rows: sums } = await database.db.pool.query<{ paid: string; credited: string }>(
      `select (select count(*) from top_ups where tenant_id = $1 and source = 'automatic' and status = 'succeeded') as paid,
         (select count(*) from journals where tenant_id = $1 and operation = 'payment') as credited`,
      [client.testTenantId],
    );
    expect(Number(sums[0]?.paid), `seed ${seed}`).toBeGreaterThan(0);
    expect(sums[0]?.credited, `seed ${seed}`).toBe(sums[0]?.paid);
  }, 60_000);
});

/** mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
