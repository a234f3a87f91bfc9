import type { FailureCode } from '@/contracts/channels';
import { minorOf, observe, phoneDigits } from '../answers';
import { fieldsOf, type Json, type JsonFields, listOf, textOf } from '../json';
import type { Observation } from '../provider';
import { instantOfTimestamp } from './password';

/** Result codes of M-Pesa Express, in the callback as numbers and in the query as strings (Daraja portal, "M-Pesa Express"). */
const RESULTS: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ['1', 'insufficient_funds'],
  ['2', 'amount_invalid'],
  ['3', 'amount_invalid'],
  ['4', 'limit_reached'],
  ['8', 'limit_reached'],
  ['17', 'provider_error'],
  ['26', 'provider_unavailable'],
  ['1001', 'busy'],
  ['1019', 'expired'],
  ['1025', 'provider_error'],
  ['1032', 'cancelled'],
  ['1037', 'unreachable'],
  ['2001', 'wrong_pin'],
  ['9999', 'provider_error'],
]);
const STILL_PROCESSING = '4999';

/** Outcome of a query's answer. It says neither amount nor receipt; and its no never outweighs a callback's yes. */
export function observationOfQuery(fields: JsonFields, raw: string): Observation {
  return observationOfResult(fields, { raw, source: 'status' });
}

/** Outcome of `Body.stkCallback`. A success without its amount proves nothing. */
export function observationOfCallback(stkCallback: JsonFields, raw: string): Observation {
  const items = itemsOf(fieldsOf(stkCallback['CallbackMetadata'])['Item']);
  const amountMinor = minorOf(textOf(items.get('Amount')), 'KES');
  const observation = observationOfResult(stkCallback, {
    raw,
    source: 'callback',
    amountMinor,
    currency: amountMinor === null ? null : 'KES',
    receipt: textOf(items.get('MpesaReceiptNumber')),
    phone: phoneDigits(textOf(items.get('PhoneNumber'))),
    occurredAtMs: instantOfTimestamp(textOf(items.get('TransactionDate'))),
  });
  if (observation.outcome !== 'succeeded' || (amountMinor !== null && observation.receipt !== null)) return observation;
  return { ...observation, outcome: 'unknown', message: 'Paid, but without a readable amount and receipt.' };
}

function observationOfResult(
  fields: JsonFields,
  known: Pick<Observation, 'raw' | 'source'> & Partial<Observation>,
): Observation {
  const result = textOf(fields['ResultCode']);
  const said = {
    ...known,
    providerCode: result,
    message: textOf(fields['ResultDesc']),
    providerReference: textOf(fields['CheckoutRequestID']),
  };
  if (result === '0') return observe({ ...said, outcome: 'succeeded' });
  if (result === STILL_PROCESSING) return observe({ ...said, outcome: 'pending' });
  const code = result === null ? undefined : RESULTS.get(result);
  return code === undefined ? observe({ ...said, outcome: 'unknown' }) : observe({ ...said, outcome: 'failed', code });
}

function itemsOf(json: Json | undefined): ReadonlyMap<string, Json | undefined> {
  return new Map(
    listOf(json).map((item) => {
      const fields = fieldsOf(item);
      return [textOf(fields['Name']) ?? '', fields['Value']] as const;
    }),
  );
}

/** `{ requestId, errorCode, errorMessage }`, what Daraja refuses with. */
export interface DarajaError {
  readonly code: string | null;
  readonly message: string;
}

export function errorOf(json: Json | undefined): DarajaError {
  const fields = fieldsOf(json);
  return { code: textOf(fields['errorCode']), message: textOf(fields['errorMessage']) ?? '' };
}

const TOKEN_ERRORS = new Set(['404.001.03', '404.001.04', '400.002.01', '400.003.01', '401.002.01', '401.003.01']);

/** The gateway refused the token; nothing was done. */
export function isTokenError(error: DarajaError): boolean {
  return error.code !== null && TOKEN_ERRORS.has(error.code);
}

/** Too many requests, refused by the gateway before M-Pesa saw them. */
const THROTTLED = new Set(['500.003.02', '500.003.03']);

/** One code for three things: only its words tell them apart. */
const OVERLOADED = '500.001.1001';

export function isStillProcessing({ code, message }: DarajaError): boolean {
  return code === OVERLOADED && /being processed|under processing/i.test(message);
}

/** What a push was refused for, for certain; null where it may have gone out all the same. */
export function refusalOf({ code, message }: DarajaError): { code: FailureCode; retryable: boolean } | null {
  if (code === null) return null;
  if (code === '400.002.02' || code === '400.002.05') return { code: badField(message), retryable: false };
  if (THROTTLED.has(code)) return { code: 'provider_unavailable', retryable: true };
  if (code === OVERLOADED && /wrong credentials|merchant does not exist/i.test(message)) {
    return { code: 'configuration_error', retryable: false };
  }
  if (code === OVERLOADED && /unable to lock subscriber/i.test(message)) return { code: 'busy', retryable: false };
  return null;
}

function badField(message: string): FailureCode {
  if (/phone|partya/i.test(message)) return 'payer_not_found';
  return /amount/i.test(message) ? 'amount_invalid' : 'configuration_error';
}
