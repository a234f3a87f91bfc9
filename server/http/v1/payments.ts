import { parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  cancelPaymentBody,
  listPaymentsQuery,
  type PaymentObject,
  paymentDetailSchema,
  paymentListSchema,
  paymentParams,
  paymentReportQuery,
  paymentReportSchema,
  paymentStatusSchema,
  receivedPaymentSchema,
  receivePaymentBody,
  refreshedPaymentSchema,
  refreshPaymentBody,
  resolvePaymentBody,
  sendCodeBody,
  sentCodeSchema,
  verifiedCodeSchema,
  verifyCodeBody,
} from '@/contracts/payments';
import type { Reply } from '@/server/kernel/context';
import { cancelPayment } from '@/server/payments/cancel';
import { initiatePayment } from '@/server/payments/initiate';
import { legacyTime } from '@/server/payments/legacy-callback';
import { listPayments } from '@/server/payments/list-payments';
import { sendCode, verifyCode } from '@/server/payments/one-time-code';
import { payerPhone } from '@/server/payments/payer-route';
import { paymentObject } from '@/server/payments/payment-object';
import { readPayment } from '@/server/payments/read';
import { refreshPayment } from '@/server/payments/refresh';
import { readPaymentReport } from '@/server/payments/report';
import { resolvePayment } from '@/server/payments/resolve';
import { readPaymentStory } from '@/server/payments/story';
import { requireUrl } from '@/server/webhooks/require-url';
import { defineOperation } from '../operation';
import { afterInteger, metadataText, walletIdOf } from './arguments';
import {
  refuseIfDeclined,
  renderListedPayment,
  renderPaymentStory,
  renderReceived,
  renderStatus,
} from './render-payment';
import { PAYMENT_REPORT, renderPaymentReport } from './render-payment-report';

const tag = 'Payments';

const RECEIVED = {
  success: true,
  message: 'Transaction pending. Expect callback request for final state',
  responseCode: '0001',
  data: {
    id: 'pay_09f84e20a283942e807128e8c21d08d6',
    reference: '3jL2KlUy3vt21',
    status: 'PROCESSING',
    amount: 80,
    currency: 'GHS',
    phone: '233200000000',
    provider: 'TELECEL',
    description: 'Union Dues',
    createdAt: '2026-06-06T12:00:00Z',
    feeBearer: 'client',
    netAmount: 75,
    amountCharged: 80,
  },
};

const PAID = {
  message: 'Successful',
  responseCode: '0000',
  data: {
    date: '2026-06-06T12:00:44Z',
    status: 'Paid',
    transactionId: '09f84e20a283942e807128e8c21d08d6',
    externalTransactionId: '2116938399',
    paymentMethod: 'mobilemoney',
    clientReference: '3jL2KlUy3vt21',
    currencyCode: 'GHS',
    amount: 80,
    charges: 5,
    amountAfterCharges: 75,
    isFulfilled: true,
    feeBearer: 'client',
    netAmount: 75,
    amountCharged: 80,
    paymentStatus: 'succeeded',
    isFinal: true,
    failureCode: null,
  },
};

export const PAYMENT: PaymentObject = {
  id: 'pay_09f84e20a283942e807128e8c21d08d6',
  object: 'payment',
  reference: '3jL2KlUy3vt21',
  status: 'succeeded',
  is_final: true,
  amount: 80,
  fee: 5,
  tax: 0,
  fee_bearer: 'client',
  amount_charged: 80,
  net_amount: 75,
  amount_refunded: 0,
  currency: 'GHS',
  channel: 'TELECEL',
  country: 'GH',
  provider: 'hubtel',
  phone: '233200000000',
  customer_id: null,
  wallet_id: null,
  topup_id: null,
  transaction_id: 'txn_a1b2c3',
  description: 'Union Dues',
  metadata: { clientReference: '3jL2KlUy3vt21' },
  failure_code: null,
  provider_reference: '81af6f4e7fb1457bbd5e1ae2fa5a2e10',
  receipt: '2116938399',
  prompt_expires_at: '2026-06-06T12:05:00Z',
  paid_at: '2026-06-06T12:00:44Z',
  created_at: '2026-06-06T12:00:00Z',
  livemode: false,
};

const receive = defineOperation({
  operationId: 'receivePayment',
  method: 'post',
  path: '/v1/payments/receive',
  tag,
  summary: 'Receive a payment',
  description:
    'Prompts a payer on the phone. The answer says that they were asked; whether they paid comes by callback, by event, and from the status check. A repeated `metadata.clientReference` repeats the first answer and prompts nobody.',
  scope: 'mobilemoney-receive-direct',
  body: receivePaymentBody,
  requestExample: {
    amount: 80,
    currency: 'GHS',
    phone: '233200000000',
    provider: 'TELECEL',
    description: 'Union Dues',
    metadata: { clientReference: '3jL2KlUy3vt21' },
  },
  responses: { 200: { description: 'The payer is being asked.', schema: receivedPaymentSchema, example: RECEIVED } },
  errors: [
    'resource_missing',
    'address_not_allowed',
    'payer_not_allowed',
    'channel_unsupported',
    'currency_mismatch',
    'reference_conflict',
    'wallet_closed',
    'wallet_inactive',
    'service_inactive',
    'service_type_not_allowed',
    'amount_below_minimum',
    'amount_above_maximum',
    'cap_exceeded',
    'prompt_limit_reached',
    'payment_declined',
    'provider_unavailable',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: async (ctx, { body }) => {
    const reference = body.metadata?.['clientReference'];
    const initiated = await initiatePayment(ctx, {
      channel: body.provider,
      currency: body.currency,
      amountMinor: BigInt(body.amount),
      phone: body.phone,
      customerId: body.customerId ?? null,
      walletId: body.walletId === undefined ? null : walletIdOf(body.walletId),
      topUpId: null,
      description: body.description,
      reference: typeof reference === 'string' ? reference : null,
      metadata: metadataText(body.metadata),
      callbackUrl: body.callbackUrl === undefined ? null : requireUrl(ctx, body.callbackUrl, 'callbackUrl'),
      otpToken: body.otpToken ?? null,
    });
    refuseIfDeclined(initiated);
    return initiated;
  },
  render: (initiated) => ({ status: 200, body: renderReceived(initiated) }),
});

const status = defineOperation({
  operationId: 'getPaymentStatus',
  method: 'get',
  path: '/v1/payments/{reference}',
  tag,
  summary: 'Check a payment’s status',
  description:
    'By your reference, by the `pay_` id, or by the id without `pay_`. `responseCode` says whether the query worked; `status` whether you have the money.',
  scope: 'payments:read',
  params: paymentParams,
  responses: { 200: { description: 'The payment as it stands.', schema: paymentStatusSchema, example: PAID } },
  errors: [],
  verb: (ctx, { params }) => readPayment(ctx, params.reference),
  render: (payment) => ({ status: 200, body: renderStatus(payment) }),
});

const LISTED = { ...PAYMENT, client_code: 'MARk3J9sQa', customer_name: null };

const details = defineOperation({
  operationId: 'getPaymentDetails',
  method: 'get',
  path: '/v1/payments/{reference}/details',
  tag,
  summary: 'Retrieve a payment',
  description:
    'Everything about it: who moved it when, whose time it took, every message over the wire with secrets masked, and why its money was believed. The operator’s people find any client’s by its `pay_` id without `Pesewa-Client`.',
  scope: 'payments:read',
  params: paymentParams,
  responses: {
    200: {
      description: 'The payment.',
      schema: paymentDetailSchema,
      example: {
        ...LISTED,
        requested_at: '2026-06-06T12:00:00.311Z',
        started_by: { type: 'api_key', id: 'key_a1b2c3' },
        journal_id: 'jnl_a1b2c3',
        provider_account: 'hubtel',
        failure_message: null,
        asks: 0,
        next_ask_at: null,
        believed: ['callback_url_secret', 'amount_agrees', 'provider_confirmed'],
        stages: [
          {
            stage: 'waiting',
            whose: 'customer',
            from: '2026-06-06T12:00:01.120Z',
            to: '2026-06-06T12:00:43.870Z',
            duration_ms: 42_750,
          },
        ],
        timeline: [
          {
            at: '2026-06-06T12:00:44.120Z',
            kind: 'transition',
            from: 'pending',
            to: 'succeeded',
            cause: 'provider_said_paid',
            source: 'status',
            actor: 'job:payments',
            outcome: null,
            provider_code: null,
            note: null,
            raw: null,
          },
        ],
        messages: [
          {
            direction: 'sent',
            operation: 'initiate',
            at: '2026-06-06T12:00:00.320Z',
            duration_ms: 800,
            method: 'POST',
            url: 'https://provider.example/requests',
            status: 200,
            request: '{"Amount":0.8}',
            answer: '{"ResponseCode":"0001"}',
            note: null,
          },
        ],
      },
    },
  },
  errors: [],
  verb: (ctx, { params }) => readPaymentStory(ctx, params.reference),
  render: (story) => ({ status: 200, body: renderPaymentStory(story) }),
});

const list = defineOperation({
  operationId: 'listPayments',
  method: 'get',
  path: '/v1/payments',
  tag,
  summary: 'List payments',
  description:
    'Newest first; filters hold together. `status=in_reconciliation` is the queue of payments that need a person. The operator’s people see those of every client without `Pesewa-Client`.',
  scope: 'payments:read',
  query: listPaymentsQuery,
  responses: {
    200: {
      description: 'A page of payments.',
      schema: paymentListSchema,
      example: { object: 'list', data: [LISTED], has_more: false, next_cursor: null },
    },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => ({
    payments: await listPayments(
      ctx,
      {
        state: query.status,
        channel: query.channel,
        provider: query.provider,
        customerId: query.customer_id,
        walletId: query.wallet_id === undefined ? undefined : (parseId('wallet', query.wallet_id) ?? '0'),
        topUpId: query.topup_id === undefined ? undefined : (parseId('topup', query.topup_id) ?? '0'),
        phone: query.phone === undefined ? undefined : payerPhone(query.phone).digits,
        search: query.search,
        fromMs: query.from,
        toMs: query.to,
      },
      { limit: query.limit, afterId: afterInteger(query.after) },
    ),
    limit: query.limit,
  }),
  render: ({ payments, limit }) => ({
    status: 200,
    body: listOf(payments, limit, renderListedPayment, (last) => [last.payment.id]),
  }),
});

const report = defineOperation({
  operationId: 'getPaymentReport',
  method: 'get',
  path: '/v1/reports/payments',
  tag: 'Reports',
  summary: 'Payments in a period',
  description:
    'What became of the payments made in a period: how many stand where, by channel, currency and day, and the share that was paid. The operator’s people get every client’s together without `Pesewa-Client`.',
  scope: 'payments:read',
  query: paymentReportQuery,
  responses: {
    200: { description: 'The report.', schema: paymentReportSchema, example: PAYMENT_REPORT },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => ({
    report: await readPaymentReport(ctx, {
      fromMs: query.from ?? null,
      toMs: query.to ?? null,
      currency: query.currency ?? null,
    }),
    livemode: ctx.principal.mode === 'live',
  }),
  render: ({ report: made, livemode }) => ({ status: 200, body: renderPaymentReport(made, livemode) }),
});

const refresh = defineOperation({
  operationId: 'refreshPayment',
  method: 'post',
  path: '/v1/payments/{reference}/refresh',
  tag,
  summary: 'Ask the provider now',
  description:
    'Asks how the payment stands instead of waiting for the next question of the schedule, and takes the answer in as any other. Within four seconds of another question it is given as it stands. The operator’s people ask about any client’s by its `pay_` id without `Pesewa-Client`.',
  scope: 'payments:write',
  params: paymentParams,
  body: refreshPaymentBody,
  responses: {
    200: {
      description: 'The payment as it stands.',
      schema: refreshedPaymentSchema,
      example: { ...PAYMENT, asked: true },
    },
  },
  errors: ['provider_unavailable', 'ledger_busy', 'outcome_unknown'],
  verb: (ctx, { params }) => refreshPayment(ctx, params.reference),
  render: ({ payment, wasAsked }) => ({ status: 200, body: { ...paymentObject(payment), asked: wasAsked } }),
});

const cancel = defineOperation({
  operationId: 'cancelPayment',
  method: 'post',
  path: '/v1/payments/{reference}/cancel',
  tag,
  summary: 'Cancel a payment',
  description:
    'Ends a payment that nobody was asked for yet. Once a prompt is on a phone none of the providers behind this release has a way to withdraw it: MTN MoMo, M-Pesa in Kenya and Tanzania, Hubtel and Paystack let it end there or by its own time, and the answer is a 409 that says until when it stands.',
  scope: 'payments:write',
  params: paymentParams,
  body: cancelPaymentBody,
  responses: { 200: { description: 'The payment as it stands.', schema: paymentStatusSchema, example: PAID } },
  errors: ['payment_not_open'],
  verb: (ctx, { params }) => cancelPayment(ctx, params.reference),
  render: (payment) => ({ status: 200, body: renderStatus(payment) }),
});

const resolve = defineOperation({
  operationId: 'resolvePayment',
  method: 'post',
  path: '/v1/payments/{reference}/resolve',
  tag,
  summary: 'Resolve a payment',
  description:
    'For the operator’s people, with `Pesewa-Client`: says of a payment whose truth no provider tells whether it was paid, and why they know. The reason is kept in the audit log.',
  scope: 'payments:write',
  operatorOnly: true,
  params: paymentParams,
  body: resolvePaymentBody,
  requestExample: { verdict: 'paid', receipt: '2116938399', reason: 'On the provider’s statement of 6 June' },
  responses: { 200: { description: 'The payment as it stands.', schema: paymentStatusSchema, example: PAID } },
  errors: ['payment_not_in_reconciliation', 'wallet_inactive', 'currency_mismatch', 'ledger_busy', 'outcome_unknown'],
  verb: (ctx, { params, body }) =>
    resolvePayment(ctx, {
      payment: params.reference,
      verdict: body.verdict,
      receipt: body.receipt ?? null,
      reason: body.reason,
    }),
  render: (payment) => ({ status: 200, body: renderStatus(payment) }),
});

const otp = defineOperation({
  operationId: 'sendPaymentCode',
  method: 'post',
  path: '/v1/payments/otp',
  tag,
  summary: 'Send a one-time code',
  description:
    'Sends six digits to the payer’s phone, valid for ten minutes and five tries. In test mode, where nothing sends messages, the answer has the code.',
  scope: 'mobilemoney-receive-direct',
  body: sendCodeBody,
  requestExample: { phone: '233200000000' },
  responses: {
    200: {
      description: 'The code is on its way.',
      schema: sentCodeSchema,
      example: {
        success: true,
        message: 'A code was sent',
        responseCode: '0000',
        data: { phone: '233200000000', expiresAt: '2026-06-06T12:10:00Z' },
      },
    },
  },
  errors: ['prompt_limit_reached', 'code_not_sendable', 'address_not_allowed'],
  verb: (ctx, { body }) => sendCode(ctx, { phone: body.phone }),
  render: ({ phone, expiresAtMs, code }) => ({
    status: 200,
    body: {
      success: true,
      message: 'A code was sent',
      responseCode: '0000',
      data: { phone, expiresAt: legacyTime(expiresAtMs), ...(code !== null && { code }) },
    },
  }),
});

const verify = defineOperation({
  operationId: 'verifyPaymentCode',
  method: 'post',
  path: '/v1/payments/otp/verify',
  tag,
  summary: 'Verify a one-time code',
  description: 'Exchanges the code for the `otpToken` of one receive request with this phone, within 15 minutes.',
  scope: 'mobilemoney-receive-direct',
  body: verifyCodeBody,
  secretFields: ['code'],
  requestExample: { phone: '233200000000', code: '482913' },
  responses: {
    200: {
      description: 'The token.',
      schema: verifiedCodeSchema,
      example: {
        success: true,
        message: 'The phone is verified',
        responseCode: '0000',
        data: { phone: '233200000000', otpToken: 'otp_s3cr3t', expiresAt: '2026-06-06T12:15:00Z' },
      },
    },
  },
  errors: ['code_wrong', 'code_expired'],
  verb: (ctx, { body }) => verifyCode(ctx, { phone: body.phone, code: body.code }),
  render: ({ phone, token, expiresAtMs }) =>
    verifiedReply({ phone, otpToken: token, expiresAt: legacyTime(expiresAtMs) }),
  // Shown once means once.
  renderStored: ({ phone, expiresAtMs }) => verifiedReply({ phone, expiresAt: legacyTime(expiresAtMs) }),
});

function verifiedReply(data: {
  readonly phone: string;
  readonly otpToken?: string;
  readonly expiresAt: string;
}): Reply {
  return { status: 200, body: { success: true, message: 'The phone is verified', responseCode: '0000', data } };
}

export const paymentOperations = [receive, status, details, list, report, refresh, cancel, resolve, otp, verify];
