import { formatMoney } from '@/components/patterns/money';

/** `GHS 47.90 and KES 860.00`: amounts of several currencies, each added up by itself. */
export function sumsInWords(amounts: readonly { readonly minor: number; readonly currency: string }[]): string {
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  const words = [...sums].map(([currency, minor]) => formatMoney(minor, currency));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
