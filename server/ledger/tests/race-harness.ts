import type pg from 'pg';
import { type Database, openDatabase } from '@/db/client';
import { makeTestDatabase } from '@/db/testing';
import type { Clock } from '@/server/kernel/clock';
import { proveBooks } from '../books/prove';
import type { Command, Outcome } from '../core/types';
import type { Ledger } from '../ledger';
import { openLedger } from '../open-ledger';
import { type LedgerHarness, openTestLedger } from '../testing';
import { doMixedWork, type Heard, type MixedWork } from './mixed-work';

/** A database of a race's own, two ledgers on it (two processes, but for their memory), and how to end it all. */
export interface RaceTrack {
  readonly url: string;
  readonly db: Database;
  readonly h: LedgerHarness;
  readonly ledgers: readonly [Ledger, Ledger];
  readonly admin: pg.Pool;
  readonly close: () => Promise<void>;
}

export async function openRaceTrack(
  clock: Clock,
  weaken: (url: string) => Promise<void> = async () => {},
): Promise<RaceTrack> {
  const database = await makeTestDatabase();
  await weaken(database.url);
  const h = await openTestLedger(database, clock);
  const second = await openLedger({ url: database.url, clock });
  const admin = openDatabase({ url: database.url, maxConnections: 2, role: null, applicationName: 'pesewa-race' }).pool;
  return {
    url: database.url,
    db: database.db,
    h,
    ledgers: [h.ledger, second],
    admin,
    close: async () => {
      await second.close();
      await h.close();
      await admin.end();
      await database.close();
    },
  };
}

/** Everything wrong with a race's outcome, in words; empty when the ledger kept its promises. */
export async function faultsOf(track: RaceTrack, heard: readonly Heard[]): Promise<string[]> {
  const faults: string[] = heard.filter((line) => line.outcome === 'failed').map((line) => `${line.kind}: ${line.why}`);
  // The harness rule: ok ⇒ exactly one posting of that amount; rejected ⇒ none.
  const { rows } = await track.admin.query<{ id: string; amount: string }>(
    'select id, amount_minor as amount from journals',
  );
  const amounts = new Map(rows.map((row) => [row.id, row.amount]));
  for (const line of heard) {
    if (line.outcome === 'rejected' && amounts.has(line.id)) faults.push(`${line.id} was rejected and is posted.`);
    if (line.outcome !== 'ok' || line.journalId === null) continue;
    const amount = amounts.get(line.journalId);
    if (amount === undefined) faults.push(`${line.id} was acknowledged and is not there.`);
    else if (line.amount !== '0' && amount !== line.amount) faults.push(`${line.id} has another amount.`);
  }
  const { findings } = await proveBooks(track.db.pool);
  for (const finding of findings) faults.push(`books ${finding.invariant}: ${finding.title}`);
  return faults;
}

/** Workers on both ledgers at once. */
export async function mixedRace(
  track: RaceTrack,
  wallets: readonly string[],
  workers: number,
  operations: number,
  seed: number,
): Promise<Heard[]> {
  const lists = await Promise.all(
    Array.from({ length: workers }, (_, i) => {
      const work: MixedWork = { tenantId: track.h.tenantId, wallets, operations, seed: seed + i, worker: `w${i}` };
      return doMixedWork(track.ledgers[i % 2 === 0 ? 0 : 1], work);
    }),
  );
  return lists.flat();
}

/** The same request many times at once, each under an id of its own, over both ledgers. */
export function allAtOnce(track: RaceTrack, command: Command, times: number): Promise<Outcome[]> {
  return Promise.all(
    Array.from({ length: times }, (_, i) => {
      const ledger = track.ledgers[i % 2 === 0 ? 0 : 1];
      return ledger.submit({ ...command, id: ledger.nextId() });
    }),
  );
}

export async function balanceOf(track: RaceTrack, wallet: string): Promise<bigint> {
  const { rows } = await track.admin.query<{ balance: string }>(
    'select balance_minor as balance from accounts where id = $1',
    [wallet],
  );
  return BigInt(rows[0]?.balance ?? '0');
}

/** Backends of the ledger's connections. One that has ended has reported its deadlocks. */
export async function ledgerBackends(track: RaceTrack): Promise<number[]> {
  const { rows } = await track.admin.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and application_name = 'pesewa-ledger'",
  );
  return rows.map((row) => row.pid);
}

export async function deadlocksOf(track: RaceTrack): Promise<number> {
  const { rows } = await track.admin.query<{ n: string }>(
    'select deadlocks as n from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0]?.n);
}
