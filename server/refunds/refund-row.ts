import type { Channel } from '@/contracts/channels';
import { formatId } from '@/contracts/ids';
import type { RefundMethod, RefundSource, RefundStatus, RefundWay } from '@/contracts/refunds';
import { sqlMs } from '@/server/kernel/sql-time';
import type { ProviderName } from '@/server/providers/provider';

export type RefundState = RefundStatus;

/** How a provider is to give it back; null for what was paid outside. */
export interface RefundRoute {
  readonly way: RefundWay;
  readonly provider: ProviderName;
  /** Which of the provider's accounts: where it was sent is where it is asked about. */
  readonly providerAccount: string;
  readonly attemptReference: string;
  readonly channel: Channel;
  readonly country: string;
  /** Of a payout. */
  readonly phone: string | null;
  readonly payeeName: string | null;
}

/** A refund as stored. Amounts are minor units of `currency`. */
export interface Refund {
  readonly tenantId: string;
  readonly mode: 'live' | 'test';
  /** The stored 63-bit id, decimal text. */
  readonly id: string;
  /** `rfd_…`: what its journals name it by. */
  readonly publicId: string;
  readonly reference: string;
  readonly fingerprint: string;
  readonly state: RefundState;
  readonly method: RefundMethod;
  readonly source: RefundSource;
  readonly paymentId: string | null;
  readonly paymentPublicId: string | null;
  readonly topUpId: string | null;
  readonly walletId: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly route: RefundRoute | null;
  readonly providerReference: string | null;
  readonly receipt: string | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  /** The journal that took the money; null until the books have. */
  readonly journalId: string | null;
  readonly returnJournalId: string | null;
  readonly returnedTo: RefundSource | null;
  readonly isKept: boolean;
  /** Who asked for it, as journals and the audit log name them. */
  readonly origin: {
    readonly actor: string;
    readonly requestId: string;
    readonly credential: string | null;
    readonly address: string | null;
  };
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly submittedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly nextPollAtMs: number | null;
  readonly polls: number;
  readonly leaseNumber: string;
}

export interface RefundRow {
  tenant_id: string;
  mode: 'live' | 'test';
  id: string;
  reference: string;
  fingerprint: string;
  state: RefundState;
  method: RefundMethod;
  source: RefundSource;
  payment_id: string | null;
  payment_hex: string | null;
  top_up_id: string | null;
  wallet_id: string | null;
  currency: string;
  amount_minor: string;
  reason: string;
  way: RefundWay | null;
  provider: ProviderName | null;
  provider_account: string | null;
  attempt_reference: string | null;
  channel: Channel | null;
  country: string | null;
  phone: string | null;
  payee_name: string | null;
  provider_reference: string | null;
  receipt: string | null;
  failure_code: string | null;
  failure_message: string | null;
  journal_id: string | null;
  return_journal_id: string | null;
  returned_to: RefundSource | null;
  is_kept: boolean;
  actor: string;
  request_id: string;
  credential: string | null;
  address: string | null;
  created_at_ms: string;
  updated_at_ms: string;
  submitted_at_ms: string | null;
  ended_at_ms: string | null;
  next_poll_at_ms: string | null;
  polls: number;
  lease_number: string;
}

/** Of `REFUNDS`, for `toRefund`. */
export const REFUND_COLUMNS = `r.tenant_id, t.mode, r.id, r.reference, r.fingerprint, r.state, r.method, r.source, r.payment_id,
  p.public_hex as payment_hex, r.top_up_id, r.wallet_id, r.currency, r.amount_minor, r.reason, r.way, r.provider,
  r.provider_account, r.attempt_reference, r.channel, r.country, r.phone, r.payee_name, r.provider_reference, r.receipt,
  r.failure_code, r.failure_message, r.journal_id, r.return_journal_id, r.returned_to, r.is_kept, r.actor, r.request_id,
  r.credential, r.address, ${sqlMs('r.created_at')} as created_at_ms, ${sqlMs('r.updated_at')} as updated_at_ms,
  ${sqlMs('r.submitted_at')} as submitted_at_ms, ${sqlMs('r.ended_at')} as ended_at_ms,
  ${sqlMs('r.next_poll_at')} as next_poll_at_ms, r.polls, r.lease_number`;

export const REFUNDS = `refunds r join tenants t on t.id = r.tenant_id
  left join payments p on p.tenant_id = r.tenant_id and p.id = r.payment_id`;

export function toRefund(row: RefundRow): Refund {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    tenantId: row.tenant_id,
    mode: row.mode,
    id: row.id,
    publicId: formatId('refund', row.id),
    reference: row.reference,
    fingerprint: row.fingerprint,
    state: row.state,
    method: row.method,
    source: row.source,
    paymentId: row.payment_id,
    paymentPublicId: row.payment_hex === null ? null : `pay_${row.payment_hex}`,
    topUpId: row.top_up_id,
    walletId: row.wallet_id,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    reason: row.reason,
    route: routeOf(row),
    providerReference: row.provider_reference,
    receipt: row.receipt,
    failureCode: row.failure_code,
    failureMessage: row.failure_message,
    journalId: row.journal_id,
    returnJournalId: row.return_journal_id,
    returnedTo: row.returned_to,
    isKept: row.is_kept,
    origin: { actor: row.actor, requestId: row.request_id, credential: row.credential, address: row.address },
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    submittedAtMs: ms(row.submitted_at_ms),
    endedAtMs: ms(row.ended_at_ms),
    nextPollAtMs: ms(row.next_poll_at_ms),
    polls: row.polls,
    leaseNumber: row.lease_number,
  };
}

function routeOf(row: RefundRow): RefundRoute | null {
  const { way, provider, channel, country } = row;
  const providerAccount = row.provider_account;
  const attemptReference = row.attempt_reference;
  if (way === null || provider === null || channel === null || country === null) return null;
  if (providerAccount === null || attemptReference === null) return null;
  const payee = { phone: row.phone, payeeName: row.payee_name };
  return { way, provider, providerAccount, attemptReference, channel, country, ...payee };
}
