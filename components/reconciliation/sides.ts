import { formatMoney } from '@/components/patterns/money';
import { wordsOf } from '@/components/patterns/status';
import { STATUS_WORDS } from '@/components/payments/status-words';
import type { Line } from './request';

/** One thing that both sides say, beside one another. */
export interface SideBySide {
  readonly name: string;
  readonly theirs: string | null;
  readonly ours: string | null;
  readonly differs: boolean;
}

/**
 * What the statement says and what we say, and where they part. Of a side that is not there nothing differs: it is
 * missing as a whole.
 * @param at how a moment is told
 */
export function sidesOf(
  line: Pick<Line, 'theirs' | 'ours' | 'outcome'>,
  at: (iso: string) => string,
): readonly SideBySide[] {
  const { theirs, ours, outcome } = line;
  const amountOf = (side: { amount: number | null; currency: string | null } | null): string | null =>
    side === null || side.amount === null ? null : formatMoney(side.amount, side.currency ?? '');
  const both = theirs !== null && ours !== null;
  const row = (name: string, left: string | null, right: string | null, differs: boolean): SideBySide => ({
    name,
    theirs: left,
    ours: right,
    differs: both && differs,
  });
  const rows = [
    row(
      'Amount',
      theirs !== null && theirs.currency === null && theirs.amount !== null ? String(theirs.amount) : amountOf(theirs),
      amountOf(ours),
      amountOf(theirs) !== amountOf(ours),
    ),
    row('Status', theirs?.status == null ? null : wordsOf(theirs.status), statusOf(ours), outcome === 'status_differs'),
    row(
      'Time',
      theirs?.occurred_at == null ? null : at(theirs.occurred_at),
      ours?.at == null ? null : at(ours.at),
      false,
    ),
    row('Reference', theirs?.reference ?? null, ours?.reference ?? null, false),
    row('Receipt', theirs?.receipt ?? null, null, false),
    row('Payer', theirs?.payer == null ? null : `+${theirs.payer}`, null, false),
  ];
  return rows.filter((one) => one.theirs !== null || one.ours !== null);
}

/** As it stood at the import, and now, where that has changed. */
function statusOf(ours: Line['ours']): string | null {
  if (ours === null) return null;
  const then = wordOf(ours.status);
  return ours.current_status === ours.status ? then : `${then}, now ${wordOf(ours.current_status).toLowerCase()}`;
}

/** A payment’s states have words of their own. */
function wordOf(status: string): string {
  return (STATUS_WORDS as Readonly<Record<string, string>>)[status] ?? wordsOf(status);
}
