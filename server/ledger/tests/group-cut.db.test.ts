import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import type { Command } from '../core/types';
import { AnswerExists, type GroupOutcome, LedgerBusy, OutcomeUnknown } from '../ledger';
import { type LedgerHarness, openTestLedger } from '../testing';
import { batcherThrough } from './cut-scenario';
import { type CuttingProxy, FAULTS, openCuttingProxy } from './cutting-proxy';

/** The cuts of connection-cut.db.test.ts, for groups: whichever statement is cut, a group is there whole or not at all. */
const clock = fixedClock(Date.UTC(2026, 0, 15));
const HOUR = 3_600_000;
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let h: LedgerHarness;
let admin: pg.Pool;
let proxy: CuttingProxy;
let patient: ReturnType<typeof batcherThrough>;
let impatient: ReturnType<typeof batcherThrough>;
let n = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  h = await openTestLedger(database, clock);
  admin = h.adminPool(database.url);
  const { hostname, port } = new URL(database.url);
  proxy = await openCuttingProxy({ host: hostname, port: Number(port || 5432) });
  patient = batcherThrough(database.url, proxy.port, clock, 8_000, 'pesewa-patient');
  impatient = batcherThrough(database.url, proxy.port, clock, 0);
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await patient.close();
  await impatient.close();
  await proxy.close();
  await admin.end();
  await h.close();
  await database.close();
});

type Kind = 'taken' | 'refused';

/** Fresh wallets; a group that is taken, or one whose last command is refused. */
async function makeGroup(kind: Kind): Promise<{ commands: Command[]; effects: () => Promise<number> }> {
  const [a, b] = [await h.openWallet(), await h.openWallet()];
  await h.ledger.submit(h.fund(a, 1_000n));
  n += 1;
  const commands = [
    h.debit(a, 100n, `cut_${n}`),
    h.promote(b, 70n, { reference: `cut_${n}`, expiresAtMs: clock.fixedMs() + HOUR }),
    h.transfer(a, b, 200n, `cut_${n}_t`),
    // A second command of one reference answers with the first one's journal.
    h.debit(a, 100n, `cut_${n}`),
    h.debit(a, kind === 'taken' ? 5n : 5_000n),
  ];
  return {
    commands,
    effects: async () => {
      const { rows } = await admin.query<{ n: number }>(
        `select count(*)::int as n from journals where account_id = any ($1) and (reference like 'cut%' or operation = 'debit')`,
        [[a, b]],
      );
      return rows[0]?.n ?? -1;
    },
  };
}

const WHOLE = 4;
const keyed = (key: string) => ({
  tenantId: h.tenantId,
  key,
  fingerprint: 'f',
  render: (decided: GroupOutcome) => ({ status: 200, body: decided.ok ? 'taken' : 'refused' }),
});

async function storedUnder(key: string): Promise<string[]> {
  const { rows } = await admin.query<{ body: string }>('select body from answers where key = $1', [key]);
  return rows.map(({ body }) => body);
}

async function errorOf(submitted: Promise<unknown>): Promise<unknown> {
  return submitted.then(
    () => null,
    (error: unknown) => error,
  );
}

describe.each(FAULTS)('%s', (fault) => {
  test.each([true, false])(
    'and the database is back at once: all are there, once (with a key: %s)',
    async (withKey) => {
      const { commands, effects } = await makeGroup('taken');
      const key = `key_${n}`;
      proxy.arm(fault);
      const outcome = await patient.batcher.submitAll(commands, withKey ? keyed(key) : null);
      expect(proxy.struck).toBe(true);
      proxy.restore();
      expect(outcome.ok && outcome.outcomes.map(({ posted }) => posted?.journal.id)).toEqual(
        commands.map(({ id }, i) => (i === 3 ? commands[0]?.id : id)),
      );
      expect(await effects()).toBe(WHOLE);
      expect(await storedUnder(key)).toEqual(withKey ? ['taken'] : []);
    },
  );

  test('and the database is back at once: of a refused group there is its answer alone, once', async () => {
    const { commands, effects } = await makeGroup('refused');
    const key = `key_${n}`;
    proxy.arm(fault);
    // An answer that an earlier attempt stored is the caller's to read.
    const outcome = await patient.batcher.submitAll(commands, keyed(key)).catch((error: unknown) => error);
    expect(proxy.struck).toBe(true);
    proxy.restore();
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AnswerExists);
    else expect(outcome).toMatchObject({ ok: false, refusals: [{ index: 4 }] });
    expect(await effects()).toBe(0);
    expect(await storedUnder(key)).toEqual(['refused']);
  });
});

describe.each(FAULTS.filter((fault) => fault !== 'byte_by_byte'))('%s', (fault) => {
  test('and the database stays away: whole or nothing, and whole after a repeat', async () => {
    const { commands, effects } = await makeGroup('taken');
    // The last has no reference to be known by: only a group of references may be repeated under other ids.
    const group = commands.slice(0, 4);
    proxy.arm(fault, true);
    const error = await errorOf(impatient.batcher.submitAll(group));
    expect(proxy.struck).toBe(true);
    proxy.restore();
    await connectionsGone();
    const before = await effects();
    if (error instanceof LedgerBusy) expect(before).toBe(0);
    else expect(error).toBeInstanceOf(OutcomeUnknown);
    expect([0, WHOLE - 1]).toContain(before);
    if (fault.endsWith('after_commit')) expect(before).toBe(WHOLE - 1);
    const again = await impatient.batcher.submitAll(group.map((command) => ({ ...command, id: h.ledger.nextId() })));
    expect(again.ok && again.outcomes.map(({ replayed }) => replayed)).toEqual(
      before === 0 ? [false, false, false, true] : [true, true, true, true],
    );
    expect(await effects()).toBe(WHOLE - 1);
  });

  test('and the database stays away, each on its own: the same', async () => {
    const { commands, effects } = await makeGroup('refused');
    const group = [...commands.slice(0, 3), { ...commands[4], reference: `poor_${n}` } as Command];
    proxy.arm(fault, true);
    const error = await errorOf(impatient.batcher.submitEach(group));
    proxy.restore();
    await connectionsGone();
    const before = await effects();
    if (error instanceof LedgerBusy) expect(before).toBe(0);
    else expect(error).toBeInstanceOf(OutcomeUnknown);
    expect([0, 3]).toContain(before);
    const again = await impatient.batcher.submitEach(group.map((command) => ({ ...command, id: h.ledger.nextId() })));
    expect(again.map((outcome) => 'ok' in outcome && outcome.ok)).toEqual([true, true, true, false]);
    expect(await effects()).toBe(3);
  });
});

/** A cut session may live on for a moment in PostgreSQL; what it does is done when it is gone. */
async function connectionsGone(): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rows } = await admin.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
         where application_name = 'pesewa-cut' and datname = current_database() and state <> 'idle'`,
        );
        return rows[0]?.n;
      },
      { timeout: 5_000, interval: 5 },
    )
    .toBe(0);
}
