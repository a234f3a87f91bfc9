import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatEntryId, parseEntryId } from '@/contracts/ids';
import { makeTestDatabase } from '@/db/testing';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import type { ServiceTerms } from '@/server/ledger/core/service-terms';
import { entryId, splitEntryId } from '@/server/ledger/ids';
import { makeAccount, makeService } from './testing';

/** Each thing done through one family and read back through the other. */
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 15, 12);
const clock = fixedClock(NOW);
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { RATE_LIMIT_PER_MINUTE: '1000000' } });
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api.close();
  await database.close();
});

type Body = Record<string, unknown>;

interface Shop {
  readonly key: string;
  readonly tenantId: string;
  readonly service: string;
  call(method: string, path: string, body?: Body): Promise<ApiAnswer>;
}

async function newShop(terms: Partial<ServiceTerms> = {}): Promise<Shop> {
  const { secret, testTenantId } = await api.newClient();
  return {
    key: secret,
    tenantId: testTenantId,
    service: await makeService(api, database.db, testTenantId, terms),
    call: (method, path, body) => api.call(method, path, secret, body),
  };
}

let counter = 0;

async function newWallet(shop: Shop): Promise<{ id: string; number: string }> {
  const { body } = await shop.call('POST', '/v1/wallets', { customer_id: `cus_${++counter}`, currency: 'GHS' });
  return { id: body.id, number: body.account_number };
}

function transaction(shop: Shop, number: string, amount: number, changes: Body = {}): Body {
  return {
    account_number: number,
    client_service_code: shop.service,
    transaction_source: 'EXTERNAL',
    transaction_amount: amount,
    source_transaction_id: `src-${++counter}`,
    source_transaction_data: { data: 'test' },
    transaction_narration: 'Cash paid in',
    transaction_date: '2026-06-01T10:00:00Z',
    ...changes,
  };
}

const pay = (shop: Shop, type: 'CREDIT' | 'DEBIT', body: Body): Promise<ApiAnswer> =>
  shop.call('POST', `/api/v1/transactions?command=${type}`, body);

describe('one set of books', () => {
  it('a credit by account number is paid money of the wallet', async () => {
    const shop = await newShop();
    const wallet = await newWallet(shop);
    const credited = await pay(shop, 'CREDIT', transaction(shop, wallet.number, 15));
    const { journalId, leg } = splitEntryId(credited.body.transaction_id);
    const read = await shop.call('GET', `/v1/transactions/${formatEntryId(journalId, leg)}`);
    expect(read.body).toMatchObject({
      type: 'credit',
      amount: 1_500,
      balance_before: 0,
      balance_after: 1_500,
      wallet_id: wallet.id,
      reference: credited.body.source_transaction_id,
      description: 'Cash paid in',
      metadata: { transaction_source: 'EXTERNAL', source_transaction_data: { data: 'test' } },
      fee: 0,
      tax: 0,
    });
    expect((await shop.call('GET', `/v1/wallets/${wallet.id}`)).body).toMatchObject({
      balance: 1_500,
      promotional: 0,
      refundable: 1_500,
    });
  });

  it('a debit of `/v1` is a transaction of the account', async () => {
    const shop = await newShop();
    const wallet = await newWallet(shop);
    await pay(shop, 'CREDIT', transaction(shop, wallet.number, 15));
    const debited = await shop.call('POST', `/v1/wallets/${wallet.id}/debit`, {
      amount: 600,
      description: '10 SMS messages sent',
      reference: 'sms_1',
      metadata: { tier: 'pro' },
    });
    const id = parseEntryId(debited.body.id);
    const read = await shop.call('GET', `/api/v1/transactions/${entryId(String(id?.journalId), 1)}`);
    expect(read.body).toMatchObject({
      account: wallet.number,
      client_service: 'N/A',
      transaction_type: 'DEBIT',
      transaction_kind: 'debit',
      transaction_amount: '6.0000',
      previous_balance: '15.0000',
      current_balance: '9.0000',
      transaction_source: 'INTERNAL',
      source_transaction_id: 'sms_1',
      source_transaction_data: { tier: 'pro' },
      transaction_narration: '10 SMS messages sent',
      transaction_date: new Date(NOW).toISOString(),
    });
    const bySource = `/api/v1/transactions/source/sms_1?account_number=${wallet.number}`;
    expect((await shop.call('GET', bySource)).body).toEqual(read.body);
    const list = await shop.call('GET', `/api/v1/transactions?account_number=${wallet.number}`);
    expect(list.body.data[0]).toEqual(read.body);
    expect(list.body.data).toHaveLength(2);
  });

  it('what one family did the other undoes, once between them', async () => {
    const shop = await newShop();
    const wallet = await newWallet(shop);
    const credited = await pay(shop, 'CREDIT', transaction(shop, wallet.number, 15));
    const { journalId } = splitEntryId(credited.body.transaction_id);
    const undone = await shop.call('POST', `/v1/transactions/${formatEntryId(journalId, 1)}/reverse`, {
      reason: 'Twice',
    });
    expect(undone.status, JSON.stringify(undone.body)).toBe(200);
    expect(undone.body).toMatchObject({
      type: 'reversal',
      amount: -1_500,
      balance_after: 0,
      wallet_id: wallet.id,
      reference: null,
      reversal_of: formatEntryId(journalId, 1),
    });
    expect((await shop.call('GET', `/v1/transactions/${undone.body.id}`)).body).toEqual(undone.body);
    expect((await shop.call('GET', `/v1/transactions/${formatEntryId(journalId, 1)}`)).body.reversed_by).toBe(
      undone.body.id,
    );
    const again = await shop.call('POST', `/transactions/${credited.body.transaction_id}?command=REVERSE`);
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'already_reversed' } } });
    const andAgain = await shop.call('POST', `/v1/transactions/${formatEntryId(journalId, 1)}/reverse`);
    expect(andAgain).toMatchObject({
      status: 409,
      body: { error: { code: 'already_reversed', details: { transaction_id: undone.body.id } } },
    });

    await pay(shop, 'CREDIT', transaction(shop, wallet.number, 15));
    const debit = { amount: 600, description: 'SMS', reference: 'sms_2' };
    const debited = await shop.call('POST', `/v1/wallets/${wallet.id}/debit`, debit);
    const reversed = await shop.call('POST', `/api/v1/transactions/${debited.body.id}?command=REVERSE`);
    expect(reversed.body.source_transaction).toMatchObject({
      account: wallet.number,
      transaction_type: 'CREDIT',
      source_transaction_id: 'RVS1sms_2',
      current_balance: '15.0000',
    });
    // The counter-leg is not on a wallet, so it is nothing of `/v1`.
    const { journalId: counter } = splitEntryId(reversed.body.source_transaction.transaction_id);
    expect((await shop.call('POST', `/v1/transactions/${formatEntryId(counter, 2)}/reverse`)).status).toBe(404);
    // The first answer stands, whatever became of it since.
    const repeated = await shop.call('POST', `/v1/wallets/${wallet.id}/debit`, debit);
    expect(repeated.body).toEqual(debited.body);
  });

  it('restores the lots a transaction used; one expired since goes back to promotion expense at once', async () => {
    const shop = await newShop();
    const wallet = await newWallet(shop);
    const credit = (amount: number, expiresAtMs: number) =>
      shop.call('POST', `/v1/wallets/${wallet.id}/credit`, {
        amount,
        description: 'Bonus',
        reference: `promo_${++counter}`,
        expires_at: new Date(expiresAtMs).toISOString(),
      });
    await credit(300, NOW + DAY);
    await credit(500, NOW + 30 * DAY);
    await pay(shop, 'CREDIT', transaction(shop, wallet.number, 10));
    const figures = async () => {
      const { body } = await shop.call('GET', `/v1/wallets/${wallet.id}`);
      const { rows } = await database.db.pool.query<{ balance_minor: string }>(
        `select balance_minor from accounts where tenant_id = $1 and type = 'PROMOTION_EXPENSE'`,
        [shop.tenantId],
      );
      return [body.balance, body.promotional, body.refundable, Number(rows[0]?.balance_minor)];
    };
    expect(await figures()).toEqual([1_800, 800, 1_000, -800]);
    const first = await pay(shop, 'DEBIT', transaction(shop, wallet.number, 9));
    const { journalId } = splitEntryId(first.body.transaction_id);
    const read = await shop.call('GET', `/v1/transactions/${formatEntryId(journalId, 1)}`);
    expect(read.body.lots.map((lot: Body) => [lot['amount'], lot['use']])).toEqual([
      [300, 'use'],
      [500, 'use'],
    ]);
    expect(await figures()).toEqual([900, 0, 900, -800]);
    await shop.call('POST', `/transactions/${first.body.transaction_id}?command=REVERSE`);
    expect(await figures()).toEqual([1_800, 800, 1_000, -800]);

    const second = await pay(shop, 'DEBIT', transaction(shop, wallet.number, 9));
    clock.set(NOW + 2 * DAY);
    await shop.call('POST', `/transactions/${second.body.transaction_id}?command=REVERSE`);
    expect(await figures()).toEqual([1_500, 500, 1_000, -500]);
    const { body } = await shop.call('GET', `/api/v1/transactions?account_number=${wallet.number}&limit=2`);
    expect(
      body.data.map((row: Body) => [row['transaction_kind'], row['transaction_type'], row['transaction_amount']]),
    ).toEqual([
      ['expiry', 'DEBIT', '3.0000'],
      ['reversal', 'CREDIT', '9.0000'],
    ]);
    clock.set(NOW);
  });

  it('moves between wallet and account, and between wallets, with the same words', async () => {
    const shop = await newShop();
    const [wallet, other] = [await newWallet(shop), await newWallet(shop)];
    const float = await makeAccount(api, database.db, shop.tenantId, { currency: 'GHS' });
    await pay(shop, 'CREDIT', transaction(shop, float.number, 100));
    const paidOut = await shop.call('POST', '/api/v1/account-transfers', {
      source_account_number: float.number,
      destination_account_number: wallet.number,
      client_service_code: shop.service,
      transaction_amount: 20,
      source_transaction_id: 'pay-1',
      transaction_source: 'INTERNAL',
      transaction_date: '2026-06-01T10:00:00Z',
    });
    const { journalId } = splitEntryId(paidOut.body.destination_transaction.transaction_id);
    expect((await shop.call('GET', `/v1/transactions/${formatEntryId(journalId, 2)}`)).body).toMatchObject({
      type: 'transfer',
      amount: 2_000,
      wallet_id: wallet.id,
      reference: 'pay-1',
    });
    const body = {
      source_wallet_id: wallet.id,
      destination_wallet_id: other.id,
      amount: 500,
      currency: 'GHS',
      reference: 'split-1',
      description: 'Half of the taxi',
      metadata: { ride: 7 },
    };
    const moved = await shop.call('POST', '/v1/transfers', body);
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    expect(moved.body).toMatchObject({
      object: 'transfer',
      amount: 500,
      source_wallet_id: wallet.id,
      destination_wallet_id: other.id,
      source_transaction: { amount: -500, balance_after: 1_500, reference: 'split-1', metadata: { ride: 7 } },
      destination_transaction: { amount: 500, balance_before: 0 },
    });
    const again = await shop.call('POST', '/v1/transfers', body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(moved.body);
    expect((await shop.call('GET', '/api/v1/transactions/source/IFT2split-1')).body).toMatchObject({
      account: other.number,
      transaction_type: 'CREDIT',
      source_transaction_data: { ride: 7 },
      transaction_narration: 'Half of the taxi',
    });
    for (const [changes, status, code] of [
      [{ reference: 'split-1', amount: 501 }, 409, 'reference_conflict'],
      [{ reference: 'split-2', destination_wallet_id: wallet.id }, 400, 'same_wallet'],
      [{ reference: 'split-3', currency: 'KES' }, 400, 'currency_mismatch'],
      [{ reference: 'split-4', amount: 1_501 }, 402, 'insufficient_funds'],
      [{ reference: 'split-5', destination_wallet_id: 'wal_0000000000000' }, 404, 'resource_missing'],
      [{ reference: 'split-6', client_service_code: 'NOSUCHONE1' }, 404, 'resource_missing'],
    ] as const) {
      expect(await shop.call('POST', '/v1/transfers', { ...body, ...changes })).toMatchObject({
        status,
        body: { error: { code } },
      });
    }
  });

  it('charges a service’s fee on a debit of `/v1`, borne as the service says', async () => {
    for (const feeBearer of ['client', 'customer'] as const) {
      const shop = await newShop({
        hasFee: true,
        fee: { type: 'PERCENTAGE', partsPerMillion: 20_000n },
        taxPartsPerMillion: 160_000n,
        feeBearer,
        maximumAmount: '50',
      });
      const free = await makeService(api, database.db, shop.tenantId);
      const wallet = await newWallet(shop);
      await pay(shop, 'CREDIT', transaction(shop, wallet.number, 100, { client_service_code: free }));
      const debit = (changes: Body) =>
        shop.call('POST', `/v1/wallets/${wallet.id}/debit`, {
          amount: 1_000,
          description: 'SMS',
          reference: 'r-1',
          client_service_code: shop.service,
          ...changes,
        });
      const debited = await debit({});
      expect(debited.body).toMatchObject({ amount: 1_000, balance_after: 9_000, fee: 20, tax: 3 });
      expect((await debit({})).body).toEqual(debited.body);
      expect((await debit({ client_service_code: free })).body.error.code).toBe('reference_conflict');
      expect((await debit({ client_service_code: undefined })).body.error.code).toBe('reference_conflict');
      expect(await debit({ reference: 'r-2', amount: 5_001 })).toMatchObject({
        status: 400,
        body: {
          error: { code: 'amount_above_maximum', param: 'amount', details: { maximum: 5_000, currency: 'GHS' } },
        },
      });
      const { body } = await shop.call('GET', `/v1/wallets/${wallet.id}`);
      expect(body.balance).toBe(feeBearer === 'customer' ? 8_977 : 9_000);
    }
  });
});
