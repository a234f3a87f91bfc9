import { AUTO_TOP_UP_METHODS_MAX } from '@/contracts/auto-top-ups';
import { formatMinor } from '@/contracts/money';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';
import type { WalletView } from '@/server/wallets/read';
import { methodNotFound, readMethodsNamed } from './read-methods';

/** What somebody decides of a rule. */
export interface RuleTerms {
  readonly thresholdMinor: bigint;
  readonly amountMinor: bigint | null;
  readonly targetMinor: bigint | null;
  /** The first, then those that are tried after it. */
  readonly methodIds: readonly string[];
  readonly cooldownSeconds: number;
  readonly dailyCountMax: number;
  readonly monthlyCountMax: number;
  readonly dailyAmountMaxMinor: bigint | null;
  readonly monthlyAmountMaxMinor: bigint | null;
  readonly failuresMax: number;
}

/**
 * What the schema cannot see: that it makes sense as a whole, and that the methods can pay into this wallet.
 * @throws Problem parameter_missing, parameter_invalid, resource_missing, payment_method_unusable
 */
export async function requireTerms(ctx: Context, tx: Queryable, wallet: WalletView, terms: RuleTerms): Promise<void> {
  requireAmounts(terms, wallet.currency);
  const { methodIds } = terms;
  if (new Set(methodIds).size !== methodIds.length) {
    throw new Problem('parameter_invalid', '`backup_payment_method_ids` names a payment method twice.', {
      param: 'backup_payment_method_ids',
    });
  }
  if (methodIds.length > AUTO_TOP_UP_METHODS_MAX) throw new Error('The schema allows no more.');
  const methods = await readMethodsNamed(ctx, methodIds, tx);
  for (const [place, id] of methodIds.entries()) {
    const param = place === 0 ? 'payment_method_id' : 'backup_payment_method_ids';
    const method = methods.find((one) => one.id === id);
    if (method === undefined) throw methodNotFound(param);
    const fault =
      method.detachedAtMs !== null
        ? 'The payment method is detached.'
        : method.customerId !== wallet.customerId
          ? 'The payment method is of another customer than the wallet.'
          : method.currency !== wallet.currency
            ? `The payment method is in ${method.currency}, the wallet in ${wallet.currency}.`
            : null;
    if (fault !== null) throw new Problem('payment_method_unusable', fault, { param });
  }
}

function requireAmounts(terms: RuleTerms, currency: string): void {
  const { thresholdMinor, amountMinor, targetMinor, dailyAmountMaxMinor, monthlyAmountMaxMinor } = terms;
  if (amountMinor === null && targetMinor === null) {
    throw new Problem('parameter_missing', '`amount` is missing; send it, or `target`.', { param: 'amount' });
  }
  if (amountMinor !== null && targetMinor !== null) invalid('target', 'cannot stand beside `amount`: send one of them');
  if (targetMinor !== null && targetMinor <= thresholdMinor) invalid('target', 'must be more than `threshold`');
  const least = amountMinor ?? (targetMinor ?? 0n) - thresholdMinor;
  for (const [param, most] of [
    ['daily_amount_max', dailyAmountMaxMinor],
    ['monthly_amount_max', monthlyAmountMaxMinor],
  ] as const) {
    if (most !== null && most < least) {
      invalid(param, `leaves no room for one top-up, which brings ${formatMinor(least, currency)} or more`);
    }
  }
}

function invalid(param: string, rule: string): never {
  throw new Problem('parameter_invalid', `\`${param}\` ${rule}.`, { param });
}
