'use client';

import type { ReactNode } from 'react';
import type { ApiError } from '@/components/api/error';
import { useConsole, useHref } from '@/components/api/scope';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Money } from '@/components/patterns/money';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { useClientNames } from '@/components/services/use-client-name';
import type { AnswerOf } from '@/server/http/api-types';

type Lot = AnswerOf<'get', '/v1/promotion_lots'>['data'][number];

const promotionColumn: Column<Lot> = {
  id: 'promotion',
  head: 'Promotion',
  cell: (lot) => (lot.promotion_code === null ? <span className="nil">none</span> : <code>{lot.promotion_code}</code>),
};

/** Promotional credits of many wallets, each leading to its wallet. */
export function LotsTable({
  rows,
  error,
  retry,
  empty,
  ofOnePromotion = false,
}: {
  readonly rows: readonly Lot[] | undefined;
  readonly error: ApiError | null;
  readonly retry: () => void;
  readonly empty: ReactNode;
  readonly ofOnePromotion?: boolean;
}) {
  const { scope } = useConsole();
  const href = useHref();
  const nameOf = useClientNames();
  const money = (id: string, head: string, of: (lot: Lot) => number, tone?: string): Column<Lot> => ({
    id,
    head,
    numeric: true,
    wide: id === 'used' || id === 'lost',
    cell: (lot) => (
      <span className={tone}>
        <Money minor={of(lot)} currency={lot.currency} />
      </span>
    ),
  });
  const columns: readonly Column<Lot>[] = [
    {
      id: 'customer',
      head: 'Customer',
      primary: true,
      cell: (lot) => (
        <>
          {lot.customer?.name ?? lot.customer?.id ?? 'Unknown'}
          {lot.customer?.name != null && <code className="dim ml-1.5">{lot.customer.id}</code>}
        </>
      ),
    },
    ...(scope.client === 'all' ? [{ id: 'client', head: 'Client', cell: (lot: Lot) => nameOf(lot.client_code) }] : []),
    ...(ofOnePromotion ? [] : [promotionColumn]),
    { id: 'currency', head: 'Currency', cell: (lot) => lot.currency },
    money('granted', 'Granted', ({ granted }) => granted),
    money('used', 'Used', ({ used }) => used),
    money('lost', 'Expired', ({ expired, forfeited }) => expired + forfeited),
    money('left', 'Left', ({ remaining, held }) => remaining + held, 'promo'),
    {
      id: 'expires',
      head: 'Expires',
      cell: (lot) => (lot.expires_at === null ? <span className="nil">never</span> : <Timestamp at={lot.expires_at} />),
    },
    {
      id: 'state',
      head: 'State',
      cell: (lot) => (
        <Status of={lot.state === 'open' ? 'open' : 'off'} word={lot.state === 'open' ? 'Open' : 'Ended'} />
      ),
    },
    { id: 'created', head: 'Granted at', cell: (lot) => <Timestamp at={lot.created_at} />, wide: true },
  ];
  return (
    <DataTable
      caption="Promotional credits"
      columns={columns}
      rows={rows}
      keyOf={(lot) => lot.id}
      hrefOf={(lot) => href(`/wallets/${lot.wallet_id}`, lot.client_code)}
      error={error}
      retry={retry}
      empty={empty}
    />
  );
}
