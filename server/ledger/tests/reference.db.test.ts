import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import { openTestLedger } from '../testing';
import { compare, Divergence } from './differential';
import { BOUNDED_WALLETS, PLAIN_WALLETS, sequencesOf, type WalletKind } from './plans';
import { PostgresSubject } from './postgres-subject';
import { rewriteFunction } from './rewrite-function';
import { countOf, seedOf } from './seed';

/**
 * The bar: at least 2 000 random command sequences against the reference ledger, on real PostgreSQL, no divergence. The
 * sequences run side by side, each on a tenant of its own, so that one batch holds commands of many.
 */
const GROUP = 40;
const SEQUENCES = countOf('LEDGER_SEQUENCES', 2_000);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await makeTestDatabase();
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await database.close();
});

async function subjectOn(on: typeof database, batchMax?: number): Promise<PostgresSubject> {
  const clock = fixedClock(0);
  const harness = await openTestLedger(on, clock, batchMax === undefined ? {} : { batchMax });
  closers.push(() => harness.close());
  return new PostgresSubject(harness.ledger, on.db.pool, clock);
}

async function run(name: string, kinds: readonly WalletKind[], sequences: number, batchMax?: number): Promise<void> {
  const subject = await subjectOn(database, batchMax);
  const seed = seedOf(name);
  let commands = 0;
  let done = 0;
  await fc.assert(
    fc.asyncProperty(sequencesOf(GROUP, kinds === BOUNDED_WALLETS ? 5_000n : null), async (group) => {
      commands += await compare(subject, group, kinds);
      done += group.length;
    }),
    { seed, numRuns: Math.ceil(sequences / GROUP), endOnFailure: process.env['NO_SHRINK'] !== undefined },
  );
  const { findings, counts } = await proveBooks(database.db.pool);
  process.stdout.write(`${name}: ${done} sequences, ${commands} commands, ${counts.journals} journals in the books\n`);
  expect(findings).toEqual([]);
  expect(done).toBeGreaterThanOrEqual(sequences);
}

test('random sequences on PostgreSQL do what the reference ledger does', async () => {
  await run('ledger against reference', PLAIN_WALLETS, SEQUENCES);
}, 600_000);

test('so do wallets with minimum balances, and one that may overdraw', async () => {
  await run('ledger against reference, bounded wallets', BOUNDED_WALLETS, SEQUENCES / 5);
}, 600_000);

test('so does each command in a batch of its own, which a plain journal has a short form for', async () => {
  await run('ledger against reference, one by one', PLAIN_WALLETS, SEQUENCES / 10, 1);
}, 600_000);

test('control: a database that forgets what lots were used for diverges', async () => {
  const broken = await makeTestDatabase();
  closers.push(() => broken.close());
  await rewriteFunction(broken.url, 'ledger_append_rest', [
    ['remaining_minor = l.remaining', 'remaining_minor = x.remaining_minor + 0 * l.remaining'],
    ['used_minor = l.used', 'used_minor = x.used_minor + 0 * l.used'],
    ['expired_minor = l.expired', 'expired_minor = x.expired_minor'],
    ['forfeited_minor = l.forfeited', 'forfeited_minor = x.forfeited_minor'],
    ['held_minor = l.held', 'held_minor = x.held_minor'],
  ]);
  const subject = await subjectOn(broken);
  const [group] = fc.sample(sequencesOf(GROUP), { seed: 1, numRuns: 1 });
  await expect(compare(subject, group ?? [], PLAIN_WALLETS)).rejects.toThrow(Divergence);
}, 60_000);
