import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import type { Command, Outcome } from '../core/types';
import { LedgerBusy, OutcomeUnknown } from '../ledger';
import { type LedgerHarness, openTestLedger } from '../testing';
import { batcherThrough, CUT_KINDS, type CutCase, type CutKind, makeCutCase } from './cut-scenario';
import { type CuttingProxy, FAULTS, type Fault, openCuttingProxy } from './cutting-proxy';

/**
 * The bar: a connection cut at each statement boundary, and after COMMIT before its answer; the retry finds exactly one
 * effect. Once with a database that is back at once, so that the batcher itself tries again; once with one that stays
 * away past its patience, so that the caller does.
 */
const clock = fixedClock(Date.UTC(2026, 0, 15));
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
  await patient.close();
  await impatient.close();
  await proxy.close();
  await admin.end();
  await h.close();
  await database.close();
});

async function makeCase(kind: CutKind): Promise<CutCase> {
  const made = await makeCutCase(h, admin, clock, kind, ++n);
  if (kind === 'expiry by sweep') clock.advance(2);
  return made;
}

type Answer = Outcome | LedgerBusy | OutcomeUnknown;

async function answerOf(submitted: Promise<Outcome>): Promise<Answer> {
  try {
    return await submitted;
  } catch (error) {
    if (error instanceof LedgerBusy || error instanceof OutcomeUnknown) return error;
    throw error;
  }
}

const isOk = (answer: Answer): boolean => 'ok' in answer && answer.ok;

describe.each(FAULTS)('%s', (fault) => {
  test.each(CUT_KINDS)('and the database is back at once: %s', async (kind) => {
    const { command, effects } = await makeCase(kind);
    proxy.arm(fault);
    const answer = await answerOf(patient.batcher.submit(command));
    expect(proxy.struck).toBe(true);
    proxy.restore();
    expect(
      isOk(answer),
      JSON.stringify(answer, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)),
    ).toBe(true);
    expect(await effects()).toBe(1);
    if (answer instanceof Error || !answer.ok) return;
    // What a caller renders from has to be there, whichever attempt it was that committed.
    if (['hold', 'capture', 'void'].includes(command.kind)) expect(answer.hold).not.toBeNull();
    if (!['hold', 'void', 'sweep', 'change_account'].includes(command.kind))
      expect(answer.posted?.journal.id).toBe(command.id);
  });
});

describe.each(FAULTS.filter((fault) => fault !== 'byte_by_byte'))('%s', (fault) => {
  test.each(CUT_KINDS)('and the database stays away: %s', async (kind) => {
    const { command, effects } = await makeCase(kind);
    proxy.arm(fault, true);
    const answer = await answerOf(impatient.batcher.submit(command));
    expect(proxy.struck).toBe(true);
    expect(answer).toBeInstanceOf(Error);
    proxy.restore();
    await connectionsGone();
    const before = await effects();
    if (answer instanceof LedgerBusy) expect(before).toBe(0);
    else expect(before).toBeLessThanOrEqual(1);
    if (fault.endsWith('after_commit')) expect(before).toBe(1);
    await retry(command, before);
    expect(await effects()).toBe(1);
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

/** What says "that is done already" when there is no reference to be answered by. */
const DONE_ALREADY = new Set(['already_reversed', 'account_closed']);

async function retry(command: Command, before: number): Promise<void> {
  const again = impatient.batcher.submit(command);
  const hasReference = ('reference' in command && command.reference !== null) || command.kind === 'capture';
  if (before === 0 || hasReference) {
    const outcome = await again;
    expect(outcome.ok).toBe(true);
    if (outcome.ok) expect(outcome.replayed).toBe(before === 1);
    return;
  }
  // Without a reference nothing promises the first answer again, only that there is no second effect.
  const outcome = await again.catch((error: unknown) => error);
  if (outcome instanceof Error) expect(outcome).toMatchObject({ code: '23505' });
  else
    expect((outcome as Outcome).ok || DONE_ALREADY.has((outcome as { refusal: { code: string } }).refusal.code)).toBe(
      true,
    );
}

test('a batch of many is cut after COMMIT: each has one effect and its own answer', async () => {
  const cases = await Promise.all(CUT_KINDS.filter((kind) => kind !== 'expiry by sweep').map((kind) => makeCase(kind)));
  proxy.arm('after_commit');
  const answers = await Promise.all(cases.map(({ command }) => answerOf(patient.batcher.submit(command))));
  expect(proxy.struck).toBe(true);
  proxy.restore();
  expect(answers.map(isOk)).toEqual(cases.map(() => true));
  expect(await Promise.all(cases.map(({ effects }) => effects()))).toEqual(cases.map(() => 1));
});

test('the connection dies while nothing is asked of it: the next command finds another', async () => {
  const { command, effects } = await makeCase('debit with a reference');
  await patient.batcher.submit(h.fund((command as { accountId: string }).accountId, 1n));
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pesewa-patient' and datname = current_database()",
  );
  expect(isOk(await patient.batcher.submit(command))).toBe(true);
  expect(await effects()).toBe(1);
});

test.each(['after_commit', 'stall_after_commit'] as const satisfies readonly Fault[])(
  'control: %s and a retry under a fresh reference has two effects',
  async (fault) => {
    for (const kind of ['debit with a reference', 'promotional credit', 'transfer', 'hold with a reference'] as const) {
      const { fresh, command, effects } = await makeCase(kind);
      proxy.arm(fault, true);
      expect(await answerOf(impatient.batcher.submit(command))).toBeInstanceOf(OutcomeUnknown);
      proxy.restore();
      expect(isOk(await impatient.batcher.submit(fresh()))).toBe(true);
      expect(await effects()).toBe(2);
    }
  },
);

test('the books are whole after all of it', async () => {
  const { findings, counts } = await proveBooks(database.db.pool);
  expect(findings).toEqual([]);
  expect(counts.journals).toBeGreaterThan(FAULTS.length * CUT_KINDS.length);
});
