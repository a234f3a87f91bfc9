import { isErrorNamed } from '@/server/kernel/error-name';
import type { Command, Outcome, Refusal } from './core/types';

/** The stored answer of an Idempotency-Key, written in the batch's own transaction. */
export interface LedgerAnswer<Decided = Outcome> {
  readonly tenantId: string;
  readonly key: string;
  readonly fingerprint: string;
  render(decided: Decided): { readonly status: number; readonly body: string };
}

/** Commands that `submitAll` and `submitEach` take at once: they go through one transaction, which has to stay short. */
export const GROUP_MAX = 1_000;

/** What became of commands that stand or fall together. */
export type GroupOutcome =
  | { readonly ok: true; readonly outcomes: readonly Extract<Outcome, { ok: true }>[] }
  /** Nothing of the group was written. Every refused command, each judged as if those refused before it were not there. */
  | { readonly ok: false; readonly refusals: readonly { readonly index: number; readonly refusal: Refusal }[] };

/** The one door to the books. Everything that posts goes through `submit`. */
export interface Ledger {
  /** A fresh 63-bit, time-ordered id (decimal text) whose low five bits are zero: a journal's, with room for its legs. */
  nextId(): string;
  /**
   * Queues the command for the next batch and answers when it is durable, or refused.
   * @throws LedgerBusy when the queue is full; nothing happened.
   * @throws OutcomeUnknown when the database went away and stayed away; repeat with the same reference.
   * @throws AnswerExists when another request stored an answer under the same Idempotency-Key; nothing happened.
   */
  submit(command: Command, answer?: LedgerAnswer | null): Promise<Outcome>;
  /**
   * All of the commands or none: decided in their order in a batch of their own, written in one transaction. A refused
   * group leaves nothing but its answer. Errors as of `submit`, of the whole group; a group that does not fit into the
   * queue is refused as a whole before anything is done.
   */
  submitAll(commands: readonly Command[], answer?: LedgerAnswer<GroupOutcome> | null): Promise<GroupOutcome>;
  /**
   * Each command on its own, in their order and in one transaction, with one answer for all. Rejects as `submit` does
   * when none of them was decided. A command that cannot be written is found and fails alone: it has an error in place of
   * an outcome, its neighbours have theirs, and no answer is stored, so that a repeat decides what was left.
   */
  submitEach(
    commands: readonly Command[],
    answer?: LedgerAnswer<readonly Outcome[]> | null,
  ): Promise<readonly (Outcome | Error)[]>;
  /** What `submit` would answer now; changes nothing. */
  preview(command: Command): Promise<Outcome>;
  /** Commands waiting, and how many may. */
  readonly queue: { readonly length: number; readonly max: number };
  /** Finishes what is queued, refuses more. */
  close(): Promise<void>;
}

/** Not taken: the queue is full, the ledger is closing, or the database is away. Nothing happened. */
export class LedgerBusy extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, 'LedgerBusy');
  }

  readonly retryAfterSeconds = 1;
  constructor(why: 'queue_full' | 'closing' | 'database_away') {
    super(why);
    this.name = 'LedgerBusy';
  }
}

export class OutcomeUnknown extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, 'OutcomeUnknown');
  }

  constructor(cause: unknown) {
    super('The database stopped answering before the outcome was known.', { cause });
    this.name = 'OutcomeUnknown';
  }
}

export class AnswerExists extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, 'AnswerExists');
  }

  constructor() {
    super('An answer is stored under this Idempotency-Key.');
    this.name = 'AnswerExists';
  }
}
