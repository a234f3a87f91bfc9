import { providerName } from '@/components/payments/names';
import { formatMinor } from '@/contracts/money';
import type { ListedReconciliation, Outcome, Reconciliation } from './request';

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  matched: 'Matched',
  missing_here: 'Missing here',
  missing_there: 'Missing there',
  amount_differs: 'Amount differs',
  status_differs: 'Status differs',
  duplicate: 'Said twice',
  not_compared: 'Not compared',
  unreadable: 'Unreadable',
};

/** What an outcome means, in the words of somebody who reads a statement. */
export const OUTCOME_MEANS: Readonly<Record<Outcome, string>> = {
  matched: 'Both sides say the same.',
  missing_here: 'The provider has it, our books have not.',
  missing_there: 'Our books say it was paid in the period, the statement has no such line.',
  amount_differs: 'Both have it, with two amounts.',
  status_differs: 'Both have it, and say two things of it.',
  duplicate: 'An earlier line said the same.',
  not_compared: 'No payment: a charge, a settlement, a balance.',
  unreadable: 'The line could not be read.',
};

/** `21 Nov 2026`, `1 Jun to 7 Jun 2026`: the days a statement is of, in its own zone. */
export function daysOf({
  period_start,
  period_end,
  time_zone,
}: Pick<ListedReconciliation, 'period_start' | 'period_end' | 'time_zone'>): string {
  if (period_start === null || period_end === null) return 'no day';
  const first = Date.parse(period_start);
  // The end is excluded: its last moment is still on the last day.
  const last = Date.parse(period_end) - 1;
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: time_zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const short = new Intl.DateTimeFormat('en-GB', { timeZone: time_zone, day: 'numeric', month: 'short' });
  if (day.format(first) === day.format(last)) return day.format(first);
  const isOneYear = day.format(first).slice(-4) === day.format(last).slice(-4);
  return `${isOneYear ? short.format(first) : day.format(first)} to ${day.format(last)}`;
}

/** `M-Pesa’s statement of 21 Nov 2026` */
export function statementName(statement: ListedReconciliation): string {
  const name = providerName(statement.provider);
  return `${name}${name.endsWith('s') ? '’' : '’s'} statement of ${daysOf(statement)}`;
}

export function titleOf(statement: ListedReconciliation): string {
  const name = statementName(statement);
  const { breaks, open_breaks: open } = statement;
  if (breaks === 0) return `${name} agrees with our books.`;
  if (open === 0)
    return `${name} is settled: ${breaks === 1 ? 'its one break has' : `all ${breaks} breaks have`} an answer.`;
  if (open === 1) return `${name} disagrees with our books in 1 place that waits for an answer.`;
  return `${name} disagrees with our books in ${open} places that wait for an answer.`;
}

/** The sum of it, for each currency. */
export function differenceOf({ provider, totals }: Pick<Reconciliation, 'provider' | 'totals'>): string {
  return totals
    .map(({ currency, theirs, ours, difference }) => {
      const say = (minor: number): string => formatMinor(BigInt(minor), currency);
      if (difference === 0) return `Both sides say ${say(theirs)}.`;
      const which = difference > 0 ? 'more' : 'less';
      return `${providerName(provider)} says ${say(theirs)}, our books say ${say(ours)}: ${say(Math.abs(difference))} ${which} than we have.`;
    })
    .join(' ');
}
