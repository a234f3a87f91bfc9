import type { AutoTopUpSkipReason } from '@/contracts/auto-top-ups';
import type { TopUpStatus } from '@/contracts/top-ups';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { backOffMs } from './decide';
import { lookAt } from './queue';
import { findRule, type RuleView } from './rule';
import { type RuleWriter, recordRuleEvent } from './rule-event';

/** What of a top-up its rule has to know. */
export interface FollowedTopUp {
  readonly id: string;
  readonly walletId: string;
  readonly amountMinor: bigint;
  readonly paymentMethodId: string | null;
  readonly status: TopUpStatus;
  readonly failureCode: string | null;
}

const MINUTE_MS = 60_000;
/** Nobody said no: nothing was sent. */
const NOT_SENT: Readonly<Record<string, { readonly reason: AutoTopUpSkipReason; readonly afterMs: number }>> = {
  provider_unavailable: { reason: 'provider_unavailable', afterMs: 5 * MINUTE_MS },
  prompt_limit_reached: { reason: 'prompt_limit', afterMs: 60 * MINUTE_MS },
};

/** Whether a refusal of our own is no failure of the payer's. Such a top-up is canceled, not failed. */
export function isNotSent(code: string): boolean {
  return Object.hasOwn(NOT_SENT, code);
}

/**
 * Tells a rule what became of its top-up, in the transaction in which it did: counts failures and forgets them, and says when
 * the wallet is looked at again. Called after each change of an automatic top-up's status.
 */
export async function followTopUp(
  writer: RuleWriter,
  tx: Queryable,
  from: TopUpStatus,
  topUp: FollowedTopUp,
): Promise<void> {
  const rule = await findRule(writer, topUp.walletId, { tx, lock: true });
  // Deleted since: the money goes where it was meant to go, and nothing else has to be remembered.
  if (rule === null) return;
  switch (topUp.status) {
    case 'pending':
      return awaitApproval(writer, tx, rule, topUp);
    case 'succeeded':
      return from === 'refunded' ? undefined : succeeded(writer, tx, rule);
    case 'canceled':
    case 'expired':
      return notSent(writer, tx, rule, topUp);
    case 'failed':
      return failed(writer, tx, rule, topUp);
    case 'refunded':
      // Taken back before it was ever there.
      return from === 'succeeded' ? undefined : failed(writer, tx, rule, topUp);
    default:
      return undefined;
  }
}

/** A card is charged without anybody; a phone waits for its owner. */
async function awaitApproval(writer: RuleWriter, tx: Queryable, rule: RuleView, topUp: FollowedTopUp): Promise<void> {
  const { rows } = await tx.query<{ type: string }>(
    'select type from payment_methods where tenant_id = $1 and id = $2',
    [writer.principal.tenantId, topUp.paymentMethodId],
  );
  if (rows[0]?.type === 'mobile_money')
    await recordRuleEvent(writer, tx, 'auto_topup.awaiting_approval', rule, { topUp });
}

/** A late one counts from now: its cooldown had been lifted when it was taken for failed. */
async function succeeded(writer: RuleWriter, tx: Queryable, rule: RuleView): Promise<void> {
  const cooldownUntilMs = rule.cooldownUntilMs ?? rule.asOfMs + rule.cooldownSeconds * 1_000;
  await write(writer, tx, rule, { failures: 0, cooldownUntilMs, backedOffUntilMs: null });
  // It may not have been enough.
  await again(writer, tx, rule, cooldownUntilMs);
}

async function notSent(writer: RuleWriter, tx: Queryable, rule: RuleView, topUp: FollowedTopUp): Promise<void> {
  const { reason, afterMs } = NOT_SENT[topUp.failureCode ?? ''] ?? { reason: null, afterMs: 60 * MINUTE_MS };
  const againAtMs = rule.asOfMs + afterMs;
  const now = await write(writer, tx, rule, { ...rule, cooldownUntilMs: null });
  await recordRuleEvent(writer, tx, 'auto_topup.skipped', now, {
    topUp,
    reason: reason ?? topUp.failureCode,
    againAtMs,
  });
  await again(writer, tx, rule, againAtMs);
}

async function failed(writer: RuleWriter, tx: Queryable, rule: RuleView, topUp: FollowedTopUp): Promise<void> {
  const failures = rule.failures + 1;
  const isOver = failures >= rule.failuresMax && rule.status === 'active';
  const backedOffUntilMs = rule.asOfMs + backOffMs(failures, Math.max(rule.methods.length, 1));
  const now = await write(writer, tx, rule, { failures, cooldownUntilMs: null, backedOffUntilMs }, isOver);
  const againAtMs = isOver ? null : backedOffUntilMs;
  await recordRuleEvent(writer, tx, 'auto_topup.failed', now, { topUp, reason: topUp.failureCode, againAtMs });
  if (isOver) await recordRuleEvent(writer, tx, 'auto_topup.disabled', now, { topUp, reason: 'failures' });
  else await again(writer, tx, rule, backedOffUntilMs);
}

async function write(
  writer: RuleWriter,
  tx: Queryable,
  rule: RuleView,
  next: Pick<RuleView, 'failures' | 'cooldownUntilMs' | 'backedOffUntilMs'>,
  isDisabled = false,
): Promise<RuleView> {
  await tx.query(
    `update auto_topup_rules set failures = $4, cooldown_until = to_timestamp($5::bigint / 1000.0),
       backed_off_until = to_timestamp($6::bigint / 1000.0), status = case when $7 then 'disabled' else status end,
       disabled_reason = case when $7 then 'failures' else disabled_reason end,
       updated_at = case when $7 then ${sqlNow(2)} else updated_at end
     where tenant_id = $1 and wallet_id = $3`,
    [
      writer.principal.tenantId,
      writer.clock.fixedMs(),
      rule.walletId,
      next.failures,
      next.cooldownUntilMs,
      next.backedOffUntilMs,
      isDisabled,
    ],
  );
  const after = await findRule(writer, rule.walletId, { tx });
  if (after === null) throw new Error('A rule that is locked is there.');
  return after;
}

function again(writer: RuleWriter, tx: Queryable, { walletId }: RuleView, atMs: number): Promise<void> {
  return lookAt(tx, { tenantId: writer.principal.tenantId, walletId, atMs });
}
