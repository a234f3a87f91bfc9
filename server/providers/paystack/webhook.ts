import { createHmac, timingSafeEqual } from 'node:crypto';
import { bodyOf, ignored, requestTokenOf } from '../answers';
import { fieldsOf, isFields, type JsonFields, readJson, textOf } from '../json';
import type { Callback, CallbackRequest } from '../provider';
import { observationOfMovement, observationOfTransaction } from './codes';

const REFUND_EVENTS = new Set([
  'refund.pending',
  'refund.processing',
  'refund.processed',
  'refund.failed',
  'refund.needs-attention',
]);
const TRANSFER_EVENTS = new Set(['transfer.success', 'transfer.failed', 'transfer.reversed']);

/**
 * An event of Paystack's, signed with the merchant's secret key: `x-paystack-signature` is the HMAC-SHA512 of the body as it
 * came (paystack.com/docs/payments/webhooks; shapes from github.com/PaystackOSS/doc-code-snippets).
 */
export function parseWebhook(request: CallbackRequest, secretKey: string, mask: (text: string) => string): Callback {
  if (!isSigned(request, secretKey)) return { kind: 'forged', reason: 'x-paystack-signature does not fit the body' };
  const text = bodyOf(request);
  const json = readJson(text);
  const event = textOf(fieldsOf(json)['event']) ?? '';
  const data = fieldsOf(json)['data'];
  if (!isFields(data)) return ignored(request, 'no event');
  return callbackOf(event, data, request, mask(text)) ?? ignored(request, `event ${event}`.slice(0, 100));
}

function callbackOf(event: string, data: JsonFields, request: CallbackRequest, raw: string): Callback | null {
  const found = {
    kind: 'observation',
    token: requestTokenOf(request),
    providerReference: null,
    acknowledgement: null,
  } as const;
  if (event === 'charge.success' || event === 'charge.failed') {
    const observation = observationOfTransaction(data, 'callback', raw);
    return { ...found, subject: 'payment', observation, reference: textOf(data['reference']) };
  }
  if (event === 'charge.dispute.resolve') {
    const transaction = fieldsOf(data['transaction']);
    const observation = observationOfTransaction(transaction, 'callback', raw);
    // A dispute that the merchant won leaves the transaction as it was: nothing to tell.
    if (!observation.isReversed) return null;
    return { ...found, subject: 'payment', observation, reference: textOf(transaction['reference']) };
  }
  if (REFUND_EVENTS.has(event)) {
    const id = textOf(data['id']);
    const observation = observationOfMovement(data, id, 'callback', raw);
    // Named by the payment's reference: the event says the refund's own id only at times.
    const reference = textOf(data['transaction_reference']);
    return { ...found, subject: 'refund', observation, reference, providerReference: id };
  }
  if (TRANSFER_EVENTS.has(event)) {
    const code = textOf(data['transfer_code']);
    const observation = observationOfMovement(data, code, 'callback', raw);
    return { ...found, subject: 'payout', observation, reference: textOf(data['reference']), providerReference: code };
  }
  return null;
}

function isSigned(request: CallbackRequest, secretKey: string): boolean {
  const sent = request.headers['x-paystack-signature'] ?? '';
  if (!/^[0-9a-f]{128}$/i.test(sent)) return false;
  const expected = createHmac('sha512', secretKey).update(request.rawBody).digest();
  return timingSafeEqual(Buffer.from(sent, 'hex'), expected);
}
