import { exponentOf } from '@/contracts/money';

/** `1284306` GHS as `12,843.06`, with a true minus; minor units are exact up to 2^53. */
export function formatAmount(minor: number | bigint | string, currency: string): string {
  const value = BigInt(minor);
  const digits = exponentOf(currency);
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const whole = digits === 0 ? text : text.slice(0, -digits);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0n ? '−' : ''}${grouped}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
}

/** With the code before it: `GHS 12,843.06`. */
export function formatMoney(minor: number | bigint | string, currency: string): string {
  return `${currency} ${formatAmount(minor, currency)}`;
}

/** For charts and their labels: `1.19 M`, `480 k`. Never for a figure that is read as exact. */
export function formatCompact(minor: number | bigint | string, currency: string): string {
  const major = Number(BigInt(minor)) / 10 ** exponentOf(currency);
  const size = Math.abs(major);
  if (size >= 1e6) return `${trim(major / 1e6, size >= 1e7 ? 1 : 2)} M`;
  if (size >= 1e4) return `${trim(major / 1e3, 0)} k`;
  return trim(major, size >= 100 ? 0 : 2).replace(/(\d)(\d{3})$/, '$1,$2');
}

function trim(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.0+$/, '').replace('-', '−');
}

/**
 * An amount. With `sign`, money in is green with a plus, money out is ink with a minus (a debit is not red: spending is
 * what wallets are for). Without, only what is under zero is told by a minus, and in red, since it is owed.
 */
export function Money({
  minor,
  currency,
  sign = false,
  code = false,
  nil = '–',
}: {
  readonly minor: number | bigint | string | null;
  readonly currency: string;
  readonly sign?: boolean;
  /** The currency before it, where the column does not say it. */
  readonly code?: boolean;
  /** What stands for nothing; null writes the zero. */
  readonly nil?: string | null;
}) {
  if (minor === null || (nil !== null && BigInt(minor) === 0n)) return <span className="nil">{nil ?? '–'}</span>;
  const value = BigInt(minor);
  const text = formatAmount(value, currency);
  const unit = code ? <span className="dim">{currency} </span> : null;
  if (!sign)
    return (
      <span className={value < 0n ? 'under' : undefined}>
        {unit}
        {text}
      </span>
    );
  return value > 0n ? (
    <span className="in">
      {unit}+{text}
    </span>
  ) : (
    <span>
      {unit}
      {text}
    </span>
  );
}

/** A total under the double rule: statements, journals, receipts, and nothing else. */
export function Total({
  minor,
  currency,
  sign = false,
}: {
  readonly minor: number | bigint | string;
  readonly currency: string;
  readonly sign?: boolean;
}) {
  const value = BigInt(minor);
  return (
    <span className="dr">
      {sign && value > 0n ? '+' : ''}
      {formatAmount(value, currency)}
    </span>
  );
}
