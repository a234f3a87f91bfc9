import { exponentOf } from '@/contracts/money';
import { type Draft, plain } from './draft';

/** The largest of 1, 2 and 5 times a power of ten that is not above it. */
export function roundDown(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [5, 2, 1].find((one) => one * power <= value) ?? 1;
  return step * power;
}

/** Where a percentage meets its least or greatest fee: the line bends there. */
export function bendsOf({ charged, rate, leastFee, greatestFee }: Draft): number[] {
  const percent = Number(plain(rate));
  if (charged !== 'PERCENTAGE' || !(percent > 0)) return [];
  return [leastFee, greatestFee]
    .map((text) => (plain(text) === '' ? Number.NaN : (Number(plain(text)) * 100) / percent))
    .filter((amount) => Number.isFinite(amount) && amount > 0);
}

/** Up to where fees are drawn: a little beyond the last bend, within what may be charged. */
export function reachOf(drafts: readonly Draft[]): number {
  const largest = Math.max(...drafts.map(({ largest: text }) => Number(plain(text)) || 0));
  const bends = drafts.flatMap(bendsOf);
  const end = bends.length === 0 ? largest : Math.min(largest || Number.POSITIVE_INFINITY, 1.25 * Math.max(...bends));
  return roundDown(end || 1_000);
}

/** A number of the currency, as plain decimal text; null where it rounds to nothing. */
export function amountIn(value: number, currency: string): string | null {
  const text = plain(value.toFixed(Math.min(exponentOf(currency), 4)));
  return Number(text) > 0 ? text : null;
}

/** The amounts of the table under the chart. */
export function tableAmounts(reach: number, currency: string): string[] {
  return distinct([0.01, 0.025, 0.25, 0.5, 1].map((part) => amountIn(part * reach, currency)));
}

/** The amounts of the buttons under the calculator. */
export function quickAmounts(reach: number, currency: string): string[] {
  return distinct([0.01, 0.05, 0.25, 1].map((part) => amountIn(part * reach, currency)));
}

/** The amounts whose fees make the lines: both ends and every bend. */
export function lineAmounts(reach: number, drafts: readonly Draft[], currency: string): string[] {
  const bends = drafts.flatMap(bendsOf).filter((amount) => amount < reach);
  return distinct([reach / 1_000, ...bends, reach].map((amount) => amountIn(amount, currency))).toSorted(
    (a, b) => Number(a) - Number(b),
  );
}

function distinct(amounts: readonly (string | null)[]): string[] {
  return [...new Set(amounts.filter((amount): amount is string => amount !== null))];
}
