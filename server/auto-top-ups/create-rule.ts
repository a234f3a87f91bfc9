import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { readWallet } from '@/server/wallets/read';
import { renderRule } from './render-rule';
import { type RuleView, readRule } from './rule';
import { type RuleTerms, requireTerms } from './rule-terms';

/**
 * Gives a wallet a rule. One that is low already is looked at at once.
 * @throws Problem resource_missing, wallet_closed, auto_topup_exists, and those of `requireTerms`
 */
export function createRule(ctx: Context, walletId: string, terms: RuleTerms): Promise<RuleView> {
  return inTransaction(ctx, async (tx) => {
    const wallet = await readWallet(ctx, walletId, tx);
    if (wallet.status === 'closed') throw new Problem('wallet_closed', 'The wallet is closed: nothing can be paid in.');
    await requireTerms(ctx, tx, wallet, terms);
    // Guarantee: the primary key keeps one rule for a wallet, whoever asks at once.
    const { rowCount } = await tx.query(
      `insert into auto_topup_rules (tenant_id, wallet_id, status, threshold_minor, amount_minor, target_minor,
         payment_method_ids, cooldown_seconds, daily_count_max, monthly_count_max, daily_amount_max_minor,
         monthly_amount_max_minor, failures_max, created_at, updated_at)
       values ($1, $3, 'active', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (tenant_id, wallet_id) do nothing`,
      [
        ctx.principal.tenantId,
        ctx.clock.fixedMs(),
        walletId,
        terms.thresholdMinor,
        terms.amountMinor,
        terms.targetMinor,
        terms.methodIds,
        terms.cooldownSeconds,
        terms.dailyCountMax,
        terms.monthlyCountMax,
        terms.dailyAmountMaxMinor,
        terms.monthlyAmountMaxMinor,
        terms.failuresMax,
      ],
    );
    if (rowCount !== 1) {
      throw new Problem('auto_topup_exists', 'The wallet has a rule for automatic top-ups already.');
    }
    const rule = await readRule(ctx, walletId, { tx });
    await recordChange(ctx, tx, {
      action: 'auto_topup.created',
      objectId: walletId,
      before: null,
      after: JSON.stringify(renderRule(rule)),
    });
    return rule;
  });
}
