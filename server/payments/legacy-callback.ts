import type { Channel } from '@/contracts/channels';
import type { Payment } from './payment-row';
import type { PaymentFailure } from './types';

/** The PascalCase body of the source document, field for field and in its order. */
export interface LegacyCallback {
  readonly ResponseCode: '0000' | '2001';
  readonly Message: 'success' | 'failed';
  readonly Data: {
    readonly Amount: number;
    readonly Charges: number;
    readonly AmountAfterCharges: number;
    readonly Description: string;
    readonly ClientReference: string;
    readonly TransactionId: string;
    readonly ExternalTransactionId: string | null;
    readonly AmountCharged: number;
    readonly OrderId: string;
    readonly PaymentDate: string;
  };
}

/** How the document names each channel to people. */
const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  MTN: 'MTN Mobile Money',
  TELECEL: 'Telecel Cash',
  AIRTELTIGO: 'AT Money',
  MPESA: 'M-Pesa',
  CARD: 'card',
  BANK: 'bank transfer',
};

const FAILURES: Partial<Record<PaymentFailure, string>> = {
  insufficient_funds: 'Insufficient funds in the wallet',
  wrong_pin: 'User entered wrong PIN',
  cancelled: 'User cancelled the request',
  canceled_by_request: 'The request was withdrawn',
  expired: 'User did not approve in time',
  unreachable: 'The phone could not be reached',
  busy: 'Another request is open on the phone',
  limit_reached: 'The wallet has reached a limit',
  payer_not_found: 'The number has no mobile money account',
  payer_not_allowed: 'The account is not allowed to transact on this channel',
  declined: 'The payment was declined',
};

/**
 * The callback of a payment that has ended. Both bearers read right: the customer's pays the charges on top (the document's
 * own sample), the client's has them taken off (spec decision 18).
 */
export function callbackOf(payment: Payment): LegacyCallback {
  const isPaid = payment.state !== 'failed' && payment.state !== 'canceled' && payment.state !== 'expired';
  return {
    ResponseCode: isPaid ? '0000' : '2001',
    Message: isPaid ? 'success' : 'failed',
    Data: {
      Amount: Number(payment.amountMinor),
      Charges: Number(payment.feeMinor + payment.taxMinor),
      AmountAfterCharges: Number(payment.netMinor),
      Description: isPaid
        ? `The ${CHANNEL_NAMES[payment.channel]} payment has been approved and processed successfully`
        : `FAILED: ${failureText(payment)}`,
      ClientReference: payment.reference,
      TransactionId: payment.publicHex,
      ExternalTransactionId: payment.receipt ?? payment.providerReference,
      AmountCharged: Number(payment.chargedMinor),
      OrderId: payment.publicHex,
      PaymentDate: legacyTime(payment.paidAtMs ?? payment.updatedAtMs),
    },
  };
}

/** Why, for people, in the document's manner. */
export function failureText({ failureCode }: Pick<Payment, 'failureCode'>): string {
  return (failureCode === null ? undefined : FAILURES[failureCode]) ?? 'The payment could not be completed';
}

/** Whole seconds, as every time of this family. */
export function legacyTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
