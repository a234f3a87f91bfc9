import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import type { Command, PostedJournal, ServiceVersion } from '../core/types';
import { aService, type LedgerHarness, openTestLedger, recordTestService } from '../testing';

/** The table at the end of postings.md, row by row: the balances of every account it names. */
const DAY = 86_400_000;
const clock = fixedClock(Date.UTC(2026, 0, 15));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let h: LedgerHarness;
let admin: pg.Pool;

beforeAll(async () => {
  database = await makeTestDatabase();
});

afterAll(() => database.close());

async function withTenant(work: () => Promise<void>): Promise<void> {
  h = await openTestLedger(database, clock);
  admin = h.adminPool(database.url);
  try {
    await work();
    expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  } finally {
    await admin.end();
    await h.close();
  }
}

interface Row {
  readonly W: number;
  readonly lots: number;
  readonly COLL: number;
  readonly PROMO: number;
  readonly COMM: number;
  readonly EXT: number;
  readonly DUE: number;
}

async function rowOf(wallet: string): Promise<Row> {
  const { rows } = await admin.query<{ name: string; balance: string }>(
    `select case when id = $2 then 'W' else type end as name, balance_minor as balance from accounts where tenant_id = $1
     union all
     select 'lots', coalesce(sum(remaining_minor + held_minor), 0)::text::bigint from lots where account_id = $2`,
    [h.tenantId, wallet],
  );
  const balances = new Map(rows.map((row) => [row.name, Number(row.balance)]));
  const of = (name: string): number => balances.get(name) ?? 0;
  const row: Row = {
    W: of('W'),
    lots: of('lots'),
    COLL: of('AVAILABLE_COLLECTIONS'),
    PROMO: of('PROMOTION_EXPENSE'),
    COMM: of('COMMISSION_ACCOUNT'),
    EXT: of('EXTERNAL_SETTLEMENT'),
    DUE: of('REFUNDS_DUE'),
  };
  expect(row.W + row.COLL + row.PROMO + row.COMM + row.EXT + row.DUE, 'each row sums to zero').toBe(0);
  return row;
}

async function post(command: Command): Promise<PostedJournal> {
  const outcome = await h.ledger.submit(command);
  if (!outcome.ok || outcome.posted === null) throw new Error(outcome.ok ? 'nothing posted' : outcome.refusal.code);
  return outcome.posted;
}

test('rows 1 to 6, without the provider’s fee', async () => {
  await withTenant(async () => {
    const W = await h.openWallet();
    // Row 1 needs a provider; paid money from outside stands in for it, with EXT in the place of CLR and no fee.
    await post(h.fund(W, 5_000n));
    expect(await rowOf(W)).toEqual({ W: 5_000, lots: 0, COLL: 0, PROMO: 0, COMM: 0, EXT: -5_000, DUE: 0 });
    await post(h.promote(W, 1_000n, { expiresAtMs: clock.fixedMs() + 30 * DAY }));
    expect(await rowOf(W)).toEqual({ W: 6_000, lots: 1_000, COLL: 0, PROMO: -1_000, COMM: 0, EXT: -5_000, DUE: 0 });
    const third = await post(h.debit(W, 600n));
    expect(await rowOf(W)).toEqual({ W: 5_400, lots: 400, COLL: 600, PROMO: -1_000, COMM: 0, EXT: -5_000, DUE: 0 });
    await post(h.reverse(third));
    expect(await rowOf(W)).toEqual({ W: 6_000, lots: 1_000, COLL: 0, PROMO: -1_000, COMM: 0, EXT: -5_000, DUE: 0 });
    await post(h.debit(W, 1_500n));
    expect(await rowOf(W)).toEqual({ W: 4_500, lots: 0, COLL: 1_500, PROMO: -1_000, COMM: 0, EXT: -5_000, DUE: 0 });
    await post(h.setStatus(W, 'closed'));
    expect(await rowOf(W)).toEqual({ W: 0, lots: 0, COLL: 1_500, PROMO: -1_000, COMM: 0, EXT: -5_000, DUE: 4_500 });
  });
});

test('rows 1 to 6 with the fee of 2 % borne by the client, as the table has it', async () => {
  await withTenant(async () => {
    const W = await h.openWallet();
    const service: ServiceVersion = aService(h.ledger.nextId(), {
      fee: { type: 'PERCENTAGE', partsPerMillion: 20_000n },
    });
    await recordTestService(database.db.pool, h.tenantId, service);
    // A top-up's fee is taken from COLL. The nearest without a provider: a wallet beside W pays in what the table has
    // W pay, through the service, and takes it back out of the way, so that COLL owes the 100.
    const beside = await h.openWallet();
    await post(h.fund(beside, 5_000n));
    await post(h.fund(W, 5_000n));
    const charged = await post({ ...h.debit(beside, 5_000n), service });
    expect(charged.journal).toMatchObject({ feeMinor: 100n, taxMinor: 0n });
    const besideEntries = charged.entries.map((entry) => entry.amountMinor);
    expect(besideEntries).toEqual([-5_000n, 5_000n, -100n, 100n]);
    // COLL 4 900 = −100 as in row 1, and 5 000 of the wallet beside.
    const asTable = async (): Promise<Row> => {
      const row = await rowOf(W);
      return { ...row, COLL: row.COLL - 5_000, EXT: row.EXT + 5_000 };
    };
    expect(await asTable()).toEqual({ W: 5_000, lots: 0, COLL: -100, PROMO: 0, COMM: 100, EXT: -5_000, DUE: 0 });
    await post(h.promote(W, 1_000n, { expiresAtMs: clock.fixedMs() + 30 * DAY }));
    expect(await asTable()).toEqual({
      W: 6_000,
      lots: 1_000,
      COLL: -100,
      PROMO: -1_000,
      COMM: 100,
      EXT: -5_000,
      DUE: 0,
    });
    const third = await post(h.debit(W, 600n));
    expect(await asTable()).toEqual({ W: 5_400, lots: 400, COLL: 500, PROMO: -1_000, COMM: 100, EXT: -5_000, DUE: 0 });
    await post(h.reverse(third));
    expect(await asTable()).toEqual({
      W: 6_000,
      lots: 1_000,
      COLL: -100,
      PROMO: -1_000,
      COMM: 100,
      EXT: -5_000,
      DUE: 0,
    });
    await post(h.debit(W, 1_500n));
    expect(await asTable()).toEqual({ W: 4_500, lots: 0, COLL: 1_400, PROMO: -1_000, COMM: 100, EXT: -5_000, DUE: 0 });
    await post(h.setStatus(W, 'closed'));
    expect(await asTable()).toEqual({ W: 0, lots: 0, COLL: 1_400, PROMO: -1_000, COMM: 100, EXT: -5_000, DUE: 4_500 });
  });
});

test.each([
  ['client', true, { W: 3_000, COLL: 1_960, COMM: 40 }, { W: 5_000, COLL: 0, COMM: 0 }],
  ['client', false, { W: 3_000, COLL: 1_960, COMM: 40 }, null],
  ['customer', true, { W: 2_960, COLL: 2_000, COMM: 40 }, { W: 5_000, COLL: 0, COMM: 0 }],
  ['customer', false, { W: 2_960, COLL: 2_000, COMM: 40 }, { W: 4_960, COLL: 0, COMM: 40 }],
] as const)(
  'a debit of 2 000 at 2 %%, %s bears, reversed with fees %s',
  async (feeBearer, refundFees, after, reversed) => {
    await withTenant(async () => {
      const W = await h.openWallet();
      const service = aService(h.ledger.nextId(), { feeBearer, fee: { type: 'PERCENTAGE', partsPerMillion: 20_000n } });
      await recordTestService(database.db.pool, h.tenantId, service);
      await post(h.fund(W, 5_000n));
      const debit = await post({ ...h.debit(W, 2_000n), service });
      expect(await rowOf(W)).toMatchObject(after);
      if (reversed === null) {
        // COLL has 40 less than the wallet would get back: the money is no longer there.
        expect(await h.ledger.submit(h.reverse(debit, refundFees))).toMatchObject({
          ok: false,
          refusal: { code: 'insufficient_funds' },
        });
        return;
      }
      await post(h.reverse(debit, refundFees));
      expect(await rowOf(W)).toMatchObject(reversed);
    });
  },
);
