import {
  type ApprovalObject,
  type ApprovalPolicyObject,
  approvalListSchema,
  approvalParams,
  approvalPolicySchema,
  approvalSchema,
  approveBody,
  cancelApprovalBody,
  listApprovalsQuery,
  rejectBody,
  setApprovalPolicyBody,
} from '@/contracts/approvals';
import { parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { approve } from '@/server/approvals/approve';
import { cancelApproval } from '@/server/approvals/cancel-approval';
import { type LookedAt, lookAtApproval } from '@/server/approvals/look-at-approval';
import { type ApprovalPolicy, readPolicy } from '@/server/approvals/policy';
import { type Approval, listApprovals, mayCancel, mayDecide } from '@/server/approvals/read';
import { rejectApproval } from '@/server/approvals/reject-approval';
import { renderApproval } from '@/server/approvals/render-approval';
import { setPolicy } from '@/server/approvals/set-policy';
import type { Context, Principal } from '@/server/kernel/context';
import { defineOperation } from '../operation';
import { afterInteger } from './arguments';
import { listExample } from './examples';
import { APPROVAL, HELD } from './held';

const tag = 'Approvals';

const STATE = '6f1c2ab09d3e4f576f1c2ab09d3e4f57.8a90b1c2d3e4f5068a90b1c2d3e4f506';
const WAITING: ApprovalObject = { ...APPROVAL, decidable: true, cancelable: false, state: STATE };
const CHECKER = { id: 'usr_a1b2c4', name: 'Efua Asante', is_operator: false };
const DECIDED: ApprovalObject = {
  ...APPROVAL,
  decidable: false,
  cancelable: false,
  checker: CHECKER,
  decided_at: '2026-05-24T11:00:00.000Z',
  ended_at: '2026-05-24T11:00:00.000Z',
};
const EXECUTED: ApprovalObject = {
  ...DECIDED,
  status: 'executed',
  outcome: { status: 200, body: { id: 'txn_a1b2c3', object: 'transaction', amount: 35_000 } },
};
const POLICY: ApprovalPolicyObject = {
  object: 'approval_policy',
  source: 'set',
  version: 6,
  rules: [
    { verb: 'credit', above: { GHS: 20_000 } },
    { verb: 'reversal', above: {} },
  ],
  updated_at: '2026-05-24T10:00:00.000Z',
  livemode: false,
};

interface Seen {
  readonly looked: LookedAt;
  readonly principal: Principal;
}

const seen = (ctx: Context, looked: LookedAt): Seen => ({ looked, principal: ctx.principal });
const decided = async (ctx: Context, work: Promise<Approval>): Promise<Seen> =>
  seen(ctx, { approval: await work, asOf: null, state: null });

function renderSeen({ looked: { approval, asOf, state }, principal }: Seen): ApprovalObject {
  const isDecidable = mayDecide(principal, approval);
  return {
    ...renderApproval(approval, asOf),
    state,
    decidable: isDecidable,
    cancelable: mayCancel(principal, approval),
  };
}

const list = defineOperation({
  operationId: 'listApprovals',
  method: 'get',
  path: '/v1/approvals',
  tag,
  summary: 'List approvals',
  description:
    'What waits for a second person, and what became of what did. The operator’s people who name no client see those of every client. `effect` is of when it was asked; retrieve one to see it as of now.',
  scope: 'approvals:read',
  query: listApprovalsQuery,
  responses: {
    200: {
      description: 'A page of approvals.',
      schema: approvalListSchema,
      example: listExample({ ...WAITING, state: null }),
    },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    approvals: await listApprovals(ctx, {
      status: query.status ?? null,
      verb: query.verb ?? null,
      isDecidable: query.decidable ?? false,
      isEnded: query.ended ?? false,
      isMadeByCaller: query.made_by_me ?? false,
      afterId: afterInteger(query.after),
      limit: query.limit,
    }),
    limit: query.limit,
    principal: ctx.principal,
  }),
  render: ({ approvals, limit, principal }) => ({
    status: 200,
    body: listOf(
      approvals,
      limit,
      (approval) => renderSeen({ looked: { approval, asOf: null, state: null }, principal }),
      (last) => [last.id],
    ),
  }),
});

const retrieve = defineOperation({
  operationId: 'getApproval',
  method: 'get',
  path: '/v1/approvals/{id}',
  tag,
  summary: 'Retrieve an approval',
  description:
    'With exactly what it would change as of now: the balance of every account it touches, and every term, before and after. Worked out by running it up to where it would begin.',
  scope: 'approvals:read',
  params: approvalParams,
  responses: { 200: { description: 'The approval.', schema: approvalSchema, example: WAITING } },
  errors: [],
  verb: async (ctx, { params }) => seen(ctx, await lookAtApproval(ctx, parseId('approval', params.id))),
  render: (result) => ({ status: 200, body: renderSeen(result) }),
});

const approveOperation = defineOperation({
  operationId: 'approveApproval',
  method: 'post',
  path: '/v1/approvals/{id}/approve',
  tag,
  summary: 'Approve',
  description:
    'Does it, exactly as it was asked and in the name of who asked; the decision is yours. Never one’s own, and only by a person who might have asked for it. `state` says what you saw: where that is no longer so, nothing is decided and the answer shows it anew. What is no longer possible ends `failed`, and `outcome` says why.',
  scope: 'approvals:write',
  stepUp: true,
  params: approvalParams,
  body: approveBody,
  requestExample: { state: STATE },
  responses: { 200: { description: 'The approval, decided.', schema: approvalSchema, example: EXECUTED } },
  errors: [
    'person_required',
    'approval_own',
    'operator_required',
    'approval_not_pending',
    'approval_stale',
    'ledger_busy',
  ],
  verb: (ctx, { params, body }) =>
    decided(
      ctx,
      approve(ctx, {
        id: parseId('approval', params.id),
        state: body.state,
        balancesMayMove: body.balances_may_move,
        reason: body.reason ?? null,
      }),
    ),
  render: (result) => ({ status: 200, body: renderSeen(result) }),
});

const reject = defineOperation({
  operationId: 'rejectApproval',
  method: 'post',
  path: '/v1/approvals/{id}/reject',
  tag,
  summary: 'Reject',
  description: 'Nothing happens, and whoever asked reads the reason. Never one’s own: that is cancelled.',
  scope: 'approvals:write',
  params: approvalParams,
  body: rejectBody,
  requestExample: { reason: 'The ticket is closed' },
  responses: {
    200: {
      description: 'The approval, decided.',
      schema: approvalSchema,
      example: { ...DECIDED, status: 'rejected', decision_reason: 'The ticket is closed' },
    },
  },
  errors: ['person_required', 'approval_own', 'operator_required', 'approval_not_pending'],
  verb: (ctx, { params, body }) =>
    decided(ctx, rejectApproval(ctx, { id: parseId('approval', params.id), reason: body.reason })),
  render: (result) => ({ status: 200, body: renderSeen(result) }),
});

const cancel = defineOperation({
  operationId: 'cancelApproval',
  method: 'post',
  path: '/v1/approvals/{id}/cancel',
  tag,
  summary: 'Cancel',
  description: 'Takes back what you asked for, while nobody has decided.',
  // Whoever asked, whatever else they may.
  scope: 'approvals:read',
  params: approvalParams,
  body: cancelApprovalBody,
  requestExample: { reason: 'Wrong wallet' },
  responses: {
    200: {
      description: 'The approval, taken back.',
      schema: approvalSchema,
      example: { ...DECIDED, status: 'canceled', checker: null, decision_reason: 'Wrong wallet' },
    },
  },
  errors: ['person_required', 'approval_not_yours', 'approval_not_pending'],
  verb: (ctx, { params, body }) =>
    decided(ctx, cancelApproval(ctx, { id: parseId('approval', params.id), reason: body.reason ?? null })),
  render: (result) => ({ status: 200, body: renderSeen(result) }),
});

const getPolicy = defineOperation({
  operationId: 'getApprovalPolicy',
  method: 'get',
  path: '/v1/approval_policy',
  tag,
  summary: 'Retrieve the policy',
  description:
    'Which acts of people need a second person on these books. Until a policy is set none do, but for the operator’s own people on live books, where a built-in one holds: every reversal, refund, change of services, of where money is paid to and of the policy itself, and credits and promotions above about a hundred dollars.',
  scope: 'approvals:read',
  responses: { 200: { description: 'The policy that holds for you.', schema: approvalPolicySchema, example: POLICY } },
  errors: [],
  verb: (ctx) => readPolicy(ctx),
  render: (policy) => ({ status: 200, body: renderPolicy(policy) }),
});

const putPolicy = defineOperation({
  operationId: 'setApprovalPolicy',
  method: 'put',
  path: '/v1/approval_policy',
  tag,
  summary: 'Set the policy',
  description:
    'Replaces all rules, for people with a log-in; what programs do with a key never waits. While a policy is on, changing it needs a second person too.',
  scope: 'approvals:write',
  stepUp: true,
  body: setApprovalPolicyBody,
  requestExample: { rules: [{ verb: 'credit', above: { GHS: 20_000 } }, { verb: 'reversal' }] },
  responses: { 200: { description: 'The policy.', schema: approvalPolicySchema, example: POLICY }, 202: HELD },
  errors: ['person_required', 'approval_stale'],
  verb: (ctx, { body }) =>
    setPolicy(ctx, {
      rules: body.rules.map(({ verb, above }) => ({
        verb,
        above: new Map(Object.entries(above ?? {}).map(([currency, minor]) => [currency, BigInt(minor)])),
      })),
      reason: body.reason ?? null,
    }),
  render: (policy) => ({ status: 200, body: renderPolicy(policy) }),
});

function renderPolicy({ source, version, rules, updatedAtMs, livemode }: ApprovalPolicy): ApprovalPolicyObject {
  return {
    object: 'approval_policy',
    source,
    version,
    rules: rules.map(({ verb, above }) => ({
      verb,
      above: Object.fromEntries([...above].map(([currency, minor]) => [currency, Number(minor)])),
    })),
    updated_at: updatedAtMs === null ? null : new Date(updatedAtMs).toISOString(),
    livemode,
  };
}

export const approvalOperations = [list, retrieve, approveOperation, reject, cancel, getPolicy, putPolicy];
