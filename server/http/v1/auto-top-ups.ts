import type { z } from 'zod';
import {
  AUTO_TOP_UP_DEFAULTS,
  autoTopUpSchema,
  createAutoTopUpBody,
  deletedAutoTopUpSchema,
  updateAutoTopUpBody,
} from '@/contracts/auto-top-ups';
import { formatId } from '@/contracts/ids';
import { walletParams } from '@/contracts/wallets';
import { createRule } from '@/server/auto-top-ups/create-rule';
import { deleteRule } from '@/server/auto-top-ups/delete-rule';
import { renderRule } from '@/server/auto-top-ups/render-rule';
import { readRule } from '@/server/auto-top-ups/rule';
import type { RuleTerms } from '@/server/auto-top-ups/rule-terms';
import { type RuleChange, updateRule } from '@/server/auto-top-ups/update-rule';
import { defineOperation } from '../operation';
import { paymentMethodIdOf, walletIdOf } from './arguments';
import { AUTO_TOP_UP } from './examples';

const tag = 'Automatic top-ups';

const create = defineOperation({
  operationId: 'createAutoTopUp',
  method: 'post',
  path: '/v1/wallets/{id}/auto_topup',
  tag,
  summary: 'Create a rule',
  description:
    'Tops the wallet up whenever a movement brings what may be spent under `threshold`: by a fixed `amount`, or up to a `target`. One top-up is under way at the most; limits, a cooldown and a pause after each refusal hold it back, and every time they do there is an event. After `failures_max` failures in a row the rule is disabled. Each top-up is one like any other (`GET /v1/wallets/{id}/topups`, `source: automatic`), with its events.',
  scope: 'wallets:write',
  params: walletParams,
  body: createAutoTopUpBody,
  requestExample: {
    threshold: AUTO_TOP_UP.threshold,
    amount: AUTO_TOP_UP.amount,
    payment_method_id: AUTO_TOP_UP.payment_methods[0].id,
    daily_count_max: AUTO_TOP_UP.daily_count_max,
    monthly_amount_max: AUTO_TOP_UP.monthly_amount_max,
  },
  responses: {
    201: {
      description: 'The rule.',
      schema: autoTopUpSchema,
      example: {
        ...AUTO_TOP_UP,
        usage: { day: { count: 0, amount: 0 }, month: { count: 0, amount: 0 } },
        last_topup: null,
      },
    },
  },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'wallet_closed',
    'auto_topup_exists',
    'payment_method_unusable',
  ],
  verb: (ctx, { params, body }) => createRule(ctx, walletIdOf(params.id), termsOf(body)),
  render: (rule) => ({ status: 201, body: renderRule(rule) }),
});

function termsOf(body: z.output<typeof createAutoTopUpBody>): RuleTerms {
  return {
    thresholdMinor: BigInt(body.threshold),
    amountMinor: minorOf(body.amount) ?? null,
    targetMinor: minorOf(body.target) ?? null,
    methodIds: [body.payment_method_id, ...(body.backup_payment_method_ids ?? [])].map(paymentMethodIdOf),
    cooldownSeconds: body.cooldown_seconds ?? AUTO_TOP_UP_DEFAULTS.cooldownSeconds,
    dailyCountMax: body.daily_count_max ?? AUTO_TOP_UP_DEFAULTS.dailyCountMax,
    monthlyCountMax: body.monthly_count_max ?? AUTO_TOP_UP_DEFAULTS.monthlyCountMax,
    dailyAmountMaxMinor: minorOf(body.daily_amount_max) ?? null,
    monthlyAmountMaxMinor: minorOf(body.monthly_amount_max) ?? null,
    failuresMax: body.failures_max ?? AUTO_TOP_UP_DEFAULTS.failuresMax,
  };
}

function changeOf(body: z.output<typeof updateAutoTopUpBody>): RuleChange {
  return {
    terms: {
      thresholdMinor: minorOf(body.threshold) ?? undefined,
      amountMinor: minorOf(body.amount),
      targetMinor: minorOf(body.target),
      cooldownSeconds: body.cooldown_seconds,
      dailyCountMax: body.daily_count_max,
      monthlyCountMax: body.monthly_count_max,
      dailyAmountMaxMinor: minorOf(body.daily_amount_max),
      monthlyAmountMaxMinor: minorOf(body.monthly_amount_max),
      failuresMax: body.failures_max,
    },
    methodId: body.payment_method_id === undefined ? undefined : paymentMethodIdOf(body.payment_method_id),
    backupMethodIds: body.backup_payment_method_ids?.map(paymentMethodIdOf),
    status: body.status,
  };
}

/** Undefined for what is left out, null for what is emptied. */
function minorOf(amount: number | null | undefined): bigint | null | undefined {
  return amount === undefined || amount === null ? amount : BigInt(amount);
}

const retrieve = defineOperation({
  operationId: 'getAutoTopUp',
  method: 'get',
  path: '/v1/wallets/{id}/auto_topup',
  tag,
  summary: 'Retrieve a rule',
  description: 'With what this day and month have had, the last top-up and what it credited.',
  scope: 'wallets:read',
  params: walletParams,
  responses: { 200: { description: 'The rule.', schema: autoTopUpSchema, example: AUTO_TOP_UP } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readRule(ctx, walletIdOf(params.id)),
  render: (rule) => ({ status: 200, body: renderRule(rule) }),
});

const update = defineOperation({
  operationId: 'updateAutoTopUp',
  method: 'patch',
  path: '/v1/wallets/{id}/auto_topup',
  tag,
  summary: 'Change a rule',
  description:
    'Changes what is sent, pauses it, or makes it active again. A disabled rule that is made active has its failures forgotten, and a wallet that is low is topped up at once.',
  scope: 'wallets:write',
  params: walletParams,
  body: updateAutoTopUpBody,
  requestExample: { status: 'paused' },
  responses: {
    200: { description: 'The rule.', schema: autoTopUpSchema, example: { ...AUTO_TOP_UP, status: 'paused' } },
  },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'wallet_closed',
    'payment_method_unusable',
  ],
  verb: (ctx, { params, body }) => updateRule(ctx, walletIdOf(params.id), changeOf(body)),
  render: (rule) => ({ status: 200, body: renderRule(rule) }),
});

const remove = defineOperation({
  operationId: 'deleteAutoTopUp',
  method: 'delete',
  path: '/v1/wallets/{id}/auto_topup',
  tag,
  summary: 'Delete a rule',
  description:
    'Nothing is started any more. A top-up that is under way is seen to its end, and credited if it is paid.',
  scope: 'wallets:write',
  params: walletParams,
  responses: {
    200: {
      description: 'It is gone.',
      schema: deletedAutoTopUpSchema,
      example: { object: 'auto_topup', wallet_id: AUTO_TOP_UP.wallet_id, deleted: true },
    },
  },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => deleteRule(ctx, walletIdOf(params.id)),
  render: (walletId) => ({
    status: 200,
    body: { object: 'auto_topup', wallet_id: formatId('wallet', walletId), deleted: true },
  }),
});

export const autoTopUpOperations = [create, retrieve, update, remove];
