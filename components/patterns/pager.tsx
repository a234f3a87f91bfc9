'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { type ReactNode, useState } from 'react';

/** The place in a list, in the address: `after` is the cursor of the page before. */
export function useCursor(): { readonly after: string | undefined; readonly go: (after: string | null) => void } {
  const [after, setAfter] = useQueryState('after', parseAsString.withOptions({ history: 'push', scroll: true }));
  return { after: after ?? undefined, go: (next) => void setAfter(next) };
}

/**
 * Newer and Older over a keyset: Older follows the cursor, Newer goes back along the pages one came by, or to the newest
 * where the address was opened in the middle.
 */
export function Pager({
  count,
  nextCursor,
  of,
  summary,
}: {
  readonly count: number | undefined;
  readonly nextCursor: string | null | undefined;
  /** `wallets, newest first` */
  readonly of: string;
  /** Instead of the count and what it is of. */
  readonly summary?: ReactNode;
}) {
  const { after, go } = useCursor();
  const [trail, setTrail] = useState<readonly (string | null)[]>([]);
  const newer = (): void => {
    go(trail.at(-1) ?? null);
    setTrail(trail.slice(0, -1));
  };
  const older = (): void => {
    if (nextCursor === null || nextCursor === undefined) return;
    setTrail([...trail, after ?? null]);
    go(nextCursor);
  };
  if (after === undefined && nextCursor === null) {
    return (
      <div className="pager">
        <span>{summary ?? `${count ?? 0} in all, ${of}`}</span>
      </div>
    );
  }
  return (
    <div className="pager">
      <span>{summary ?? (count === undefined ? '\u00a0' : `${count} on this page, ${of}`)}</span>
      <div className="btns">
        <button type="button" className="btn sm" disabled={after === undefined} onClick={newer}>
          <ChevronLeft aria-hidden="true" />
          {trail.length === 0 && after !== undefined ? 'Newest' : 'Newer'}
        </button>
        <button type="button" className="btn sm" disabled={nextCursor == null} onClick={older}>
          Older
          <ChevronRight aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
