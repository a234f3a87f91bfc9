import type { JournalObject } from '@/contracts/journals';
import { formatMajor } from '@/contracts/money';

type Rules = NonNullable<JournalObject['fee_rules']>;

/** The arithmetic of a fee, written out: `2 % of 500.00 is 10.00; tax 15 % of 10.00 is 1.50`. */
export function feeArithmetic(rules: Rules, currency: string): string {
  const major = (minor: number): string => formatMajor(BigInt(minor), currency).replace(/\B(?=(\d{3})+(?:\.|$))/g, ',');
  const tax =
    rules.tax === 0 ? '' : `; tax ${percent(rules.tax_rate_ppm)} of ${major(rules.amount)} is ${major(rules.tax)}`;
  return `${feeItself(rules, major)}${tax}`;
}

function feeItself(rules: Rules, major: (minor: number) => string): string {
  const { type, base, rate_ppm: rate, minimum, maximum, amount } = rules;
  if (type !== 'PERCENTAGE' || rate === null) return `a fixed ${major(amount)}`;
  const reckoned = `${percent(rate)} of ${major(base)}`;
  if (minimum !== null && amount === minimum && plain(base, rate) < amount) {
    return `${reckoned} is under the least fee, ${major(minimum)}`;
  }
  if (maximum !== null && amount === maximum && plain(base, rate) > amount) {
    return `${reckoned} is over the greatest fee, ${major(maximum)}`;
  }
  return `${reckoned} is ${major(amount)}`;
}

/** For a comparison alone: the ledger’s own figure is what is shown. */
function plain(base: number, ratePpm: number): number {
  return Number((BigInt(base) * BigInt(ratePpm) + 500_000n) / 1_000_000n);
}

/** Millionths as percent, without noughts at the end. */
export function percent(ppm: number): string {
  return `${(ppm / 10_000).toFixed(4).replace(/\.?0+$/, '')} %`;
}
