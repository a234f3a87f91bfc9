'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { formatMoney } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { amountText, feeWords } from './draft';
import { FEES_REQUEST, serviceListRequest } from './list-request';
import { useClientNames } from './use-client-name';

type Service = AnswerOf<'get', '/api/v1/client-services'>['data'][number];
type Fees = AnswerOf<'get', '/v1/reports/fees'>;

const FILTERS: readonly Filter[] = [
  {
    name: 'is_active',
    label: 'State',
    options: [
      ['1', 'Active'],
      ['0', 'Switched off'],
    ],
  },
  { name: 'service_code', label: 'Kind', placeholder: 'CUSTOM_SERVICE' },
];

/** Fees of the last thirty days, one amount a currency; nothing where there were none. */
function feesOf(report: Fees | undefined, service: Service): string | null {
  const amounts = (report?.currencies ?? []).flatMap(({ currency, services }) =>
    services
      .filter((one) => one.service_code === service.client_service_code && one.client_code === service.client_code)
      .map(({ fee }) => formatMoney(fee, currency)),
  );
  return amounts.length === 0 ? null : amounts.join(', ');
}

export function ServiceList() {
  const { me, scope } = useConsole();
  const href = useHref();
  const nameOf = useClientNames();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const services = useApi('/api/v1/client-services', serviceListRequest({ ...filters.values, after }));
  const fees = useApi('/v1/reports/fees', FEES_REQUEST, { enabled: may(me, 'accounts:read') });
  const columns: readonly Column<Service>[] = [
    { id: 'name', head: 'Service', primary: true, cell: (service) => service.client_service_name },
    ...(scope.client === 'all'
      ? [{ id: 'client', head: 'Client', cell: (service: Service) => nameOf(service.client_code) }]
      : []),
    { id: 'code', head: 'Code', cell: (service) => <code>{service.client_service_code}</code> },
    { id: 'kind', head: 'Kind', cell: (service) => <code>{service.service_code}</code>, wide: true },
    {
      id: 'fee',
      head: 'Fee',
      cell: (service) => {
        const words = feeWords(service, service.currency);
        return words === 'none' ? <span className="nil">none</span> : words;
      },
    },
    {
      id: 'limits',
      head: 'Limits',
      cell: (service) =>
        `${amountText(service.minimum_transaction_amount, service.currency)} to ${amountText(service.maximum_transaction_amount, service.currency)}`,
      wide: true,
    },
    { id: 'currency', head: 'Currency', cell: (service) => service.currency ?? <span className="dim">any</span> },
    {
      id: 'fees',
      head: 'Fees, 30 days',
      numeric: true,
      cell: (service) => feesOf(fees.data, service) ?? <span className="nil">–</span>,
    },
    {
      id: 'version',
      head: 'Version',
      cell: (service) => (
        <>
          {service.version_number}
          {service.scheduled_versions.length > 0 && (
            <span className="dim">
              , next <Timestamp at={service.scheduled_versions[0]?.effective_at ?? service.effective_at} />
            </span>
          )}
        </>
      ),
    },
    {
      id: 'state',
      head: 'State',
      cell: (service) => (service.is_active === 1 ? <Status of="active" /> : <Status of="off" word="Switched off" />),
    },
  ];
  const create = may(me, 'services:write') && (
    <Link className="btn primary" href={href('/services/new')}>
      <Plus aria-hidden="true" />
      New service
    </Link>
  );
  return (
    <>
      <PageHead
        title="Services"
        sub="Rules that transactions are made under: what is allowed, between which limits, at which fee."
        actions={create}
      />
      <FilterBar filters={FILTERS} {...filters} />
      <Card label="Services">
        <DataTable
          caption="Services, newest first"
          columns={columns}
          rows={services.data?.data}
          keyOf={(service) => `${service.client_code}/${service.client_service_code}`}
          hrefOf={(service) => href(`/services/${service.client_service_code}`, service.client_code)}
          error={services.error}
          retry={() => void services.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="No service matches">
                Take a filter off to see the others.
              </Empty>
            ) : (
              <Empty kind="first" title="No services yet" action={create || undefined}>
                A service says which transactions are allowed, between which limits, and what they cost.
              </Empty>
            )
          }
        />
        <Pager count={services.data?.data.length} nextCursor={services.data?.next_cursor} of="newest first" />
      </Card>
    </>
  );
}
