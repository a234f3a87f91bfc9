'use client';

import { parseMajor } from '@/contracts/money';
import { TextField } from './field';

/** What a person types as an amount (`1,250.50`) in minor units; null while it is none. */
export function minorOf(text: string, currency: string): number | null {
  const parsed = parseMajor(text.replaceAll(/[,\s]/g, ''), currency);
  return parsed.ok ? Number(parsed.amountMinor) : null;
}

/** An amount in major units, as people write them, with its currency before it. */
export function AmountField({
  label,
  currency,
  value,
  onChange,
  problem,
  hint,
  autoFocus = false,
}: {
  readonly label: string;
  readonly currency: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly problem?: string | null;
  readonly hint?: string;
  readonly autoFocus?: boolean;
}) {
  return (
    <TextField
      label={`${label}, ${currency}`}
      inputMode="decimal"
      autoComplete="off"
      className="input amount"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      problem={problem ?? null}
      autoFocus={autoFocus}
      {...(hint !== undefined && { hint })}
    />
  );
}
