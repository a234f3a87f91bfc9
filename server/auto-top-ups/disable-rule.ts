import type { AutoTopUpDisabledReason } from '@/contracts/auto-top-ups';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { type RuleView, readRule } from './rule';
import { type RuleWriter, recordRuleEvent } from './rule-event';

/** Switches a rule off that can do nothing any more, and tells it. The rule is locked by the caller. */
export async function disableRule(
  writer: RuleWriter,
  tx: Queryable,
  { walletId }: Pick<RuleView, 'walletId'>,
  reason: AutoTopUpDisabledReason,
): Promise<void> {
  await tx.query(
    `update auto_topup_rules set status = 'disabled', disabled_reason = $4, updated_at = ${sqlNow(2)}
     where tenant_id = $1 and wallet_id = $3`,
    [writer.principal.tenantId, writer.clock.fixedMs(), walletId, reason],
  );
  const after = await readRule(writer, walletId, { tx });
  await recordRuleEvent(writer, tx, 'auto_topup.disabled', after, { reason });
}
