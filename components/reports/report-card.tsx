'use client';

import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';
import { Card } from '@/components/patterns/card';
import { ExportButton } from '@/components/patterns/export-button';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import type { Period } from './period';
import { useReportView } from './use-period';

/** A report's card: its currencies to choose among, its CSV, and what is said while it loads, fails or has nothing. */
export function ReportCard({
  title,
  note,
  currencies,
  shown,
  csv,
  error,
  isLoading,
  retry,
  empty,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  /** Undefined while they load. */
  readonly currencies: readonly string[] | undefined;
  readonly shown: string | undefined;
  readonly csv?: { readonly path: string; readonly query: Period & object; readonly name: string };
  readonly error: ApiError | null;
  readonly isLoading: boolean;
  readonly retry: () => void;
  readonly empty: readonly [title: string, text: string];
  readonly children: ReactNode;
}) {
  const { set } = useReportView();
  return (
    <Card
      className="report"
      title={title}
      {...(note !== undefined && { note })}
      end={
        <>
          {currencies !== undefined && currencies.length > 1 && (
            // biome-ignore lint/a11y/useSemanticElements: a switch in a heading is no fieldset
            <span className="seg" role="group" aria-label={`Currency of ${title}`}>
              {currencies.map((currency) => (
                <button
                  key={currency}
                  type="button"
                  aria-pressed={currency === shown}
                  onClick={() => set({ currency })}
                >
                  {currency}
                </button>
              ))}
            </span>
          )}
          {csv !== undefined && (
            <ExportButton
              path={csv.path}
              query={csv.query}
              filename={`${csv.name}-${csv.query.from}-${csv.query.to}.csv`}
              look="quiet sm"
            >
              CSV
            </ExportButton>
          )}
        </>
      }
    >
      {isLoading && <Loading />}
      {!isLoading && error !== null && currencies === undefined && <Failed error={error} retry={retry} />}
      {currencies?.length === 0 && (
        <Empty kind="none" title={empty[0]}>
          {empty[1]}
        </Empty>
      )}
      {shown !== undefined && children}
    </Card>
  );
}

function Loading() {
  return (
    <div className="grid gap-4 px-4 pb-4">
      <Skeleton width={40} />
      <div style={{ height: 220 }}>
        <span className="sk" style={{ height: '100%' }} />
      </div>
    </div>
  );
}

/** A large figure with what it is, over a chart. */
export function Headline({
  currency,
  figure,
  children,
}: {
  readonly currency: string;
  readonly figure: string;
  readonly children: ReactNode;
}) {
  return (
    <p className="chart-head">
      <b>
        <small>{currency}</small> {figure}
      </b>
      <span className="soft">{children}</span>
    </p>
  );
}
