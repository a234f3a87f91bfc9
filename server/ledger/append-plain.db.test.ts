import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from './books/prove';
import type { Command, Outcome } from './core/types';
import { type LedgerHarness, openTestLedger } from './testing';

/** The short form of the append, for a batch of one plain journal: the same rows, behind the same fence. */
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
const clock = fixedClock(Date.UTC(2026, 0, 15, 12));
const harnesses: LedgerHarness[] = [];
/** Every append that went to PostgreSQL, as it was sent. */
const appends: pg.QueryConfig[] = [];

beforeAll(async () => {
  database = await makeTestDatabase();
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [query] = args as [pg.QueryConfig];
    if (query?.name?.startsWith('ledger_append')) appends.push(query);
    return send.apply(this, args) as never;
  });
});

afterAll(async () => {
  vi.restoreAllMocks();
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  for (const harness of harnesses) await harness.close();
  await database.close();
});

async function open(): Promise<{ harness: LedgerHarness; wallets: [string, string] }> {
  const harness = await openTestLedger(database, clock);
  harnesses.push(harness);
  return { harness, wallets: [await harness.openWallet(), await harness.openWallet()] };
}

const namesSince = (start: number): (string | undefined)[] => appends.slice(start).map(({ name }) => name);

async function one(harness: LedgerHarness, command: Command): Promise<Extract<Outcome, { ok: true }>> {
  const outcome = await harness.ledger.submit(command);
  if (!outcome.ok) throw new Error(`Refused: ${outcome.refusal.code}.`);
  return outcome;
}

/** What a tenant's books say, but for ids, hashes and the request. */
async function rowsOf(harness: LedgerHarness): Promise<unknown> {
  const { rows } = await database.db.pool.query(
    `select j.kind, j.operation, j.reference, j.currency, j.amount_minor, j.fee_minor, j.tax_minor, j.posted_at,
       j.business_at, j.description, j.metadata, j.service_version_id, j.reversal_of, j.hold_id, j.actor,
       j.leg_sequences, v.type as event, v.sequence as event_sequence, v.created_at as event_at,
       (select json_agg(json_build_object('type', a.type, 'sequence', e.sequence, 'leg', e.leg, 'kind', e.kind,
          'amount', e.amount_minor, 'after', e.balance_after_minor, 'named', j.leg_accounts[e.leg] = a.id) order by e.leg)
        from entries e join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
        where e.tenant_id = j.tenant_id and e.journal_id = j.id) as entries
     from journals j left join events v on v.tenant_id = j.tenant_id and v.id = j.id
     where j.tenant_id = $1 order by j.id`,
    [harness.tenantId],
  );
  return rows;
}

describe('a journal alone in its batch', () => {
  it('leaves the rows that it leaves among others', async () => {
    const [alone, together] = [await open(), await open()];
    const commandsOf = ({ harness, wallets: [from, to] }: typeof alone): Command[] => [
      harness.fund(from, 1_000n, 'f'),
      { ...harness.debit(from, 30n, 'd'), metadata: '{"a":1}', businessAtMs: clock.fixedMs() - 5_001 },
      { ...harness.debit(from, 7n), description: null },
      harness.transfer(from, to, 100n, 't'),
      harness.debit(to, 99n),
    ];
    const start = appends.length;
    for (const command of commandsOf(alone)) await one(alone.harness, command);
    expect(new Set(namesSince(start))).toEqual(new Set(['ledger_append_plain']));
    const middle = appends.length;
    await together.harness.ledger.submitAll(commandsOf(together));
    expect(namesSince(middle)).toEqual(['ledger_append']);
    expect(await rowsOf(alone.harness)).toEqual(await rowsOf(together.harness));
  });

  it('goes the long way with a fee, a lot, a hold, a reversal, an alert or a stored answer', async () => {
    const { harness, wallets } = await open();
    const [wallet, other] = wallets;
    const funded = await one(harness, harness.fund(wallet, 1_000n));
    await one(harness, harness.change(other, { lowBalanceMinor: 50n }));
    const start = appends.length;
    const transferred = await one(harness, harness.transfer(wallet, other, 60n));
    if (funded.posted === null || transferred.posted === null) throw new Error('Nothing was posted.');
    await one(harness, harness.reverse(transferred.posted));
    await one(harness, harness.promote(other, 5n));
    await one(harness, harness.debit(other, 1n));
    await one(harness, harness.hold(wallet, 5n, clock.fixedMs() + 1_000));
    const answer = {
      tenantId: harness.tenantId,
      key: 'k',
      fingerprint: 'f',
      render: () => ({ status: 200, body: '' }),
    };
    await harness.ledger.submit(harness.debit(wallet, 1n), answer);
    expect(new Set(namesSince(start))).toEqual(new Set(['ledger_append']));
  });

  it('is written over the very versions it was decided on, and its reference once, or not at all', async () => {
    const { harness, wallets } = await open();
    const [wallet] = wallets;
    await one(harness, harness.fund(wallet, 1_000n));
    await one(harness, harness.debit(wallet, 10n, 'once'));
    const sent = appends.at(-1) as pg.QueryConfig;
    expect(sent.name).toBe('ledger_append_plain');
    const state = async (): Promise<unknown> =>
      (
        await database.db.pool.query(
          `select (select json_agg(a order by a.id) from accounts a where a.tenant_id = $1) as accounts,
             (select count(*) from journals where tenant_id = $1) as journals,
             (select count(*) from entries where tenant_id = $1) as entries,
             (select count(*) from events where tenant_id = $1) as events`,
          [harness.tenantId],
        )
      ).rows;
    const before = await state();
    const again = (change: (values: unknown[]) => void): Promise<unknown> => {
      const values = [...(sent.values as unknown[])];
      change(values);
      return database.db.pool.query({ text: sent.text, values });
    };
    const [ID, EXPECTED, SEQUENCE, OTHER_EXPECTED, OTHER_SEQUENCE] = [2, 17, 18, 23, 24] as const;
    const next = (values: unknown[], ...places: number[]): void => {
      for (const place of places) values[place] = Number(values[place]) + 1;
    };
    await expect(again(() => {})).rejects.toMatchObject({ code: '40001' });
    // One of the two is as it was decided on, the other is not.
    await expect(again((values) => next(values, EXPECTED))).rejects.toMatchObject({ code: '40001' });
    await expect(again((values) => next(values, OTHER_EXPECTED))).rejects.toMatchObject({ code: '40001' });
    await expect(
      again((values) => {
        next(values, EXPECTED, OTHER_EXPECTED, SEQUENCE, OTHER_SEQUENCE);
        values[ID] = harness.ledger.nextId();
      }),
    ).rejects.toMatchObject({ code: '23505', constraint: expect.stringContaining('reference') });
    expect(await state()).toEqual(before);
  });
});
