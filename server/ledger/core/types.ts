/**
 * The plain data of the ledger: what the core decides over and what it answers with. No I/O, no framework.
 *
 * Units: every `…Minor` is a bigint in the currency's minor unit (ISO 4217 exponent). Times are epoch milliseconds.
 * Ids are 63-bit integers in decimal text, as PostgreSQL prints them; `contracts/ids.ts` renders them for the wire.
 */

export const SYSTEM_ACCOUNT_TYPES = [
  'AVAILABLE_COLLECTIONS',
  'COMMISSION_ACCOUNT',
  'COMMISSION_TAX_ACCOUNT',
  'PROMOTION_EXPENSE',
  'EXTERNAL_SETTLEMENT',
  'REFUNDS_DUE',
  'SUSPENSE',
] as const;
export type SystemAccountType = (typeof SYSTEM_ACCOUNT_TYPES)[number];

export const ACCOUNT_TYPES = [
  ...SYSTEM_ACCOUNT_TYPES,
  'PROVIDER_CLEARING',
  'CUSTOMER_WALLET',
  'FLOAT_ACCOUNT',
  'HYBRID_ACCOUNT',
  'ACQUIRER_RESERVE',
  'ROLLING_RESERVE',
] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** `inactive` refuses both ways; `frozen` refuses money out; `closed` moves nothing but the refund of what was left. */
export type AccountStatus = 'active' | 'frozen' | 'inactive' | 'closed';

/** What decides over an account besides its money. */
export interface AccountTerms {
  readonly status: AccountStatus;
  readonly minimumBalanceMinor: bigint;
  readonly canOverdraw: boolean;
  /** Of a wallet: what available money is told to fall under, or to rise to again. Null tells nothing. */
  readonly lowBalanceMinor: bigint | null;
}

export interface Account {
  readonly tenantId: string;
  readonly id: string;
  readonly type: AccountType;
  readonly currency: string;
  /** One of the tenant's own accounts, found by type and currency. */
  readonly isSystem: boolean;
  status: AccountStatus;
  balanceMinor: bigint;
  minimumBalanceMinor: bigint;
  canOverdraw: boolean;
  lowBalanceMinor: bigint | null;
  /** Number of entries so far; the next entry gets `sequence + 1`. */
  sequence: number;
  /** Hex SHA-256 of the last entry, or 64 zeros. */
  headHash: string;
  /** Sum of what active holds set aside, pinned lots included. */
  heldMinor: bigint;
}

export interface Lot {
  readonly id: string;
  readonly accountId: string;
  readonly grantedMinor: bigint;
  /** Spendable part; excludes what holds pin. */
  remainingMinor: bigint;
  heldMinor: bigint;
  usedMinor: bigint;
  expiredMinor: bigint;
  forfeitedMinor: bigint;
  /** 0 is spent first; paid money has priority 50. */
  readonly priority: number;
  /** Spendable while now < expiresAtMs; null never expires. */
  readonly expiresAtMs: number | null;
}

export type HoldStatus = 'active' | 'captured' | 'voided' | 'expired';

export interface Hold {
  readonly id: string;
  readonly accountId: string;
  readonly amountMinor: bigint;
  capturedMinor: bigint;
  status: HoldStatus;
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
  readonly reference: string | null;
  readonly fingerprint: string;
  /** What it sets aside, in the order it would be spent. */
  readonly pins: readonly Share[];
}

/** A part of an amount: from a lot, or from paid money where `lotId` is null. */
export interface Share {
  readonly lotId: string | null;
  readonly amountMinor: bigint;
}

export type JournalKind =
  | 'debit'
  | 'credit'
  | 'topup'
  | 'payment'
  | 'late_topup'
  | 'mismatch'
  | 'clawback'
  | 'refund_return'
  | 'expiry'
  | 'transfer'
  | 'reversal'
  | 'close'
  | 'refund'
  | 'settlement'
  | 'funding'
  | 'adjustment';

/** The immutable rules of a client service as of one version. */
export interface ServiceVersion {
  readonly id: string;
  readonly serviceId: string;
  readonly transactionTypes: readonly ('CREDIT' | 'DEBIT' | 'TRANSFER')[];
  readonly active: boolean;
  readonly fee:
    | { readonly type: 'NONE' }
    | { readonly type: 'FIXED'; readonly amountMinor: bigint }
    /** Millionths: 2 % is 20 000. */
    | { readonly type: 'PERCENTAGE'; readonly partsPerMillion: bigint };
  readonly minimumFeeMinor: bigint | null;
  readonly maximumFeeMinor: bigint | null;
  /** Tax on the fee, in millionths of the fee. */
  readonly taxPartsPerMillion: bigint;
  readonly feeBearer: 'client' | 'customer';
  readonly refundFeesOnReversal: boolean;
  readonly minimumAmountMinor: bigint;
  readonly maximumAmountMinor: bigint;
  readonly dailyCapMinor: bigint | null;
  readonly monthlyCapMinor: bigint | null;
}

/** Who caused a journal: which credential, which request. Every journal has one. */
export interface Origin {
  /** `api_key:…`, `user:…`, `job:…` */
  readonly actor: string;
  readonly requestId: string;
  /** For the audit log alone: no journal stores or hashes it. */
  readonly credential?: string | null;
  /** The caller's address; for the audit log alone too. */
  readonly address?: string | null;
}

interface CommandBase {
  readonly tenantId: string;
  /** The id its journal, hold or lot will have; fixed before the first attempt, so a retry can find its own effect. */
  readonly id: string;
  readonly origin: Origin;
  /** When given, an account of another type is as good as absent: the wallet routes touch wallets alone. */
  readonly accountType?: AccountType;
  /** When given, an audit row is written with the effect: of reversals, and of what people do by hand. */
  readonly audit?: AuditNote;
}

/** What the audit log says of a posting or a hold. Written if and only if the command has its effect: a repeat has none. */
export interface AuditNote {
  /** `transaction.reversed`, `transaction.credited` … */
  readonly action: string;
  readonly objectId: string;
  readonly reason: string | null;
  /** JSON text, or null for what was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

interface Describable {
  /** Unique per (account, operation) for ever when given. */
  readonly reference: string | null;
  readonly description: string | null;
  /** JSON text exactly as it will be stored and hashed; null when absent. */
  readonly metadata: string | null;
  /** The caller's business date; null means the moment of posting. */
  readonly businessAtMs: number | null;
}

/** Money out of an account: to AVAILABLE_COLLECTIONS (`/v1`) or to EXTERNAL_SETTLEMENT (`/api/v1`). */
export interface DebitCommand extends CommandBase, Describable {
  readonly kind: 'debit';
  readonly accountId: string;
  readonly amountMinor: bigint;
  /** When given it must be the account's. */
  readonly currency: string | null;
  readonly to: 'AVAILABLE_COLLECTIONS' | 'EXTERNAL_SETTLEMENT';
  /** Wire name of the operation; part of the reference's scope. `transaction` is one scope for both directions. */
  readonly operation: 'debit' | 'drawdown' | 'transaction';
  readonly service: ServiceVersion | null;
}

/** Money in: promotional (a lot, from PROMOTION_EXPENSE) or paid (from EXTERNAL_SETTLEMENT). */
export interface CreditCommand extends CommandBase, Describable {
  readonly kind: 'credit';
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly currency: string | null;
  readonly from: 'PROMOTION_EXPENSE' | 'EXTERNAL_SETTLEMENT';
  /** As a debit's. */
  readonly operation: 'credit' | 'transaction';
  readonly expiresAtMs: number | null;
  readonly priority: number;
  readonly service: ServiceVersion | null;
}

export interface TransferCommand extends CommandBase, Describable {
  readonly kind: 'transfer';
  readonly sourceAccountId: string;
  readonly destinationAccountId: string;
  readonly amountMinor: bigint;
  readonly currency: string | null;
  readonly service: ServiceVersion | null;
}

export interface ReverseCommand extends CommandBase, Describable {
  readonly kind: 'reverse';
  /** Read beforehand: a journal never changes. */
  readonly original: PostedJournal;
  /** As the service of the original says; yes where there is none. */
  readonly refundFees: boolean;
}

export interface HoldCommand extends CommandBase, Describable {
  readonly kind: 'hold';
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly currency: string | null;
  readonly expiresAtMs: number;
}

export interface CaptureCommand extends CommandBase, Describable {
  readonly kind: 'capture';
  readonly accountId: string;
  readonly holdId: string;
  /** null captures the whole hold. A part releases the rest. */
  readonly amountMinor: bigint | null;
}

export interface VoidCommand extends CommandBase {
  readonly kind: 'void';
  readonly accountId: string;
  readonly holdId: string;
}

/** Posts what has expired on an account (lots, holds) as of now; money and pins only, decides nothing else. */
export interface SweepCommand extends CommandBase {
  readonly kind: 'sweep';
  readonly accountId: string;
}

/**
 * A change of an account besides its money; null leaves a part as it is. Asking for what is so already is a success that
 * changes nothing; of a closed account only what people wrote about it may change.
 */
export interface ChangeAccountCommand extends CommandBase {
  readonly kind: 'change_account';
  readonly accountId: string;
  readonly status: AccountStatus | null;
  readonly minimumBalanceMinor: bigint | null;
  readonly canOverdraw: boolean | null;
  /** Null removes it; absent leaves it. */
  readonly lowBalanceMinor?: bigint | null;
  /** False for freeze, unfreeze and close of `/v1`: they refuse an inactive account, which is not theirs to wake. */
  readonly mayEndInactive: boolean;
  /** What people wrote, carried to its table and the audit log; decides nothing. */
  readonly words: AccountWords | null;
  readonly reason: string | null;
}

/** An absent part stays as it is; null empties it. */
export interface AccountWords {
  readonly name?: string | null;
  readonly statusDescription?: string | null;
}

/**
 * Money that a provider has received for a payment, into the books once: whatever was posted for its reference on any of
 * the three accounts it may have gone to is the answer to every further try. It is never refused for what the account
 * is: money that is there has to stand somewhere. Every command of a payment names the same accounts, whose locks make
 * the tries of several processes queue.
 */
export interface CollectCommand extends CommandBase, Describable {
  readonly kind: 'collect';
  /** The wallet or AVAILABLE_COLLECTIONS. A closed wallet's money is owed in REFUNDS_DUE; what fits nowhere is SUSPENSE. */
  readonly accountId: string;
  /** PROVIDER_CLEARING of the payment's provider. */
  readonly clearingAccountId: string;
  readonly dueAccountId: string;
  readonly suspenseAccountId: string;
  /** `payment_resolution`: out of suspense, where the first posting left it. */
  readonly operation: 'payment' | 'payment_resolution';
  /** `suspense`: it is not what was asked for. `clearing`: out of suspense again, since it is nobody's here. */
  readonly into: 'account' | 'suspense' | 'clearing';
  readonly amountMinor: bigint;
  /** The rules as of the payment's beginning. They charge; what they forbid was refused then. */
  readonly service: ServiceVersion | null;
  /** The payment's public id. */
  readonly reference: string;
}

/** A provider took back what it had received. The account may go below zero: the money is gone whoever has spent it. */
export interface ClawbackCommand extends CommandBase, Describable {
  readonly kind: 'clawback';
  /** Where the payment went. */
  readonly accountId: string;
  readonly clearingAccountId: string;
  /** Stands in for an account that takes no postings any more. */
  readonly suspenseAccountId: string;
  readonly amountMinor: bigint;
  /** Fees and taxes that the payer paid on top: the provider takes them too, the client bears them. */
  readonly chargesMinor: bigint;
  readonly reference: string;
}

/** Money given back to a payer: out of a wallet's paid money, collections or what is owed. Or back again, where it failed. */
export interface RefundCommand extends CommandBase, Describable {
  readonly kind: 'refund';
  readonly accountId: string;
  /** PROVIDER_CLEARING, or EXTERNAL_SETTLEMENT for what was paid out beside the system. */
  readonly counterAccountId: string;
  /** Takes the return of a refund to a wallet that was closed since. */
  readonly dueAccountId: string;
  readonly operation: 'refund' | 'refund_return';
  readonly amountMinor: bigint;
  /** The refund's public id. */
  readonly reference: string;
}

export type Command =
  | DebitCommand
  | CollectCommand
  | ClawbackCommand
  | RefundCommand
  | CreditCommand
  | TransferCommand
  | ReverseCommand
  | HoldCommand
  | CaptureCommand
  | VoidCommand
  | SweepCommand
  | ChangeAccountCommand;

export interface Entry {
  readonly tenantId: string;
  readonly accountId: string;
  readonly sequence: number;
  readonly journalId: string;
  /** 1…31 within its journal; entry id = journal id + leg. */
  readonly leg: number;
  readonly kind: JournalKind;
  /** Credit-positive. */
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  readonly hash: string;
}

export interface LotUse {
  readonly accountId: string;
  readonly sequence: number;
  readonly lotId: string;
  readonly use: 'grant' | 'use' | 'undo' | 'expire' | 'forfeit';
  readonly amountMinor: bigint;
}

export interface Journal {
  readonly tenantId: string;
  readonly id: string;
  readonly kind: JournalKind;
  /** The account whose reference it is, and whose entry is leg 1. */
  readonly accountId: string;
  readonly operation: string;
  readonly reference: string | null;
  /** What must agree when the reference comes again: amount, expiry, priority, counter-account. */
  readonly fingerprint: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
  readonly postedAtMs: number;
  readonly businessAtMs: number | null;
  readonly description: string | null;
  readonly metadata: string | null;
  readonly serviceVersionId: string | null;
  readonly reversalOf: string | null;
  readonly holdId: string | null;
  readonly origin: Origin;
}

/** A journal as the books hold it, with its entries in leg order and what it did to lots. */
export interface PostedJournal {
  readonly journal: Journal;
  readonly entries: readonly Entry[];
  readonly lotUses: readonly LotUse[];
}

export type RefusalCode =
  | 'account_not_found'
  | 'insufficient_funds'
  | 'account_frozen'
  | 'account_inactive'
  | 'account_closed'
  | 'currency_mismatch'
  | 'reference_conflict'
  | 'balance_out_of_range'
  | 'expires_at_past'
  | 'business_date_future'
  | 'same_account'
  | 'holds_active'
  | 'balance_negative'
  | 'balance_not_zero'
  | 'minimum_balance_not_met'
  | 'account_is_system'
  | 'already_reversed'
  | 'not_reversible'
  | 'hold_not_found'
  | 'hold_not_active'
  | 'capture_exceeds_hold'
  | 'service_inactive'
  | 'service_type_not_allowed'
  | 'amount_below_minimum'
  | 'amount_above_maximum'
  | 'cap_exceeded';

export interface Refusal {
  readonly code: RefusalCode;
  /** Figures for the message: available, required, shortfall, limit, currency, journal_id, status …; amounts as bigint. */
  readonly details: Readonly<Record<string, string | number | bigint | null>>;
}

export type Outcome =
  | {
      readonly ok: true;
      /** True when the effect was there before this command (same reference or a retry). */
      readonly replayed: boolean;
      /** False when nothing had to change (freezing a frozen wallet). */
      readonly changed: boolean;
      /** The journal this command posted; null for holds, voids, freezes and empty sweeps. */
      readonly posted: PostedJournal | null;
      /** Expiry journals posted on the way, before the command was decided. */
      readonly expiries: readonly PostedJournal[];
      /** The hold made or ended, as it now stands. */
      readonly hold: Hold | null;
      /** The account after the command (a copy). Null on a replay, which reads nothing but the journal. */
      readonly account: Account | null;
    }
  | { readonly ok: false; readonly refusal: Refusal };
