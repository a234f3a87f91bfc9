import { formatAmount } from '@/components/patterns/money';

/** Gold marks promotional money; none of it is as quiet as any other nothing. */
export function Promotional({ minor, currency }: { readonly minor: number; readonly currency: string }) {
  if (minor === 0) return <span className="nil">–</span>;
  return <span className="promo">{formatAmount(minor, currency)}</span>;
}
