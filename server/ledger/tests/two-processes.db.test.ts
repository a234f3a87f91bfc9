import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseClock } from '@/server/kernel/clock';
import type { Heard, MixedWork } from './mixed-work';
import { deadlocksOf, faultsOf, ledgerBackends, openRaceTrack, type RaceTrack } from './race-harness';
import { countOf, seedOf } from './seed';
import { withoutLockOrder, withoutRowLock } from './weaken';

/** Real processes, with nothing in common but the database. */
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');
let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pesewa-processes-'));
  bundle = path.join(folder, 'posting-process.mjs');
  await build({
    entryPoints: [path.join(here, 'posting-process.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { '@': root },
    // CommonJS inside asks for `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    external: ['pg-native'],
    logLevel: 'error',
  });
});

const ROUNDS_MAX = 20;

afterAll(() => rm(folder, { recursive: true, force: true }));

async function inProcesses(track: RaceTrack, works: readonly (readonly MixedWork[])[]): Promise<Heard[]> {
  const before = new Set(await ledgerBackends(track));
  const children = works.map((own) =>
    fork(bundle, {
      env: { ...process.env, POSTING_TASK: JSON.stringify({ url: track.url, works: own }) },
      execArgv: [],
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const lists = await Promise.all(children.map(heardFrom));
  await expect
    .poll(async () => (await ledgerBackends(track)).filter((pid) => !before.has(pid)), { timeout: 5_000, interval: 10 })
    .toEqual([]);
  return lists.flat();
}

async function heardFrom(child: ChildProcess): Promise<Heard[]> {
  const answered = once(child, 'message');
  const ended = once(child, 'exit');
  child.send('begin');
  const [heard] = (await Promise.race([
    answered,
    ended.then(() => Promise.reject(new Error('A process ended early.'))),
  ])) as [Heard[]];
  await ended;
  return heard;
}

async function race(
  track: RaceTrack,
  wallets: number,
  workers: number,
  operations: number,
  seed: number,
  transfersOnly: boolean,
): Promise<Heard[]> {
  const { h } = track;
  const ids = await Promise.all(Array.from({ length: wallets }, () => h.openWallet()));
  await Promise.all(ids.map((wallet) => h.ledger.submit(h.fund(wallet, 20_000n))));
  const worksOf = (name: string, from: number): MixedWork[] =>
    Array.from({ length: workers }, (_, i) => ({
      tenantId: h.tenantId,
      wallets: ids,
      operations,
      seed: from + i,
      worker: `${name}${i}`,
      transfersOnly,
    }));
  return inProcesses(track, [worksOf('a', seed), worksOf('b', seed + 1_000)]);
}

test('two processes on the same wallets: no deadlock, no drift', async () => {
  const track = await openRaceTrack(databaseClock);
  try {
    const seed = seedOf('two processes');
    const operations = countOf('RACE_OPERATIONS', 100);
    const transfers = await race(track, 6, 16, operations, seed, true);
    expect(transfers.filter((line) => line.outcome === 'ok').length).toBeGreaterThan(operations);
    const mixed = await race(track, 10, 16, operations, seed + 5_000, false);
    expect(await faultsOf(track, [...transfers, ...mixed])).toEqual([]);
    expect(await deadlocksOf(track)).toBe(0);
  } finally {
    await track.close();
  }
}, 120_000);

test('control: without an order of locks two processes deadlock', async () => {
  const track = await openRaceTrack(databaseClock, withoutLockOrder);
  try {
    const seed = seedOf('two processes without lock order');
    const heard: Awaited<ReturnType<typeof race>> = [];
    // Until they meet: two processes that take turns by chance cannot, and PostgreSQL counts a little behind.
    for (let round = 0; round < ROUNDS_MAX && (await deadlocksOf(track)) === 0; round++) {
      heard.push(...(await race(track, 40, 32, 60, seed + 10_000 * round, true)));
    }
    expect(await deadlocksOf(track)).toBeGreaterThan(0);
    // The batcher tries a deadlocked batch again: the price is time, not money.
    expect(await faultsOf(track, heard)).toEqual([]);
  } finally {
    await track.close();
  }
}, 120_000);

test('control: without locks two processes drift', async () => {
  const track = await openRaceTrack(databaseClock, withoutRowLock);
  try {
    const heard = await race(track, 6, 16, 20, seedOf('two processes without locks'), true);
    expect(await faultsOf(track, heard)).toContainEqual(expect.stringMatching(/^books 3/));
  } finally {
    await track.close();
  }
}, 120_000);
