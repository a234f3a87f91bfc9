import { isDeepStrictEqual } from 'node:util';
import type { Command, Outcome } from '../core/types';
import type { Plan, Sequence, WalletKind } from './plans';
import type { Expected } from './reference-answers';
import { type Snapshot, snapshotOf } from './snapshot';
import { commandOf, type World } from './world';

/** The ledger under test, behind what the differential test needs of it. */
export interface Subject {
  /** A fresh tenant for each sequence. */
  open(count: number, kinds: readonly WalletKind[]): Promise<World[]>;
  setNow(nowMs: number): void;
  nextId(): string;
  /** All at once; answers in order. */
  submit(commands: readonly Command[]): Promise<Outcome[]>;
  snapshots(worlds: readonly World[]): Promise<Snapshot[]>;
}

export class Divergence extends Error {
  constructor(what: string, world: World) {
    super(`${what}\nThe sequence, as it went:\n${world.log.join('\n')}`);
    this.name = 'Divergence';
  }
}

/** Each run starts here; time in it only moves on. Noon, so that days and months pass within a sequence. */
export const START_MS = Date.UTC(2026, 0, 30, 12);

/** Runs sequences side by side through both ledgers. @throws Divergence at the first difference. Returns the commands run. */
export async function compare(
  subject: Subject,
  sequences: readonly Sequence[],
  kinds: readonly WalletKind[],
): Promise<number> {
  const worlds = await subject.open(sequences.length, kinds);
  let count = 0;
  let nowMs = START_MS;
  const round = async (plansOf: (sequence: Sequence, i: number) => readonly Plan[]): Promise<void> => {
    subject.setNow(nowMs);
    const items = sequences.flatMap((sequence, i) => {
      const world = worlds[i] as World;
      return plansOf(sequence, i).map((plan) => ({
        world,
        command: commandOf(world, plan, nowMs, () => subject.nextId()),
      }));
    });
    const outcomes = await subject.submit(items.map((item) => item.command));
    for (const [i, { world, command }] of items.entries()) {
      const expected = world.reference.submit(command, nowMs);
      check(world, command, expected, outcomes[i] as Outcome, nowMs);
    }
    count += items.length;
  };
  await round(({ opening }) => opening.map((amount, wallet) => ({ ...OPENING, wallet, amount })));
  const longest = Math.max(...sequences.map(({ steps }) => steps.length));
  for (let n = 0; n < longest; n++) {
    // One clock for all: each sequence contributes to how far a step moves it.
    nowMs += sequences[n % sequences.length]?.steps[n]?.advanceMs ?? 0;
    await round(({ steps }) => steps[n]?.plans ?? []);
  }
  // What has expired by now is posted lazily by the ledger and eagerly by the reference: a sweep of all makes them meet.
  await round(({ opening }) => opening.map((amount, wallet) => ({ ...OPENING, kind: 'sweep', wallet, amount })));
  const snapshots = await subject.snapshots(worlds);
  for (const [i, world] of worlds.entries()) {
    const expected = JSON.stringify(snapshotOf(world.reference.books), null, 1);
    const actual = JSON.stringify(snapshots[i], null, 1);
    if (actual !== expected)
      throw new Divergence(`In the end the books differ.\nexpected ${expected}\nbut the ledger has ${actual}`, world);
  }
  return count;
}

export const OPENING: Plan = {
  kind: 'fund',
  wallet: 0,
  other: 0,
  amount: 0n,
  reference: null,
  expiresInMs: null,
  priority: 50,
  service: null,
  pick: 0,
  flag: false,
  currency: null,
};

/** Compares one answer, and remembers what later commands may name. */
export function check(world: World, command: Command, expected: Expected, outcome: Outcome, nowMs: number): void {
  world.log.push(
    `${nowMs - START_MS} ms ${briefCommand(command)}\n    expected ${briefExpected(expected)}\n    answered ${briefOutcome(outcome)}`,
  );
  const fail: (what: string) => never = (what) => {
    throw new Divergence(what, world);
  };
  if (!expected.ok || !outcome.ok) {
    if (expected.ok || outcome.ok)
      fail(expected.ok ? 'Refused what the reference allows.' : 'Allowed what the reference refuses.');
    const { code, details } = outcome.refusal;
    if (!expected.anyOf.includes(code)) fail(`Refused for another reason: ${code}.`);
    if (code !== 'insufficient_funds' || expected.available === null) return;
    const available = expected.available > 0n ? expected.available : 0n;
    if (details['available'] !== available) fail(`available should be ${available}.`);
    return;
  }
  if (outcome.replayed !== (expected.replayOf !== null)) fail('A replay is not what it should be.');
  if (expected.replayOf !== null) {
    checkReplay(world, expected.replayOf, outcome, fail);
    return;
  }
  const { posted } = outcome;
  if ((posted === null) !== (expected.journal === null)) fail('A journal is missing or too many.');
  if (command.kind !== 'sweep' && outcome.changed !== expected.changed) fail('changed is not what it should be.');
  if (posted !== null && expected.journal !== null) {
    const { amount, fee, tax, moves } = expected.journal;
    const { journal } = posted;
    if (journal.amountMinor !== amount || journal.feeMinor !== fee || journal.taxMinor !== tax)
      fail('Amount, fee or tax differ.');
    const lots = moves.flatMap((move) => move.lots).map(({ lot, use, amount }) => `${use} ${amount} of ${lot}`);
    const used = posted.lotUses.map(({ lotId, use, amountMinor }) => `${use} ${amountMinor} of ${lotId}`);
    // The order says what is consumed first; a close takes everything, in no order.
    if (journal.kind === 'close') for (const list of [lots, used]) list.sort();
    if (lots.join() !== used.join()) fail(`Lots should be: ${lots.join()}; they are: ${used.join()}.`);
    const sums = moves.map((move) => move.amount).join();
    if (posted.entries.map((entry) => entry.amountMinor).join() !== sums) fail(`Entries should be ${sums}.`);
    world.journals.push(posted);
  }
  if (outcome.account?.balanceMinor !== expected.balance) fail(`The balance after should be ${expected.balance}.`);
  if (outcome.account?.heldMinor !== expected.held) fail(`Held after should be ${expected.held}.`);
  if ((outcome.hold?.id ?? null) !== expected.hold) fail(`The hold should be ${expected.hold}.`);
  world.answers.set(posted?.journal.id ?? outcome.hold?.id ?? command.id, outcome);
}

function checkReplay(
  world: World,
  id: string,
  outcome: Extract<Outcome, { ok: true }>,
  fail: (what: string) => void,
): void {
  const first = world.answers.get(id);
  if (first?.ok !== true) {
    fail('A replay of nothing.');
    return;
  }
  if (!isDeepStrictEqual(outcome.posted, first.posted)) fail('A replay differs from its first answer.');
  if (first.posted === null && outcome.hold?.id !== id) fail('A replayed hold is another one.');
}

function briefCommand(command: Command): string {
  const { origin: _origin, tenantId: _tenant, ...rest } = command;
  const brief = command.kind === 'reverse' ? { ...rest, original: command.original.journal.id } : rest;
  return text({ ...brief, description: undefined, metadata: undefined, businessAtMs: undefined });
}

function briefExpected(expected: Expected): string {
  if (!expected.ok || expected.journal === null) return text(expected);
  const { journal, balance, held, hold } = expected;
  const moves = journal.moves.map((move) => `${move.account} ${move.amount}`);
  const lots = journal.moves.flatMap((move) => move.lots).map((lot) => `${lot.use} ${lot.amount} of ${lot.lot}`);
  return text({ moves, lots, after: `${balance} held ${held}`, hold });
}

function briefOutcome(outcome: Outcome): string {
  if (!outcome.ok) return text(outcome);
  const { posted, account, hold, replayed, changed, expiries } = outcome;
  const entries = posted?.entries.map((entry) => `${entry.accountId} ${entry.amountMinor}`);
  const lots = posted?.lotUses.map((use) => `${use.use} ${use.amountMinor} of ${use.lotId}`);
  const after = account === null ? null : `${account.balanceMinor} held ${account.heldMinor}`;
  return text({
    replayed,
    changed,
    entries,
    lots,
    after,
    hold: hold?.id,
    expiries: expiries.map((e) => e.journal.amountMinor),
  });
}

export function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}
