import type { Database } from '@/db/client';
import type { Problem } from '@/server/kernel/problem';
import type { Effect } from './effect';
import type { Approval } from './read';
import type { Act } from './second-person';

/** What an act that waits would do as of now. */
export type Look =
  | { readonly act: Act; readonly effect: Effect; readonly problem: null }
  /** It could not be done now; why. */
  | { readonly act: null; readonly effect: null; readonly problem: Problem };

/** What came of running it. */
export interface Ran {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
}

/** Runs what was asked for again, exactly so: the frame of the API, which knows its operations, brings this. */
export interface ApprovalRunner {
  /** Changes nothing. */
  look(approval: Approval): Promise<Look>;
  /**
   * Does it as who asked for it, its answer stored under `answerKeyOf` with its effect. Null when that answer was there.
   * @throws whatever may pass: it can be tried again
   */
  run(approval: Approval): Promise<Ran | null>;
}

/** Keys of requests are ASCII, so no request can use this one. The database knows its form (0020_approvals.sql). */
export function answerKeyOf({ id }: Pick<Approval, 'id'>): string {
  return `§apr:${id}`;
}

const holder = globalThis as typeof globalThis & { pesewaApprovalRunners?: WeakMap<Database, ApprovalRunner> };

/** By database, and on globalThis: Next.js loads this file twice in one process, and tests have several databases in one. */
export function installApprovalRunner(db: Database, runner: ApprovalRunner): void {
  holder.pesewaApprovalRunners ??= new WeakMap();
  holder.pesewaApprovalRunners.set(db, runner);
}

export function approvalRunner(db: Database): ApprovalRunner {
  const runner = holder.pesewaApprovalRunners?.get(db);
  if (runner === undefined) throw new Error('installApprovalRunner was not called for this database.');
  return runner;
}
