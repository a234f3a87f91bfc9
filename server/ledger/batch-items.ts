import type { AnswerRow } from './append';
import type { Command, Outcome, Refusal } from './core/types';
import { type GroupOutcome, type LedgerAnswer, LedgerBusy, OutcomeUnknown } from './ledger';

/** A command on its way through the batcher, and who waits for it. */
export interface Item {
  readonly command: Command;
  readonly answer: LedgerAnswer | null;
  readonly group: Group | null;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  /** True once COMMIT may have been sent: from then on the item's own effect is looked for. */
  retried: boolean;
}

/** Commands that came at once: they wait side by side, and are a batch of their own whatever its size. */
export interface Group {
  readonly size: number;
  /** All or none; such a batch is never split. */
  readonly atomic: boolean;
  /** Stored with the group whole. */
  readonly answer: LedgerAnswer<readonly Outcome[]> | null;
}

/** Answers of Idempotency-Keys, rendered before they are certain and committed with what they say. */
export function answersOf(items: readonly Item[], outcomes: readonly Outcome[]): AnswerRow[] {
  const group = items[0]?.group ?? null;
  if (group !== null) return answersOfGroup(group, items, outcomes);
  const rows: AnswerRow[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    const outcome = outcomes[i] as Outcome;
    const { answer } = item;
    if (answer === null || committedBefore(item, outcome)) continue;
    const { status, body } = answer.render(outcome);
    const journal = outcome.ok ? (outcome.posted?.journal.id ?? null) : null;
    rows.push({ tenant: answer.tenantId, key: answer.key, fingerprint: answer.fingerprint, status, body, journal });
  }
  return rows;
}

/** A part of a group, or one whose first attempt committed, has none to store. */
function answersOfGroup({ answer, size }: Group, items: readonly Item[], outcomes: readonly Outcome[]): AnswerRow[] {
  if (answer === null || items.length < size) return [];
  if (items.some((item, i) => committedBefore(item, outcomes[i] as Outcome))) return [];
  const { status, body } = answer.render(outcomes);
  return [{ tenant: answer.tenantId, key: answer.key, fingerprint: answer.fingerprint, status, body, journal: null }];
}

/** Its first attempt committed: the answer stands beside the journal already. */
function committedBefore({ command, retried }: Item, outcome: Outcome): boolean {
  return retried && outcome.ok && outcome.replayed && outcome.posted?.journal.id === command.id;
}

export function asGroup(answer: LedgerAnswer<GroupOutcome>): LedgerAnswer<readonly Outcome[]> {
  const { tenantId, key, fingerprint } = answer;
  return { tenantId, key, fingerprint, render: (outcomes) => answer.render(groupOutcome(outcomes)) };
}

export function groupOutcome(outcomes: readonly Outcome[]): GroupOutcome {
  const taken: Extract<Outcome, { ok: true }>[] = [];
  const refusals: { index: number; refusal: Refusal }[] = [];
  outcomes.forEach((outcome, index) => {
    if (outcome.ok) taken.push(outcome);
    else refusals.push({ index, refusal: outcome.refusal });
  });
  return refusals.length === 0 ? { ok: true, outcomes: taken } : { ok: false, refusals };
}

export function giveUp(items: readonly Item[], cause: Error): void {
  for (const item of items) item.reject(item.retried ? new OutcomeUnknown(cause) : new LedgerBusy('database_away'));
}
