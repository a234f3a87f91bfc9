import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { creditWallet } from './credit-wallet';
import { debitWallet } from './debit-wallet';
import { openWallet } from './open-wallet';
import { previewDebit } from './preview-debit';
import { readWallet } from './read';
import { readOpenLots } from './read-lots';
import { readStatement } from './statement';
import { testContext } from './testing';

const START = Date.UTC(2026, 4, 24, 10);
const DAY = 86_400_000;
const WORDS = { description: 'Test', metadata: null };

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let harness: LedgerHarness;
let ctx: Context;
const clock = fixedClock(START);

beforeAll(async () => {
  database = await makeTestDatabase();
  harness = await openTestLedger(database, clock);
  ctx = testContext(harness, database.db, clock);
});

afterAll(async () => {
  await harness?.close();
  await database?.close();
});

beforeEach(() => {
  // Each test begins a year after the last, so that none meets another's expiries.
  clock.advance(365 * DAY);
});

let customers = 0;
async function newWallet(paidMinor = 0n): Promise<string> {
  const { wallet } = await openWallet(ctx, { customerId: `cus_${++customers}`, currency: 'GHS', metadata: null });
  if (paidMinor > 0n) await harness.ledger.submit(harness.fund(wallet.id, paidMinor));
  return wallet.id;
}

const now = (): number => clock.fixedMs() as number;

describe('previews', () => {
  it('say what the debit then does, and change nothing', async () => {
    const id = await newWallet(100n);
    await creditWallet(ctx, {
      ...WORDS,
      walletId: id,
      amountMinor: 30n,
      reference: 'late',
      expiresAtMs: now() + 9 * DAY,
    });
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 20n, reference: 'soon', expiresAtMs: now() + DAY });
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 40n, reference: 'last', priority: 90 });
    const before = await readWallet(ctx, id);
    const preview = await previewDebit(ctx, { walletId: id, amountMinor: 155n });
    expect(await readWallet(ctx, id)).toEqual(before);
    expect(preview.lots.map((part) => part.amountMinor)).toEqual([20n, 30n, 5n]);
    expect(preview.paidMinor).toBe(100n);
    const { transaction } = await debitWallet(ctx, { ...WORDS, walletId: id, amountMinor: 155n, reference: 'd' });
    const used = new Map(transaction.lots.map((part) => [part.lotId, part.amountMinor]));
    expect(used).toEqual(new Map(preview.lots.map((part) => [part.lot.id, part.amountMinor])));
    expect(transaction.balanceAfterMinor).toBe(preview.balanceAfterMinor);
    const refused = await previewDebit(ctx, { walletId: id, amountMinor: 36n });
    expect(refused.refusal).toMatchObject({ code: 'insufficient_funds', details: { shortfall: 1 } });
  });

  it('page lots in the order they are spent', async () => {
    const id = await newWallet();
    for (const [n, priority] of [50, 0, 90, 50].entries()) {
      const expiresAtMs = n === 3 ? now() + DAY : null;
      await creditWallet(ctx, {
        ...WORDS,
        walletId: id,
        amountMinor: BigInt(n + 1),
        reference: `l${n}`,
        priority,
        expiresAtMs,
      });
    }
    const [first, second] = await readOpenLots(ctx, id, { limit: 1, after: null });
    expect([first?.grantedMinor, second?.grantedMinor]).toEqual([2n, 4n]);
    const rest = await readOpenLots(ctx, id, { limit: 9, after: first ?? null });
    expect(rest.map((lot) => lot.grantedMinor)).toEqual([4n, 1n, 3n]);
  });
});

describe('statements', () => {
  const sumOf = async (statement: Awaited<ReturnType<typeof readStatement>>) => {
    let sum = statement.openingMinor;
    let rows = 0;
    for await (const page of statement.pages()) {
      for (const row of page) sum += row.amountMinor;
      rows += page.length;
    }
    return { sum, rows };
  };

  it('add up, share their boundaries and post what has expired', async () => {
    const id = await newWallet(5000n);
    const start = now();
    for (let n = 0; n < 12; n++) {
      clock.advance(DAY);
      await debitWallet(ctx, { ...WORDS, walletId: id, amountMinor: BigInt(n + 1), reference: `d${n}` });
    }
    const middle = start + 6 * DAY;
    const whole = await readStatement(ctx, { walletId: id, fromMs: null, toMs: null });
    const early = await readStatement(ctx, { walletId: id, fromMs: null, toMs: middle });
    const late = await readStatement(ctx, { walletId: id, fromMs: middle, toMs: null });
    expect(await sumOf(whole)).toEqual({ sum: whole.closingMinor, rows: 13 });
    expect(await sumOf(early)).toEqual({ sum: early.closingMinor, rows: 6 });
    expect(await sumOf(late)).toEqual({ sum: late.closingMinor, rows: 7 });
    expect(early.openingMinor).toBe(0n);
    expect(late.openingMinor).toBe(early.closingMinor);
    expect(late.closingMinor).toBe((await readWallet(ctx, id)).balanceMinor);

    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 7n, reference: 'p', expiresAtMs: now() + 1 });
    clock.advance(DAY);
    const balance = (await readWallet(ctx, id)).balanceMinor;
    const after = await readStatement(ctx, { walletId: id, fromMs: middle, toMs: null });
    expect(after.closingMinor).toBe(balance);
    expect(await sumOf(after)).toEqual({ sum: balance, rows: 9 });
  });
});
