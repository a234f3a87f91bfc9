import type { Observation } from '@/server/providers/provider';
import type { Refund, RefundState } from './refund-row';

/** What the decision rests on. */
export type RefundFacts = Pick<Refund, 'state' | 'amountMinor' | 'currency'>;

export interface Verdict {
  /** Null: the refund stays where it is. */
  readonly to: RefundState | null;
  readonly cause: string;
  readonly failure: string | null;
}

const OPEN: ReadonlySet<RefundState> = new Set(['submitted', 'in_reconciliation']);

const nothing = (cause: string): Verdict => ({ to: null, cause, failure: null });

/**
 * What one observation means for a refund: pure. Nobody is paid twice by it, since it sends nothing; and money comes back
 * only on the provider's own word that nobody was paid, which a success is not taken back by, save that it says the
 * payout was returned.
 */
export function reduceRefund(refund: RefundFacts, observation: Observation): Verdict {
  switch (observation.outcome) {
    case 'succeeded':
      return onSuccess(refund, observation);
    case 'failed':
      return onFailure(refund, observation);
    case 'pending':
      return nothing('still_open');
    case 'unknown':
      return nothing('provider_unclear');
  }
}

function onSuccess(refund: RefundFacts, { amountMinor, currency }: Observation): Verdict {
  // Its money is back where it was, or on its way there: what was paid all the same is for a person to book.
  if (refund.state === 'failed') return { to: null, cause: 'paid_after_failure', failure: 'paid_after_failure' };
  if (!OPEN.has(refund.state)) return nothing('paid_before');
  const isOther =
    (amountMinor !== null && amountMinor !== refund.amountMinor) || (currency !== null && currency !== refund.currency);
  if (!isOther) return { to: 'succeeded', cause: 'provider_said_paid', failure: null };
  if (refund.state === 'in_reconciliation') return nothing('not_what_was_asked_for');
  return { to: 'in_reconciliation', cause: 'not_what_was_asked_for', failure: 'amount_mismatch' };
}

function onFailure(refund: RefundFacts, { code, isReversed }: Observation): Verdict {
  if (refund.state === 'succeeded' && isReversed) {
    return { to: 'failed', cause: 'payout_came_back', failure: 'returned_by_provider' };
  }
  if (!OPEN.has(refund.state)) return nothing('ended_before');
  // A failure that no adapter can name is not known to be one.
  if (code === null) return nothing('failure_without_a_code');
  return { to: 'failed', cause: 'provider_said_unpaid', failure: code };
}
