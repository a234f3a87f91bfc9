import type { z } from '@hono/zod-openapi';
import { formatId } from '@/contracts/ids';
import type {
  CollectionPolicyObject,
  listedPaymentSchema,
  paymentDetailSchema,
  paymentStatusSchema,
  receivedPaymentSchema,
} from '@/contracts/payments';
import { actorOf } from '@/server/audit/names';
import { Problem } from '@/server/kernel/problem';
import type { Initiated } from '@/server/payments/initiate';
import { legacyTime } from '@/server/payments/legacy-callback';
import type { ListedPayment } from '@/server/payments/list-payments';
import { paymentObject } from '@/server/payments/payment-object';
import type { CollectionPolicy } from '@/server/payments/policy';
import type { PaymentStory } from '@/server/payments/story';
import type { PaymentView } from '@/server/payments/types';

type Received = z.output<typeof receivedPaymentSchema>;
type Status = z.output<typeof paymentStatusSchema>;
type Detail = z.output<typeof paymentDetailSchema>;
type Listed = z.output<typeof listedPaymentSchema>;

/** Spec decision 18: what a reader would otherwise have to guess. */
function figures(payment: PaymentView) {
  return {
    feeBearer: payment.feeBearer,
    netAmount: Number(payment.netMinor),
    amountCharged: Number(payment.chargedMinor),
  };
}

/** The document's immediate answer, and beside it the figures of decision 18. */
export function renderReceived({ payment }: Initiated): Received {
  const { nextStep } = payment;
  return {
    success: true,
    message: 'Transaction pending. Expect callback request for final state',
    responseCode: '0001',
    data: {
      id: payment.publicId,
      reference: payment.reference,
      status: 'PROCESSING',
      amount: Number(payment.amountMinor),
      currency: payment.currency,
      phone: payment.phone,
      provider: payment.channel,
      description: payment.description,
      createdAt: legacyTime(payment.createdAtMs),
      ...figures(payment),
      ...(nextStep !== null && nextStep.kind !== 'prompt' && { nextStep: nextStep.kind }),
    },
  };
}

const METHODS = { CARD: 'card', BANK: 'bank' } as const;

/** The document's status check: `0000` says that the query succeeded, `status` whether there is money (decision 17). */
export function renderStatus(payment: PaymentView): Status {
  const status = statusOf(payment);
  const hasCome = status !== 'Unpaid';
  return {
    message: 'Successful',
    responseCode: '0000',
    data: {
      date: legacyTime(hasCome ? (payment.paidAtMs ?? payment.updatedAtMs) : payment.createdAtMs),
      status,
      transactionId: payment.publicId.slice('pay_'.length),
      externalTransactionId: hasCome ? (payment.receipt ?? payment.providerReference) : null,
      paymentMethod:
        payment.channel === 'CARD' || payment.channel === 'BANK' ? METHODS[payment.channel] : 'mobilemoney',
      clientReference: payment.reference,
      currencyCode: payment.currency,
      amount: Number(payment.amountMinor),
      charges: hasCome ? Number(payment.feeMinor + payment.taxMinor) : 0,
      amountAfterCharges: Number(hasCome ? payment.netMinor : payment.amountMinor),
      isFulfilled: hasCome ? true : null,
      ...figures(payment),
      paymentStatus: payment.state,
      isFinal: payment.isFinal,
      failureCode: payment.failureCode,
    },
  };
}

function statusOf({ state }: PaymentView): 'Paid' | 'Unpaid' | 'Refunded' {
  if (state === 'succeeded' || state === 'partially_refunded') return 'Paid';
  return state === 'refunded' || state === 'reversed' ? 'Refunded' : 'Unpaid';
}

/** A provider that refused at once: the caller hears it now. The payment stays, and says the same under its reference. */
export function refuseIfDeclined({ payment }: Initiated): void {
  if (payment.state !== 'failed' || !payment.wasDeclinedAtOnce) return;
  const code = payment.failureCode ?? 'declined';
  const details = { failure_code: code, payment_id: payment.publicId };
  if (code === 'payer_not_allowed' || code === 'payer_not_found') {
    throw new Problem('payer_not_allowed', 'The network lets this phone pay nothing.', { param: 'phone', details });
  }
  throw new Problem('payment_declined', `The gateway declined the payment: ${code}.`, { details });
}

const at = (ms: number): string => new Date(ms).toISOString();

export function renderListedPayment({ payment, clientCode, customerName }: ListedPayment): Listed {
  return { ...paymentObject(payment), client_code: clientCode, customer_name: customerName };
}

export function renderPaymentStory(story: PaymentStory): Detail {
  const { payment } = story;
  return {
    ...renderListedPayment(story),
    requested_at: at(payment.createdAtMs),
    started_by: actorOf(payment.actor),
    journal_id: payment.journalId === null ? null : formatId('journal', payment.journalId),
    provider_account: payment.providerAccount,
    failure_message: payment.failureMessage,
    asks: payment.polls,
    next_ask_at: payment.nextPollAtMs === null ? null : at(payment.nextPollAtMs),
    believed: [...story.believed],
    stages: story.stages.map(({ stage, whose, fromMs, toMs }) => ({
      stage,
      whose,
      from: at(fromMs),
      to: toMs === null ? null : at(toMs),
      duration_ms: toMs === null ? null : toMs - fromMs,
    })),
    timeline: story.timeline.map(({ atMs, providerCode, ...line }) => ({
      ...line,
      at: at(atMs),
      provider_code: providerCode,
    })),
    messages: story.messages.map(({ atMs, durationMs, ...message }) => ({
      ...message,
      at: at(atMs),
      duration_ms: durationMs,
    })),
  };
}

export function renderCollectionPolicy(policy: CollectionPolicy): CollectionPolicyObject {
  return {
    object: 'collection_policy',
    phone_policy: policy.phonePolicy,
    client_service_code: policy.serviceCode,
    callback_url: policy.callbackUrl,
    prompts_per_phone_hour: policy.promptsPerPhoneHour,
    prompts_per_phone_day: policy.promptsPerPhoneDay,
    prompts_per_day: policy.promptsPerDay,
    livemode: policy.livemode,
  };
}
