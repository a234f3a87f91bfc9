import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { readWallet } from '@/server/wallets/read';
import { lookAt } from './queue';
import { renderRule } from './render-rule';
import { type RuleView, readRule } from './rule';
import { type RuleTerms, requireTerms } from './rule-terms';

/** What is undefined stays. */
export interface RuleChange {
  readonly terms: { readonly [K in Exclude<keyof RuleTerms, 'methodIds'>]?: RuleTerms[K] | undefined };
  readonly methodId: string | undefined;
  readonly backupMethodIds: readonly string[] | undefined;
  readonly status: 'active' | 'paused' | undefined;
}

/**
 * Changes a rule, pauses it, or makes it active again: then its failures are forgotten, and a wallet that is low is looked at.
 * @throws Problem resource_missing, wallet_closed, and those of `requireTerms`
 */
export function updateRule(ctx: Context, walletId: string, change: RuleChange): Promise<RuleView> {
  return inTransaction(ctx, async (tx) => {
    const wallet = await readWallet(ctx, walletId, tx);
    const before = await readRule(ctx, walletId, { tx, lock: true });
    const status = change.status ?? before.status;
    const isRevived = status === 'active' && before.status !== 'active';
    if (isRevived && wallet.status === 'closed') {
      throw new Problem('wallet_closed', 'The wallet is closed: nothing can be paid in.');
    }
    const terms = changed(before, change);
    // A disabled rule may have nothing to pay with, until it is active again.
    if (status === 'active' || terms.methodIds.length > 0) await requireTerms(ctx, tx, wallet, terms);
    if (status === 'active' && terms.methodIds.length === 0) {
      throw new Problem('parameter_missing', '`payment_method_id` is missing: the rule has none left.', {
        param: 'payment_method_id',
      });
    }
    await tx.query(
      `update auto_topup_rules set status = $4, disabled_reason = $5, threshold_minor = $6, amount_minor = $7,
         target_minor = $8, payment_method_ids = $9, cooldown_seconds = $10, daily_count_max = $11, monthly_count_max = $12,
         daily_amount_max_minor = $13, monthly_amount_max_minor = $14, failures_max = $15,
         failures = case when $16 then 0 else failures end,
         backed_off_until = case when $16 then null else backed_off_until end, updated_at = ${sqlNow(2)}
       where tenant_id = $1 and wallet_id = $3`,
      [
        ctx.principal.tenantId,
        ctx.clock.fixedMs(),
        walletId,
        status,
        status === 'disabled' ? before.disabledReason : null,
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
        isRevived,
      ],
    );
    const after = await readRule(ctx, walletId, { tx });
    await recordChange(ctx, tx, {
      action: 'auto_topup.updated',
      objectId: walletId,
      before: JSON.stringify(renderRule(before)),
      after: JSON.stringify(renderRule(after)),
    });
    // Whatever held it back may be gone.
    await lookAt(tx, { tenantId: ctx.principal.tenantId, walletId, atMs: after.asOfMs });
    return after;
  });
}

function changed(before: RuleView, { terms, methodId, backupMethodIds }: RuleChange): RuleTerms {
  const [first, ...rest] = before.methods.map(({ id }) => id);
  const primary = methodId ?? first;
  const backups = (backupMethodIds ?? rest).filter((id) => backupMethodIds !== undefined || id !== primary);
  const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
  return { ...before, ...given, methodIds: primary === undefined ? [] : [primary, ...backups] };
}
