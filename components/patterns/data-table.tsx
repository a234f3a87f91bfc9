'use client';

import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';
import { Failed, Skeleton } from './states';

export interface Column<Row> {
  /** Names the column in the address when columns are chosen; unique in its table. */
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand on the right. */
  readonly numeric?: boolean;
  /** The row's name: its cell is the row's heading and carries its link. */
  readonly primary?: boolean;
  /** Before the value when the table becomes cards on a phone; the head itself where it is a text. Null is none. */
  readonly label?: string | null;
  /** Left out on a phone. */
  readonly wide?: boolean;
  readonly className?: string;
}

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
  readonly toggleAll: (keys: readonly string[]) => void;
}

/**
 * A table in which every row is a real link, which becomes cards on a phone, and which keeps its shape while it loads.
 * What is said when there is nothing is the page's to word (`empty`).
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  hrefOf,
  error = null,
  retry,
  empty,
  selection,
  nameOf,
  foot,
  skeletonRows = 8,
  layout = 'cards',
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while they load. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  readonly hrefOf?: (row: Row) => Route | null;
  readonly error?: ApiError | null;
  readonly retry?: () => void;
  readonly empty: ReactNode;
  readonly selection?: Selection;
  /** What a screen reader hears of a row's checkbox. */
  readonly nameOf?: (row: Row) => string;
  /** Rows of totals. */
  readonly foot?: ReactNode;
  readonly skeletonRows?: number;
  /** Class of the page's own layout of a phone's cards. */
  readonly layout?: string;
}) {
  if (error !== null && rows === undefined) return <Failed error={error} {...(retry !== undefined && { retry })} />;
  if (rows !== undefined && rows.length === 0) return <>{empty}</>;
  return (
    <div className="tablewrap">
      <table className={`stack ${layout}`}>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {selection !== undefined && <SelectAll keys={(rows ?? []).map(keyOf)} selection={selection} />}
            {columns.map((column) => (
              <th key={column.id} scope="col" className={classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? Array.from({ length: skeletonRows }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows that are not there yet are all alike
                <tr key={index}>
                  {selection !== undefined && <td className="check" />}
                  {columns.map((column, place) => (
                    <td key={column.id} className={classOf(column)}>
                      <Skeleton width={40 + ((index * 7 + place * 13) % 5) * 10} />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((row) => (
                <TableRow
                  key={keyOf(row)}
                  row={row}
                  columns={columns}
                  rowKey={keyOf(row)}
                  href={hrefOf?.(row) ?? null}
                  {...(selection !== undefined && { selection })}
                  name={nameOf?.(row) ?? keyOf(row)}
                />
              ))}
        </tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

function TableRow<Row>({
  row,
  columns,
  rowKey,
  href,
  selection,
  name,
}: {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: string;
  readonly href: Route | null;
  readonly selection?: Selection;
  readonly name: string;
}) {
  const selected = selection?.selected.has(rowKey);
  return (
    <tr className={href === null ? undefined : 'go'} aria-selected={selected}>
      {selection !== undefined && (
        <td className="check">
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={selected}
            onChange={() => selection.toggle(rowKey)}
          />
        </td>
      )}
      {columns.map((column) => {
        const content = column.cell(row);
        if (column.primary !== true) {
          return (
            <td key={column.id} className={classOf(column)} data-l={labelOf(column)}>
              {content}
            </td>
          );
        }
        return (
          <th key={column.id} scope="row" className={classOf(column)}>
            {href === null ? (
              content
            ) : (
              <Link className="row" href={href} prefetch={false}>
                {content}
              </Link>
            )}
          </th>
        );
      })}
    </tr>
  );
}

function SelectAll({ keys, selection }: { readonly keys: readonly string[]; readonly selection: Selection }) {
  const count = keys.filter((key) => selection.selected.has(key)).length;
  return (
    <th scope="col" className="check">
      <input
        type="checkbox"
        className={count > 0 && count < keys.length ? 'some' : undefined}
        aria-label={`Select all ${keys.length} on this page`}
        checked={count > 0 && count === keys.length}
        onChange={() => selection.toggleAll(keys)}
      />
    </th>
  );
}

function classOf<Row>({ numeric, primary, wide, className }: Column<Row>): string {
  return [numeric === true && 'num', primary === true && 'name', wide === true && 'wide-only', className]
    .filter(Boolean)
    .join(' ');
}

function labelOf<Row>({ label, head }: Column<Row>): string | undefined {
  if (label === null) return undefined;
  return label ?? (typeof head === 'string' ? head : undefined);
}
