import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { requirePerson } from './person';
import { type ApprovalPolicy, type ApprovalRule, policyFacts, readPolicy, rulesText } from './policy';
import { requireSecondPerson } from './second-person';

export interface SetPolicyInput {
  /** All of them: what is left out needs one person. Empty switches the policy off. */
  readonly rules: readonly ApprovalRule[];
  readonly reason: string | null;
}

/**
 * Sets which acts need a second person. While a policy is on, changing it is one of them; and only people do, since a
 * program would be held up by nobody.
 * @throws Problem person_required; approval_stale when somebody else has changed it meanwhile
 */
export async function setPolicy(ctx: Context, { rules, reason }: SetPolicyInput): Promise<ApprovalPolicy> {
  await requirePerson(ctx);
  const seen = await readPolicy(ctx);
  const isSame = seen.source === 'set' && rulesText(seen.rules) === rulesText(rules);
  await requireSecondPerson(
    ctx,
    {
      verb: 'policy_change',
      amountMinor: null,
      currency: null,
      reason,
      target: { type: 'approval_policy', id: ctx.principal.clientId },
    },
    async () => (isSame ? null : { balances: [], before: policyFacts(seen), after: policyFacts({ rules }) }),
  );
  const { tenantId } = ctx.principal;
  return inTransaction(ctx, async (tx) => {
    // Guarantee: of two first policies at once the second waits here, and finds the first.
    await tx.query('select pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['approval_policy', tenantId]);
    const before = await readPolicy(ctx, { db: tx, lock: true });
    if (before.version !== seen.version) {
      throw new Problem('approval_stale', 'Somebody else has changed the policy meanwhile: look at it again.');
    }
    if (isSame) return before;
    await tx.query(
      `insert into approval_policies (tenant_id, version, rules, updated_at) values ($1, $3, $4, ${sqlNow(2)})
       on conflict (tenant_id) do update set version = excluded.version, rules = excluded.rules, updated_at = excluded.updated_at`,
      [tenantId, ctx.clock.fixedMs(), before.version + 1, rulesText(rules)],
    );
    const after = await readPolicy(ctx, { db: tx });
    await recordChange(ctx, tx, {
      action: 'approval_policy.updated',
      objectId: tenantId,
      reason,
      before: JSON.stringify({ version: before.version, rules: policyFacts(before) }),
      after: JSON.stringify({ version: after.version, rules: policyFacts(after) }),
    });
    return after;
  });
}
