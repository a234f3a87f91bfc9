import type { Channel, FailureCode } from '@/contracts/channels';
import { PAYMENT_PROVIDERS } from '@/contracts/payments';
import type { CircuitReport } from './circuit-breaker';
import type { Exchange } from './exchange';

/**
 * What every provider adapter is to the rest of the program. An adapter knows one HTTP contract; it knows nothing of the
 * ledger, the database or the payment's states, keeps nothing but an access token, and never throws for anything that a
 * provider says or does. Amounts are bigint minor units, phones are E.164 digits without a plus.
 *
 * Two rules hold everywhere. A code that the adapter does not know means unknown, never failed: unknown is asked about
 * again, failed lets people pay twice. And an adapter never repeats a request that may have reached the provider, except
 * where `isInitiationIdempotent` says that the provider itself sorts the repetition out.
 */
export interface Provider {
  readonly name: ProviderName;
  readonly capabilities: Capabilities;

  /** False while the circuit is open: a request would not be sent. Ask before showing the channel. */
  isAvailable(): boolean;

  /** The same for people: since when, and when it is tried again. */
  circuit(): CircuitReport;

  /** Asks the payer for the money. Call it once for an attempt, unless `isInitiationIdempotent`. */
  initiate(attempt: Attempt, call: Call): Promise<Initiation>;

  /** What the provider says of the attempt now. Changes nothing; may be asked as often as wished. */
  fetchStatus(attempt: Attempt, call: Call): Promise<Observation>;

  /** Reads what came in on a callback URL. Pure: no request, no clock but `receivedAtMs`. */
  parseCallback(request: CallbackRequest): Callback;

  /** The code that the payer was sent, where `next` was `otp`. */
  submitOtp?(attempt: Attempt, code: string, call: Call): Promise<Initiation>;

  /** Charges a saved card (`Observation.savedMethod`) without the payer. */
  chargeSaved?(attempt: Attempt, token: string, call: Call): Promise<Initiation>;

  /** Gives back the whole or a part of what an attempt brought in. */
  refund?(refund: Refund, call: Call): Promise<Initiation>;
  fetchRefundStatus?(refund: Refund, call: Call): Promise<Observation>;

  /** Sends money to a phone. */
  payOut?(payout: Payout, call: Call): Promise<Initiation>;
  fetchPayoutStatus?(payout: Payout, call: Call): Promise<Observation>;

  /** Whether the number has an account that can pay. `unknown` is not a no. */
  validatePayer?(phone: string, call: Call): Promise<'active' | 'inactive' | 'unknown'>;
}

export const PROVIDER_NAMES = PAYMENT_PROVIDERS;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

export interface Capabilities {
  readonly routes: readonly Route[];
  /** True: `initiate` with the same `reference` again is safe and says what became of the first. */
  readonly isInitiationIdempotent: boolean;
  /**
   * `hint`: anyone could have sent it; ask `fetchStatus` before believing it.
   * `checked`: unsigned, but it came to the attempt's own unguessable URL; believe it when amount and phone agree too.
   * `signed`: authenticated by the provider's secret over the whole body.
   */
  readonly callbackTrust: 'hint' | 'checked' | 'signed';
  /** Whether an open prompt can be withdrawn. None of the five can. */
  readonly canCancel: boolean;
  readonly canRefund: boolean;
  readonly canPayOut: boolean;
}

/** A combination that the provider serves, with what it takes. */
export interface Route {
  readonly channel: Channel;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: string;
  readonly leastMinor: bigint;
  readonly greatestMinor: bigint;
  /** The amount must be a multiple of it: 100 for whole shillings, else 1. */
  readonly multipleOfMinor: bigint;
  /** How long the payer has from initiation: until the prompt is gone, or the page or account number ends. */
  readonly promptLifetimeMs: number;
}

/** One request to one payer for one amount. Everything an adapter may want to know of it. */
export interface Attempt {
  /** Ours: a random (version 4) UUID in lower case, new for each attempt. What the provider knows the attempt by. */
  readonly reference: string;
  readonly channel: Channel;
  readonly country: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** E.164 digits without a plus; null where the channel has no phone. */
  readonly phone: string | null;
  readonly payer: { readonly name: string | null; readonly email: string | null };
  /** What the payer reads. Adapters shorten it and drop signs that their provider refuses. */
  readonly description: string;
  /** Short name of what is paid for, shown as the account on M-Pesa's prompt. Shortened too. */
  readonly accountReference: string;
  /**
   * Where this attempt's callbacks go: absolute, https in production, unguessable, its last path segment the attempt's
   * token. Must not contain the word "mpesa".
   */
  readonly callbackUrl: string;
  /** Where a redirected payer comes back to. Proves nothing. */
  readonly returnUrl: string | null;
  /** When the attempt was first made: a repetition carries the same times. */
  readonly startedAtMs: number;
  /** From `accepted`; null before, and for ever where the answer was lost. */
  readonly providerReference: string | null;
}

export interface Refund {
  /** Ours, a random UUID: the provider's idempotency key where it has one. */
  readonly reference: string;
  readonly attempt: Attempt;
  /** `Observation.receipt` of the attempt's success. */
  readonly receipt: string | null;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly startedAtMs: number;
  readonly providerReference: string | null;
}

export interface Payout {
  /** Ours, a random UUID. */
  readonly reference: string;
  readonly channel: Channel;
  readonly country: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly phone: string;
  readonly payeeName: string;
  readonly reason: string;
  readonly startedAtMs: number;
  readonly providerReference: string | null;
}

/** Of one call to an adapter. */
export interface Call {
  /** Told of each HTTP exchange as it ends, secrets already masked: for the payment's timeline. */
  readonly record?: (exchange: Exchange) => void;
}

export type Initiation =
  | {
      readonly status: 'accepted';
      readonly providerReference: string | null;
      /** What the payer does now; null when nothing (a saved card, a refund). */
      readonly next: NextStep | null;
      /** Where the answer already says how it stands: a repeated reference, a saved card, a synchronous provider. */
      readonly observation: Observation | null;
    }
  | {
      /** Certainly no money moves: refused by the provider, or never sent. */
      readonly status: 'rejected';
      readonly code: FailureCode;
      readonly providerCode: string | null;
      /** For the timeline and staff, in the provider's words; not for payers. */
      readonly message: string;
      /** True: the same attempt may be initiated again later (nothing was sent, or the provider was overloaded). */
      readonly retryable: boolean;
    }
  | {
      /** It may have reached the provider: never again, unless idempotent; ask `fetchStatus`. */
      readonly status: 'unknown';
      readonly reason: 'no_answer' | 'unreadable_answer' | 'unknown_code' | 'server_error';
      readonly providerCode: string | null;
      readonly message: string;
    };

export type NextStep =
  /** A PIN prompt on the phone. */
  | { readonly kind: 'prompt'; readonly text: string | null }
  /** A code was sent to the phone: `submitOtp`. */
  | { readonly kind: 'otp'; readonly text: string | null }
  | { readonly kind: 'redirect'; readonly url: string }
  | {
      readonly kind: 'bank_account';
      readonly bankName: string;
      readonly accountNumber: string;
      readonly accountName: string | null;
      readonly expiresAtMs: number | null;
    }
  /** The payer does something by themselves, such as dialling a code that `text` names. */
  | { readonly kind: 'offline'; readonly text: string };

export type Outcome = 'succeeded' | 'failed' | 'pending' | 'unknown';

/** One thing learned about an attempt. The reducer decides what it means; an adapter only translates. */
export interface Observation {
  readonly outcome: Outcome;
  /** Ours: why it failed. Null unless `failed`. */
  readonly code: FailureCode | null;
  /** The provider's own word for it, as it came. */
  readonly providerCode: string | null;
  /** In the provider's words; for staff. */
  readonly message: string | null;
  readonly providerReference: string | null;
  /** The receipt that the payer has too, unique at the provider. */
  readonly receipt: string | null;
  /** What was paid; null where the provider does not say. Never guessed from what was asked. */
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  /** What the provider kept for itself, where it says so. */
  readonly providerFeeMinor: bigint | null;
  /** Who paid, E.164 digits; null where not said or masked. */
  readonly phone: string | null;
  readonly occurredAtMs: number | null;
  /** True when the provider says that money once received was taken back. `outcome` is then `failed`. */
  readonly isReversed: boolean;
  readonly savedMethod: SavedMethod | null;
  /** The message as it came, secrets masked, cut to a bound. */
  readonly raw: string;
  readonly source: 'initiation' | 'status' | 'callback';
}

/** A card that may be charged again without its owner. */
export interface SavedMethod {
  /** Secret: goes to `chargeSaved`, encrypted at rest, never to a log. */
  readonly token: string;
  readonly brand: string | null;
  readonly lastFour: string | null;
  readonly expiryMonth: string | null;
  readonly expiryYear: string | null;
  /** The provider ties the token to it. */
  readonly email: string | null;
}

export interface CallbackRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

export type Callback =
  | {
      readonly kind: 'observation';
      readonly subject: 'payment' | 'refund' | 'payout';
      readonly observation: Observation;
      /** Names for the attempt, to be found by any of them that is not null. */
      readonly token: string | null;
      readonly reference: string | null;
      readonly providerReference: string | null;
      readonly acknowledgement: Acknowledgement;
    }
  /** About nothing of ours, or unreadable: answered 200, kept, and forgotten by the reducer. */
  | {
      readonly kind: 'ignore';
      readonly reason: string;
      readonly token: string | null;
      readonly acknowledgement: Acknowledgement;
    }
  /** The signature is wrong or missing: answered 401 and visible to staff. */
  | { readonly kind: 'forged'; readonly reason: string };

/** The JSON body that the provider expects in our 200 answer; null for an empty one. */
export type Acknowledgement = Readonly<Record<string, string | number>> | null;
