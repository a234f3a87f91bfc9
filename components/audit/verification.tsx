'use client';

import { Check, ShieldCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { Timestamp } from '@/components/patterns/timestamp';
import type { ChainResult, useVerification } from './use-verification';

type Asked = ReturnType<typeof useVerification>;

/** Under the title: whether the chain holds, as of when. Until somebody asks, how it would be known. */
export function ChainLine({ asked }: { readonly asked: Asked }) {
  const results = asked.data;
  if (asked.isFetching) return <span role="status">Recomputing from the first row…</span>;
  if (asked.error !== null) return <span className="refused">The chain could not be recomputed. Try again.</span>;
  if (results === undefined) {
    return (
      <span>Every row carries the hash of the row before it. Verify recomputes them all, and compares the seals.</span>
    );
  }
  const broken = results.filter(({ result }) => result?.verified !== true);
  const rows = results.reduce((sum, { result }) => sum + (result?.entries ?? 0), 0).toLocaleString('en-GB');
  const first = results[0]?.result;
  if (broken.length === 0) {
    return (
      <span className="verdict ok" role="status">
        <Check className="s" aria-hidden="true" />
        {results.length === 1
          ? `Chain whole from row 1 to ${first?.head.sequence.toLocaleString('en-GB')}`
          : `${results.length} chains whole, ${rows} rows`}
        , recomputed <Timestamp at={asked.dataUpdatedAt} as="time" />
      </span>
    );
  }
  return (
    <span className="verdict bad" role="alert">
      <TriangleAlert className="s" aria-hidden="true" />
      {results.length === 1 ? (
        <Broken of={broken[0] as ChainResult} />
      ) : (
        `${broken.length} of ${results.length} chains do not hold`
      )}
    </span>
  );
}

export function VerifyButton({ asked, several }: { readonly asked: Asked; readonly several: boolean }) {
  return (
    <button type="button" className="btn" disabled={asked.isFetching} onClick={() => void asked.refetch()}>
      <ShieldCheck aria-hidden="true" />
      {asked.isFetching ? 'Recomputing…' : several ? 'Verify every chain' : 'Verify the chain'}
    </button>
  );
}

/** Chain by chain, where there are several. */
export function ChainResults({ results }: { readonly results: readonly ChainResult[] }) {
  const href = useHref();
  return (
    <Card title="Chains" note="one for each client" className="mb-4">
      <div className="tablewrap">
        <table>
          <caption className="sr">Each client’s chain</caption>
          <thead>
            <tr>
              <th scope="col">Client</th>
              <th scope="col">Chain</th>
              <th scope="col" className="num">
                Rows
              </th>
            </tr>
          </thead>
          <tbody>
            {results.map(({ client, result, problem }) => (
              <tr key={client.code}>
                <th scope="row">
                  <Link className="lined" href={href('/audit', client.code)} prefetch={false}>
                    {client.name}
                  </Link>
                </th>
                <td>
                  <span className={result?.verified === true ? 'verdict ok' : 'verdict bad'}>
                    {result?.verified === true ? (
                      <>
                        <Check className="s" aria-hidden="true" /> Whole
                      </>
                    ) : (
                      <>
                        <TriangleAlert className="s" aria-hidden="true" />
                        <Broken of={{ client, result, problem }} />
                      </>
                    )}
                  </span>
                </td>
                <td className="num">{result?.entries.toLocaleString('en-GB') ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Broken({ of: { client, result, problem } }: { readonly of: ChainResult }) {
  const href = useHref();
  const found = result?.first_break;
  if (found == null) return <>{problem ?? 'Could not be asked'}</>;
  const where = found.sequence === null ? '' : ` at row ${found.sequence.toLocaleString('en-GB')}`;
  return (
    <span>
      Broken{where}: {found.message}{' '}
      {found.entry_id !== null && (
        <Link className="lined" href={href(`/audit/${found.entry_id}`, client.code)} prefetch={false}>
          Open the row
        </Link>
      )}
    </span>
  );
}
