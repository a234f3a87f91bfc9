import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { captureHold } from '@/server/holds/capture-hold';
import { createHold } from '@/server/holds/create-hold';
import { readHold, readHolds } from '@/server/holds/read';
import { voidHold } from '@/server/holds/void-hold';
import { fixedClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { closeWallet } from './close-wallet';
import { creditWallet } from './credit-wallet';
import { debitWallet } from './debit-wallet';
import { freezeWallet } from './freeze-wallet';
import { openWallet } from './open-wallet';
import { postSignedTransaction } from './post-signed-transaction';
import { availableOf, readCustomerWallet, readWallet, readWallets } from './read';
import { readOpenLots } from './read-lots';
import { readTransaction, readTransactions } from './read-transactions';
import { testContext } from './testing';
import { updateWalletMetadata } from './update-wallet-metadata';

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

describe('opening', () => {
  it('creates customer and wallet once per currency, and anew after a close', async () => {
    const input = { customerId: 'cus_new', currency: 'KES', metadata: '{"tier":"pro"}' };
    const first = await openWallet(ctx, input);
    const second = await openWallet(ctx, { ...input, metadata: null });
    expect(first.created).toBe(true);
    expect(second).toEqual({ created: false, wallet: first.wallet });
    await closeWallet(ctx, { walletId: first.wallet.id, reason: null });
    expect((await readCustomerWallet(ctx, 'cus_new', 'KES')).status).toBe('closed');
    const third = await openWallet(ctx, input);
    expect(third.created).toBe(true);
    expect((await readCustomerWallet(ctx, 'cus_new', 'KES')).id).toBe(third.wallet.id);
    const { rows } = await database.db.pool.query(
      `select type from events where tenant_id = $1 and account_id = $2 order by id`,
      [harness.tenantId, first.wallet.id],
    );
    expect(rows).toEqual([{ type: 'wallet.created' }, { type: 'wallet.closed' }]);
  });

  it('of many at once makes one', async () => {
    const input = { customerId: 'cus_race', currency: 'UGX', metadata: null };
    const results = await Promise.all(Array.from({ length: 8 }, () => openWallet(ctx, input)));
    expect(results.filter((result) => result.created)).toHaveLength(1);
    expect(new Set(results.map((result) => result.wallet.id)).size).toBe(1);
  });

  it('replaces metadata and keeps the audit row beside it', async () => {
    const id = await newWallet();
    const wallet = await updateWalletMetadata(ctx, { walletId: id, metadata: '{"tier":"max"}' });
    expect(wallet).toEqual(await readWallet(ctx, id));
    const { rows } = await database.db.pool.query(
      `select before, after from audit_log where tenant_id = $1 and object_id = $2 and action = 'wallet.metadata_updated'`,
      [harness.tenantId, id],
    );
    expect(rows).toEqual([{ before: '{}', after: '{"tier":"max"}' }]);
  });
});

describe('balances', () => {
  it('lose an expired lot at its instant, swept or not', async () => {
    const id = await newWallet(1000n);
    const expiresAtMs = now() + DAY;
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 500n, reference: 'promo', expiresAtMs });
    clock.set(expiresAtMs - 1);
    expect(await readWallet(ctx, id)).toMatchObject({
      balanceMinor: 1500n,
      promotionalMinor: 500n,
      refundableMinor: 1000n,
    });
    clock.set(expiresAtMs);
    const unswept = await readWallet(ctx, id);
    expect(unswept).toMatchObject({ balanceMinor: 1000n, promotionalMinor: 0n, unpostedExpiryMinor: 500n });
    await harness.ledger.submit({
      kind: 'sweep',
      tenantId: harness.tenantId,
      id: harness.ledger.nextId(),
      origin: { actor: 'test', requestId: 'r' },
      accountId: id,
    });
    expect(await readWallet(ctx, id)).toEqual({ ...unswept, unpostedExpiryMinor: 0n });
  });

  it('keep what a live hold pins, until the hold itself expires', async () => {
    const id = await newWallet(100n);
    const lotEnd = now() + DAY;
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 500n, reference: 'promo', expiresAtMs: lotEnd });
    const holdEnd = now() + 2 * DAY;
    const { hold } = await createHold(ctx, {
      ...WORDS,
      walletId: id,
      amountMinor: 300n,
      currency: 'GHS',
      reference: 'h',
      expiresAtMs: holdEnd,
    });
    expect(await readHold(ctx, hold.id)).toEqual({
      ...hold,
      pins: [{ lotId: expect.any(String), amountMinor: hold.amountMinor }],
    });
    clock.set(lotEnd);
    const pinned = await readWallet(ctx, id);
    expect(pinned).toMatchObject({
      balanceMinor: 400n,
      heldMinor: 300n,
      promotionalMinor: 300n,
      refundableMinor: 100n,
    });
    expect(availableOf(pinned)).toBe(100n);
    expect(await readOpenLots(ctx, id, { limit: 10, after: null })).toMatchObject([
      { remainingMinor: 0n, heldMinor: 300n },
    ]);
    clock.set(holdEnd);
    expect(await readWallet(ctx, id)).toMatchObject({ balanceMinor: 100n, heldMinor: 0n, promotionalMinor: 0n });
    expect((await readHold(ctx, hold.id)).status).toBe('expired');
    expect(await readHolds(ctx, id, 'active', { limit: 10, afterId: null })).toEqual([]);
    await expect(voidHold(ctx, { holdId: hold.id })).rejects.toMatchObject({ code: 'hold_not_active' });
  });

  it('are what the verbs say: freeze and close answer as a reading would', async () => {
    const id = await newWallet(1000n);
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 250n, reference: 'promo' });
    expect(await freezeWallet(ctx, { walletId: id, reason: 'why' })).toEqual(await readWallet(ctx, id));
    await expect(debitWallet(ctx, { ...WORDS, walletId: id, amountMinor: 1n, reference: 'd' })).rejects.toMatchObject({
      code: 'wallet_frozen',
    });
    const closed = await closeWallet(ctx, { walletId: id, reason: null });
    expect(closed).toMatchObject({ balanceMinor: 0n, refundDueMinor: 1000n, status: 'closed' });
    expect(closed).toEqual(await readWallet(ctx, id));
  });

  it('name the shortfall', async () => {
    const id = await newWallet(100n);
    await expect(debitWallet(ctx, { ...WORDS, walletId: id, amountMinor: 150n, reference: 'd' })).rejects.toMatchObject(
      {
        code: 'insufficient_funds',
        message: 'The wallet has GH₵1.00 available and this takes GH₵1.50: GH₵0.50 short.',
        details: { available: 100, required: 150, shortfall: 50, currency: 'GHS' },
      },
    );
  });
});

describe('transactions', () => {
  it('read the same in the first answer, the replay, alone and in the list', async () => {
    const id = await newWallet(1000n);
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 10n, reference: 'a', priority: 1 });
    await creditWallet(ctx, { ...WORDS, walletId: id, amountMinor: 10n, reference: 'b', priority: 0 });
    const input = { walletId: id, amountMinor: 50n, description: 'Both lots', reference: 'd', metadata: '{"a":1}' };
    const first = await debitWallet(ctx, input);
    const again = await debitWallet(ctx, input);
    expect(first.replayed).toBe(false);
    expect(again).toEqual({ ...first, replayed: true });
    expect(first.transaction.lots).toHaveLength(2);
    expect(await readTransaction(ctx, first.transaction, id)).toEqual(first.transaction);
    const [listed] = await readTransactions(ctx, id, { type: 'debit' }, { limit: 1, afterSequence: null });
    expect(listed).toMatchObject(first.transaction);
    await expect(debitWallet(ctx, { ...input, amountMinor: 51n })).rejects.toMatchObject({
      code: 'reference_conflict',
      details: { transaction_id: expect.stringMatching(/^txn_/) },
    });
  });

  it('stay on their page while rows arrive', async () => {
    const id = await newWallet(1000n);
    const debit = (n: number) => debitWallet(ctx, { ...WORDS, walletId: id, amountMinor: 1n, reference: `d${n}` });
    for (let n = 0; n < 6; n++) await debit(n);
    const page1 = await readTransactions(ctx, id, { type: 'debit' }, { limit: 2, afterSequence: null });
    await debit(6);
    const last = page1[1] as (typeof page1)[number];
    const page2 = await readTransactions(ctx, id, { type: 'debit' }, { limit: 2, afterSequence: last.sequence });
    expect([...page1.slice(0, 2), ...page2.slice(0, 2)].map((t) => t.reference)).toEqual(['d5', 'd4', 'd3', 'd2']);
    expect(await readTransactions(ctx, id, { type: 'credit' }, { limit: 5, afterSequence: null })).toHaveLength(1);
  });

  it('list drawdowns and captures as debits', async () => {
    const id = await newWallet(1000n);
    await postSignedTransaction(ctx, { ...WORDS, walletId: id, amountMinor: -10n, currency: 'GHS', reference: null });
    const { hold } = await createHold(ctx, {
      ...WORDS,
      walletId: id,
      amountMinor: 300n,
      currency: null,
      reference: null,
      expiresAtMs: null,
    });
    const captured = await captureHold(ctx, { holdId: hold.id, amountMinor: 200n, description: null, metadata: null });
    expect(captured.hold).toEqual(await readHold(ctx, hold.id));
    const listed = await readTransactions(ctx, id, { type: 'debit' }, { limit: 5, afterSequence: null });
    expect(listed.map((t) => t.operation)).toEqual(['capture', 'drawdown']);
    expect(listed[0]).toMatchObject(captured.transaction);
    const replay = await captureHold(ctx, { holdId: hold.id, amountMinor: 200n, description: null, metadata: null });
    expect(replay).toEqual({ ...captured, replayed: true });
    expect(await readWallet(ctx, id)).toMatchObject({ balanceMinor: 790n, heldMinor: 0n });
  });

  it('are not there for another client', async () => {
    const id = await newWallet(100n);
    const { transaction } = await debitWallet(ctx, { ...WORDS, walletId: id, amountMinor: 1n, reference: 'd' });
    const other: Context = { ...ctx, principal: { ...ctx.principal, tenantId: harness.ledger.nextId() } };
    const missing = { code: 'resource_missing' };
    await expect(readWallet(other, id)).rejects.toMatchObject(missing);
    await expect(readTransaction(other, transaction)).rejects.toMatchObject(missing);
    await expect(debitWallet(other, { ...WORDS, walletId: id, amountMinor: 1n, reference: 'd' })).rejects.toMatchObject(
      missing,
    );
    expect(await readWallets(other, {}, { limit: 5, afterId: null })).toEqual([]);
  });
});
