'use client';

import Link from 'next/link';
import { useQueryState } from 'nuqs';
import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { shortId } from '@/components/patterns/copy-id';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { ExportButton } from '@/components/patterns/export-button';
import { formatAmount } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { zonedFormat } from '@/components/patterns/timestamp';
import { formatMinor } from '@/contracts/money';
import type { Import } from './import-status';
import { type Row, who } from './refused-rows';
import { type RowState, rowsRequest } from './requests';

const DAY = zonedFormat('UTC', { day: 'numeric', month: 'short', year: 'numeric' });

/** Step three when it is at its end: what became of every row. */
export function Results({ of: one }: { readonly of: Import }) {
  const href = useHref();
  const [state, setState] = useQueryState('row', { history: 'push' });
  const { after, go } = useCursor();
  const rows = useApi(
    '/v1/promotion_imports/{id}/rows',
    rowsRequest(one.id, false, { row: state ?? undefined, after }),
  );
  const { total, issued, failed, refused, left_out: leftOut } = one.counts;
  const n = (count: number): string => count.toLocaleString('en-GB');
  const choices: readonly (readonly [RowState | null, string, number])[] = [
    [null, 'All', total],
    ['issued', 'Issued', issued],
    ['failed', 'Failed', failed],
    ['refused', 'Refused', refused],
    ['left_out', 'Left out', leftOut],
  ];
  const columns: readonly Column<Row>[] = [
    {
      id: 'line',
      head: 'Line',
      numeric: true,
      cell: (row) => <span className="dim">{n(row.line)}</span>,
      className: 'line',
    },
    { id: 'customer', head: 'Customer', primary: true, cell: who },
    {
      id: 'amount',
      head: 'Amount',
      numeric: true,
      cell: (row) =>
        row.amount === null || row.currency === null ? (
          <span className="dim">{row.given['amount'] ?? '–'}</span>
        ) : (
          <>
            <span className={row.state === 'issued' ? 'promo' : 'dim'}>
              {row.state === 'issued' && '+'}
              {formatAmount(row.amount, row.currency)}
            </span>{' '}
            <span className="dim">{row.currency}</span>
          </>
        ),
    },
    {
      id: 'expires',
      head: 'Expires',
      cell: (row) =>
        row.expires_at === null ? (
          <span className="nil">{row.given['expires_at'] ?? 'never'}</span>
        ) : (
          DAY.format(Date.parse(row.expires_at))
        ),
    },
    { id: 'result', head: 'Result', cell: (row) => <RowStatus of={row.state} /> },
    {
      id: 'why',
      head: 'Journal, or why not',
      cell: (row) =>
        row.journal_id !== null ? (
          <Link
            className="link mono"
            href={href(`/journals/${row.journal_id}`)}
            prefetch={false}
            title={row.journal_id}
          >
            {shortId(row.journal_id)}
          </Link>
        ) : row.problem !== null ? (
          <span className={row.state === 'failed' ? 'text-(--red)' : 'soft'}>{row.problem.message}</span>
        ) : (
          <span className="dim">
            {one.state === 'discarded' ? 'The file was discarded' : 'Stopped before its turn'}
          </span>
        ),
    },
  ];
  return (
    <>
      <div className="result-head">
        <h2 className="say apart">
          <Sentence of={one} />
        </h2>
        <ExportButton
          path="/v1/promotion_imports/{id}/rows"
          params={{ id: one.id }}
          query={{ format: 'csv', ...(state !== null && { state }) }}
          filename={`${one.file_name ?? one.id}-results.csv`}
        >
          Results as CSV
        </ExportButton>
      </div>
      <Card label="Rows">
        <div className="seg-row">
          {/* biome-ignore lint/a11y/useSemanticElements: choices of a view are no fieldset of a form */}
          <span className="seg" role="group" aria-label="Show rows">
            {choices
              .filter(([value, , count]) => value === null || count > 0)
              .map(([value, label, count]) => (
                <button
                  key={label}
                  type="button"
                  aria-pressed={state === value}
                  onClick={() => {
                    go(null);
                    void setState(value);
                  }}
                >
                  {label} <span className="dim">{n(count)}</span>
                </button>
              ))}
          </span>
        </div>
        <DataTable
          caption="What became of every row, in the file’s order"
          columns={columns}
          rows={rows.data?.data}
          keyOf={(row) => String(row.line)}
          error={rows.error}
          retry={() => void rows.refetch()}
          empty={<Empty kind="none" title="No row with this result" />}
        />
        <Pager count={rows.data?.data.length} nextCursor={rows.data?.next_cursor} of="in the file’s order" />
      </Card>
      {one.totals.length > 0 && issued > 0 && (
        <p className="dim mt-3 text-[13px]">
          Promotion expense is now{' '}
          {one.totals
            .map(({ expense_now, currency }) => `${formatAmount(expense_now, currency)} Dr in ${currency}`)
            .join(' and ')}
          .
        </p>
      )}
    </>
  );
}

function Sentence({ of: one }: { readonly of: Import }) {
  const { issued, failed, refused, left_out: leftOut } = one.counts;
  const n = (count: number): string => count.toLocaleString('en-GB');
  if (one.state === 'discarded') {
    return (
      <>
        The file was discarded. <span>Nothing of it was issued.</span>
      </>
    );
  }
  const amounts = one.totals
    .filter((sum) => sum.issued > 0)
    .map((sum) => formatMinor(BigInt(sum.issued), sum.currency))
    .join(' and ');
  const rest = [
    failed > 0 && `${n(failed)} failed while issuing`,
    leftOut > 0 && `${n(leftOut)} ${leftOut === 1 ? 'was' : 'were'} left out when it was stopped`,
    refused > 0 && `${n(refused)} ${refused === 1 ? 'was' : 'were'} refused by the dry run`,
  ].filter(Boolean);
  const tookMs =
    one.started_at === null || one.ended_at === null ? null : Date.parse(one.ended_at) - Date.parse(one.started_at);
  return (
    <>
      {issued === 1 ? '1 credit' : `${n(issued)} credits`} issued{amounts === '' ? '.' : `: ${amounts}.`}{' '}
      <span>
        {rest.length > 0 && `${rest.join(', ')}. `}
        {tookMs !== null &&
          (tookMs < 1_000 ? 'It took less than a second.' : `It took ${(tookMs / 1_000).toFixed(0)} s.`)}
      </span>
    </>
  );
}

function RowStatus({ of }: { readonly of: Row['state'] }) {
  if (of === 'issued') return <Status of="succeeded" word="Issued" />;
  if (of === 'failed') return <Status of="failed" />;
  if (of === 'refused') return <Status of="off" word="Refused" />;
  return <Status of="off" word={of === 'ready' ? 'Not yet' : 'Left out'} />;
}
