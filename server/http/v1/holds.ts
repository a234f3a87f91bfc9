import {
  captureHoldBody,
  createHoldBody,
  holdListSchema,
  holdParams,
  holdSchema,
  listHoldsQuery,
  voidHoldBody,
} from '@/contracts/holds';
import { listOf } from '@/contracts/lists';
import { walletParams } from '@/contracts/wallets';
import { captureHold } from '@/server/holds/capture-hold';
import { createHold } from '@/server/holds/create-hold';
import { readHold, readHolds } from '@/server/holds/read';
import { voidHold } from '@/server/holds/void-hold';
import { readWallet } from '@/server/wallets/read';
import { defineOperation } from '../operation';
import { afterInteger, holdIdOf, metadataText, walletIdOf } from './arguments';
import { CAPTURED_HOLD, HOLD, listExample } from './examples';
import { renderHold } from './render-hold';

const tag = 'Holds';

const createHoldOperation = defineOperation({
  operationId: 'createHold',
  method: 'post',
  path: '/v1/wallets/{id}/holds',
  tag,
  summary: 'Create a hold',
  description:
    'Sets an amount aside until it is captured, voided or expires (7 days from now by default, 30 at most). It pins the promotional credits it would spend: they stay valid for this hold even past their own expiry.',
  scope: 'wallets:write',
  params: walletParams,
  body: createHoldBody,
  requestExample: { amount: 2500, description: 'Ride to the airport', reference: 'ride_5512' },
  responses: { 201: { description: 'The hold.', schema: holdSchema, example: HOLD } },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'expires_at_past',
    'currency_mismatch',
    'resource_missing',
    'insufficient_funds',
    'wallet_frozen',
    'wallet_inactive',
    'wallet_closed',
    'reference_conflict',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) =>
    createHold(ctx, {
      walletId: walletIdOf(params.id),
      amountMinor: BigInt(body.amount),
      currency: body.currency ?? null,
      description: body.description ?? null,
      reference: body.reference ?? null,
      metadata: metadataText(body.metadata),
      expiresAtMs: body.expires_at ?? null,
    }),
  render: ({ hold }) => ({ status: 201, body: renderHold(hold) }),
});

const listHolds = defineOperation({
  operationId: 'listHolds',
  method: 'get',
  path: '/v1/wallets/{id}/holds',
  tag,
  summary: 'List holds',
  description:
    'A wallet’s holds, newest first. A hold past its expiry is listed as expired, whether or not it has been ended yet.',
  scope: 'wallets:read',
  params: walletParams,
  query: listHoldsQuery,
  responses: { 200: { description: 'A page of holds.', schema: holdListSchema, example: listExample(HOLD) } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query }) => {
    const wallet = await readWallet(ctx, walletIdOf(params.id));
    const page = { limit: query.limit, afterId: afterInteger(query.after) };
    return { holds: await readHolds(ctx, wallet.id, query.status, page), limit: query.limit };
  },
  render: ({ holds, limit }) => ({
    status: 200,
    body: listOf(
      holds,
      limit,
      (hold) => renderHold(hold),
      (last) => [last.id],
    ),
  }),
});

const getHold = defineOperation({
  operationId: 'getHold',
  method: 'get',
  path: '/v1/holds/{id}',
  tag,
  summary: 'Retrieve a hold',
  description: 'As it stands now.',
  scope: 'wallets:read',
  params: holdParams,
  responses: { 200: { description: 'The hold.', schema: holdSchema, example: HOLD } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readHold(ctx, holdIdOf(params.id)),
  render: (hold) => ({ status: 200, body: renderHold(hold) }),
});

const captureHoldOperation = defineOperation({
  operationId: 'captureHold',
  method: 'post',
  path: '/v1/holds/{id}/capture',
  tag,
  summary: 'Capture a hold',
  description:
    'Debits the held amount, or the part given; the rest is free again. A hold is captured once: capturing the same amount again gives the first answer, another amount is refused. The body may be left out.',
  scope: 'wallets:write',
  params: holdParams,
  body: captureHoldBody,
  requestExample: { amount: 2100 },
  responses: {
    200: {
      description: 'The hold, with the debit it became.',
      schema: holdSchema,
      example: CAPTURED_HOLD,
    },
  },
  errors: [
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'hold_not_active',
    'capture_exceeds_hold',
    'wallet_frozen',
    'wallet_inactive',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) =>
    captureHold(ctx, {
      holdId: holdIdOf(params.id),
      amountMinor: body.amount === undefined ? null : BigInt(body.amount),
      description: body.description ?? null,
      metadata: metadataText(body.metadata),
    }),
  render: ({ hold, transaction }) => ({ status: 200, body: renderHold(hold, transaction) }),
});

const voidHoldOperation = defineOperation({
  operationId: 'voidHold',
  method: 'post',
  path: '/v1/holds/{id}/void',
  tag,
  summary: 'Void a hold',
  description: 'Gives the held amount back. Takes no fields; the body may be left out.',
  scope: 'wallets:write',
  params: holdParams,
  body: voidHoldBody,
  responses: { 200: { description: 'The hold.', schema: holdSchema, example: { ...HOLD, status: 'voided' } } },
  errors: ['resource_missing', 'parameter_unknown', 'hold_not_active', 'ledger_busy', 'outcome_unknown'],
  verb: (ctx, { params }) => voidHold(ctx, { holdId: holdIdOf(params.id) }),
  render: (hold) => ({ status: 200, body: renderHold(hold) }),
});

export const holdOperations = [createHoldOperation, getHold, listHolds, captureHoldOperation, voidHoldOperation];
