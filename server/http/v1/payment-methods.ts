import type { z } from 'zod';
import { listOf } from '@/contracts/lists';
import {
  createPaymentMethodBody,
  listPaymentMethodsQuery,
  paymentMethodListSchema,
  paymentMethodParams,
  paymentMethodSchema,
} from '@/contracts/payment-methods';
import { detachPaymentMethod } from '@/server/auto-top-ups/detach-payment-method';
import { readMethod, readMethods } from '@/server/auto-top-ups/read-methods';
import { renderMethod } from '@/server/auto-top-ups/render-method';
import { type SavePaymentMethodInput, savePaymentMethod } from '@/server/auto-top-ups/save-payment-method';
import { Problem } from '@/server/kernel/problem';
import { defineOperation } from '../operation';
import { afterInteger, paymentMethodIdOf } from './arguments';
import { listExample, PAYMENT_METHOD } from './examples';

const tag = 'Automatic top-ups';

const create = defineOperation({
  operationId: 'createPaymentMethod',
  method: 'post',
  path: '/v1/payment_methods',
  tag,
  summary: 'Save a payment method',
  description:
    'Keeps a customer’s phone or card for automatic top-ups, with what they agreed to. A phone is prompted each time, and its owner approves each time. A card is that of a payment which succeeded, and is charged without them: the provider is asked for it, so no card number or token is ever sent here. Saving the same one again gives it back with 200.',
  scope: 'payments:write',
  body: createPaymentMethodBody,
  requestExample: {
    customer_id: PAYMENT_METHOD.customer_id,
    type: 'mobile_money',
    provider: 'MTN',
    phone: '233241234567',
    consent: { statement: PAYMENT_METHOD.consent.statement },
  },
  responses: {
    201: { description: 'The payment method.', schema: paymentMethodSchema, example: PAYMENT_METHOD },
    200: { description: 'It was saved before.', schema: paymentMethodSchema, example: PAYMENT_METHOD },
  },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'payment_method_unusable',
    'provider_unavailable',
  ],
  verb: (ctx, { body }) => savePaymentMethod(ctx, inputOf(body)),
  render: ({ method, isNew }) => ({ status: isNew ? 201 : 200, body: renderMethod(method) }),
});

/** Each type has fields of its own; those of the other are refused by name. */
function inputOf(body: z.output<typeof createPaymentMethodBody>): SavePaymentMethodInput {
  const { type, provider, phone, otp_token: otpToken, payment_id: paymentId } = body;
  const common = {
    customerId: body.customer_id,
    consent: { statement: body.consent.statement, givenAtMs: body.consent.given_at ?? null },
  };
  if (type === 'card') {
    refuseFields({ provider, phone, otp_token: otpToken }, type);
    return { ...common, type, paymentId: paymentId ?? missing('payment_id', type) };
  }
  refuseFields({ payment_id: paymentId }, type);
  return {
    ...common,
    type,
    channel: provider ?? missing('provider', type),
    phone: phone ?? missing('phone', type),
    otpToken: otpToken ?? null,
  };
}

function missing(param: string, type: string): never {
  throw new Problem('parameter_missing', `\`${param}\` is missing; ${type} needs it.`, { param });
}

function refuseFields(fields: Readonly<Record<string, unknown>>, type: string): void {
  for (const [param, value] of Object.entries(fields)) {
    if (value !== undefined)
      throw new Problem('parameter_invalid', `\`${param}\` has no place with ${type}.`, { param });
  }
}

const list = defineOperation({
  operationId: 'listPaymentMethods',
  method: 'get',
  path: '/v1/payment_methods',
  tag,
  summary: 'List payment methods',
  description: 'Newest first; of one customer with `customer_id`. Numbers are masked, and tokens are never shown.',
  scope: 'payments:read',
  query: listPaymentMethodsQuery,
  responses: {
    200: {
      description: 'A page of payment methods.',
      schema: paymentMethodListSchema,
      example: listExample(PAYMENT_METHOD),
    },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => {
    const filter = { customerId: query.customer_id, status: query.status };
    const page = { limit: query.limit, afterId: afterInteger(query.after) };
    return { methods: await readMethods(ctx, filter, page), limit: query.limit };
  },
  render: ({ methods, limit }) => ({ status: 200, body: listOf(methods, limit, renderMethod, ({ id }) => [id]) }),
});

const retrieve = defineOperation({
  operationId: 'getPaymentMethod',
  method: 'get',
  path: '/v1/payment_methods/{id}',
  tag,
  summary: 'Get a payment method',
  description: 'As it stands; one that was detached too.',
  scope: 'payments:read',
  params: paymentMethodParams,
  responses: { 200: { description: 'The payment method.', schema: paymentMethodSchema, example: PAYMENT_METHOD } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readMethod(ctx, paymentMethodIdOf(params.id)),
  render: (method) => ({ status: 200, body: renderMethod(method) }),
});

const detach = defineOperation({
  operationId: 'detachPaymentMethod',
  method: 'post',
  path: '/v1/payment_methods/{id}/detach',
  tag,
  summary: 'Detach a payment method',
  description:
    'For when a customer takes their word back: it is asked no more, and what a card was charged by is forgotten. Rules go on with their other payment methods; one without any is disabled. A top-up that is under way is seen to its end. Detaching twice changes nothing.',
  scope: 'payments:write',
  params: paymentMethodParams,
  responses: {
    200: {
      description: 'The payment method, detached.',
      schema: paymentMethodSchema,
      example: { ...PAYMENT_METHOD, status: 'detached', detached_at: '2026-05-24T11:00:00Z' },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => detachPaymentMethod(ctx, paymentMethodIdOf(params.id)),
  render: (method) => ({ status: 200, body: renderMethod(method) }),
});

export const paymentMethodOperations = [create, list, retrieve, detach];
