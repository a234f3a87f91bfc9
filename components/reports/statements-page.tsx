'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { type FormEvent, useState } from 'react';
import { sided } from '@/components/accounts/side';
import { typeWords } from '@/components/accounts/types';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ChooseClient } from '@/components/console/choose-client';
import { dayPlus } from '@/components/home/days';
import { Card, Facts } from '@/components/patterns/card';
import { ExportButton } from '@/components/patterns/export-button';
import { SelectField, TextField } from '@/components/patterns/field';
import { Failed, Skeleton } from '@/components/patterns/states';
import { formatId, parseId } from '@/contracts/ids';
import { ReportFrame } from './report-frame';

const MONTHS_SHOWN = 24;

/** A month's statement of a wallet or an account, as CSV for programs and as PDF for people. */
export function StatementsPage() {
  const { scope } = useConsole();
  return scope.client === 'all' ? <ChooseClient title="Statements" what="Statements" /> : <Statements />;
}

function Statements() {
  const { renderedAtMs } = useConsole();
  const months = monthsUntil(renderedAtMs);
  const [{ account, month }, set] = useQueryStates(
    { account: parseAsString.withDefault(''), month: parseAsString.withDefault(months[0]?.[0] ?? '') },
    { history: 'push' },
  );
  const [text, setText] = useState(account);
  const accounts = useApi('/v1/accounts', { query: { include_wallets: 'false', limit: '100' } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void set({ account: text.trim() === '' ? null : text.trim() });
  };
  return (
    <ReportFrame hasPeriod={false}>
      <div className="grid two reports-two">
        <Card title="Monthly statement" note="as CSV and PDF">
          <form className="body statement-form" onSubmit={submit}>
            <TextField
              label="Wallet or account"
              hint="Its id (wal_…, act_…) or its account number."
              value={text}
              autoComplete="off"
              spellCheck={false}
              list="own-accounts"
              onChange={(event) => setText(event.target.value)}
            />
            <datalist id="own-accounts">
              {accounts.data?.data.map((one) => (
                <option key={one.id} value={one.number}>
                  {one.name}
                </option>
              ))}
            </datalist>
            <SelectField
              label="Month"
              options={months}
              value={month}
              onChange={(event) => void set({ month: event.target.value })}
            />
            <button type="submit" className="btn primary">
              Show statement
            </button>
          </form>
        </Card>
        {account === '' ? (
          <Card title="Its statement">
            <p className="nobody">Name a wallet or an account, and its month stands here before you take it.</p>
          </Card>
        ) : (
          <Preview key={`${account} ${month}`} named={account} month={month} />
        )}
      </div>
    </ReportFrame>
  );
}

function Preview({ named, month }: { readonly named: string; readonly month: string }) {
  const wallet = parseId('wallet', named);
  const id = wallet === null ? named : formatId('account', wallet);
  const period = { from: `${month}-01`, to: lastDayOf(month) };
  const account = useApi('/v1/accounts/{id}', { params: { id } });
  const entries = useApi('/v1/accounts/{id}/entries', { params: { id }, query: { ...period, limit: '1' } });
  const error = account.error ?? entries.error;
  if (account.data === undefined || entries.data === undefined) {
    return (
      <Card title="Its statement">
        {error === null ? (
          <div className="body">
            <Skeleton width={60} />
          </div>
        ) : (
          <Failed error={error} />
        )}
      </Card>
    );
  }
  const { number, name, currency, type } = account.data;
  const { opening_balance: opening, closing_balance: closing, entry_count: count } = entries.data;
  const file = `statement-${number}-${month}`;
  return (
    <Card
      title={name}
      note={monthName(month)}
      footer={
        <>
          <ExportButton path="/v1/accounts/{id}/statement" params={{ id }} query={period} filename={`${file}.csv`}>
            CSV
          </ExportButton>
          <ExportButton
            path="/v1/accounts/{id}/statement"
            params={{ id }}
            query={period}
            accept="application/pdf"
            filename={`${file}.pdf`}
          >
            PDF
          </ExportButton>
        </>
      }
    >
      <div className="body">
        <Facts
          of={[
            ['Account', <code key="number">{number}</code>],
            ['Type', `${typeWords(type).label}, ${currency}`],
            ['Period', `${period.from} to ${period.to}, UTC`],
            ['Opening', `${currency} ${sided(opening, currency)}`],
            ['Entries', count.toLocaleString('en-GB')],
            ['Closing', `${currency} ${sided(closing, currency)}`],
          ]}
        />
      </div>
    </Card>
  );
}

const NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Newest first: `['2026-11', 'November 2026']`. */
function monthsUntil(nowMs: number): readonly (readonly [string, string])[] {
  const now = new Date(nowMs);
  return Array.from({ length: MONTHS_SHOWN }, (_, back) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    return [month.toISOString().slice(0, 7), monthName(month.toISOString())] as const;
  });
}

/** `2026-11…` as `November 2026`. */
function monthName(month: string): string {
  return `${NAMES[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;
}

function lastDayOf(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return dayPlus(next.toISOString().slice(0, 10), -1);
}
