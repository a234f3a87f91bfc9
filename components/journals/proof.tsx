'use client';

import { Check, Hourglass, Lock, ShieldCheck, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useApi } from '@/components/api/queries';
import { CopyId } from '@/components/patterns/copy-id';
import { ExportButton } from '@/components/patterns/export-button';
import { formatAmount } from '@/components/patterns/money';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { JournalObject, JournalProofObject } from '@/contracts/journals';

type EntryProof = JournalProofObject['entries'][number];

/** Every entry’s link in its account’s chain, recomputed; then the seal; then what came of it. */
export function Proof({ journal }: { readonly journal: JournalObject }) {
  const [verifying, setVerifying] = useState(false);
  const { data, error, refetch } = useApi('/v1/journals/{id}/proof', { params: { id: journal.id } });
  const verify = async (): Promise<void> => {
    setVerifying(true);
    await refetch();
    setVerifying(false);
  };
  return (
    <section className="card" aria-labelledby="h-proof">
      <header className="ch">
        <h2 id="h-proof">Proof</h2>
        <p className="hide-s">Each entry’s hash covers its content and the hash before it.</p>
        <span className="end">
          <ExportButton
            path="/v1/journals/{id}/proof"
            params={{ id: journal.id }}
            accept="application/json"
            filename={`${journal.id}-proof.json`}
            look="quiet sm"
          >
            Proof as JSON
          </ExportButton>
          <button type="button" className="btn sm" disabled={verifying} onClick={() => void verify()}>
            <ShieldCheck aria-hidden="true" />
            {verifying ? 'Verifying…' : 'Verify now'}
          </button>
        </span>
      </header>
      {data === undefined && error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data !== undefined || error === null ? <Entries legs={journal.legs} proof={data} /> : null}
      {data !== undefined && <Seal proof={data} />}
      {data !== undefined && <Verdict proof={data} currency={journal.currency} />}
    </section>
  );
}

function Entries({
  legs,
  proof,
}: {
  readonly legs: JournalObject['legs'];
  readonly proof: JournalProofObject | undefined;
}) {
  return (
    <div className="tablewrap">
      <table className="stk">
        <caption className="sr">Hashes of the entries</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="num">
              Entry
            </th>
            <th scope="col">Previous hash</th>
            <th scope="col">Hash</th>
            <th scope="col" className="r">
              Check
            </th>
          </tr>
        </thead>
        <tbody>
          {proof === undefined
            ? legs.map(({ id, account, sequence }) => (
                <tr key={id}>
                  <th scope="row">{account.name}</th>
                  <td className="num">{sequence.toLocaleString('en-GB')}</td>
                  <td colSpan={3}>
                    <Skeleton width={60} />
                  </td>
                </tr>
              ))
            : proof.entries.map((entry) => <EntryRow key={entry.leg} entry={entry} />)}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { readonly entry: EntryProof }) {
  const { account, sequence, previous_hash: previous, hash, matches, recomputed } = entry;
  const number = sequence.toLocaleString('en-GB');
  return (
    <tr>
      <th scope="row">{account.name}</th>
      <td className="num" data-th="Entry">
        {number}
      </td>
      <td data-th="Previous hash">
        <code className="dim" title={previous}>
          {/^0+$/.test(previous) ? 'none, the first' : shortHash(previous)}
        </code>
      </td>
      <td data-th="Hash">
        <CopyId id={hash} shown={shortHash(hash)} what={`hash of entry ${number}, ${account.name},`} />
      </td>
      <td className="r" data-th="Check">
        {matches ? (
          <Flat ok>matches</Flat>
        ) : (
          <span title={`Recomputed: ${recomputed}`}>
            <Flat>does not match</Flat>
          </span>
        )}
      </td>
    </tr>
  );
}

function Seal({ proof }: { readonly proof: JournalProofObject }) {
  const { seal } = proof;
  if (seal === null) {
    return (
      <div className="seal">
        <Hourglass aria-hidden="true" className="wait" />
        <div>
          <p>
            <b>Not sealed yet.</b> The heads of all accounts that moved are signed every quarter of an hour.
          </p>
          <p className="dim">Until then the chain alone holds it.</p>
        </div>
      </div>
    );
  }
  return (
    <div className="seal">
      <Lock aria-hidden="true" />
      <div>
        <p>
          <b>
            Sealed <Timestamp at={seal.sealed_at} as="exact" />
          </b>{' '}
          in seal <span className="nowrap">{seal.number.toLocaleString('en-GB')}</span> with the heads of{' '}
          {seal.accounts === 1 ? 'one account' : `${seal.accounts.toLocaleString('en-GB')} accounts`}.
        </p>
        <p className="dim">
          {seal.algorithm}, key <code>{shortHash(seal.key_id, 14)}</code>, signature{' '}
          <code title={seal.signature}>{shortHash(seal.signature)}</code>. The JSON has the public key, every hash’s
          content and the signature: it can be checked without us.
        </p>
      </div>
    </div>
  );
}

function Verdict({ proof, currency }: { readonly proof: JournalProofObject; readonly currency: string }) {
  const { verified, verified_at: at, entries, seal, sum, faults } = proof;
  const matching = entries.filter(({ matches }) => matches).length;
  const walked = entries.filter((entry) => entry.seal?.chain === 'not_walked').length;
  return (
    <div className="cf proof-verdict" role="status">
      <Flat ok={verified}>
        <span>
          {verified ? 'Verified' : 'Not valid'} <Timestamp at={at} as="time" />
        </span>
      </Flat>
      {faults.length === 0 ? (
        <span className="dim">
          {matching} of {entries.length} hashes recomputed, sum {formatAmount(sum, currency)}
          {seal !== null && `, inside seal ${seal.number.toLocaleString('en-GB')}, signature valid`}
          {walked > 0 && `; ${walked} long way${walked === 1 ? '' : 's'} to the sealed head not walked here`}.
        </span>
      ) : (
        <ul className="problem">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Flat({ ok = false, children }: { readonly ok?: boolean; readonly children: ReactNode }) {
  const Icon = ok ? Check : X;
  return (
    <span className={`flat ${ok ? 'ok' : 'bad'}`}>
      <Icon aria-hidden="true" />
      {children}
    </span>
  );
}

/** `39c81bd8…57ffc6` */
export function shortHash(hash: string, head = 8): string {
  return hash.length <= head + 7 ? hash : `${hash.slice(0, head)}…${hash.slice(-6)}`;
}
