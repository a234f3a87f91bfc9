import type { FailureCode } from '@/contracts/channels';
import { instantOf, minorOf, observe } from '../answers';
import { fieldsOf, type JsonFields, textOf } from '../json';
import type { Observation } from '../provider';

/** Hubtel's answers are in cedis; they name no currency, or GHS. */
const CURRENCY = 'GHS';

/**
 * Response codes of Direct Receive Money (the document kept as xtopay-direct-receive-money.txt has the same table) and the
 * networks' own of hubtel.readme.io/reference/response-codes. 0005 is left out: "the transaction state is not known".
 */
const FAILURES: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ['2001', 'declined'],
  ['2050', 'insufficient_funds'],
  ['2051', 'payer_not_found'],
  ['2100', 'unreachable'],
  ['2101', 'wrong_pin'],
  ['2102', 'insufficient_funds'],
  ['2103', 'payer_not_found'],
  ['2152', 'payer_not_found'],
  ['2153', 'limit_reached'],
  ['2154', 'limit_reached'],
  ['2201', 'payer_not_found'],
  ['4000', 'configuration_error'],
  ['4070', 'not_allowed'],
  ['4101', 'configuration_error'],
  ['4103', 'payer_not_allowed'],
]);

/** 2001 stands for many things; its description says which. The first that matches counts. */
const DESCRIPTIONS: readonly (readonly [RegExp, FailureCode])[] = [
  [/\bpin\b/i, 'wrong_pin'],
  [/insufficient|not enough|low balance/i, 'insufficient_funds'],
  [/cancel|reject/i, 'cancelled'],
  [/time(?:d)?[ -]?out|expired/i, 'expired'],
  [/limit/i, 'limit_reached'],
  [/not registered|invalid (?:msisdn|number|customer)/i, 'payer_not_found'],
];

export function failureOf(responseCode: string | null, description: string): FailureCode | null {
  const code = responseCode === null ? undefined : FAILURES.get(responseCode);
  if (code === undefined) return null;
  if (responseCode === '4000') {
    if (/msisdn|phone/i.test(description)) return 'payer_not_found';
    return /amount/i.test(description) ? 'amount_invalid' : code;
  }
  if (responseCode !== '2001') return code;
  return DESCRIPTIONS.find(([pattern]) => pattern.test(description))?.[1] ?? code;
}

/** The PascalCase envelope of the receive call's answer and of the callback. */
export function observationOfEnvelope(
  envelope: JsonFields,
  source: 'initiation' | 'callback',
  raw: string,
): Observation {
  const data = fieldsOf(envelope['Data']);
  const responseCode = textOf(envelope['ResponseCode']);
  const description = textOf(data['Description']) ?? textOf(envelope['Message']) ?? '';
  const amountMinor = minorOf(textOf(data['Amount']), CURRENCY);
  const known = {
    providerCode: responseCode,
    message: description,
    providerReference: textOf(data['TransactionId']),
    receipt: textOf(data['ExternalTransactionId']),
    amountMinor,
    currency: amountMinor === null ? null : CURRENCY,
    providerFeeMinor: minorOf(textOf(data['Charges']), CURRENCY),
    occurredAtMs: instantOf(textOf(data['PaymentDate'])),
    raw,
    source,
  };
  if (responseCode === '0001') return observe({ ...known, outcome: 'pending' });
  if (responseCode === '0000') {
    if (amountMinor !== null) return observe({ ...known, outcome: 'succeeded' });
    return observe({ ...known, outcome: 'unknown', message: 'Paid, but not readable how much.' });
  }
  const code = failureOf(responseCode, description);
  return code === null ? observe({ ...known, outcome: 'unknown' }) : observe({ ...known, outcome: 'failed', code });
}

/**
 * `data` of the status answer. `Unpaid` stands for waiting and for failed alike, so it is pending here: what became of it
 * the callback says, or time.
 */
export function observationOfStatus(data: JsonFields, reference: string, raw: string): Observation {
  const status = textOf(data['status']);
  const amountMinor = minorOf(textOf(data['amount']), CURRENCY);
  const known = {
    providerCode: status,
    providerReference: textOf(data['transactionId']),
    receipt: textOf(data['externalTransactionId']),
    amountMinor,
    currency: amountMinor === null ? null : CURRENCY,
    providerFeeMinor: minorOf(textOf(data['charges']), CURRENCY),
    occurredAtMs: instantOf(textOf(data['date'])),
    raw,
    source: 'status' as const,
  };
  const isAboutUs = textOf(data['clientReference']) === reference;
  const isCedis = [null, CURRENCY].includes(textOf(data['currencyCode']));
  if (!isAboutUs || !isCedis) {
    const message = isAboutUs ? 'The answer is in another currency.' : 'The answer is about another request.';
    return observe({ ...known, outcome: 'unknown', message, amountMinor: null, currency: null });
  }
  if (status === 'Unpaid') return observe({ ...known, outcome: 'pending' });
  if (status === 'Refunded') return observe({ ...known, outcome: 'failed', code: 'provider_error', isReversed: true });
  if (status === 'Paid' && amountMinor !== null) return observe({ ...known, outcome: 'succeeded' });
  return observe({ ...known, outcome: 'unknown' });
}
