'use client';

import { Plus, X } from 'lucide-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { type FormEvent, useState } from 'react';
import { Disclosure } from './disclosure';

/** One thing a list can be narrowed by. Its name is the query parameter, in the address and in the API. */
export interface Filter {
  readonly name: string;
  /** `Status` */
  readonly label: string;
  /** Choices; without them a text is typed, or a day picked. */
  readonly options?: readonly (readonly [string, string])[];
  readonly type?: 'text' | 'date';
  readonly placeholder?: string;
}

export type FilterValues = Readonly<Record<string, string | undefined>>;

/** The filters in the address, as the API takes them; setting one begins at the first page. */
export function useFilters(filters: readonly Filter[]): {
  readonly values: FilterValues;
  readonly set: (name: string, value: string | null) => void;
  readonly clear: () => void;
  readonly isFiltered: boolean;
} {
  const parsers = Object.fromEntries(
    [...filters.map(({ name }) => name), 'after'].map((name) => [name, parseAsString]),
  );
  const [state, setState] = useQueryStates(parsers, { history: 'push' });
  const values: Record<string, string | undefined> = {};
  for (const { name } of filters) values[name] = state[name] ?? undefined;
  return {
    values,
    set: (name, value) => void setState({ [name]: value === '' ? null : value, after: null }),
    clear: () => void setState(Object.fromEntries(Object.keys(parsers).map((name) => [name, null]))),
    isFiltered: Object.values(values).some((value) => value !== undefined),
  };
}

/** Filters as chips: what is set can be changed or taken off, the rest is behind “Filter”. */
export function FilterBar({
  filters,
  values,
  set,
  clear,
  end,
}: {
  readonly filters: readonly Filter[];
  readonly values: FilterValues;
  readonly set: (name: string, value: string | null) => void;
  readonly clear: () => void;
  readonly end?: React.ReactNode;
}) {
  const active = filters.filter(({ name }) => values[name] !== undefined);
  const rest = filters.filter(({ name }) => values[name] === undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of filters is no fieldset of a form
    <div className="bar scroll filters" role="group" aria-label="Filters">
      {active.map((filter) => (
        <Chip key={filter.name} filter={filter} value={values[filter.name] ?? ''} set={set} />
      ))}
      {rest.length > 0 && <AddFilter filters={rest} set={set} />}
      {active.length > 0 && (
        <button className="btn quiet sm" type="button" onClick={clear}>
          Clear
        </button>
      )}
      {end !== undefined && <div className="end">{end}</div>}
    </div>
  );
}

function Chip({
  filter,
  value,
  set,
}: {
  readonly filter: Filter;
  readonly value: string;
  readonly set: (name: string, value: string | null) => void;
}) {
  const shown = filter.options?.find(([option]) => option === value)?.[1] ?? value;
  return (
    <span className="chip">
      <Disclosure
        className="chip-of"
        panel="popover"
        label={`Filter: ${filter.label} is ${shown}. Change`}
        trigger={
          <>
            {filter.label} is <b>{shown}</b>
          </>
        }
      >
        {(close) => (
          <FilterForm
            filter={filter}
            value={value}
            choose={(next) => {
              close();
              set(filter.name, next);
            }}
          />
        )}
      </Disclosure>
      <button
        type="button"
        className="x"
        aria-label={`Remove filter ${filter.label}`}
        onClick={() => set(filter.name, null)}
      >
        <X aria-hidden="true" />
      </button>
    </span>
  );
}

function AddFilter({
  filters,
  set,
}: {
  readonly filters: readonly Filter[];
  readonly set: (name: string, value: string | null) => void;
}) {
  return (
    <Disclosure
      className="btn quiet sm"
      panel="popover"
      trigger={
        <>
          <Plus aria-hidden="true" />
          Filter
        </>
      }
    >
      {(close) => (
        <ChooseFilter
          filters={filters}
          set={(name, value) => {
            close();
            set(name, value);
          }}
        />
      )}
    </Disclosure>
  );
}

function ChooseFilter({
  filters,
  set,
}: {
  readonly filters: readonly Filter[];
  readonly set: (name: string, value: string) => void;
}) {
  const [chosen, setChosen] = useState<Filter | null>(null);
  const filter = chosen ?? (filters.length === 1 ? (filters[0] ?? null) : null);
  if (filter !== null) return <FilterForm filter={filter} value="" choose={(value) => set(filter.name, value)} />;
  return (
    <div className="choices">
      {filters.map((one) => (
        <button key={one.name} type="button" onClick={() => setChosen(one)}>
          {one.label}
        </button>
      ))}
    </div>
  );
}

function FilterForm({
  filter,
  value,
  choose,
}: {
  readonly filter: Filter;
  readonly value: string;
  readonly choose: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  if (filter.options !== undefined) {
    return (
      <div className="choices">
        {filter.options.map(([option, label]) => (
          <button key={option} type="button" aria-pressed={option === value} onClick={() => choose(option)}>
            {label}
          </button>
        ))}
      </div>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') choose(text.trim());
  };
  return (
    <form className="filter-form" onSubmit={submit}>
      <label className="field">
        <span>{filter.label}</span>
        <input
          className="input"
          type={filter.type ?? 'text'}
          value={text}
          placeholder={filter.placeholder}
          // biome-ignore lint/a11y/noAutofocus: the one field of what was just opened
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button className="btn sm primary" type="submit">
        Apply
      </button>
    </form>
  );
}
