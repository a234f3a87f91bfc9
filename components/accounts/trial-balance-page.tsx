'use client';

import { Check, TriangleAlert } from 'lucide-react';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ChooseClient } from '@/components/console/choose-client';
import { Card } from '@/components/patterns/card';
import { ExportButton } from '@/components/patterns/export-button';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { formatAmount, Total } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { AccountTabs } from './account-tabs';
import { trialBalanceRequest } from './requests';
import { placeOf, typeWords } from './types';

type Columns = AnswerOf<'get', '/v1/reports/trial_balance'>['currencies'][number];

const FILTERS: readonly Filter[] = [
  { name: 'at', label: 'At the end of', type: 'date' },
  { name: 'currency', label: 'Currency', placeholder: 'GHS' },
];

/** What every type of account stood at on a day, in two columns that must agree. */
export function TrialBalancePage() {
  const { scope } = useConsole();
  return scope.client === 'all' ? <ChooseClient title="Trial balance" what="Trial balances" /> : <TrialBalance />;
}

function TrialBalance() {
  const filters = useFilters(FILTERS);
  const request = trialBalanceRequest(filters.values);
  const { data, error, refetch } = useApi('/v1/reports/trial_balance', request);
  const day = filters.values['at'] ?? 'now';
  return (
    <>
      <PageHead title="Accounts" sub="Every balance in the books, by what it is for." />
      <AccountTabs />
      <FilterBar
        filters={FILTERS}
        {...filters}
        end={
          <>
            <ExportButton
              path="/v1/reports/trial_balance"
              query={request.query ?? {}}
              filename={`trial-balance-${day}.csv`}
              look="sm"
            >
              CSV
            </ExportButton>
            <ExportButton
              path="/v1/reports/trial_balance"
              query={{ ...request.query, detail: 'accounts' }}
              filename={`trial-balance-${day}-accounts.csv`}
              look="sm"
            >
              CSV, every account
            </ExportButton>
          </>
        }
      />
      {data === undefined && (
        <Card label="Trial balance">
          {error === null ? <Loading /> : <Failed error={error} retry={() => void refetch()} />}
        </Card>
      )}
      {data !== undefined && data.currencies.length === 0 && (
        <Card label="Trial balance">
          <Empty kind={filters.isFiltered ? 'none' : 'first'} title="Nothing stood in the books">
            {filters.isFiltered
              ? 'Take a filter off, or choose a later day.'
              : 'The first posting makes the first line.'}
          </Empty>
        </Card>
      )}
      <div className="stack-gap">
        {data?.currencies.map((columns) => (
          <Currency key={columns.currency} columns={columns} at={data.at} />
        ))}
      </div>
    </>
  );
}

function Currency({ columns, at }: { readonly columns: Columns; readonly at: string }) {
  const { currency, types, total_debit: debit, total_credit: credit, balanced } = columns;
  return (
    <Card
      title={currency}
      note={
        <>
          as of <Timestamp at={at} as="exact" />
        </>
      }
      end={
        balanced ? (
          <span className="flat ok">
            <Check aria-hidden="true" />
            Debits equal credits
          </span>
        ) : (
          <span className="flat bad">
            <TriangleAlert aria-hidden="true" />
            Debits do not equal credits
          </span>
        )
      }
    >
      <div className="tablewrap">
        <table className="trial">
          <caption className="sr">Trial balance, {currency}</caption>
          <thead>
            <tr>
              <th scope="col">Type of account</th>
              <th scope="col" className="num wide-only">
                Accounts
              </th>
              <th scope="col" className="num">
                Debit
              </th>
              <th scope="col" className="num">
                Credit
              </th>
            </tr>
          </thead>
          <tbody>
            {[...types]
              .sort((a, b) => placeOf(a.type) - placeOf(b.type))
              .map((line) => (
                <tr key={line.type}>
                  <th scope="row">{typeWords(line.type).label}</th>
                  <td className="num dim wide-only">{line.accounts.toLocaleString('en-GB')}</td>
                  <Figure minor={line.debit} currency={currency} isOdd={line.normal_side === 'credit'} />
                  <Figure minor={line.credit} currency={currency} isOdd={line.normal_side === 'debit'} />
                </tr>
              ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td className="wide-only" />
              <td className="num">
                <Total minor={debit} currency={currency} />
              </td>
              <td className="num">
                <Total minor={credit} currency={currency} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  );
}

/** @param isOdd the side on which such balances do not stand by nature: overdrawn accounts, or money owed to the world */
function Figure({
  minor,
  currency,
  isOdd,
}: {
  readonly minor: number;
  readonly currency: string;
  readonly isOdd: boolean;
}) {
  return (
    <td className="num" title={isOdd && minor > 0 ? 'Not the side of its nature' : undefined}>
      {minor === 0 ? <span className="nil">–</span> : formatAmount(minor, currency)}
    </td>
  );
}

function Loading() {
  return (
    <div className="grid gap-5 p-4">
      {[40, 70, 62, 66, 70].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are not there yet are all alike
        <Skeleton key={index} width={width} />
      ))}
    </div>
  );
}
