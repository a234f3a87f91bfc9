import { z } from 'zod';
import { accountTransactionSchema } from './api-v1-transactions';
import { approvalSchema } from './approvals';
import { autoTopUpEventShape, autoTopUpSchema } from './auto-top-ups';
import { clientServiceSchema } from './client-services';
import { clientSchema } from './clients';
import { idMeta, livemodeMeta, minorMeta, pathIdMeta, timeMeta } from './field-meta';
import { holdSchema } from './holds';
import { listQueryShape, listSchema } from './lists';
import { paymentSchema } from './payments';
import { refundSchema } from './refunds';
import { topUpSchema } from './top-ups';
import { transactionSchema, transferSchema } from './transactions';
import { dayOrInstant, walletSchema } from './wallets';
import { webhookEndpointSchema } from './webhook-endpoint';

const sequence = z.int().meta({
  description:
    'The wallet’s sequence when it happened. Of one wallet’s events the one with the higher sequence is the later; deliveries may overtake each other.',
  example: 42,
});

const ofWallet = walletSchema.extend({ sequence }).meta({ id: 'WalletEventData' });
const ofExpiringCredit = ofWallet
  .extend({
    expiring_credit: z
      .object({
        lot_id: z.string().meta(idMeta('lot', 'The credit.')),
        amount: z.int().meta(minorMeta('What may still be spent of it.', 400)),
        expires_at: z.string().meta(timeMeta('It may be spent until just before this time.', '2026-05-31T00:00:00Z')),
      })
      .meta({ description: 'The credit that expires soon.' }),
  })
  .meta({ id: 'ExpiringCreditEventData' });
const ofTransaction = transactionSchema.extend({ sequence }).meta({ id: 'TransactionEventData' });
const ofHold = holdSchema.extend({ sequence }).meta({ id: 'HoldEventData' });
/** Between two wallets in the words of `/v1`; where another account has part in it, in those of `/api/v1`. */
const ofTransfer = z
  .union([transferSchema.extend({ sequence }), accountTransactionSchema.extend({ sequence })])
  .meta({ id: 'TransferEventData' });
const ofReversal = z
  .union([transactionSchema.extend({ sequence }), accountTransactionSchema.extend({ sequence })])
  .meta({ id: 'ReversalEventData' });
/** Without the checkout’s address, which is a secret. */
const ofTopUp = topUpSchema.extend({ sequence }).meta({ id: 'TopUpEventData' });
/** The rule, and what it did or did not do. */
const ofAutoTopUp = autoTopUpSchema.extend({ ...autoTopUpEventShape, sequence }).meta({ id: 'AutoTopUpEventData' });
/** A payment that is for no wallet has no sequence. */
const ofPayment = paymentSchema.extend({ sequence: sequence.optional() }).meta({ id: 'PaymentEventData' });
/** As anybody of the client sees it: whether you may decide is not in it. */
const ofApproval = approvalSchema
  .omit({ decidable: true, cancelable: true, state: true })
  .meta({ id: 'ApprovalEventData' });
/** One of the client’s own collections has no sequence. */
const ofRefund = refundSchema.extend({ sequence: sequence.optional() }).meta({ id: 'RefundEventData' });

interface EventDefinition {
  readonly summary: string;
  readonly data: z.ZodType;
  /** False while nothing in this release sends it: the name is kept for it. */
  readonly isSent: boolean;
}

const sent = (data: z.ZodType, summary: string): EventDefinition => ({ data, summary, isSent: true });

/** The catalogue: every type of event, when it is sent, and the schema of its `data`. The docs page and the tests read this. */
export const EVENTS = {
  'wallet.created': sent(ofWallet, 'A wallet was opened.'),
  'wallet.updated': sent(ofWallet, 'Metadata, limits or a status without a name of its own changed.'),
  'wallet.frozen': sent(ofWallet, 'No money goes out any more.'),
  'wallet.unfrozen': sent(ofWallet, 'Money may go out again.'),
  'wallet.closed': sent(ofWallet, 'A wallet was closed for good; `refund_due` is what is still owed.'),
  'wallet.credited': sent(ofTransaction, 'Money came in.'),
  'wallet.debited': sent(ofTransaction, 'Money was taken.'),
  'wallet.credit_expiring': sent(
    ofExpiringCredit,
    'Promotional credit expires within a week, or within a quarter of its life where that is less. Sent once of each credit.',
  ),
  'wallet.credit_expired': sent(ofTransaction, 'Promotional credit expired and was taken out of the balance.'),
  'wallet.balance_low': sent(ofWallet, 'What is available fell under the wallet’s threshold.'),
  'wallet.balance_recovered': sent(ofWallet, 'What is available rose to the wallet’s threshold again.'),
  'wallet.depleted': sent(ofWallet, 'The last of what was available was spent or set aside.'),
  'hold.created': sent(ofHold, 'Money was set aside.'),
  'hold.captured': sent(ofHold, 'Money set aside was taken, in whole or in part.'),
  'hold.voided': sent(ofHold, 'Money set aside was released.'),
  'hold.expired': sent(ofHold, 'A hold ended by its own time; its money is released.'),
  'topup.created': sent(ofTopUp, 'A top-up was started.'),
  'topup.succeeded': sent(ofTopUp, 'A top-up was paid and credited.'),
  'topup.failed': sent(ofTopUp, 'A try to pay a top-up came to nothing; another may follow while its link works.'),
  'topup.canceled': sent(ofTopUp, 'A top-up was canceled.'),
  'topup.expired': sent(ofTopUp, 'A top-up was not paid in time.'),
  'auto_topup.triggered': sent(ofAutoTopUp, 'An automatic top-up was started.'),
  'auto_topup.awaiting_approval': sent(ofAutoTopUp, 'An automatic top-up waits for the payer’s approval.'),
  'auto_topup.skipped': sent(ofAutoTopUp, 'An automatic top-up was due and a guard held it back.'),
  'auto_topup.failed': sent(ofAutoTopUp, 'An automatic top-up failed.'),
  'auto_topup.disabled': sent(ofAutoTopUp, 'An automatic top-up rule was switched off after failures in a row.'),
  'auto_topup.limit_reached': sent(ofAutoTopUp, 'An automatic top-up rule reached its limit for the period.'),
  'payment.processing': sent(ofPayment, 'A payment was sent to its provider.'),
  'payment.succeeded': sent(ofPayment, 'A payment was paid.'),
  'payment.failed': sent(ofPayment, 'A payment failed.'),
  'payment.canceled': sent(ofPayment, 'A payment was canceled.'),
  'payment.expired': sent(ofPayment, 'A payment was not approved in time.'),
  'payment.late_success': sent(ofPayment, 'A payment was paid after it had failed or expired.'),
  'payment.amount_mismatch': sent(ofPayment, 'A provider reports another amount than was asked for.'),
  'payment.reversed': sent(ofPayment, 'A provider took a payment back.'),
  'transfer.created': sent(ofTransfer, 'Money moved between two accounts.'),
  'reversal.created': sent(ofReversal, 'A transaction was undone as a whole.'),
  'refund.created': sent(ofRefund, 'A refund was started: its money is set aside.'),
  'refund.succeeded': sent(ofRefund, 'A refund was paid out.'),
  'refund.failed': sent(ofRefund, 'A refund failed, and its money is back where it was.'),
  'client.updated': sent(clientSchema, 'Your client’s profile or status changed.'),
  'service.version_created': sent(clientServiceSchema, 'A client service has new rules, in force or to come.'),
  'approval.requested': sent(ofApproval, 'Somebody’s action waits for a second person.'),
  'approval.approved': sent(ofApproval, 'A second person approved.'),
  'approval.rejected': sent(ofApproval, 'A second person refused.'),
  'webhook_endpoint.disabled': sent(
    webhookEndpointSchema,
    'An endpoint failed for five days or answered 410, and is sent nothing any more. Your other endpoints are told.',
  ),
  'webhook_endpoint.recovered': sent(
    webhookEndpointSchema,
    'An endpoint that had been disabled for failing took a delivery again.',
  ),
} as const satisfies Record<string, EventDefinition>;

export type EventType = keyof typeof EVENTS;
export const EVENT_TYPES = Object.keys(EVENTS) as [EventType, ...EventType[]];

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENTS, text);
}

export const eventTypeSchema = z.enum(EVENT_TYPES, 'must be a type of the event catalogue, /docs/events');

const envelopeShape = {
  id: z.string().meta(idMeta('evt', 'The event’s id; the same in `webhook-id`, on every delivery of it.')),
  type: z.string().meta({ description: 'What happened.', example: 'wallet.debited' }),
  timestamp: z.string().meta(timeMeta('When it happened, to the millisecond.', '2026-05-24T10:05:00.000Z')),
  livemode: z.boolean().meta(livemodeMeta),
};

export const eventSchema = z
  .object({
    ...envelopeShape,
    data: z.record(z.string(), z.unknown()).meta({
      description: 'The object it happened to, as the API shows it; its fields are in the event catalogue, by type.',
    }),
  })
  .meta({ id: 'Event', description: 'Something that happened, exactly as webhooks send it.' });

export type EventObject = z.output<typeof eventSchema>;

/** The whole of an event of one type, as it is sent. */
export function schemaOfEvent(type: EventType) {
  return z.strictObject({ ...envelopeShape, type: z.literal(type), data: EVENTS[type].data });
}

const DAY_MS = 86_400_000;

export const listEventsQuery = z.strictObject({
  type: eventTypeSchema.optional().meta({ description: 'Only events of this type.', example: 'wallet.debited' }),
  from: dayOrInstant
    .transform((value) => value.startMs)
    .optional()
    .meta({
      description: 'First day (`2026-05-01`, UTC) or first instant (ISO 8601 with its zone).',
      example: '2026-05-01',
    }),
  to: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS))
    .optional()
    .meta({
      description: 'Last day, included; or an instant, excluded. Same forms as `from`.',
      example: '2026-05-31',
    }),
  ...listQueryShape,
});

export const eventParams = z.strictObject({ id: z.string().meta(pathIdMeta('evt', 'event')) });

export const eventListSchema = listSchema(eventSchema).meta({ id: 'EventList' });
