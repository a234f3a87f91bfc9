'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

/** `wal_01m1…fpd1`: the prefix, the beginning and the end; short ids stay whole. */
export function shortId(id: string): string {
  const mark = id.indexOf('_') + 1;
  return id.length - mark <= 9 ? id : `${id.slice(0, mark + 4)}…${id.slice(-4)}`;
}

/** An id in mono, shortened in the middle, copied whole. */
export function CopyId({
  id,
  whole = false,
  what = 'id',
}: {
  readonly id: string;
  readonly whole?: boolean;
  readonly what?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <span className="id">
      <code title={id}>{whole ? id : shortId(id)}</code>
      <button type="button" aria-label={copied ? 'Copied' : `Copy ${what} ${id}`} onClick={() => void copy()}>
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </button>
    </span>
  );
}
