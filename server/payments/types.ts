import type { Channel, FailureCode } from '@/contracts/channels';
import type { PAYMENT_STATUSES } from '@/contracts/payments';
import type { NextStep, ProviderName } from '@/server/providers/provider';

/**
 * Where a payment stands. `submitting` may have reached the provider; `in_reconciliation` is a question for a person.
 * What the books say decides over money, this says what is known about the attempt.
 */
export type PaymentState = (typeof PAYMENT_STATUSES)[number];

/** Why a payment failed or needs a person: the providers' reasons in our words, and reasons of our own. */
export type PaymentFailure =
  | FailureCode
  | 'amount_mismatch'
  | 'currency_mismatch'
  | 'phone_mismatch'
  | 'wallet_unavailable'
  | 'truth_unknown'
  | 'reversed_by_provider'
  | 'canceled_by_request'
  | 'written_off';

/** What the money is for: a customer's wallet, or the client's collections. */
export type PaymentPurpose = 'wallet' | 'collections';

/** One line of a payment's history, oldest first. Kept for ever, never changed. */
export interface TimelineEntry {
  readonly atMs: number;
  /** `transition`: from one state to another. `observation`: something a provider said. */
  readonly kind: 'transition' | 'observation';
  readonly from: PaymentState | null;
  readonly to: PaymentState | null;
  /** Why, in a word: `initiated`, `prompt_expired`, `provider_said_paid`, `resolved_by_hand` … */
  readonly cause: string;
  readonly source: 'request' | 'initiation' | 'status' | 'callback' | 'job' | 'person';
  readonly actor: string | null;
  readonly note: string | null;
  /** Of an observation: the provider's message as it came, secrets masked. */
  readonly raw: string | null;
  /** Of an observation: what it says, and in the provider's own code. */
  readonly outcome: string | null;
  readonly providerCode: string | null;
}

/** A payment as readers see it. Amounts are minor units of `currency`. */
export interface PaymentView {
  /** The stored 63-bit id, decimal text. */
  readonly id: string;
  /** `pay_` and 32 hex digits; the hex alone is TransactionId and OrderId of callbacks. */
  readonly publicId: string;
  readonly reference: string;
  readonly state: PaymentState;
  readonly livemode: boolean;
  readonly purpose: PaymentPurpose;
  readonly channel: Channel;
  readonly country: string;
  readonly currency: string;
  /** What was asked for. */
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
  readonly feeBearer: 'client' | 'customer';
  /** What the payer pays: the amount, and fee and tax on top where the customer bears them. */
  readonly chargedMinor: bigint;
  /** What is left of it for the client or wallet's books: the amount, less fee and tax where the client bears them. */
  readonly netMinor: bigint;
  readonly refundedMinor: bigint;
  readonly provider: ProviderName;
  /** E.164 digits without a plus. */
  readonly phone: string | null;
  readonly customerId: string | null;
  readonly walletId: string | null;
  readonly topUpId: string | null;
  readonly description: string;
  /** JSON text, or null. */
  readonly metadata: string | null;
  readonly failureCode: PaymentFailure | null;
  /** In the provider's words, for staff. */
  readonly failureMessage: string | null;
  readonly providerReference: string | null;
  /** The receipt the payer has too. */
  readonly receipt: string | null;
  /** The journal that brought the money into the books. */
  readonly journalId: string | null;
  /** What the payer has to do; null once it is over. */
  readonly nextStep: NextStep | null;
  readonly promptExpiresAtMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** When the money arrived, as the provider says or else as we learned it. */
  readonly paidAtMs: number | null;
  /** True when nothing more is expected to happen by itself. A late success may still change failed and expired. */
  readonly isFinal: boolean;
  /** The provider refused the request itself: nobody was prompted. */
  readonly wasDeclinedAtOnce: boolean;
}

export interface InitiatePaymentInput {
  readonly channel: Channel;
  /** ISO 3166-1 alpha-2; from the phone where absent. */
  readonly country?: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** As people write it; null where the channel has none (card, bank). */
  readonly phone: string | null;
  readonly customerId: string | null;
  /** The wallet that is credited; null for the client's collections. */
  readonly walletId: string | null;
  readonly topUpId: string | null;
  readonly description: string;
  /** The caller's own; one is made where it is null. Unique within the client's books for ever. */
  readonly reference: string | null;
  /** JSON text. */
  readonly metadata: string | null;
  /** Where a redirected payer comes back to. */
  readonly returnUrl?: string | null;
  /** For this payment instead of the client's registered one. */
  readonly callbackUrl?: string | null;
  /** From `POST /v1/payments/otp/verify`. */
  readonly otpToken?: string | null;
  readonly payer?: { readonly name: string | null; readonly email: string | null };
  /** A saved method: charged without the payer (`Provider.chargeSaved`). */
  readonly savedMethodToken?: string | null;
  /**
   * Whose say it is that this person may be prompted. `api`: a client's program, held to the collection policy and the
   * key's addresses. `payer`: the person on the checkout page. `rule`: an automatic top-up that the person set up.
   */
  readonly initiatedBy?: 'api' | 'payer' | 'rule';
}
