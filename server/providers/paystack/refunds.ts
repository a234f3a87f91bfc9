import { plainText, unknownObservation } from '../answers';
import { fieldsOf, listOf, textOf } from '../json';
import type { Call, Initiation, Observation, Refund } from '../provider';
import type { PaystackApi } from './api';
import { observationOfMovement } from './codes';

export async function startRefund(api: PaystackApi, refund: Refund, call: Call): Promise<Initiation> {
  const body = {
    transaction: refund.attempt.reference,
    amount: refund.amountMinor,
    currency: refund.attempt.currency,
    customer_note: plainText(refund.reason, 100),
    // A refund has no reference at Paystack; ours is found again in the note.
    merchant_note: refund.reference,
  };
  return api.movementStarted(await api.post('refund', '/refund', body, call), 'id');
}

/** By its id; by our note among the transaction's refunds where the answer was lost. */
export async function readRefund(api: PaystackApi, refund: Refund, call: Call): Promise<Observation> {
  const id = refund.providerReference;
  if (id !== null) {
    const result = await api.get('refund_status', `/refund/${encodeURIComponent(id)}`, call);
    const found = api.found(result, refund.startedAtMs);
    return found.data === null ? found.observation : observationOfMovement(found.data, id, 'status', found.raw);
  }
  if (refund.receipt === null)
    return unknownObservation('Neither refund nor transaction is known by its id.', 'status');
  const query = new URLSearchParams({ transaction: refund.receipt, perPage: '100' });
  const result = await api.get('refund_status', `/refund?${query}`, call);
  if (result.kind !== 'answered') return unknownObservation(result.reason, 'status');
  const raw = api.mask(result.text);
  const list = result.status === 200 ? listOf(fieldsOf(result.json)['data']) : [];
  const found = list.map(fieldsOf).find((one) => textOf(one['merchant_note']) === refund.reference);
  if (found === undefined) return unknownObservation('No refund with our note.', 'status', raw);
  return observationOfMovement(found, textOf(found['id']), 'status', raw);
}
