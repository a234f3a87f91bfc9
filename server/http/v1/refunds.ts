import { listOf } from '@/contracts/lists';
import {
  createRefundBody,
  listRefundsQuery,
  type RefundObject,
  refundDetailSchema,
  refundListSchema,
  refundParams,
  refundSchema,
  resolveRefundBody,
} from '@/contracts/refunds';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { findPayment, paymentNotFound } from '@/server/payments/read';
import { createRefund } from '@/server/refunds/create-refund';
import { type RefundDetail, readRefund, readRefunds } from '@/server/refunds/read';
import { refundObject } from '@/server/refunds/refund-object';
import type { SubjectName } from '@/server/refunds/refundable';
import { resolveRefund } from '@/server/refunds/resolve-refund';
import { defineOperation } from '../operation';
import { afterInteger, refundIdOf, topUpIdOf, walletIdOf } from './arguments';
import { listExample } from './examples';
import { HELD } from './held';

const tag = 'Refunds';

export const REFUND: RefundObject = {
  id: 'rfd_a1b2c3',
  object: 'refund',
  reference: 'refund_2231',
  status: 'succeeded',
  method: 'provider',
  source: 'wallet',
  amount: 5000,
  currency: 'GHS',
  payment_id: 'pay_09f84e20a283942e807128e8c21d08d6',
  topup_id: 'top_a1b2c3',
  wallet_id: 'wal_a1b2c3',
  reason: 'Paid twice by mistake',
  way: 'refund',
  provider: 'paystack',
  destination: null,
  provider_reference: '3018284',
  receipt: '3018284',
  failure_code: null,
  transaction_id: 'txn_a1b2c3',
  return_transaction_id: null,
  submitted_at: '2026-05-24T10:00:01Z',
  ended_at: '2026-05-24T10:00:09Z',
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:09Z',
  livemode: false,
};

const createRefundOperation = defineOperation({
  operationId: 'createRefund',
  method: 'post',
  path: '/v1/refunds',
  tag,
  summary: 'Create a refund',
  description:
    'Gives a payment or top-up back, whole or in part, or pays out what a closed wallet left due. The money is taken out of the books first, so nobody can spend it meanwhile; when the provider fails, it comes back. What becomes of it comes by event and from `GET /v1/refunds/{id}`. A payment goes back to who paid it: through its own provider, or as a payout to the phone where that cannot refund. Fees are not given back.',
  scope: 'payments:write',
  body: createRefundBody,
  requestExample: {
    payment: 'pay_09f84e20a283942e807128e8c21d08d6',
    amount: 5000,
    method: 'provider',
    reason: 'Paid twice by mistake',
    reference: 'refund_2231',
  },
  responses: { 201: { description: 'The refund as it stands.', schema: refundSchema, example: REFUND }, 202: HELD },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'payment_not_refundable',
    'wallet_not_closed',
    'refund_exceeds_paid',
    'refund_method_unavailable',
    'insufficient_funds',
    'wallet_frozen',
    'wallet_inactive',
    'wallet_closed',
    'amount_below_minimum',
    'amount_above_maximum',
    'reference_conflict',
    'idempotency_in_progress',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { body }) =>
    createRefund(ctx, {
      subject: subjectOf(body),
      amountMinor: body.amount === undefined ? null : BigInt(body.amount),
      method: body.method,
      destination: body.destination ?? null,
      reason: body.reason,
      reference: body.reference,
    }),
  render: ({ refund }) => ({ status: 201, body: refundObject(refund) }),
});

/** One of the three, and no more: which of two was meant would be a guess. */
function subjectOf(body: {
  readonly payment?: string | undefined;
  readonly topup_id?: string | undefined;
  readonly wallet_id?: string | undefined;
}): SubjectName {
  const { payment, topup_id: topUp, wallet_id: wallet } = body;
  const given = [payment, topUp, wallet].filter((name) => name !== undefined).length;
  const rule = 'Send one of `payment`, `topup_id` and `wallet_id`';
  if (given > 1) throw new Problem('parameter_invalid', `${rule}, not ${given}.`, { param: 'payment' });
  if (payment !== undefined) return { kind: 'payment', payment };
  if (topUp !== undefined) return { kind: 'top_up', topUpId: topUpIdOf(topUp) };
  if (wallet !== undefined) return { kind: 'wallet', walletId: walletIdOf(wallet) };
  throw new Problem('parameter_missing', `${rule}: what is given back.`, { param: 'payment' });
}

const listRefunds = defineOperation({
  operationId: 'listRefunds',
  method: 'get',
  path: '/v1/refunds',
  tag,
  summary: 'List refunds',
  description: 'Newest first. `status=in_reconciliation` is the queue of refunds that need a person.',
  scope: 'payments:read',
  query: listRefundsQuery,
  responses: { 200: { description: 'A page of refunds.', schema: refundListSchema, example: listExample(REFUND) } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => ({
    refunds: await readRefunds(
      ctx,
      {
        state: query.status,
        method: query.method,
        paymentId: query.payment === undefined ? undefined : await paymentIdOf(ctx, query.payment),
        topUpId: query.topup_id === undefined ? undefined : topUpIdOf(query.topup_id),
        walletId: query.wallet_id === undefined ? undefined : walletIdOf(query.wallet_id),
      },
      { limit: query.limit, afterId: afterInteger(query.after) },
    ),
    limit: query.limit,
  }),
  render: ({ refunds, limit }) => ({
    status: 200,
    body: listOf(refunds, limit, refundObject, (last) => [last.id]),
  }),
});

async function paymentIdOf(ctx: Context, named: string): Promise<string> {
  const payment = await findPayment(ctx, named);
  if (payment === null) throw paymentNotFound();
  return payment.id;
}

const getRefund = defineOperation({
  operationId: 'getRefund',
  method: 'get',
  path: '/v1/refunds/{id}',
  tag,
  summary: 'Retrieve a refund',
  description: 'As it stands, with its history: who moved it when, and what its provider said, secrets masked.',
  scope: 'payments:read',
  params: refundParams,
  responses: {
    200: {
      description: 'The refund.',
      schema: refundDetailSchema,
      example: {
        ...REFUND,
        timeline: [
          {
            at: '2026-05-24T10:00:09.120Z',
            kind: 'transition',
            from: 'submitted',
            to: 'succeeded',
            cause: 'provider_said_paid',
            source: 'status',
            actor: 'job:refunds',
            note: null,
            raw: null,
          },
        ],
      },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readRefund(ctx, refundIdOf(params.id)),
  render: (refund) => ({ status: 200, body: { ...refundObject(refund), timeline: timelineOf(refund) } }),
});

function timelineOf({ timeline }: RefundDetail) {
  return timeline.map(({ atMs, ...step }) => ({ at: new Date(atMs).toISOString(), ...step }));
}

const resolveRefundOperation = defineOperation({
  operationId: 'resolveRefund',
  method: 'post',
  path: '/v1/refunds/{id}/resolve',
  tag,
  summary: 'Resolve a refund',
  description:
    'For the operator’s people: says of a refund whose truth no provider tells whether the payee was paid, and why they know. When nobody was, the money goes back to where it was taken from.',
  scope: 'payments:write',
  operatorOnly: true,
  params: refundParams,
  body: resolveRefundBody,
  requestExample: { verdict: 'paid', receipt: '3018284', reason: 'On the provider’s statement of 24 May' },
  responses: { 200: { description: 'The refund as it stands.', schema: refundSchema, example: REFUND } },
  errors: ['resource_missing', 'parameter_missing', 'parameter_invalid', 'refund_not_in_reconciliation'],
  verb: (ctx, { params, body }) =>
    resolveRefund(ctx, {
      refundId: refundIdOf(params.id),
      verdict: body.verdict,
      receipt: body.receipt ?? null,
      reason: body.reason,
    }),
  render: (refund) => ({ status: 200, body: refundObject(refund) }),
});

export const refundOperations = [createRefundOperation, listRefunds, getRefund, resolveRefundOperation];
