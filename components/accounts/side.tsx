import { formatAmount } from '@/components/patterns/money';

/** A balance as a ledger writes it: `184,445.00 Dr`. Inside it is credit-positive; nothing stands on no side. */
export function sided(minor: number | bigint, currency: string): string {
  const [amount, side] = parts(minor, currency);
  return side === '' ? amount : `${amount} ${side}`;
}

/** From one balance to another; the side is said once where both stand on it. */
export function Moved({
  before,
  after,
  currency,
}: {
  readonly before: number;
  readonly after: number;
  readonly currency: string;
}) {
  const [from, fromSide] = parts(before, currency);
  const [to, toSide] = parts(after, currency);
  const isSame = fromSide === toSide || fromSide === '' || toSide === '';
  return (
    <>
      {from}
      {!isSame && ` ${fromSide}`} <span className="ar">→</span> <b>{to}</b> {toSide === '' ? fromSide : toSide}
    </>
  );
}

function parts(minor: number | bigint, currency: string): readonly [string, '' | 'Dr' | 'Cr'] {
  const value = BigInt(minor);
  return [formatAmount(value < 0n ? -value : value, currency), value === 0n ? '' : value < 0n ? 'Dr' : 'Cr'];
}
