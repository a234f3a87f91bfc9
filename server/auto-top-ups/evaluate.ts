import { exponentOf } from '@/contracts/money';
import { loggableError } from '@/server/kernel/log';
import { type Transaction, transact } from '@/server/kernel/transaction';
import { readTopUp, type TopUpView } from '@/server/top-ups/read';
import { availableOf, readWallet } from '@/server/wallets/read';
import { askPayer } from './ask-payer';
import { type Decision, decide, type Facts, methodAt } from './decide';
import { disableRule } from './disable-rule';
import { insertTopUp } from './insert-top-up';
import { obstacleTo } from './obstacle';
import { type AutoTopUpServices, findOwner, type WalletOwner } from './owner';
import { type Claimed, claimDue, endLook } from './queue';
import { findRule, type RuleView } from './rule';
import { recordRuleEvent } from './rule-event';

const AT_ONCE = 20;

/**
 * Looks at every wallet that is due. Any number of processes may: the queue and its leases are in the database, and a rule is
 * decided on under its own lock.
 * @returns how many were looked at
 */
export async function evaluateDue(services: AutoTopUpServices, roundsMax = 50): Promise<number> {
  let looked = 0;
  for (let round = 0; round < roundsMax; round++) {
    const claimed = await claimDue(services, AT_ONCE);
    await Promise.all(claimed.map((one) => evaluateSafely(services, one)));
    looked += claimed.length;
    if (claimed.length < AT_ONCE) break;
  }
  return looked;
}

/** One that breaks does not keep the others waiting; its lease runs out, and it is looked at again. */
async function evaluateSafely(services: AutoTopUpServices, claimed: Claimed): Promise<void> {
  try {
    await evaluate(services, claimed);
  } catch (error) {
    services.log.error({ walletId: claimed.walletId, error: loggableError(error) }, 'automatic top-up not decided');
  }
}

/**
 * Decides on one wallet, and asks its payer where that is the decision. The top-up is committed before anybody is asked, and the
 * wallet leaves the queue after: a crash between leaves a top-up without a payment, which the next look asks for.
 */
export async function evaluate(services: AutoTopUpServices, claimed: Claimed): Promise<void> {
  const owner = await findOwner(services, claimed);
  if (owner === null) return endLook(services.db.pool, claimed, null);
  const unasked = await findUnasked(owner);
  const topUp = unasked ?? (await decideOn(owner, claimed));
  if (topUp === null) return;
  await askPayer(owner, topUp);
  await endLook(services.db.pool, claimed, null);
}

/** Begun by a process that died before its payment was written down. */
async function findUnasked({ ctx, walletId }: WalletOwner): Promise<TopUpView | null> {
  const { rows } = await ctx.db.pool.query<{ id: string }>(
    `select t.id from top_ups t
     where t.tenant_id = $1 and t.wallet_id = $2 and t.source = 'automatic' and t.status = 'processing'
       and t.payment_public_id is null
       and not exists (select from payments p where p.tenant_id = t.tenant_id and p.reference = t.payment_reference)
     limit 1`,
    [ctx.principal.tenantId, walletId],
  );
  return rows[0] === undefined ? null : readTopUp(ctx, rows[0].id);
}

/** @returns what is to be asked for; null where the look is over */
async function decideOn(owner: WalletOwner, claimed: Claimed): Promise<TopUpView | null> {
  const { ctx, walletId } = owner;
  const before = await findRule(ctx, walletId);
  const method = before === null ? undefined : methodAt(before.methods, before.failures);
  // Providers are asked outside the transaction.
  const obstacle = before === null || method === undefined ? null : await obstacleTo(owner, method, before.asOfMs);
  return transact(ctx.db, async (tx) => {
    const rule = await findRule(ctx, walletId, { tx, lock: true });
    if (rule === null) {
      await endLook(tx, claimed, null);
      return null;
    }
    if (methodAt(rule.methods, rule.failures)?.id !== method?.id) {
      // Changed meanwhile: what was found out is about another method.
      await endLook(tx, claimed, rule.asOfMs);
      return null;
    }
    const decision = decide(await factsOf(owner, tx, rule, obstacle));
    return carryOut(owner, tx, claimed, rule, decision);
  });
}

async function factsOf(
  { ctx, walletId }: WalletOwner,
  tx: Transaction,
  rule: RuleView,
  obstacle: Facts['obstacle'],
): Promise<Facts> {
  const wallet = await readWallet(ctx, walletId, tx);
  return {
    rule,
    wallet: { status: wallet.status, availableMinor: availableOf(wallet) },
    unitMinor: 10n ** BigInt(exponentOf(rule.currency)),
    used: rule.used,
    isInFlight: rule.isInFlight,
    obstacle,
    nowMs: rule.asOfMs,
  };
}

async function carryOut(
  { ctx, walletId }: WalletOwner,
  tx: Transaction,
  claimed: Claimed,
  rule: RuleView,
  decision: Decision,
): Promise<TopUpView | null> {
  switch (decision.kind) {
    case 'rest':
      await endLook(tx, claimed, null);
      return null;
    case 'end':
      await disableRule(ctx, tx, rule, 'wallet_closed');
      await endLook(tx, claimed, null);
      return null;
    case 'skip': {
      const { reason, againAtMs } = decision;
      const isLimit = reason === 'daily_limit' || reason === 'monthly_limit';
      const type = isLimit ? 'auto_topup.limit_reached' : 'auto_topup.skipped';
      await recordRuleEvent(ctx, tx, type, rule, { reason, againAtMs });
      await endLook(tx, claimed, againAtMs);
      return null;
    }
    case 'start': {
      const method = methodAt(rule.methods, rule.failures);
      if (method === undefined) throw new Error('A rule without payment methods is not active.');
      const { currency, cooldownSeconds, asOfMs } = rule;
      const topUp = await insertTopUp(ctx, tx, {
        walletId,
        currency,
        amountMinor: decision.amountMinor,
        paymentMethodId: method.id,
      });
      await tx.query(
        `update auto_topup_rules set cooldown_until = to_timestamp($3::bigint / 1000.0), backed_off_until = null
         where tenant_id = $1 and wallet_id = $2`,
        [ctx.principal.tenantId, walletId, asOfMs + cooldownSeconds * 1_000],
      );
      const after = await findRule(ctx, walletId, { tx });
      await recordRuleEvent(ctx, tx, 'auto_topup.triggered', after ?? rule, { topUp });
      return topUp;
    }
  }
}
