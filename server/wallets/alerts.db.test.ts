import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaOfEvent } from '@/contracts/events';
import { parseId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { openLedger } from '@/server/ledger/open-ledger';
import { sweepExpired } from '@/server/ledger/sweep';
import { tellExpiringCredit } from './tell-expiring-credit';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const clock = fixedClock(Date.UTC(2026, 5, 1, 12));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let client: NewClient;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  client = await api.newClient({ name: 'Alerted' });
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api.close();
  await database.close();
});

const ask = (method: string, path: string, body?: unknown): Promise<ApiAnswer> =>
  api.call(method, path, client.secret, body);
const call = async (method: string, path: string, body?: unknown): Promise<ApiAnswer> => {
  const answer = await ask(method, path, body);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer;
};
const money = (amount: number) => ({ amount, description: 'Alert', reference: `ref_${++count}` });

async function openWallet(paid: number, threshold: number | null = null): Promise<string> {
  const { body } = await call('POST', '/v1/wallets', { customer_id: `cus_${++count}`, currency: 'GHS' });
  if (paid > 0) await pay(body.id, paid);
  if (threshold !== null) await call('PATCH', `/v1/wallets/${body.id}`, { low_balance_threshold: threshold });
  await alertsOf(body.id);
  return body.id;
}

/** Paid money, which the wallet's account is remembered with. */
async function pay(walletId: string, amount: number): Promise<void> {
  const accountId = parseId('wallet', walletId) as string;
  const { rows } = await database.db.pool.query<{ tenant_id: string }>('select tenant_id from accounts where id = $1', [
    accountId,
  ]);
  const outcome = await api.ledger.submit({
    kind: 'credit',
    tenantId: rows[0]?.tenant_id ?? '',
    id: api.ledger.nextId(),
    origin: { actor: 'test', requestId: 'req_pay' },
    accountId,
    from: 'EXTERNAL_SETTLEMENT',
    operation: 'credit',
    amountMinor: BigInt(amount),
    currency: null,
    expiresAtMs: null,
    priority: 50,
    service: null,
    reference: null,
    description: null,
    metadata: null,
    businessAtMs: null,
  });
  expect(outcome.ok).toBe(true);
}

const seen = new Set<string>();

/** Alerts of a wallet that were not read before, oldest first, each held against the catalogue's schema. */
async function alertsOf(walletId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { body } = await call('GET', '/v1/events?limit=100');
  const fresh = body.data.filter(
    (event: { id: string; type: string; data: { id: string } }) =>
      /^wallet\.(balance_|depleted|credit_expiring)/.test(event.type) &&
      event.data.id === walletId &&
      !seen.has(event.id),
  );
  for (const event of fresh) {
    seen.add(event.id);
    const parsed = schemaOfEvent(event.type).safeParse(event);
    expect(parsed.error, JSON.stringify(event)).toBeUndefined();
    expect(parsed.data).toEqual(event);
  }
  return fresh.reverse();
}

const typesOf = async (walletId: string): Promise<string[]> => (await alertsOf(walletId)).map(({ type }) => type);

describe('a threshold', () => {
  it('is set, shown, audited and removed by PATCH, beside the metadata', async () => {
    const id = await openWallet(1_000);
    const set = await call('PATCH', `/v1/wallets/${id}`, { low_balance_threshold: 300, metadata: { tier: 'pro' } });
    expect(set.body).toMatchObject({ low_balance_threshold: 300, metadata: { tier: 'pro' } });
    expect((await call('GET', `/v1/wallets/${id}`)).body.low_balance_threshold).toBe(300);
    const audit = (await call('GET', '/v1/audit?action=wallet.change')).body.data[0];
    expect(audit.after).toMatchObject({ low_balance_minor: '300' });
    const updated = (await call('GET', '/v1/events?type=wallet.updated&limit=2')).body.data;
    expect(updated.map((event: { data: Record<string, unknown> }) => event.data['low_balance_threshold'])).toContain(
      300,
    );

    const removed = await call('PATCH', `/v1/wallets/${id}`, { low_balance_threshold: null });
    expect(removed.body).not.toHaveProperty('low_balance_threshold');
    expect(removed.body.metadata).toEqual({ tier: 'pro' });
    expect((await call('PATCH', `/v1/wallets/${id}`, {})).body).toEqual(removed.body);
  });

  it.each([0, -1, 1.5, '300', 2 ** 53])('of %s is refused by name', async (low_balance_threshold) => {
    const id = await openWallet(0);
    const answer = await ask('PATCH', `/v1/wallets/${id}`, { low_balance_threshold });
    expect(answer.status).toBe(400);
    expect(answer.body.error.param).toBe('low_balance_threshold');
  });

  it('is not set on a closed wallet', async () => {
    const id = await openWallet(0);
    await call('POST', `/v1/wallets/${id}/close`, {});
    const answer = await ask('PATCH', `/v1/wallets/${id}`, { low_balance_threshold: 5 });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'wallet_closed']);
  });
});

describe('alerts', () => {
  it('tell a debit that crosses, once, and the credit that crosses back', async () => {
    const id = await openWallet(1_000, 500);
    await call('POST', `/v1/wallets/${id}/debit`, money(500));
    expect(await typesOf(id)).toEqual([]);
    await call('POST', `/v1/wallets/${id}/debit`, money(1));
    const [low, ...more] = await alertsOf(id);
    expect(more).toEqual([]);
    expect(low).toMatchObject({
      type: 'wallet.balance_low',
      data: { id, balance: 499, available: 499, low_balance_threshold: 500, sequence: 3 },
    });
    await call('POST', `/v1/wallets/${id}/debit`, money(1));
    expect(await typesOf(id)).toEqual([]);
    await pay(id, 2);
    expect(await typesOf(id)).toEqual(['wallet.balance_recovered']);
  });

  it('tell a hold that crosses, and not its capture; voiding one brings it back', async () => {
    const id = await openWallet(1_000, 500);
    const hold = (await call('POST', `/v1/wallets/${id}/holds`, money(600))).body.id;
    const [low] = await alertsOf(id);
    expect(low).toMatchObject({ type: 'wallet.balance_low', data: { balance: 1_000, held: 600, available: 400 } });
    await call('POST', `/v1/holds/${hold}/void`, {});
    expect(await typesOf(id)).toEqual(['wallet.balance_recovered']);
    const second = (await call('POST', `/v1/wallets/${id}/holds`, money(1_000))).body.id;
    expect((await typesOf(id)).sort()).toEqual(['wallet.balance_low', 'wallet.depleted']);
    await call('POST', `/v1/holds/${second}/capture`, {});
    expect(await typesOf(id)).toEqual([]);
  });

  it('tell both wallets of a transfer, and of its reversal', async () => {
    const [from, to] = [await openWallet(100, 60), await openWallet(10, 60)];
    await call('POST', '/v1/transfers', {
      source_wallet_id: from,
      destination_wallet_id: to,
      currency: 'GHS',
      ...money(50),
    });
    expect([await typesOf(from), await typesOf(to)]).toEqual([['wallet.balance_low'], ['wallet.balance_recovered']]);
    const [latest] = (await call('GET', `/v1/wallets/${from}/transactions`)).body.data;
    await call('POST', `/v1/transactions/${latest.id}/reverse`, { reason: 'Alert' });
    expect([await typesOf(from), await typesOf(to)]).toEqual([['wallet.balance_recovered'], ['wallet.balance_low']]);
  });

  it('tell an expiry that the sweep posts', async () => {
    const id = await openWallet(100, 120);
    const expires_at = new Date(clock.fixedMs() + HOUR).toISOString();
    await call('POST', `/v1/wallets/${id}/credit`, { ...money(50), expires_at });
    expect(await typesOf(id)).toEqual(['wallet.balance_recovered']);
    clock.advance(HOUR);
    await sweepExpired(database.db.pool, api.ledger, clock.fixedMs());
    expect(await typesOf(id)).toEqual(['wallet.balance_low']);
  });

  it('tell that the last was spent where no threshold is set, and nothing of a closing', async () => {
    const id = await openWallet(100);
    await call('POST', `/v1/wallets/${id}/debit`, money(100));
    const [depleted] = await alertsOf(id);
    expect(depleted).toMatchObject({ type: 'wallet.depleted', data: { balance: 0, available: 0 } });
    await call('POST', `/v1/wallets/${id}/credit`, money(10));
    await call('PATCH', `/v1/wallets/${id}`, { low_balance_threshold: 5 });
    await call('POST', `/v1/wallets/${id}/close`, {});
    expect(await typesOf(id)).toEqual([]);
  });

  it('are decided by the threshold that another process has set, whatever this one remembers', async () => {
    const id = await openWallet(1_000, 10);
    await call('POST', `/v1/wallets/${id}/debit`, money(1));
    const { rows } = await database.db.pool.query<{ tenant_id: string; id: string }>(
      'select tenant_id, id from accounts where low_balance_minor = 10 and balance_minor = 999',
    );
    const wallet = rows[0] as { tenant_id: string; id: string };
    const elsewhere = await openLedger({ url: database.url, clock });
    await elsewhere.submit({
      kind: 'change_account',
      tenantId: wallet.tenant_id,
      id: elsewhere.nextId(),
      origin: { actor: 'test', requestId: 'req_elsewhere' },
      accountId: wallet.id,
      status: null,
      minimumBalanceMinor: null,
      canOverdraw: null,
      lowBalanceMinor: 990n,
      mayEndInactive: true,
      words: null,
      reason: null,
    });
    await elsewhere.close();
    await call('POST', `/v1/wallets/${id}/debit`, money(50));
    expect(await typesOf(id)).toEqual(['wallet.balance_low']);
  });
});

describe('credit that expires soon', () => {
  const tell = (): Promise<number> => tellExpiringCredit({ db: database.db, clock, ledger: api.ledger });
  const promote = async (id: string, amount: number, afterMs: number): Promise<void> => {
    const expires_at = new Date(clock.fixedMs() + afterMs).toISOString();
    await call('POST', `/v1/wallets/${id}/credit`, { ...money(amount), expires_at });
  };

  it('is told a week before, once, as it is then', async () => {
    const id = await openWallet(100);
    await promote(id, 400, 60 * DAY);
    clock.advance(53 * DAY - 1);
    expect(await tell()).toBe(0);
    clock.advance(1);
    await call('POST', `/v1/wallets/${id}/debit`, money(150));
    expect(await Promise.all([tell(), tell()])).toEqual(expect.arrayContaining([0, 1]));
    expect(await tell()).toBe(0);
    const [told, ...more] = await alertsOf(id);
    expect(more).toEqual([]);
    expect(told?.data).toMatchObject({
      id,
      balance: 350,
      promotional: 250,
      refundable: 100,
      expiring_credit: {
        amount: 250,
        expires_at: new Date(clock.fixedMs() + 7 * DAY).toISOString().replace('.000', ''),
      },
    });
  });

  it('of a short life is told in its last quarter; what is spent or has expired never is', async () => {
    const [short, spent, over] = [await openWallet(0), await openWallet(0), await openWallet(0)];
    await promote(short, 10, DAY);
    await promote(spent, 10, DAY);
    await promote(over, 10, HOUR);
    await call('POST', `/v1/wallets/${spent}/debit`, money(10));
    clock.advance(18 * HOUR - 1);
    expect(await tell()).toBe(0);
    clock.advance(1);
    expect(await tell()).toBe(1);
    expect(await typesOf(short)).toEqual(['wallet.credit_expiring']);
    expect(await typesOf(spent)).toEqual(['wallet.depleted']);
    expect(await typesOf(over)).toEqual([]);
  });
});
