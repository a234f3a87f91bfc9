import { isErrorNamed } from '@/server/kernel/error-name';
import type { Command, Outcome } from './core/types';

/** The stored answer of an Idempotency-Key, written in the batch's own transaction. */
export interface LedgerAnswer {
  readonly tenantId: string;
  readonly key: string;
  readonly fingerprint: string;
  render(outcome: Outcome): { readonly status: number; readonly body: string };
}

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
