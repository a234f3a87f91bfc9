import type { Command } from '../core/types';
import type { GroupOutcome } from '../ledger';
import { check, Divergence, OPENING, START_MS, type Subject, text } from './differential';
import type { Sequence, WalletKind } from './plans';
import type { Expected } from './reference-answers';
import type { ReferenceBooks } from './reference-books';
import { snapshotOf } from './snapshot';
import { commandOf, type World } from './world';

/** A ledger under test that takes groups. */
export interface GroupSubject extends Subject {
  submitAll(commands: readonly Command[]): Promise<GroupOutcome>;
}

/**
 * Runs sequences side by side, each step of each a group that stands or falls together, against a reference that tries
 * the commands one by one and puts its books back when one was refused.
 * @throws Divergence at the first difference. Returns how many groups were taken and how many refused.
 */
export async function compareGroups(
  subject: GroupSubject,
  sequences: readonly Sequence[],
  kinds: readonly WalletKind[],
): Promise<{ taken: number; refused: number }> {
  const worlds = await subject.open(sequences.length, kinds);
  const counts = { taken: 0, refused: 0 };
  let nowMs = START_MS;
  const nextId = (): string => subject.nextId();
  const each = async (planOf: (wallet: number, amount: bigint) => typeof OPENING): Promise<void> => {
    const items = sequences.flatMap(({ opening }, i) =>
      opening.map((amount, wallet) => {
        const world = worlds[i] as World;
        return { world, command: commandOf(world, planOf(wallet, amount), nowMs, nextId) };
      }),
    );
    const outcomes = await subject.submit(items.map(({ command }) => command));
    for (const [i, { world, command }] of items.entries()) {
      const outcome = outcomes[i];
      if (outcome !== undefined) check(world, command, world.reference.submit(command, nowMs), outcome, nowMs);
    }
  };

  subject.setNow(nowMs);
  await each((wallet, amount) => ({ ...OPENING, wallet, amount }));
  const longest = Math.max(...sequences.map(({ steps }) => steps.length));
  for (let n = 0; n < longest; n++) {
    nowMs += sequences[n % sequences.length]?.steps[n]?.advanceMs ?? 0;
    subject.setNow(nowMs);
    await Promise.all(
      sequences.map(async ({ steps }, i) => {
        const world = worlds[i] as World;
        const commands = (steps[n]?.plans ?? []).map((plan) => commandOf(world, plan, nowMs, nextId));
        if (commands.length === 0) return;
        checkGroup(world, commands, await subject.submitAll(commands), nowMs, counts);
      }),
    );
  }
  await each((wallet, amount) => ({ ...OPENING, kind: 'sweep', wallet, amount }));
  const snapshots = await subject.snapshots(worlds);
  for (const [i, world] of worlds.entries()) {
    const expected = text(snapshotOf(world.reference.books));
    const actual = text(snapshots[i]);
    if (actual !== expected)
      throw new Divergence(`In the end the books differ.\nexpected ${expected}\nbut the ledger has ${actual}`, world);
  }
  return counts;
}

function checkGroup(
  world: World,
  commands: readonly Command[],
  outcome: GroupOutcome,
  nowMs: number,
  counts: { taken: number; refused: number },
): void {
  const before = copyOf(world.reference.books);
  const expected = commands.map((command) => world.reference.submit(command, nowMs));
  const refused = expected.flatMap((answer, index) => (answer.ok ? [] : [index]));
  world.log.push(`group of ${commands.length}: expected ${refused.length} refused`);
  if (outcome.ok) {
    if (refused.length > 0) throw new Divergence(`A group was taken with ${refused.join()} to be refused.`, world);
    commands.forEach((command, i) => {
      const one = outcome.outcomes[i];
      if (one === undefined) throw new Divergence('An outcome is missing.', world);
      check(world, command, expected[i] as Expected, one, nowMs);
    });
    counts.taken += 1;
    return;
  }
  putBack(world.reference.books, before);
  const named = outcome.refusals.map(({ index }) => index);
  if (named.join() !== refused.join()) {
    throw new Divergence(`Refused should be ${refused.join()}; the ledger names ${named.join()}.`, world);
  }
  for (const { index, refusal } of outcome.refusals) {
    const answer = expected[index] as Expected;
    if (answer.ok || !answer.anyOf.includes(refusal.code)) {
      throw new Divergence(
        `${text(commands[index]?.kind)} ${index} was refused for another reason: ${refusal.code}.`,
        world,
      );
    }
  }
  counts.refused += 1;
}

/** Books are lists of facts and nothing else. */
function copyOf(books: ReferenceBooks): Map<string, unknown> {
  return new Map(Object.entries(books).map(([name, facts]) => [name, structuredClone(facts)]));
}

function putBack(books: ReferenceBooks, before: ReadonlyMap<string, unknown>): void {
  for (const [name, facts] of before) {
    const there: unknown = books[name as keyof ReferenceBooks];
    if (!Array.isArray(there) || !Array.isArray(facts))
      throw new Error(`${name} of the reference is no list of facts.`);
    there.splice(0, there.length, ...(facts as unknown[]));
  }
}
