import type { Channel } from '@/contracts/channels';
import { sqlMs } from '@/server/kernel/sql-time';
import type { NextStep, ProviderName } from '@/server/providers/provider';
import type { PaymentFailure, PaymentState, PaymentView } from './types';

/** A payment as stored, with what only the machinery needs. */
export interface Payment extends PaymentView {
  readonly tenantId: string;
  readonly mode: 'live' | 'test';
  readonly publicHex: string;
  readonly fingerprint: string;
  readonly providerAccount: string;
  readonly attemptReference: string;
  readonly serviceVersionId: string | null;
  readonly payer: { readonly name: string | null; readonly email: string | null };
  readonly returnUrl: string | null;
  readonly callbackUrl: string | null;
  readonly initiatedAtMs: number | null;
  readonly nextPollAtMs: number | null;
  readonly polls: number;
  readonly leaseNumber: string;
  /** Who asked for it, as journals name actors. */
  readonly actor: string;
  /** The database's clock when the row was read. */
  readonly asOfMs: number;
}

export interface PaymentRow {
  tenant_id: string;
  id: string;
  mode: 'live' | 'test';
  public_hex: string;
  reference: string;
  fingerprint: string;
  state: PaymentState;
  channel: Channel;
  country: string;
  currency: string;
  amount_minor: string;
  fee_minor: string;
  tax_minor: string;
  fee_bearer: 'client' | 'customer';
  service_version_id: string | null;
  refunded_minor: string;
  provider: ProviderName;
  provider_account: string;
  attempt_reference: string;
  provider_reference: string | null;
  receipt: string | null;
  phone: string | null;
  payer_name: string | null;
  payer_email: string | null;
  customer_id: string | null;
  wallet_id: string | null;
  top_up_id: string | null;
  description: string;
  metadata: string | null;
  return_url: string | null;
  callback_url: string | null;
  failure_code: PaymentFailure | null;
  failure_message: string | null;
  journal_id: string | null;
  next_step: string | null;
  prompt_expires_at_ms: string | null;
  created_at_ms: string;
  updated_at_ms: string;
  initiated_at_ms: string | null;
  paid_at_ms: string | null;
  next_poll_at_ms: string | null;
  polls: number;
  lease_number: string;
  actor: string;
  as_of_ms: string;
}

/** Of `payments p join tenants t`, for `toPayment`. */
export const PAYMENT_COLUMNS = `p.tenant_id, p.id, t.mode, p.public_hex, p.reference, p.fingerprint, p.state, p.channel, p.country,
  p.currency, p.amount_minor, p.fee_minor, p.tax_minor, p.fee_bearer, p.service_version_id, p.refunded_minor, p.provider,
  p.provider_account, p.attempt_reference, p.provider_reference, p.receipt, p.phone, p.payer_name, p.payer_email, p.customer_id, p.wallet_id,
  p.top_up_id, p.description, p.metadata, p.return_url, p.callback_url, p.failure_code, p.failure_message, p.journal_id,
  p.next_step, ${sqlMs('p.prompt_expires_at')} as prompt_expires_at_ms, ${sqlMs('p.created_at')} as created_at_ms,
  ${sqlMs('p.updated_at')} as updated_at_ms, ${sqlMs('p.initiated_at')} as initiated_at_ms,
  ${sqlMs('p.paid_at')} as paid_at_ms, ${sqlMs('p.next_poll_at')} as next_poll_at_ms, p.polls, p.lease_number, p.actor,
  ${sqlMs('clock_timestamp()')} as as_of_ms`;

export const PAYMENTS = 'payments p join tenants t on t.id = p.tenant_id';

const OPEN: ReadonlySet<PaymentState> = new Set(['created', 'submitting', 'pending', 'in_reconciliation']);

export function isOpen(state: PaymentState): boolean {
  return OPEN.has(state);
}

/** What the payer pays. */
export function chargedOf(amountMinor: bigint, chargesMinor: bigint, feeBearer: 'client' | 'customer'): bigint {
  return feeBearer === 'customer' ? amountMinor + chargesMinor : amountMinor;
}

export function netOf(amountMinor: bigint, chargesMinor: bigint, feeBearer: 'client' | 'customer'): bigint {
  return feeBearer === 'customer' ? amountMinor : amountMinor - chargesMinor;
}

export function toPayment(row: PaymentRow): Payment {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  const amountMinor = BigInt(row.amount_minor);
  const feeMinor = BigInt(row.fee_minor);
  const taxMinor = BigInt(row.tax_minor);
  const chargesMinor = feeMinor + taxMinor;
  return {
    tenantId: row.tenant_id,
    id: row.id,
    mode: row.mode,
    livemode: row.mode === 'live',
    publicId: `pay_${row.public_hex}`,
    publicHex: row.public_hex,
    reference: row.reference,
    fingerprint: row.fingerprint,
    state: row.state,
    purpose: row.wallet_id === null ? 'collections' : 'wallet',
    channel: row.channel,
    country: row.country,
    currency: row.currency,
    amountMinor,
    feeMinor,
    taxMinor,
    feeBearer: row.fee_bearer,
    chargedMinor: chargedOf(amountMinor, chargesMinor, row.fee_bearer),
    netMinor: netOf(amountMinor, chargesMinor, row.fee_bearer),
    serviceVersionId: row.service_version_id,
    refundedMinor: BigInt(row.refunded_minor),
    provider: row.provider,
    providerAccount: row.provider_account,
    attemptReference: row.attempt_reference,
    providerReference: row.provider_reference,
    receipt: row.receipt,
    phone: row.phone,
    payer: { name: row.payer_name, email: row.payer_email },
    customerId: row.customer_id,
    walletId: row.wallet_id,
    topUpId: row.top_up_id,
    description: row.description,
    metadata: row.metadata,
    returnUrl: row.return_url,
    callbackUrl: row.callback_url,
    failureCode: row.failure_code,
    failureMessage: row.failure_message,
    journalId: row.journal_id,
    nextStep: row.next_step === null || !isOpen(row.state) ? null : (JSON.parse(row.next_step) as NextStep),
    promptExpiresAtMs: ms(row.prompt_expires_at_ms),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    initiatedAtMs: ms(row.initiated_at_ms),
    paidAtMs: ms(row.paid_at_ms),
    nextPollAtMs: ms(row.next_poll_at_ms),
    polls: row.polls,
    leaseNumber: row.lease_number,
    actor: row.actor,
    asOfMs: Number(row.as_of_ms),
    // An expiry is our reading until the day is over: the provider is still asked.
    isFinal: !isOpen(row.state) && row.next_poll_at_ms === null,
    wasDeclinedAtOnce: row.state === 'failed' && row.initiated_at_ms === null,
  };
}
