'use client';

import { Search, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { SelectField, TextField } from '@/components/patterns/field';
import type { useAuditFilters } from './use-audit-filters';
import { type AuditEntry, actionsOf, actorName, OBJECT_TYPES } from './words';

type Filters = ReturnType<typeof useAuditFilters>;

/** What the trail can be narrowed by, all of it in view: a trail is read by filters more than by pages. */
export function AuditFilters({
  filters: { values, set, clear, isFiltered },
  rows,
}: {
  readonly filters: Filters;
  /** On the page: whoever may not list people finds those who did something there. */
  readonly rows: readonly AuditEntry[] | undefined;
}) {
  const actors = useActors(rows, values.actor);
  return (
    <search className="aud-filters" aria-label="Filter the audit trail">
      <Find key={values.find ?? ''} value={values.find ?? ''} set={(find) => set({ find })} />
      <SelectField
        label="Actor"
        value={values.actor ?? ''}
        options={[['', 'Anyone'], ...actors]}
        onChange={({ target }) => set({ actor: target.value })}
      />
      <SelectField
        label="Object"
        value={values.type ?? ''}
        options={[['', 'Everything'], ...OBJECT_TYPES]}
        onChange={({ target }) => set({ type: target.value, action: null })}
      />
      <SelectField
        label="Action"
        value={values.action ?? ''}
        options={[['', 'Any'], ...actionsOf(values.type)]}
        onChange={({ target }) => set({ action: target.value })}
      />
      <TextField
        label="From"
        type="date"
        value={values.from ?? ''}
        max={values.to}
        onChange={({ target }) => set({ from: target.value })}
      />
      <TextField
        label="To"
        type="date"
        value={values.to ?? ''}
        min={values.from}
        onChange={({ target }) => set({ to: target.value })}
      />
      {isFiltered && (
        <button type="button" className="btn quiet sm clear" onClick={clear}>
          <X aria-hidden="true" />
          Clear filters
        </button>
      )}
    </search>
  );
}

function Find({ value, set }: { readonly value: string; readonly set: (text: string) => void }) {
  const id = useId();
  const [text, setText] = useState(value);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set(text.trim());
  };
  return (
    <form className="field find-id" onSubmit={submit}>
      <label htmlFor={id}>Find</label>
      <span>
        <input
          id={id}
          className="input"
          type="search"
          value={text}
          placeholder="Id of an object or request"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value === '') set('');
          }}
        />
        <button type="submit" aria-label="Find">
          <Search className="s" aria-hidden="true" />
        </button>
      </span>
    </form>
  );
}

/** People and keys, as far as one may list them, and whoever did something on the page in view. */
function useActors(rows: readonly AuditEntry[] | undefined, chosen: string | undefined) {
  const { me, scope } = useConsole();
  const page = { query: { limit: '100' } };
  const people = useApi('/v1/users', page, { enabled: may(me, 'users:read') });
  const keys = useApi('/v1/api_keys', page, { enabled: may(me, 'keys:read') && scope.client !== 'all' });
  const named = new Map<string, string>();
  for (const { id, name } of people.data?.data ?? []) named.set(id, name);
  for (const { id, name } of keys.data?.data ?? []) named.set(id, `${name}, key`);
  for (const entry of rows ?? []) {
    const { id, type } = entry.actor;
    if (id !== null && (type === 'user' || type === 'api_key') && !named.has(id)) named.set(id, actorName(entry));
  }
  if (chosen !== undefined && chosen !== 'operator' && !named.has(chosen)) named.set(chosen, chosen);
  return [...[...named].sort(([, one], [, other]) => one.localeCompare(other, 'en')), ['operator', 'Set-up']] as const;
}
