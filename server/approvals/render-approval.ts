import type { ApprovalObject } from '@/contracts/approvals';
import { formatId } from '@/contracts/ids';
import { changesOf } from '@/server/audit/changes';
import type { Problem } from '@/server/kernel/problem';
import type { BalanceChange, Effect } from './effect';
import type { Approval, Someone } from './read';

/** What everybody of the client may see; events have it so. */
export type PlainApproval = Omit<ApprovalObject, 'decidable' | 'cancelable' | 'state'>;

/** An effect as of an instant: of now where somebody looked, else of when it was asked. */
export interface EffectAsOf {
  readonly atMs: number;
  readonly effect: Effect | null;
  readonly problem: Problem | null;
}

export function renderApproval(approval: Approval, asOf: EffectAsOf | null = null): PlainApproval {
  const { maker, checker, books, amountMinor, aboveMinor } = approval;
  return {
    id: formatId('approval', approval.id),
    object: 'approval',
    status: approval.status,
    verb: approval.verb,
    operation: approval.operationId,
    target: { ...approval.target, name: nameOfTarget(approval.effect) },
    client: { id: books.clientId, code: books.clientCode, name: approval.clientName },
    amount: amountMinor === null ? null : Number(amountMinor),
    currency: approval.currency,
    reason: approval.reason,
    maker: renderPerson(maker),
    checker: checker === null ? null : renderPerson(checker),
    decision_reason: approval.decisionReason,
    rule: {
      above: aboveMinor === null ? null : Number(aboveMinor),
      policy_version: approval.policyVersion,
    },
    effect: renderEffect(asOf ?? { atMs: approval.createdAtMs, effect: approval.effect, problem: null }),
    request_hash: approval.requestHash,
    outcome: approval.outcome,
    request_id: approval.makerRequestId,
    created_at: timeOf(approval.createdAtMs),
    expires_at: timeOf(approval.expiresAtMs),
    decided_at: approval.decidedAtMs === null ? null : timeOf(approval.decidedAtMs),
    ended_at: approval.endedAtMs === null ? null : timeOf(approval.endedAtMs),
    livemode: approval.livemode,
  };
}

/** The wallet's customer, where a wallet is touched; else what the thing calls itself. */
function nameOfTarget({ balances, before, after }: Effect): string | null {
  const wallet = balances.find(({ type }) => type === 'CUSTOMER_WALLET');
  if (wallet !== undefined) return wallet.name ?? wallet.customerId;
  const named = [after?.['service_name'], after?.['name'], before?.['name'], after?.['file_name']];
  return named.find((name) => typeof name === 'string') ?? null;
}

function renderPerson({ id, name, isOperator }: Someone): ApprovalObject['maker'] {
  return { id: formatId('user', id), name, is_operator: isOperator };
}

function renderEffect({ atMs, effect, problem }: EffectAsOf): ApprovalObject['effect'] {
  const before = effect?.before ?? null;
  const after = effect?.after ?? null;
  return {
    as_of: timeOf(atMs),
    possible: problem === null,
    problem: problem === null ? null : { code: problem.code, message: problem.message },
    balances: (effect?.balances ?? []).map(renderBalance),
    before: before === null ? null : { ...before },
    after: after === null ? null : { ...after },
    changes: changesOf(before, after).map((change) => ({ ...change })),
  };
}

function renderBalance(change: BalanceChange): ApprovalObject['effect']['balances'][number] {
  const isWallet = change.type === 'CUSTOMER_WALLET';
  return {
    account_id: formatId(isWallet ? 'wallet' : 'account', change.accountId),
    account_number: change.number,
    type: change.type,
    customer_id: change.customerId,
    name: change.name,
    currency: change.currency,
    before: Number(change.beforeMinor),
    after: Number(change.afterMinor),
    change: Number(change.afterMinor - change.beforeMinor),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
