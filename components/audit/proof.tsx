'use client';

import { Check, Download, ShieldCheck, TriangleAlert } from 'lucide-react';
import { saveFile } from '@/components/patterns/export-button';
import { Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';

import { type ProvenEntry, useEntry } from './use-entry';
import type { AuditEntry } from './words';

/** Where a row stands in its chain, and whether its hash still holds: recomputed by the server when it is opened. */
export function Proof({ entry, heading: Heading }: { readonly entry: AuditEntry; readonly heading: 'h2' | 'h3' }) {
  const proven = useEntry(entry.id, entry.client?.code);
  const { sequence } = entry;
  return (
    <div>
      <Heading>Proof</Heading>
      {sequence === null ? (
        <p className="problem">This row was written past the chain: nothing vouches for it.</p>
      ) : (
        <ol className="hashes">
          <li>
            <span>{sequence === 1 ? 'Beginning' : `Row ${(sequence - 1).toLocaleString('en-GB')}`}</span>
            <Hash of={entry.previous_hash} />
          </li>
          <li className="here">
            <span>Row {sequence.toLocaleString('en-GB')}</span>
            <Hash of={entry.hash} />
          </li>
          <Sealed proof={proven.data?.proof} />
        </ol>
      )}
      <Verdict proof={proven.data?.proof} atMs={proven.dataUpdatedAt} failed={proven.error?.message ?? null} />
      <p className="acts">
        <button
          type="button"
          className="btn sm"
          disabled={proven.isFetching}
          onClick={() => void proven.refetch({ cancelRefetch: false })}
        >
          <ShieldCheck aria-hidden="true" />
          {proven.isFetching ? 'Recomputing…' : 'Verify this row'}
        </button>
        <button
          type="button"
          className="btn sm quiet"
          disabled={proven.data === undefined}
          onClick={() => saveFile([JSON.stringify(proven.data, null, 2)], 'application/json', `${entry.id}.json`)}
        >
          <Download aria-hidden="true" />
          JSON
        </button>
      </p>
    </div>
  );
}

function Sealed({ proof }: { readonly proof: ProvenEntry['proof'] | undefined }) {
  if (proof === undefined) {
    return (
      <li>
        <Skeleton width={60} />
        <span />
      </li>
    );
  }
  if (proof.seal === null) {
    return (
      <li>
        <span>Seal</span>
        <span>none yet</span>
      </li>
    );
  }
  return (
    <li>
      <span title={`Seal ${proof.seal.id}, by key ${proof.seal.key_id}`}>
        Seal over {proof.seal.sequence.toLocaleString('en-GB')}
      </span>
      <Timestamp at={proof.seal.sealed_at} as="minute" />
    </li>
  );
}

function Verdict({
  proof,
  atMs,
  failed,
}: {
  readonly proof: ProvenEntry['proof'] | undefined;
  readonly atMs: number;
  readonly failed: string | null;
}) {
  if (failed !== null) return <p className="problem">{failed}</p>;
  if (proof === undefined) return null;
  return (
    <p className={proof.verified ? 'verdict ok' : 'verdict bad'} role="status">
      {proof.verified ? <Check className="s" aria-hidden="true" /> : <TriangleAlert className="s" aria-hidden="true" />}
      {proof.verified ? 'Recomputed' : 'Does not recompute: the row or its link was altered.'}{' '}
      {proof.verified && <Timestamp at={atMs} as="time" />}
    </p>
  );
}

/** `d54c553b…b3ece4`, whole on hover. */
export function Hash({ of }: { readonly of: string | null }) {
  if (of === null) return <span>none</span>;
  if (/^0+$/.test(of)) return <code title={of}>zeros</code>;
  return (
    <code title={of}>
      {of.slice(0, 8)}…{of.slice(-6)}
    </code>
  );
}
