import type { FailureCode } from '@/contracts/channels';
import { isCurrency } from '@/contracts/money';
import { minorOf, observe, phoneDigits } from '../answers';
import { fieldsOf, type Json, type JsonFields, textOf } from '../json';
import type { Observation } from '../provider';

/**
 * MTN's words for why, in ours ("Common Error Codes" and the sandbox use cases of momodeveloper.mtn.com).
 * INTERNAL_PROCESSING_ERROR means too little money most of the time, and the platform's own trouble at others: payers are
 * not told either.
 */
const REASONS: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ['NOT_ENOUGH_FUNDS', 'insufficient_funds'],
  ['PAYER_LIMIT_REACHED', 'limit_reached'],
  ['PAYER_NOT_FOUND', 'payer_not_found'],
  ['APPROVAL_REJECTED', 'cancelled'],
  ['EXPIRED', 'expired'],
  ['COULD_NOT_PERFORM_TRANSACTION', 'expired'],
  ['PAYEE_NOT_FOUND', 'configuration_error'],
  ['PAYEE_NOT_ALLOWED_TO_RECEIVE', 'configuration_error'],
  ['NOT_ALLOWED', 'not_allowed'],
  ['NOT_ALLOWED_TARGET_ENVIRONMENT', 'configuration_error'],
  ['INVALID_CURRENCY', 'currency_invalid'],
  ['INVALID_CALLBACK_URL_HOST', 'configuration_error'],
  ['SERVICE_UNAVAILABLE', 'provider_unavailable'],
  ['INTERNAL_PROCESSING_ERROR', 'provider_error'],
]);

/** Codes with which a request to pay is refused at once, so that no prompt exists. The two of MTN's own trouble are not. */
export const REFUSALS: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ...[...REASONS].filter(([code]) => code !== 'SERVICE_UNAVAILABLE' && code !== 'INTERNAL_PROCESSING_ERROR'),
  ['BAD_REQUEST', 'configuration_error'],
  ['REQUEST_REJECTED', 'configuration_error'],
]);

/**
 * A request to pay as GET and the callback tell it. `status` decides the outcome; `reason` says why, as a string or as
 * `{ code, message }`, and one that we do not know leaves a failure a failure.
 */
export function observationOfStatus(
  fields: JsonFields,
  source: Observation['source'],
  raw: string,
  providerReference: string | null,
): Observation {
  const status = textOf(fields['status']);
  const reason = reasonOf(fields['reason']);
  const currency = textOf(fields['currency']);
  const isKnownCurrency = currency !== null && isCurrency(currency);
  const amountMinor = isKnownCurrency ? minorOf(textOf(fields['amount']), currency) : null;
  const known = {
    providerCode: reason.code ?? status,
    message: reason.message ?? reason.code,
    providerReference,
    receipt: textOf(fields['financialTransactionId']),
    amountMinor,
    currency: isKnownCurrency ? currency : null,
    phone: phoneDigits(textOf(fieldsOf(fields['payer'])['partyId'])),
    raw,
    source,
  };
  if (status === 'PENDING') return observe({ ...known, outcome: 'pending' });
  if (status === 'FAILED') {
    return observe({ ...known, outcome: 'failed', code: REASONS.get(reason.code ?? '') ?? 'provider_error' });
  }
  if (status !== 'SUCCESSFUL') return observe({ ...known, outcome: 'unknown' });
  if (amountMinor === null)
    return observe({ ...known, outcome: 'unknown', message: 'Paid, but not readable how much.' });
  return observe({ ...known, outcome: 'succeeded' });
}

function reasonOf(json: Json | undefined): { code: string | null; message: string | null } {
  const text = textOf(json);
  if (text !== null) return { code: text, message: null };
  const fields = fieldsOf(json);
  return { code: textOf(fields['code']), message: textOf(fields['message']) };
}
