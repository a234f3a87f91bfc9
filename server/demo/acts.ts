import type { Channel, FailureCode } from '@/contracts/channels';
import type { Role } from '@/contracts/roles';
import type { Scope } from '@/contracts/scopes';
import type { ApprovalRule } from '@/server/approvals/policy';
import type { TermsChange } from '@/server/client-services/terms';
import type { ProviderName } from '@/server/providers/provider';

/** Who does something, by a name of the story: a key of a business, one of its people, one of the operator's. */
export type Actor = string;

/** What becomes of a request to a payer. `silent`: nobody ever says; `other_amount`: paid, and not what was asked for. */
export type Ending =
  | { readonly kind: 'paid' }
  | { readonly kind: 'unpaid'; readonly code: FailureCode }
  | { readonly kind: 'other_amount'; readonly amountMinor: bigint }
  | { readonly kind: 'taken_back' }
  | { readonly kind: 'silent' };

interface Base {
  readonly atMs: number;
  /** Unique in a plan: what the request is named after, and so what tells whether it was done. */
  readonly key: string;
  /** Whose story it is: a business’s public id. */
  readonly business: string;
  readonly by: Actor;
}

export type ActOf<K extends Act['kind']> = Extract<Act, { readonly kind: K }>;

/** One thing that somebody does at one moment of the month. Wallets are named by their customers. */
export type Act = Base &
  (
    | {
        readonly kind: 'user';
        readonly email: string;
        readonly name: string;
        readonly role: Role;
        readonly of: 'operator' | 'client';
      }
    | { readonly kind: 'api_key'; readonly name: string; readonly scopes: readonly Scope[] }
    | {
        readonly kind: 'service';
        readonly name: string;
        readonly serviceCode: string;
        readonly currency: string;
        readonly terms: TermsChange;
      }
    | {
        readonly kind: 'service_change';
        readonly name: string;
        readonly terms: TermsChange;
        readonly effectiveAtMs: number | null;
        readonly reason: string;
      }
    | { readonly kind: 'collection_policy'; readonly service: string }
    | { readonly kind: 'checkout_settings'; readonly name: string; readonly supportPhone: string }
    | {
        readonly kind: 'customer';
        readonly customer: string;
        readonly name: string;
        readonly email: string | null;
        readonly phone: string;
        readonly metadata: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'wallet'; readonly customer: string; readonly currency: string }
    | { readonly kind: 'low_balance'; readonly customer: string; readonly amountMinor: bigint }
    | {
        readonly kind: 'payment';
        readonly reference: string;
        readonly customer: string | null;
        readonly channel: Channel;
        readonly phone: string;
        readonly currency: string;
        readonly amountMinor: bigint;
        readonly description: string;
        /** True: the network answers nothing to the request itself. */
        readonly isUnanswered: boolean;
      }
    | {
        readonly kind: 'payment_news';
        readonly reference: string;
        readonly customer: string | null;
        readonly ending: Ending;
        readonly receipt: string | null;
      }
    | {
        readonly kind: 'debit';
        readonly customer: string;
        readonly amountMinor: bigint;
        readonly description: string;
        readonly reference: string;
        readonly service: string;
        readonly metadata: Readonly<Record<string, string>> | null;
      }
    | {
        readonly kind: 'hold';
        readonly customer: string;
        readonly amountMinor: bigint;
        readonly description: string;
        readonly reference: string;
        readonly expiresAtMs: number;
      }
    | {
        readonly kind: 'capture';
        readonly customer: string;
        readonly reference: string;
        readonly amountMinor: bigint | null;
      }
    | { readonly kind: 'void'; readonly customer: string; readonly reference: string }
    | {
        readonly kind: 'transfer';
        readonly customer: string;
        readonly to: string;
        readonly amountMinor: bigint;
        readonly description: string;
        readonly reference: string;
      }
    | {
        readonly kind: 'credit';
        readonly customer: string;
        readonly amountMinor: bigint;
        readonly description: string;
        readonly reference: string;
        readonly promotion: string | null;
        readonly expiresAtMs: number | null;
      }
    | {
        readonly kind: 'promotion';
        readonly code: string;
        readonly name: string;
        readonly currency: string;
        readonly amountMinor: bigint | null;
        readonly expiresAtMs: number | null;
        readonly budgetMinor: bigint | null;
      }
    | {
        readonly kind: 'promotion_import';
        readonly promotion: string;
        readonly fileName: string;
        readonly description: string;
        readonly rows: readonly ImportRow[];
      }
    | { readonly kind: 'promotion_issue'; readonly fileName: string }
    | { readonly kind: 'promotions_run' }
    | { readonly kind: 'reversal'; readonly customer: string; readonly reference: string; readonly reason: string }
    | { readonly kind: 'freeze' | 'unfreeze' | 'close'; readonly customer: string; readonly reason: string }
    | { readonly kind: 'note'; readonly customer: string; readonly body: string }
    | {
        readonly kind: 'refund';
        /** Of a payment by its reference, or what a closed wallet left due. */
        readonly payment: string | null;
        readonly customer: string;
        readonly amountMinor: bigint | null;
        readonly reason: string;
        readonly reference: string;
      }
    | {
        readonly kind: 'auto_top_up';
        readonly customer: string;
        readonly channel: 'MTN' | 'TELECEL' | 'AIRTELTIGO' | 'MPESA';
        readonly phone: string;
        readonly thresholdMinor: bigint;
        readonly amountMinor: bigint;
        readonly monthlyMaxMinor: bigint;
      }
    | { readonly kind: 'auto_top_ups_run' }
    | { readonly kind: 'top_up_link'; readonly customer: string; readonly amountMinor: bigint }
    | {
        readonly kind: 'webhook';
        readonly url: string;
        readonly events: readonly string[];
        readonly description: string;
      }
    /** What is due goes out; an endpoint of the business answers with this status. */
    | { readonly kind: 'deliveries'; readonly status: number }
    | { readonly kind: 'approval_policy'; readonly rules: readonly ApprovalRule[]; readonly reason: string }
    | { readonly kind: 'rejection'; readonly of: string; readonly reason: string }
    | {
        readonly kind: 'statement';
        readonly provider: ProviderName;
        readonly fileName: string;
        readonly currency: string;
        readonly day: string;
        readonly rows: readonly StatementRow[];
      }
    /** What expires, ends or is asked about by itself. */
    | { readonly kind: 'night' }
    | { readonly kind: 'seal' }
  );

export interface ImportRow {
  readonly customer: string;
  /** As the file says it: may be wrong. */
  readonly amount: string;
  readonly currency: string;
  readonly expiresAt: string;
}

export interface StatementRow {
  readonly receipt: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly atMs: number;
  readonly phone: string;
}
