'use client';

import { useApi } from '@/components/api/queries';
import { useHref } from '@/components/api/scope';
import { useClientNames } from '@/components/home/use-client-names';
import { Card } from '@/components/patterns/card';
import { useColumns } from '@/components/patterns/columns';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Money } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { FindField } from './find-field';
import { Funnel } from './funnel';
import { PaymentTabs } from './list-tabs';
import { CHANNEL_NAMES, maskPhone, PROVIDER_OPTIONS, providerName } from './names';
import { type ListedPayment, paymentListRequest, paymentReportRequest } from './request';
import { whoOf } from './sentence';
import { STATUS_WORDS } from './status-words';

const FILTERS: readonly Filter[] = [
  { name: 'status', label: 'Status', options: Object.entries(STATUS_WORDS) },
  { name: 'channel', label: 'Channel', options: Object.entries(CHANNEL_NAMES) },
  { name: 'provider', label: 'Provider', options: PROVIDER_OPTIONS },
  { name: 'from', label: 'From', type: 'date' },
  { name: 'to', label: 'To', type: 'date' },
  { name: 'customer_id', label: 'Customer', placeholder: 'cus_…' },
];
const SEARCH: Filter = { name: 'search', label: 'Phone, reference or receipt' };
const ALL_FILTERS = [...FILTERS, SEARCH];

const COLUMNS: readonly Column<ListedPayment>[] = [
  { id: 'who', head: 'Payer', primary: true, cell: (payment) => whoOf(payment) },
  {
    id: 'amount',
    head: 'Amount',
    numeric: true,
    className: 'c-amount',
    cell: (payment) => <Money minor={payment.amount_charged} currency={payment.currency} code />,
  },
  { id: 'status', head: 'Status', className: 'c-status', cell: (payment) => <Status of={payment.status} /> },
  {
    id: 'channel',
    head: 'Channel',
    className: 'c-how',
    cell: ({ channel, provider }) => <Channel channel={channel} provider={provider} />,
  },
  {
    id: 'phone',
    head: 'Phone',
    wide: true,
    cell: ({ phone }) => (phone === null ? <span className="nil">–</span> : maskPhone(phone)),
  },
  { id: 'reference', head: 'Reference', cell: (payment) => <code>{payment.reference}</code>, className: 'pay-ref' },
  {
    id: 'receipt',
    head: 'Receipt',
    wide: true,
    cell: ({ receipt }) => (receipt === null ? <span className="nil">–</span> : <code>{receipt}</code>),
    className: 'pay-ref',
  },
  { id: 'created', head: 'Asked', className: 'c-when', cell: (payment) => <Timestamp at={payment.created_at} /> },
];

/** Over all clients each row says whose it is. */
function columnsOf(nameOf: ((code: string) => string) | null): readonly Column<ListedPayment>[] {
  if (nameOf === null) return COLUMNS;
  const client: Column<ListedPayment> = {
    id: 'client',
    head: 'Client',
    cell: ({ client_code }) => nameOf(client_code),
  };
  return [...COLUMNS.slice(0, 1), client, ...COLUMNS.slice(1)];
}

export function PaymentList() {
  const href = useHref();
  const filters = useFilters(ALL_FILTERS);
  const { after } = useCursor();
  const { columns, chooser } = useColumns(columnsOf(useClientNames()));
  const payments = useApi('/v1/payments', paymentListRequest({ ...filters.values, after }));
  const report = useApi('/v1/reports/payments', paymentReportRequest(filters.values));
  return (
    <>
      <PageHead title="Payments" />
      <PaymentTabs />
      <Funnel report={report.data} values={filters.values} choose={(status) => filters.set('status', status)} />
      <FilterBar
        {...filters}
        filters={FILTERS}
        end={
          <>
            <FindField
              key={filters.values['search'] ?? ''}
              label={SEARCH.label}
              value={filters.values['search']}
              find={(text) => filters.set('search', text)}
            />
            {chooser}
          </>
        }
      />
      <Card label="Payments">
        <DataTable
          caption="Payments, newest first"
          layout="pay-cards"
          columns={columns}
          rows={payments.data?.data}
          keyOf={(payment) => payment.id}
          hrefOf={(payment) => href(`/payments/${payment.id}`, payment.client_code)}
          error={payments.error}
          retry={() => void payments.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No payment matches">
                Take a filter off. A search finds a phone, reference, receipt or id by the whole of it.
              </Empty>
            ) : (
              <Empty kind="first" title="No payments yet">
                A payment is made by POST /v1/payments/receive, on a top-up’s checkout, or by an automatic top-up.
              </Empty>
            )
          }
        />
        {payments.data?.data.length !== 0 && (
          <Pager count={payments.data?.data.length} nextCursor={payments.data?.next_cursor} of="newest first" />
        )}
      </Card>
    </>
  );
}

/** By whom as well, where the provider is not the network itself. */
function Channel({ channel, provider }: Pick<ListedPayment, 'channel' | 'provider'>) {
  const name = CHANNEL_NAMES[channel];
  const by = providerName(provider);
  return (
    <>
      {name}
      {by !== name && <span className="dim"> by {by}</span>}
    </>
  );
}
