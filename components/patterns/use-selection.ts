'use client';

import { useState } from 'react';
import type { Selection } from './data-table';

/** Rows picked on the page in view; a new page begins with none. */
export function useSelection(page: string): Selection & { readonly clear: () => void } {
  const [state, setState] = useState<{ page: string; selected: ReadonlySet<string> }>({ page, selected: new Set() });
  const selected = state.page === page ? state.selected : new Set<string>();
  const set = (next: ReadonlySet<string>): void => setState({ page, selected: next });
  return {
    selected,
    toggle(key) {
      const next = new Set(selected);
      if (!next.delete(key)) next.add(key);
      set(next);
    },
    toggleAll: (keys) => set(keys.every((key) => selected.has(key)) ? new Set() : new Set(keys)),
    clear: () => set(new Set()),
  };
}
