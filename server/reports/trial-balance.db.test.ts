import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { proveBooks } from '@/server/ledger/books/prove';
import type { Command, Outcome, PostedJournal } from '@/server/ledger/core/types';
import { aService, type LedgerHarness, openTestLedger, recordTestService } from '@/server/ledger/testing';
import { countOf, randomFrom, seedOf } from '@/server/ledger/tests/seed';
import { testContext } from '@/server/wallets/testing';
import { readTrialBalance, type TrialLine } from './trial-balance';
import { type TrialColumns, trialEvents } from './trial-columns';

const DAY = 86_400_000;
const clock = fixedClock(Date.UTC(2026, 4, 24, 10));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let harness: LedgerHarness;
let ctx: Context;

beforeAll(async () => {
  database = await makeTestDatabase();
});

afterAll(async () => {
  await database?.close();
});

/** Each test has a tenant of its own. */
beforeEach(async () => {
  harness = await openTestLedger(database, clock);
  ctx = testContext(harness, database.db, clock);
  return async () => {
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
    await harness.close();
  };
});

async function linesAt(atMs: number | null, detail: 'types' | 'accounts', currency: string | null = null) {
  const lines: TrialLine[] = [];
  const { pages } = await readTrialBalance(ctx, { atMs, detail, currency });
  for await (const page of pages()) lines.push(...page);
  return lines;
}

/** Every currency's columns agree, in both details, and both say the same. */
async function requireBalanced(atMs: number | null = null): Promise<TrialColumns[]> {
  const columnsIn = async (detail: 'types' | 'accounts') => {
    const columns: TrialColumns[] = [];
    const { pages } = await readTrialBalance(ctx, { atMs, detail, currency: null });
    for await (const events of trialEvents(pages())) {
      for (const event of events) if (event.kind === 'end') columns.push(event.columns);
    }
    return columns;
  };
  const byType = await columnsIn('types');
  expect(byType.map((columns) => columns.isBalanced)).toEqual(byType.map(() => true));
  expect(await columnsIn('accounts')).toEqual(byType);
  return byType;
}

async function submit(command: Command): Promise<Extract<Outcome, { ok: true }>> {
  const outcome = await harness.ledger.submit(command);
  if (!outcome.ok) throw new Error(`${command.kind} was refused: ${outcome.refusal.code}`);
  return outcome;
}

const now = (): number => clock.fixedMs();

describe('a trial balance', () => {
  it('sums to zero before and after every kind of journal', async () => {
    const service = aService(harness.ledger.nextId(), {
      fee: { type: 'PERCENTAGE', partsPerMillion: 25_000n },
      taxPartsPerMillion: 160_000n,
    });
    await recordTestService(database.db.pool, harness.tenantId, service);
    const [one, other] = [await harness.openWallet(), await harness.openWallet()];
    expect(await requireBalanced()).toHaveLength(1);

    const kinds = new Set<string>();
    const step = async (command: Command): Promise<PostedJournal | null> => {
      clock.advance(1_000);
      const { posted: journal, expiries } = await submit(command);
      for (const each of [journal, ...expiries]) if (each) kinds.add(each.journal.kind);
      await requireBalanced();
      return journal;
    };
    await step({ ...harness.fund(one, 10_000n), service });
    await step(harness.promote(one, 500n, { expiresAtMs: now() + DAY }));
    const debit = await step({ ...harness.debit(one, 1_000n), service });
    await step(harness.reverse(debit as PostedJournal));
    await step({ ...harness.transfer(one, other, 2_000n), service });
    await step({ ...harness.debit(other, 300n), to: 'EXTERNAL_SETTLEMENT', service });
    const { hold } = await submit(harness.hold(other, 200n, now() + DAY));
    await step(harness.capture(other, hold?.id ?? ''));
    await step(harness.promote(one, 40n, { expiresAtMs: now() + DAY }));
    clock.advance(2 * DAY);
    await step(harness.sweep(one));
    await step(harness.setStatus(one, 'closed'));
    expect(kinds).toEqual(new Set(['credit', 'debit', 'reversal', 'transfer', 'expiry', 'close']));
  });

  it('stands an account in the column of its sign', async () => {
    const wallet = await harness.openWallet('UGX');
    await submit(harness.promote(wallet, 700n));
    const lines = await linesAt(null, 'accounts');
    const sides = lines
      .filter((line) => line.debitMinor + line.creditMinor > 0n)
      .map((line) => [line.type, line.debitMinor, line.creditMinor]);
    expect(sides).toEqual([
      ['CUSTOMER_WALLET', 0n, 700n],
      ['PROMOTION_EXPENSE', 700n, 0n],
    ]);
  });

  it('leaves out accounts opened later, and other currencies when one is asked for', async () => {
    const early = await harness.openWallet();
    await submit(harness.fund(early, 5n));
    const at = now();
    clock.advance(1);
    await harness.openWallet();
    await harness.openWallet('KES');
    const wallets = async (atMs: number | null) =>
      (await linesAt(atMs, 'types')).filter((line) => line.type === 'CUSTOMER_WALLET');
    expect(await wallets(at)).toMatchObject([{ currency: 'GHS', accounts: 1, creditMinor: 5n }]);
    expect(await wallets(null)).toMatchObject([
      { currency: 'GHS', accounts: 2 },
      { currency: 'KES', accounts: 1 },
    ]);
    expect(new Set((await linesAt(null, 'accounts', 'KES')).map((line) => line.currency))).toEqual(new Set(['KES']));
    expect(await linesAt(Date.UTC(2020, 0, 1), 'accounts')).toEqual([]);
  });

  it('counts what was posted at its very instant, and nothing after', async () => {
    const wallet = await harness.openWallet();
    await submit(harness.fund(wallet, 100n));
    const at = now();
    clock.advance(1);
    await submit(harness.fund(wallet, 10n));
    const inWallets = async (atMs: number) =>
      (await linesAt(atMs, 'types')).find((line) => line.type === 'CUSTOMER_WALLET')?.creditMinor;
    expect(await inWallets(at)).toBe(100n);
    expect(await inWallets(at + 1)).toBe(110n);
  });

  it('refuses the future', async () => {
    await expect(linesAt(now() + 1, 'types')).rejects.toMatchObject({ code: 'parameter_invalid', param: 'at' });
  });

  it('says so when an entry is not there, instead of taking the account for an empty one', async () => {
    const wallet = await harness.openWallet();
    for (const amount of [1n, 2n, 3n]) await submit(harness.fund(wallet, amount));
    const admin = harness.adminPool(database.url);
    try {
      const connection = await admin.connect();
      try {
        await connection.query('set session_replication_role = replica');
        const { rows } = await connection.query(
          'delete from entries where tenant_id = $1 and account_id = $2 and sequence = 3 returning *',
          [harness.tenantId, wallet],
        );
        await expect(linesAt(null, 'types')).rejects.toThrow(/miss/);
        await expect(linesAt(null, 'accounts')).rejects.toThrow(/miss/);
        const columns = Object.keys(rows[0]);
        await connection.query(
          `insert into entries (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
          Object.values(rows[0]),
        );
      } finally {
        connection.release(true);
      }
    } finally {
      await admin.end();
    }
  });

  it('of a past instant is what was answered then, whatever was done since', { timeout: 120_000 }, async () => {
    const random = randomFrom(seedOf('trial balance'));
    const below = (max: number): number => Math.floor(random() * max);
    const service = aService(harness.ledger.nextId(), { fee: { type: 'FIXED', amountMinor: 3n } });
    await recordTestService(database.db.pool, harness.tenantId, service);
    const wallets: { id: string; currency: string }[] = [];
    const open = async () => {
      const currency = below(3) === 0 ? 'KES' : 'GHS';
      wallets.push({ id: await harness.openWallet(currency), currency });
    };
    for (let n = 0; n < 4; n++) await open();
    const journals: PostedJournal[] = [];
    const answers: { atMs: number; lines: TrialLine[] }[] = [];

    const nextCommand = (): Command => {
      const { id, currency } = wallets[below(wallets.length)] as (typeof wallets)[number];
      const amount = BigInt(1 + below(500));
      const reversible = journals[below(journals.length)];
      const others = wallets.filter((wallet) => wallet.currency === currency && wallet.id !== id);
      const other = others[below(others.length)];
      switch (below(10)) {
        case 0:
        case 1:
          return { ...harness.fund(id, amount), service: below(2) === 0 ? service : null };
        case 2:
          return harness.promote(id, amount, { expiresAtMs: now() + 1 + below(3 * DAY) });
        case 3:
        case 4:
          return { ...harness.debit(id, amount), service: below(2) === 0 ? service : null };
        case 5:
          return other === undefined ? harness.sweep(id) : harness.transfer(id, other.id, amount);
        case 6:
          return reversible === undefined ? harness.sweep(id) : harness.reverse(reversible, below(2) === 0);
        case 7:
          return harness.setStatus(id, (['active', 'frozen', 'closed'] as const)[below(12)] ?? 'active');
        case 8:
          return harness.hold(id, amount, now() + 1 + below(DAY));
        default:
          return harness.sweep(id);
      }
    };
    const steps = countOf('TRIAL_BALANCE_STEPS', 150);
    for (let n = 0; n < steps; n++) {
      // A refusal is an outcome like any other: the books stay as they are.
      const outcome = await harness.ledger.submit(nextCommand());
      if (outcome.ok && outcome.posted !== null) journals.push(outcome.posted);
      if (below(15) === 0) await open();
      if (below(3) > 0) continue;
      answers.push({ atMs: now(), lines: await linesAt(null, 'accounts') });
      clock.advance(1 + below(DAY));
    }
    expect(journals.length).toBeGreaterThan(steps / 5);
    for (const { atMs, lines } of answers) {
      expect(await linesAt(atMs, 'accounts')).toEqual(lines);
      const balances = new Map(lines.map((line) => [line.account?.id, line.creditMinor - line.debitMinor]));
      const { rows } = await database.db.pool.query<{ account_id: string; balance: string }>(
        `select e.account_id, sum(e.amount_minor) as balance
         from entries e join journals j on j.tenant_id = e.tenant_id and j.id = e.journal_id
         where e.tenant_id = $1 and j.posted_at <= to_timestamp($2::bigint / 1000.0) group by e.account_id`,
        [harness.tenantId, atMs],
      );
      for (const row of rows) expect(balances.get(row.account_id)).toBe(BigInt(row.balance));
      const moved = new Set(rows.map((row) => row.account_id));
      for (const [id, balance] of balances) if (!moved.has(id ?? '')) expect(balance).toBe(0n);
      await requireBalanced(atMs);
    }
  });
});
