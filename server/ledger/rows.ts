import type {
  Account,
  AccountStatus,
  AccountType,
  Entry,
  Hold,
  HoldStatus,
  Journal,
  JournalKind,
  Lot,
  LotUse,
} from './core/types';

/** Rows as PostgreSQL sends them (int8 and hashes as text, times as epoch milliseconds), to the core's types. */

export interface AccountRow {
  tenant_id: string;
  id: string;
  type: string;
  currency: string;
  is_system: boolean;
  status: string;
  balance_minor: string;
  minimum_balance_minor: string;
  can_overdraw: boolean;
  held_minor: string;
  sequence: string;
  head_hash: string;
}

/** What few accounts have. */
export interface AccountDetail {
  low_balance: string;
}

const SHARED_MAX = 10_000;
const sharedTexts = new Map<string, string>();

/** One copy of a text that many accounts have: accounts are remembered by the ten thousand (account-memory.ts). */
function shared(text: string): string {
  const there = sharedTexts.get(text);
  if (there !== undefined) return there;
  if (sharedTexts.size >= SHARED_MAX) sharedTexts.clear();
  sharedTexts.set(text, text);
  return text;
}

export function toAccount(row: AccountRow, detail: AccountDetail | null): Account {
  return {
    tenantId: shared(row.tenant_id),
    id: row.id,
    type: shared(row.type) as AccountType,
    currency: shared(row.currency),
    isSystem: row.is_system,
    status: shared(row.status) as AccountStatus,
    balanceMinor: BigInt(row.balance_minor),
    minimumBalanceMinor: BigInt(row.minimum_balance_minor),
    canOverdraw: row.can_overdraw,
    lowBalanceMinor: detail === null ? null : BigInt(detail.low_balance),
    heldMinor: BigInt(row.held_minor),
    sequence: Number(row.sequence),
    headHash: row.head_hash,
  };
}

export interface LotDetail {
  account: string;
  granted: string;
  remaining: string;
  held: string;
  used: string;
  expired: string;
  forfeited: string;
  priority: number;
  expires_at_ms: number | null;
}

export function toLot(id: string, detail: LotDetail): Lot {
  return {
    id,
    accountId: detail.account,
    grantedMinor: BigInt(detail.granted),
    remainingMinor: BigInt(detail.remaining),
    heldMinor: BigInt(detail.held),
    usedMinor: BigInt(detail.used),
    expiredMinor: BigInt(detail.expired),
    forfeitedMinor: BigInt(detail.forfeited),
    priority: detail.priority,
    expiresAtMs: detail.expires_at_ms,
  };
}

export interface HoldDetail {
  account: string;
  amount: string;
  captured: string;
  status: string;
  reference: string | null;
  fingerprint: string;
  expires_at_ms: number;
  created_at_ms: number;
  pin_lots: string[];
  pin_amounts: string[];
}

export function toHold(id: string, detail: HoldDetail): Hold {
  return {
    id,
    accountId: detail.account,
    amountMinor: BigInt(detail.amount),
    capturedMinor: BigInt(detail.captured),
    status: detail.status as HoldStatus,
    reference: detail.reference,
    fingerprint: detail.fingerprint,
    expiresAtMs: detail.expires_at_ms,
    createdAtMs: detail.created_at_ms,
    pins: detail.pin_lots.map((lotId, i) => ({
      lotId: lotId === '0' ? null : lotId,
      amountMinor: BigInt(detail.pin_amounts[i] as string),
    })),
  };
}

/** Columns of a journal for `toJournal`, from `journals j`. */
export const JOURNAL_COLUMNS = `j.tenant_id, j.id, j.kind, j.account_id, j.operation, j.reference, j.fingerprint, j.currency,
  j.amount_minor, j.fee_minor, j.tax_minor, (extract(epoch from j.posted_at) * 1000)::bigint as posted_at_ms,
  (extract(epoch from j.business_at) * 1000)::bigint as business_at_ms, j.description, j.metadata, j.service_version_id,
  j.reversal_of, j.hold_id, j.actor, j.request_id`;

export interface JournalRow {
  tenant_id: string;
  id: string;
  kind: string;
  account_id: string;
  operation: string;
  reference: string | null;
  fingerprint: string;
  currency: string;
  amount_minor: string;
  fee_minor: string;
  tax_minor: string;
  posted_at_ms: string;
  business_at_ms: string | null;
  description: string | null;
  metadata: string | null;
  service_version_id: string | null;
  reversal_of: string | null;
  hold_id: string | null;
  actor: string;
  request_id: string;
}

export function toJournal(row: JournalRow): Journal {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    kind: row.kind as JournalKind,
    accountId: row.account_id,
    operation: row.operation,
    reference: row.reference,
    fingerprint: row.fingerprint,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    feeMinor: BigInt(row.fee_minor),
    taxMinor: BigInt(row.tax_minor),
    postedAtMs: Number(row.posted_at_ms),
    businessAtMs: row.business_at_ms === null ? null : Number(row.business_at_ms),
    description: row.description,
    metadata: row.metadata,
    serviceVersionId: row.service_version_id,
    reversalOf: row.reversal_of,
    holdId: row.hold_id,
    origin: { actor: row.actor, requestId: row.request_id },
  };
}

/** Columns of an entry for `toEntry`, from `entries e`. */
export const ENTRY_COLUMNS = `e.tenant_id, e.account_id, e.sequence, e.journal_id, e.leg, e.kind, e.amount_minor,
  e.balance_after_minor, encode(e.hash, 'hex') as hash`;

export interface EntryRow {
  tenant_id: string;
  account_id: string;
  sequence: string;
  journal_id: string;
  leg: number;
  kind: string;
  amount_minor: string;
  balance_after_minor: string;
  hash: string;
}

export function toEntry(row: EntryRow): Entry {
  return {
    tenantId: row.tenant_id,
    accountId: row.account_id,
    sequence: Number(row.sequence),
    journalId: row.journal_id,
    leg: row.leg,
    kind: row.kind as JournalKind,
    amountMinor: BigInt(row.amount_minor),
    balanceAfterMinor: BigInt(row.balance_after_minor),
    hash: row.hash,
  };
}

export interface LotUseRow {
  account_id: string;
  sequence: string;
  lot_id: string;
  use: string;
  amount_minor: string;
}

export function toLotUse(row: LotUseRow): LotUse {
  return {
    accountId: row.account_id,
    sequence: Number(row.sequence),
    lotId: row.lot_id,
    use: row.use as LotUse['use'],
    amountMinor: BigInt(row.amount_minor),
  };
}
