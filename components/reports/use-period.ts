'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useConsole } from '@/components/api/scope';
import { type Period, periodOf } from './period';

/** Period and currency in the address, the same on every report. */
export function useReportView(): {
  readonly period: Period;
  readonly currency: string | null;
  readonly set: (view: { readonly from?: string; readonly to?: string; readonly currency?: string }) => void;
  /** To go with a link to another report. */
  readonly search: string;
} {
  const { renderedAtMs } = useConsole();
  const [state, setState] = useQueryStates(
    { from: parseAsString, to: parseAsString, currency: parseAsString },
    { history: 'push' },
  );
  const { from, to, currency } = state;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== null) search.set(name, value);
  return {
    period: periodOf({ from: from ?? undefined, to: to ?? undefined }, renderedAtMs),
    currency,
    set: (view) => void setState(view),
    search: search.size === 0 ? '' : `?${search}`,
  };
}

/** Which of a report's currencies is in view: the chosen one where it is there, else the first. */
export function chosenOf<C extends { readonly currency: string }>(
  currencies: readonly C[] | undefined,
  chosen: string | null,
): C | undefined {
  return currencies?.find(({ currency }) => currency === chosen) ?? currencies?.[0];
}
