import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { APPLICATION_ROLE, type Database, openDatabase } from '@/db/client';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { transact } from '@/server/kernel/transaction';
import { proveBooks } from '@/server/ledger/books/prove';
import type { Command, PostedJournal } from '@/server/ledger/core/types';
import { openAccount } from '@/server/ledger/open-account';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { testContext } from '@/server/wallets/testing';
import { createService } from './create-service';
import { quoteService } from './quote-service';
import { readService } from './read';
import { resolveService, serviceCodesOf } from './service-book';
import type { TermsChange } from './terms';
import { updateService } from './update-service';

const HOUR = 3_600_000;
const clock = fixedClock(Date.UTC(2026, 4, 24, 10));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
/** Another process's connections, and so its memory. */
let elsewhere: Database;
let harness: LedgerHarness;
let ctx: Context;
let clientCode: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  elsewhere = openDatabase({
    url: database.url,
    maxConnections: 2,
    role: APPLICATION_ROLE,
    applicationName: 'pesewa-test-elsewhere',
  });
  harness = await openTestLedger(database, clock);
  clientCode = 'SERVICE001';
  const { rows } = await database.db.pool.query<{ id: string }>(
    `insert into clients (public_id, name, code) values ('cli_services', 'Services', $1) returning id`,
    [clientCode],
  );
  await database.db.pool.query(`insert into tenants (id, client_id, mode) values ($1, $2, 'test')`, [
    harness.tenantId,
    rows[0]?.id,
  ]);
  ctx = testContext(harness, database.db, clock);
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await elsewhere?.pool.end();
  await harness?.close();
  await database?.close();
});

beforeEach(() => {
  clock.advance(24 * HOUR);
});

const TERMS: TermsChange = {
  has_transaction_fee: true,
  transaction_fee_type: 'FIXED',
  transaction_fee: '1.005',
  minimum_transaction_amount: '1.001',
  maximum_transaction_amount: '100.009',
  daily_cap: '150.999',
};

async function made(terms: TermsChange = {}, currency: string | null = null): Promise<string> {
  const { code } = await createService(ctx, {
    clientCode,
    name: 'Payout',
    serviceCode: 'CUSTOM_SERVICE',
    currency,
    terms: { ...TERMS, ...terms },
    effectiveAtMs: null,
  });
  return code;
}

const change = (code: string, terms: TermsChange, effectiveAtMs: number | null = null) =>
  updateService(ctx, { service: code, terms, effectiveAtMs, reason: null });

describe('the rules for a currency', () => {
  it('are in its minor units: limits and caps inwards, fees half up', async () => {
    const code = await made();
    const minor = async (currency: string) => {
      const { version } = await resolveService(ctx, code, currency);
      return [version.fee, version.minimumAmountMinor, version.maximumAmountMinor, version.dailyCapMinor];
    };
    expect(await minor('KES')).toEqual([{ type: 'FIXED', amountMinor: 101n }, 101n, 10_000n, 15_099n]);
    expect(await minor('UGX')).toEqual([{ type: 'FIXED', amountMinor: 1n }, 2n, 100n, 150n]);
    expect(await minor('KWD')).toEqual([{ type: 'FIXED', amountMinor: 1_005n }, 1_001n, 100_009n, 150_999n]);
  });

  it('are the same object while nothing changes', async () => {
    const code = await made();
    const first = await resolveService(ctx, code, 'KES');
    expect(await resolveService(ctx, code, 'KES')).toBe(first);
    expect(first).toMatchObject({ code, serviceId: (await readService(ctx, code)).id });
  });

  it('are refused for another currency than the service’s own', async () => {
    const code = await made(
      { transaction_fee: '1', minimum_transaction_amount: '1', maximum_transaction_amount: '9', daily_cap: null },
      'KES',
    );
    await expect(resolveService(ctx, code, 'GHS', 'service')).rejects.toMatchObject({
      code: 'currency_mismatch',
      param: 'service',
    });
    expect((await resolveService(ctx, code, 'KES')).version.maximumAmountMinor).toBe(900n);
  });

  it('are not there for an unknown code nor in another’s books', async () => {
    const code = await made();
    await resolveService(ctx, code, 'KES');
    const stranger: Context = { ...ctx, principal: { ...ctx.principal, tenantId: harness.ledger.nextId() } };
    for (const [who, named] of [
      [ctx, 'PAY0000000'],
      [stranger, code],
      [ctx, `${harness.tenantId}|${code}`],
    ] as const) {
      await expect(resolveService(who, named, 'KES')).rejects.toMatchObject({
        code: 'resource_missing',
        param: 'client_service_code',
      });
    }
  });
});

describe('memory', () => {
  it('follows a change at once in the process that made it', async () => {
    const code = await made();
    const before = await resolveService(ctx, code, 'KES');
    await change(code, { transaction_fee: '2' });
    const after = await resolveService(ctx, code, 'KES');
    expect(after.version.fee).toEqual({ type: 'FIXED', amountMinor: 200n });
    expect(after.version.id).not.toBe(before.version.id);
    expect(before.version.fee).toEqual({ type: 'FIXED', amountMinor: 101n });
  });

  it('does not keep what a query read before the change it was overtaken by', async () => {
    const code = await made();
    const pool = database.db.pool;
    const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const spy = vi.spyOn(pool, 'query').mockImplementationOnce(async (...args: unknown[]) => {
      const answer = await query(...args);
      await gate;
      return answer as never;
    });
    const late = resolveService(ctx, code, 'KES');
    // Its answer is the old one, held back until the change has committed and been forgotten.
    await new Promise((resolve) => setImmediate(resolve));
    await change(code, { transaction_fee: '2' });
    release();
    await late;
    spy.mockRestore();
    expect((await resolveService(ctx, code, 'KES')).version.fee).toEqual({ type: 'FIXED', amountMinor: 200n });
  });

  it('is believed for a second elsewhere, and no longer', async () => {
    const there: Context = { ...ctx, db: elsewhere };
    const code = await made();
    const monotonic = vi.spyOn(performance, 'now').mockReturnValue(50_000);
    try {
      const before = await resolveService(there, code, 'KES');
      const queries = vi.spyOn(elsewhere.pool, 'query');
      await change(code, { transaction_fee: '2' });
      monotonic.mockReturnValue(50_499);
      expect(await resolveService(there, code, 'KES')).toBe(before);
      expect(queries).not.toHaveBeenCalled();
      monotonic.mockReturnValue(51_000);
      expect((await resolveService(there, code, 'KES')).version.fee).toEqual({ type: 'FIXED', amountMinor: 200n });
      expect(queries).toHaveBeenCalledTimes(1);
      // Renewed in the background from half a second on: what is known is answered meanwhile.
      monotonic.mockReturnValue(51_600);
      await resolveService(there, code, 'KES');
      await resolveService(there, code, 'KES');
      expect(queries).toHaveBeenCalledTimes(2);
      queries.mockRestore();
    } finally {
      monotonic.mockRestore();
    }
  });

  it('takes a scheduled version into force at its time without a query', async () => {
    const code = await made();
    const at = clock.fixedMs() + HOUR;
    await change(code, { transaction_fee: '3' }, at);
    const first = await resolveService(ctx, code, 'KES');
    const queries = vi.spyOn(database.db.pool, 'query');
    clock.set(at - 1);
    expect(await resolveService(ctx, code, 'KES')).toBe(first);
    clock.set(at);
    const { version } = await resolveService(ctx, code, 'KES');
    expect(version.fee).toEqual({ type: 'FIXED', amountMinor: 300n });
    expect(queries).not.toHaveBeenCalled();
    queries.mockRestore();
  });

  it('asks once for all who ask at once', async () => {
    const code = await made();
    const queries = vi.spyOn(database.db.pool, 'query');
    const all = await Promise.all(Array.from({ length: 20 }, () => resolveService(ctx, code, 'KES')));
    expect(new Set(all).size).toBe(1);
    expect(queries).toHaveBeenCalledTimes(1);
    queries.mockRestore();
  });
});

it('names services by the versions of journals, of these books alone', async () => {
  const code = await made();
  const first = (await readService(ctx, code)).inForce.id;
  const second = (await change(code, { transaction_fee: '2' })).inForce.id;
  const other = await made();
  const third = (await readService(ctx, other)).inForce.id;
  const expected = new Map([
    [first, code],
    [second, code],
    [third, other],
  ]);
  expect(await serviceCodesOf(ctx, [first, second, third, second, '1'])).toEqual(expected);
  const queries = vi.spyOn(database.db.pool, 'query');
  expect(await serviceCodesOf(ctx, [third, second, first])).toEqual(expected);
  expect(await serviceCodesOf(ctx, [])).toEqual(new Map());
  expect(queries).not.toHaveBeenCalled();
  queries.mockRestore();
  const stranger: Context = { ...ctx, principal: { ...ctx.principal, tenantId: harness.ledger.nextId() } };
  expect(await serviceCodesOf(stranger, [first, third])).toEqual(new Map());
});

describe('a quote', () => {
  async function newAccount(currency: string): Promise<{ id: string; number: string }> {
    const id = harness.ledger.nextId();
    await transact(database.db, (tx) =>
      openAccount(
        tx,
        {
          tenantId: harness.tenantId,
          id,
          type: 'CUSTOMER_WALLET',
          currency,
          customerId: `cus_${id}`,
          nowMs: clock.fixedMs(),
        },
        () => harness.ledger.nextId(),
      ),
    );
    const { rows } = await database.db.pool.query<{ number: string }>('select number from accounts where id = $1', [
      id,
    ]);
    return { id, number: String(rows[0]?.number) };
  }

  async function posted(command: Command): Promise<PostedJournal> {
    const outcome = await harness.ledger.submit(command);
    if (!outcome.ok || outcome.posted === null) throw new Error(outcome.ok ? 'nothing' : outcome.refusal.code);
    return outcome.posted;
  }

  const changeOf = ({ entries }: PostedJournal, accountId: string): bigint =>
    entries.filter((entry) => entry.accountId === accountId).reduce((sum, entry) => sum + entry.amountMinor, 0n);

  it.each(
    (['client', 'customer'] as const).flatMap((bearer) =>
      (['CREDIT', 'DEBIT', 'TRANSFER'] as const).flatMap((type) =>
        (['UGX', 'KES', 'KWD'] as const).map((currency) => [type, bearer, currency] as const),
      ),
    ),
  )('of a %s, %s bears, in %s is what the posting then does', async (type, bearer, currency) => {
    const code = await made({
      transaction_fee_type: 'PERCENTAGE',
      transaction_fee: '2.5',
      tax_on_fee_percentage: '17.5',
      fee_bearer: bearer,
      maximum_transaction_amount: '100000',
      daily_cap: null,
    });
    const account = await newAccount(currency);
    const other = await newAccount(currency);
    await posted(harness.fund(account.id, 10_000n));
    const amountMinor = 1_033n;
    const quote = await quoteService(ctx, {
      service: code,
      type,
      amountIn: () => amountMinor,
      accountNumber: account.number,
      currency: null,
    });
    const { version } = await resolveService(ctx, code, currency);
    const command =
      type === 'CREDIT'
        ? { ...harness.fund(account.id, amountMinor), service: version }
        : type === 'DEBIT'
          ? { ...harness.debit(account.id, amountMinor), to: 'EXTERNAL_SETTLEMENT' as const, service: version }
          : { ...harness.transfer(account.id, other.id, amountMinor), service: version };
    const journal = await posted(command);
    expect(journal.journal).toMatchObject({
      serviceVersionId: quote.version.id,
      feeMinor: quote.charges.feeMinor,
      taxMinor: quote.charges.taxMinor,
    });
    expect(quote.charges.feeMinor > 0n && quote.charges.taxMinor > 0n).toBe(true);
    expect(changeOf(journal, account.id)).toBe(quote.netMinor);
    // What the paying side gave, of which the receiving side got the amount less what it bore.
    const paid = type === 'CREDIT' ? -changeOf(journal, externalOf(journal)) : -changeOf(journal, account.id);
    expect(paid).toBe(quote.totalMinor);
  });

  const externalOf = ({ entries }: PostedJournal): string => entries[1]?.accountId ?? '';

  it('counts what the account has used of its caps, as the posting does', async () => {
    const code = await made({ transaction_fee: '0' });
    const account = await newAccount('KES');
    const quoteOf = (amountMinor: bigint) =>
      quoteService(ctx, {
        service: code,
        type: 'CREDIT',
        amountIn: () => amountMinor,
        accountNumber: account.number,
        currency: null,
      });
    const { version } = await resolveService(ctx, code, 'KES');
    await posted({ ...harness.fund(account.id, 10_000n), service: version });
    expect((await quoteOf(5_099n)).refusal).toBeNull();
    expect((await quoteOf(5_100n)).refusal).toMatchObject({ code: 'cap_exceeded', details: { used: 10_000n } });
    expect(await harness.ledger.submit({ ...harness.fund(account.id, 5_100n), service: version })).toMatchObject({
      ok: false,
      refusal: { code: 'cap_exceeded' },
    });
    await posted({ ...harness.fund(account.id, 5_099n), service: version });
    clock.advance(14 * HOUR);
    expect((await quoteOf(5_100n)).refusal).toBeNull();
  });
});
