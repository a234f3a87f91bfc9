import fc from 'fast-check';
import { makeTestDatabase } from '@/db/testing';
import { databaseClock, fixedClock } from '@/server/kernel/clock';
import type { Command } from '../core/types';
import type { Ledger } from '../ledger';
import { openTestLedger } from '../testing';
import { compareGroups } from './group-differential';
import { PLAIN_WALLETS, sequencesOf } from './plans';
import { PostgresSubject } from './postgres-subject';
import { faultsOf, openRaceTrack, type RaceTrack } from './race-harness';
import { seedOf } from './seed';

/**
 * What has to hold of groups, as scenarios that the test proper and its control share: the control runs them over a core
 * whose groups are not atomic, and must see each of them fail.
 */

/** Random groups against the reference ledger. @throws Divergence */
export async function groupsAgainstReference(sequences: number): Promise<{ taken: number; refused: number }> {
  const database = await makeTestDatabase();
  const clock = fixedClock(0);
  const h = await openTestLedger(database, clock);
  const subject = new PostgresSubject(h.ledger, database.db.pool, clock);
  const total = { taken: 0, refused: 0 };
  try {
    await fc.assert(
      fc.asyncProperty(sequencesOf(20), async (group) => {
        const { taken, refused } = await compareGroups(subject, group, PLAIN_WALLETS);
        total.taken += taken;
        total.refused += refused;
      }),
      { seed: seedOf('groups against reference'), numRuns: Math.ceil(sequences / 20), endOnFailure: true },
    );
    return total;
  } finally {
    await h.close();
    await database.close();
  }
}

/**
 * Groups of transfers and debits over few wallets with little money, from two processes, among single debits. Says of each
 * group that is there in part, or not as it was answered.
 */
export async function groupRace(
  workers: number,
  groups: number,
): Promise<{ faults: string[]; taken: number; refused: number }> {
  const track = await openRaceTrack(databaseClock);
  try {
    const wallets: string[] = [];
    for (let i = 0; i < 12; i++) {
      const wallet = await track.h.openWallet();
      await track.h.ledger.submit(track.h.fund(wallet, 2_000n));
      wallets.push(wallet);
    }
    const heard: { ids: string[]; ok: boolean }[] = [];
    const faults: string[] = [];
    await Promise.all(
      Array.from({ length: workers }, async (_, w) => {
        const random = randomOf(seedOf(`group race ${w}`));
        const ledger = track.ledgers[w % 2 === 0 ? 0 : 1];
        for (let n = 0; n < groups; n++) {
          const commands = groupOf(track, ledger, wallets, random, `w${w}_${n}`);
          const [outcome] = await Promise.all([
            ledger.submitAll(commands),
            ledger.submit({ ...track.h.debit(pick(wallets, random), 1n), id: ledger.nextId() }),
          ]);
          heard.push({ ids: commands.map(({ id }) => id), ok: outcome.ok });
          if (outcome.ok && outcome.outcomes.length !== commands.length) faults.push('An outcome is missing.');
        }
      }),
    );
    faults.push(...(await partsOf(track, heard)), ...(await faultsOf(track, [])));
    const taken = heard.filter(({ ok }) => ok).length;
    return { faults, taken, refused: heard.length - taken };
  } finally {
    await track.close();
  }
}

function groupOf(
  track: RaceTrack,
  ledger: Ledger,
  wallets: readonly string[],
  random: () => number,
  name: string,
): Command[] {
  return Array.from({ length: 2 + Math.floor(random() * 12) }, (_, i) => {
    const amount = BigInt(1 + Math.floor(random() * 400));
    const source = pick(wallets, random);
    const destination = pick(
      wallets.filter((wallet) => wallet !== source),
      random,
    );
    const command =
      random() < 0.7
        ? track.h.transfer(source, destination, amount, `${name}_${i}`)
        : random() < 0.5
          ? track.h.fund(source, amount, `${name}_${i}`)
          : track.h.debit(source, amount, `${name}_${i}`);
    return { ...command, id: ledger.nextId() };
  });
}

/** Every command of a taken group is in the books, none of a refused one. */
async function partsOf(track: RaceTrack, heard: readonly { ids: string[]; ok: boolean }[]): Promise<string[]> {
  const { rows } = await track.admin.query<{ id: string }>('select id from journals');
  const there = new Set(rows.map(({ id }) => id));
  return heard.flatMap(({ ids, ok }) => {
    const found = ids.filter((id) => there.has(id)).length;
    return found === (ok ? ids.length : 0) ? [] : [`${found} of ${ids.length} of a group ${ok ? 'taken' : 'refused'}.`];
  });
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
