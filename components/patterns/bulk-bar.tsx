'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';

/** What can be done with the rows that are picked; there only while some are. */
export function BulkBar({
  count,
  note,
  clear,
  children,
}: {
  readonly count: number;
  readonly note?: ReactNode;
  readonly clear: () => void;
  readonly children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <section className="bulk" aria-label="Selection">
      <p>
        <b className="strong">{count} selected</b>
        {note !== undefined && <> · {note}</>}
      </p>
      {children}
      <span className="sep" />
      <button type="button" className="btn quiet icononly" onClick={clear} aria-label="Clear the selection">
        <X aria-hidden="true" />
      </button>
    </section>
  );
}
