import type { FailureCode } from '@/contracts/channels';
import type { Capabilities, Observation } from '@/server/providers/provider';
import type { PaymentFailure, PaymentState } from './types';

/** What the reducer has to know of a payment: facts of its row, as they are now. */
export interface PaymentFacts {
  readonly state: PaymentState;
  /** What the payer was asked for. */
  readonly chargedMinor: bigint;
  readonly currency: string;
  readonly phone: string | null;
  /** A journal in the books: the money of this payment stands somewhere already. */
  readonly hasMoney: boolean;
  /** Refunds have all of it, those under way included. */
  readonly isGivenBack: boolean;
  readonly promptExpiresAtMs: number | null;
  readonly callbackTrust: Capabilities['callbackTrust'];
}

/** What the books are asked to do. Each is unique there per payment, so asking twice does it once. */
export type Posting =
  | { readonly kind: 'credit' }
  /** Received, but not what was asked for. `currency` is the one received. */
  | {
      readonly kind: 'suspend';
      readonly amountMinor: bigint;
      readonly currency: string;
      readonly failure: PaymentFailure;
    }
  | { readonly kind: 'claw_back' };

export interface Verdict {
  /** Null: the payment stays where it is. */
  readonly to: PaymentState | null;
  /** Before the state: a crash between them leaves a state that is looked at again. */
  readonly posting: Posting | null;
  readonly cause: string;
  readonly failure: PaymentFailure | null;
  /** Nothing is believed before the provider itself has been asked. */
  readonly mustAsk: boolean;
}

/** After the prompt is gone and the provider still says unpaid: time for its own news to arrive. */
export const EXPIRY_GRACE_MS = 60_000;

const PAID: ReadonlySet<PaymentState> = new Set(['succeeded', 'partially_refunded', 'refunded', 'reversed']);
const ENDED_UNPAID: ReadonlySet<PaymentState> = new Set(['failed', 'canceled', 'expired']);

const nothing = (cause: string): Verdict => ({ to: null, posting: null, cause, failure: null, mustAsk: false });
const ask = (cause: string): Verdict => ({ to: null, posting: null, cause, failure: null, mustAsk: true });

/**
 * What one observation means for a payment: pure, the same for every provider. Holds whatever the order in which things
 * are learned, and however often: money is credited once at most, success never becomes failure, and what is not known
 * never becomes failure either.
 */
export function reduce(payment: PaymentFacts, observation: Observation, nowMs: number): Verdict {
  if (payment.state === 'reversed') return nothing('reversed_before');
  if (observation.source === 'callback' && payment.callbackTrust === 'hint') return ask('callback_is_a_hint');
  if (observation.isReversed) return onReversal(payment, observation);
  switch (observation.outcome) {
    case 'succeeded':
      return onSuccess(payment, observation);
    case 'failed':
      return onFailure(payment, observation.code);
    case 'pending':
      return onPending(payment, observation, nowMs);
    case 'unknown':
      return nothing('provider_unclear');
  }
}

function onSuccess(payment: PaymentFacts, observation: Observation): Verdict {
  if (PAID.has(payment.state)) return nothing('paid_before');
  const failure = mismatchOf(payment, observation);
  // Its money stands in the books: in suspense until a person says, or where a person put it.
  if (payment.hasMoney) return nothing('placed_before');
  if (failure === null && needsAsking(payment, observation)) return ask('callback_says_too_little');
  if (failure !== null) {
    return {
      to: 'in_reconciliation',
      posting: {
        kind: 'suspend',
        amountMinor: observation.amountMinor ?? payment.chargedMinor,
        currency: observation.currency ?? payment.currency,
        failure,
      },
      cause: 'not_what_was_asked_for',
      failure,
      mustAsk: false,
    };
  }
  const isLate = ENDED_UNPAID.has(payment.state);
  return {
    to: 'succeeded',
    posting: { kind: 'credit' },
    cause: isLate ? 'late_success' : 'provider_said_paid',
    failure: null,
    mustAsk: false,
  };
}

/**
 * An unsigned callback has to say the amount and who paid, a signed one the amount: what it leaves out cannot be checked.
 * The provider's own answer to our question is about the very attempt we asked for.
 */
function needsAsking(payment: PaymentFacts, { source, amountMinor, phone }: Observation): boolean {
  if (source !== 'callback') return false;
  if (amountMinor === null) return true;
  return payment.callbackTrust === 'checked' && payment.phone !== null && phone === null;
}

function mismatchOf(payment: PaymentFacts, { amountMinor, currency, phone }: Observation): PaymentFailure | null {
  if (currency !== null && currency !== payment.currency) return 'currency_mismatch';
  if (amountMinor !== null && amountMinor !== payment.chargedMinor) return 'amount_mismatch';
  if (phone !== null && payment.phone !== null && phone !== payment.phone) return 'phone_mismatch';
  return null;
}

function onReversal(payment: PaymentFacts, observation: Observation): Verdict {
  // An unsigned message may not take money away: the provider is asked.
  if (observation.source === 'callback' && payment.callbackTrust !== 'signed') return ask('reversal_is_unsigned');
  // A provider says of what we gave back in whole what it says of what it took: Paystack's word for both is reversed.
  if (payment.hasMoney && payment.isGivenBack) return nothing('given_back_before');
  // Given back by hand before the provider said so.
  if (payment.hasMoney && ENDED_UNPAID.has(payment.state)) return nothing('placed_before');
  return {
    to: 'reversed',
    posting: payment.hasMoney ? { kind: 'claw_back' } : null,
    cause: 'provider_took_it_back',
    failure: 'reversed_by_provider',
    mustAsk: false,
  };
}

function onFailure(payment: PaymentFacts, code: FailureCode | null): Verdict {
  if (PAID.has(payment.state)) return nothing('paid_before');
  if (payment.hasMoney) return nothing('placed_before');
  if (ENDED_UNPAID.has(payment.state)) return nothing('ended_before');
  // A failure that no adapter can name is not known to be one.
  if (code === null) return nothing('failure_without_a_code');
  const to = code === 'cancelled' ? 'canceled' : code === 'expired' ? 'expired' : 'failed';
  return { to, posting: null, cause: 'provider_said_unpaid', failure: code, mustAsk: false };
}

/** Still open, as the provider says. Once its own prompt must be gone, an answer of its own makes that an expiry. */
function onPending(payment: PaymentFacts, observation: Observation, nowMs: number): Verdict {
  if (payment.hasMoney) return nothing('placed_before');
  if (payment.state === 'created' || payment.state === 'submitting') {
    return { to: 'pending', posting: null, cause: 'provider_has_it', failure: null, mustAsk: false };
  }
  const { promptExpiresAtMs } = payment;
  const isOver = promptExpiresAtMs !== null && nowMs >= promptExpiresAtMs + EXPIRY_GRACE_MS;
  if (payment.state === 'pending' && isOver && observation.source === 'status') {
    return { to: 'expired', posting: null, cause: 'prompt_expired', failure: 'expired', mustAsk: false };
  }
  return nothing('still_open');
}
