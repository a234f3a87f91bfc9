import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Ledger } from '@/server/ledger/ledger';

/** What the machinery behind payments works with: of a request's context, or of a job. */
export interface PaymentServices {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** Who moves a payment on: a request, a job, or a person. */
export interface Mover {
  /** As journals and transitions name it. */
  readonly actor: string;
  readonly requestId: string;
  readonly source: 'request' | 'initiation' | 'status' | 'callback' | 'job' | 'person';
}

export function jobMover(ledger: Ledger, source: Mover['source'] = 'job'): Mover {
  return { actor: 'job:payments', requestId: `job_${ledger.nextId()}`, source };
}
