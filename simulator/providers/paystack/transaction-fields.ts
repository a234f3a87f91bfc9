import type { Charge, View } from '../../charges';
import type { Failure } from '../../plan';
import { type Authorization, authorizationFields } from './cards';
import { customerFields, feesOf, iso } from './common';

/** What only Paystack knows of a charge. */
export interface Details {
  readonly transactionId: number;
  readonly email: string;
  channel: 'card' | 'bank_transfer' | 'mobile_money';
  readonly metadata: unknown;
  readonly accessCode: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly channels: readonly string[];
  authorization: Authorization | null;
  /** The last attempt on the card page; the transaction itself stays open for another. */
  declined: string | null;
  account: BankAccount | null;
  otp: 'none' | 'wanted' | 'given';
  wrongOtps: number;
  refundedMinor: bigint;
}

export interface BankAccount {
  readonly number: string;
  readonly name: string;
  readonly bank: string;
  readonly expiresAt: number;
}

export function detailsOf(charge: Charge): Details {
  return charge.details as unknown as Details;
}

const GATEWAY: Readonly<Record<Failure, string>> = {
  wrong_pin: 'Incorrect PIN',
  insufficient_funds: 'Insufficient Funds',
  decline: 'Declined',
  expire: 'The transaction timed out',
  unreachable: 'The transaction timed out',
  busy: 'Transaction in progress',
  limit_reached: 'Exceeds Withdrawal Limit',
  payer_not_found: 'Invalid account',
  payer_not_allowed: 'Transaction not permitted to customer',
  payee_not_allowed: 'Transaction not permitted to merchant',
  not_allowed: 'Transaction not permitted',
  wrong_environment: 'Transaction failed',
  wrong_callback_host: 'Transaction failed',
  wrong_currency: 'Transaction failed',
  internal_error: 'Transaction failed',
  unavailable: 'Issuer or switch inoperative',
  not_performed: 'Transaction failed',
};

/** A page that nobody has used is `abandoned`; a prompt, an OTP or an account that waits is `ongoing` or `pending`. */
export function statusOf(charge: Charge, view: View): string {
  if (view.state === 'paid') return 'success';
  if (view.state === 'reversed') return 'reversed';
  if (view.state === 'failed') return 'failed';
  const details = detailsOf(charge);
  if (details.accessCode !== null) return details.declined === null ? 'abandoned' : 'failed';
  return details.channel === 'mobile_money' ? 'ongoing' : 'pending';
}

export function gatewayResponse(charge: Charge, view: View): string {
  const details = detailsOf(charge);
  if (view.state === 'paid' || view.state === 'reversed') return details.channel === 'card' ? 'Successful' : 'Approved';
  if (view.state === 'failed') return view.code ?? GATEWAY[view.failure ?? 'internal_error'];
  return details.declined ?? 'The transaction was not completed';
}

/** A transaction as verify and webhooks have it. */
export function transactionFields(charge: Charge, view: View): Record<string, unknown> {
  const details = detailsOf(charge);
  const isPaid = view.state === 'paid' || view.state === 'reversed';
  const paidAt = isPaid && view.settledAt !== null ? iso(view.settledAt) : null;
  return {
    id: details.transactionId,
    domain: 'test',
    status: statusOf(charge, view),
    reference: charge.reference,
    receipt_number: details.channel === 'mobile_money' ? view.receipt : null,
    amount: Number(view.amountMinor),
    message: view.state === 'failed' ? gatewayResponse(charge, view) : null,
    gateway_response: gatewayResponse(charge, view),
    paid_at: paidAt,
    paidAt,
    created_at: iso(charge.createdAt),
    createdAt: iso(charge.createdAt),
    channel: details.channel,
    currency: view.currency,
    ip_address: '127.0.0.1',
    metadata: details.metadata ?? '',
    log: null,
    fees: isPaid ? feesOf(view.amountMinor) : null,
    fees_split: null,
    authorization: authorizationOf(charge, view),
    customer: customerFields(details.email),
    plan: null,
    split: {},
    order_id: null,
    requested_amount: Number(charge.amountMinor),
    pos_transaction_data: null,
    source: null,
    fees_breakdown: null,
    transaction_date: iso(charge.createdAt),
  };
}

function authorizationOf(charge: Charge, view: View): Record<string, unknown> {
  const details = detailsOf(charge);
  if (details.authorization !== null) return authorizationFields(details.authorization);
  if (details.channel === 'card') return {};
  const last4 =
    details.channel === 'mobile_money' ? (view.phone ?? '').slice(-4) : (details.account?.number ?? '').slice(-4);
  return {
    authorization_code: `AUTH_${String(details.transactionId)}`,
    bin: `${(view.phone ?? '000').slice(0, 3)}XXX`,
    last4: details.channel === 'mobile_money' ? `X${last4.slice(1)}` : last4,
    exp_month: '12',
    exp_year: '9999',
    channel: details.channel,
    card_type: '',
    bank: details.account?.bank ?? '',
    country_code: 'GH',
    brand: details.channel === 'mobile_money' ? 'Mobile money' : 'Managed Account',
    reusable: false,
    signature: null,
    account_name: null,
    mobile_money_number: details.channel === 'mobile_money' ? view.phone : undefined,
  };
}
