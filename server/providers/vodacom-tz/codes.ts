import type { FailureCode } from '@/contracts/channels';
import { observe } from '../answers';
import { type JsonFields, textOf } from '../json';
import type { Observation } from '../provider';

export const ACCEPTED = 'INS-0';

/**
 * Response codes of C2B Single Stage as the portal's table gives them, and 2, 4 and 5 as other markets' do. INS-1 (internal error), INS-9 (timeout), INS-10
 * (duplicate) and INS-23 (unknown status) are left out: the payer may have paid.
 */
const FAILURES: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ['INS-2', 'configuration_error'],
  ['INS-4', 'payer_not_allowed'],
  ['INS-5', 'cancelled'],
  ['INS-6', 'declined'],
  ['INS-13', 'configuration_error'],
  ['INS-15', 'amount_invalid'],
  ['INS-17', 'configuration_error'],
  ['INS-20', 'configuration_error'],
  ['INS-21', 'configuration_error'],
  ['INS-26', 'currency_invalid'],
  ['INS-28', 'configuration_error'],
  ['INS-30', 'configuration_error'],
  ['INS-990', 'limit_reached'],
  ['INS-991', 'limit_reached'],
  ['INS-992', 'limit_reached'],
  ['INS-993', 'configuration_error'],
  ['INS-994', 'configuration_error'],
  ['INS-995', 'amount_invalid'],
  ['INS-996', 'provider_unavailable'],
  ['INS-997', 'configuration_error'],
  ['INS-998', 'configuration_error'],
  ['INS-2006', 'insufficient_funds'],
  ['INS-2051', 'payer_not_found'],
]);

/** @param description INS-996 is the API's hours in some markets and the customer's account in others */
export function failureOf(code: string | null, description: string | null = null): FailureCode | null {
  if (code === 'INS-996' && /customer/i.test(description ?? '')) return 'payer_not_allowed';
  return FAILURES.get(code ?? '') ?? null;
}

/** `output_ResponseTransactionStatus` of the status query. */
const STATUSES: ReadonlyMap<string, readonly [Observation['outcome'], FailureCode | null]> = new Map([
  ['completed', ['succeeded', null]],
  ['pending', ['pending', null]],
  ['initiated', ['pending', null]],
  ['submitted', ['pending', null]],
  ['authorized', ['pending', null]],
  ['failed', ['failed', 'declined']],
  ['declined', ['failed', 'declined']],
  ['cancelled', ['failed', 'cancelled']],
  ['expired', ['failed', 'expired']],
] as const);

/** The code of a query is about the query; the transaction's state is a field of its own. It says no amount. */
export function observationOfQuery(fields: JsonFields, raw: string): Observation {
  const status = textOf(fields['output_ResponseTransactionStatus']);
  const responseCode = textOf(fields['output_ResponseCode']);
  const isReversed =
    /^(?:true|yes)$/i.test(textOf(fields['output_Reversed']) ?? '') || fields['output_Reversed'] === true;
  const [outcome, code] = (responseCode === ACCEPTED && STATUSES.get(status?.toLowerCase() ?? '')) || ['unknown', null];
  const known = {
    providerCode: status ?? responseCode,
    message: textOf(fields['output_ResponseDesc']),
    providerReference: textOf(fields['output_ConversationID']),
    receipt: textOf(fields['output_OriginalTransactionID']) ?? textOf(fields['output_TransactionID']),
    raw,
    source: 'status' as const,
  };
  if (isReversed) return observe({ ...known, outcome: 'failed', code: 'provider_error', isReversed });
  return observe({ ...known, outcome, code });
}

/** What an asynchronous application's response URL is told. */
export function observationOfResult(fields: JsonFields, raw: string): Observation {
  const providerCode = textOf(fields['input_ResultCode']);
  const code = failureOf(providerCode, textOf(fields['input_ResultDesc']));
  const known = {
    providerCode,
    message: textOf(fields['input_ResultDesc']),
    providerReference: textOf(fields['input_OriginalConversationID']),
    receipt: textOf(fields['input_TransactionID']),
    raw,
    source: 'callback' as const,
  };
  if (providerCode === ACCEPTED) return observe({ ...known, outcome: 'succeeded' });
  return code === null ? observe({ ...known, outcome: 'unknown' }) : observe({ ...known, outcome: 'failed', code });
}
