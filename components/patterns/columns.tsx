'use client';

import { Check, Columns3 } from 'lucide-react';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItemIndicator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { Column } from './data-table';

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
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <button type="button" className="btn sm wide-only">
          <Columns3 aria-hidden="true" />
          Columns
        </button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {all
          .filter(({ primary }) => primary !== true)
          .map(({ id, head, label }) => (
            <DropdownMenuCheckboxItem
              key={id}
              checked={!hidden.includes(id)}
              onCheckedChange={() => toggle(id)}
              onSelect={(event) => event.preventDefault()}
            >
              {label ?? head}
              <DropdownMenuItemIndicator className="hint">
                <Check className="s" aria-hidden="true" />
              </DropdownMenuItemIndicator>
            </DropdownMenuCheckboxItem>
          ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
  return { columns: all.filter(({ id, primary }) => primary === true || !hidden.includes(id)), chooser };
}
