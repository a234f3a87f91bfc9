'use client';

import { Columns3 } from 'lucide-react';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import type { Column } from './data-table';
import { Disclosure } from './disclosure';

/** Columns left out, in the address; the row's name always stays. */
export function useColumns<Row>(all: readonly Column<Row>[]): {
  readonly columns: readonly Column<Row>[];
  readonly chooser: React.ReactNode;
} {
  const [hidden, setHidden] = useQueryState('hide', parseAsArrayOf(parseAsString).withDefault([]));
  const toggle = (id: string): void => {
    const next = hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id];
    void setHidden(next.length === 0 ? null : next);
  };
  const chooser = (
    <Disclosure
      className="btn sm wide-only"
      panel="popover"
      end
      trigger={
        <>
          <Columns3 aria-hidden="true" />
          Columns
        </>
      }
    >
      <fieldset className="choices">
        <legend className="sr">Columns</legend>
        {all
          .filter(({ primary }) => primary !== true)
          .map(({ id, head, label }) => (
            <label key={id}>
              <input type="checkbox" checked={!hidden.includes(id)} onChange={() => toggle(id)} />
              {label ?? head}
            </label>
          ))}
      </fieldset>
    </Disclosure>
  );
  return { columns: all.filter(({ id, primary }) => primary === true || !hidden.includes(id)), chooser };
}
