'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { AUDIT_PARAMS } from './list-request';

type Param = (typeof AUDIT_PARAMS)[number];

const PARSERS = Object.fromEntries([...AUDIT_PARAMS, 'after'].map((name) => [name, parseAsString])) as Record<
  Param | 'after',
  typeof parseAsString
>;

/** The filters in the address; setting one begins at the first page. */
export function useAuditFilters() {
  const [state, setState] = useQueryStates(PARSERS, { history: 'push' });
  const values = Object.fromEntries(AUDIT_PARAMS.map((name) => [name, state[name] ?? undefined])) as Readonly<
    Record<Param, string | undefined>
  >;
  return {
    values,
    after: state.after ?? undefined,
    set: (changed: Partial<Record<Param, string | null>>) => {
      const next = Object.entries(changed).map(([name, value]) => [name, value === '' ? null : value]);
      void setState({ ...Object.fromEntries(next), after: null });
    },
    clear: () => void setState(Object.fromEntries(Object.keys(PARSERS).map((name) => [name, null]))),
    isFiltered: Object.values(values).some((value) => value !== undefined),
  };
}
