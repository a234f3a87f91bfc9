'use client';

import { Check, Copy } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useState } from 'react';

/** What follows the prefix of an id of ours: the time first, then a counter that is often the same. */
const OURS = /_[0-9a-z]{13}$/;

/**
 * `wal_06…vz0d000`: the prefix, the beginning and the end; short ids stay whole. Of an id of ours the end is long enough
 * to hold the part of the time in which neighbours differ.
 */
export function shortId(id: string): string {
  const mark = id.indexOf('_') + 1;
  if (OURS.test(id)) return `${id.slice(0, mark + 2)}…${id.slice(-7)}`;
  return id.length - mark <= 9 ? id : `${id.slice(0, mark + 4)}…${id.slice(-4)}`;
}

/** An id in mono, shortened in the middle, copied whole. */
export function CopyId({
  id,
  whole = false,
  what = 'id',
  href,
  shown,
}: {
  readonly id: string;
  readonly whole?: boolean;
  readonly what?: string;
  /** Where its record is. */
  readonly href?: Route;
  /** Of what is no id of ours, for instance a hash: how it is shortened. */
  readonly shown?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  const text = shown ?? (whole ? id : shortId(id));
  return (
    <span className="id">
      {href === undefined ? (
        <code title={id}>{text}</code>
      ) : (
        <Link className="l" href={href} prefetch={false} title={id}>
          <code>{text}</code>
        </Link>
      )}
      <button type="button" aria-label={copied ? 'Copied' : `Copy ${what} ${id}`} onClick={() => void copy()}>
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </button>
    </span>
  );
}
