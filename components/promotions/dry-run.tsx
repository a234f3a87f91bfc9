'use client';

import { Bell, Check, CircleAlert, Users } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { ExportButton } from '@/components/patterns/export-button';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Expiries } from './expiries';
import type { Import } from './import-status';
import { RefusedRows } from './refused-rows';
import { rowsRequest } from './requests';

const NAMES = new Intl.DisplayNames(['en'], { type: 'currency' });
const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;

/** Step two: what would be issued, what would not and why, when it ends, and what the expense account becomes. */
export function DryRun({ of: one }: { readonly of: Import }) {
  const { me } = useConsole();
  const href = useHref();
  const { after } = useCursor();
  const [open, setOpen] = useState<'issue' | 'discard' | null>(null);
  const { total, ready, refused } = one.counts;
  const rows = useApi('/v1/promotion_imports/{id}/rows', rowsRequest(one.id, true, { after }), {
    enabled: refused > 0,
  });
  const policy = useApi('/v1/approval_policy', {}, { enabled: may(me, 'approvals:read') });
  const rule = policy.data?.rules.find(({ verb }) => verb === 'promotion');
  const held =
    rule === undefined ? [] : one.totals.filter(({ amount, currency }) => amount > (rule.above[currency] ?? -1));
  const needsSecond = held.length > 0;
  const limit = held.flatMap(({ currency }) =>
    rule?.above[currency] === undefined ? [] : [formatMoney(rule.above[currency], currency)],
  )[0];
  const mayIssue = may(me, 'wallets:write');
  const amounts = one.totals.map(({ amount, currency }) => formatMoney(amount, currency)).join(' and ');
  return (
    <div className="stack-gap">
      <section className="card" aria-labelledby="dry-run">
        <h2 className="say" id="dry-run">
          {ready === total
            ? `All ${many(total, 'row', 'rows')} can be issued.`
            : `${ready.toLocaleString('en-GB')} of ${many(total, 'row', 'rows')} can be issued.`}{' '}
          <span>
            {refused > 0 && `${refused.toLocaleString('en-GB')} cannot, and ${refused === 1 ? 'stays' : 'stay'} out. `}
            Nothing has moved yet.
          </span>
        </h2>
        {one.totals.length > 0 && (
          <div className="tablewrap">
            <table className="totals">
              <caption className="sr">Totals by currency</caption>
              <thead>
                <tr>
                  <th scope="col">Currency</th>
                  <th scope="col" className="num">
                    Rows
                  </th>
                  <th scope="col" className="num">
                    To be issued
                  </th>
                  <th scope="col" className="num wide-only">
                    Per row
                  </th>
                  <th scope="col" className="num wide-only">
                    Promotion expense
                  </th>
                </tr>
              </thead>
              <tbody>
                {one.totals.map((sum) => (
                  <tr key={sum.currency}>
                    <th scope="row">
                      <b className="medium">{sum.currency}</b>{' '}
                      <span className="dim wide-only" suppressHydrationWarning>
                        {NAMES.of(sum.currency)}
                      </span>
                    </th>
                    <td className="num">{sum.rows.toLocaleString('en-GB')}</td>
                    <td className="num promo strong">{formatAmount(sum.amount, sum.currency)}</td>
                    <td className="num soft wide-only">
                      {sum.smallest === sum.largest
                        ? formatAmount(sum.smallest, sum.currency)
                        : `${formatAmount(sum.smallest, sum.currency)} to ${formatAmount(sum.largest, sum.currency)}`}
                    </td>
                    <td className="num wide-only">
                      <span className="dim">{formatAmount(sum.expense_now, sum.currency)} →</span>{' '}
                      {formatAmount(sum.expense_after, sum.currency)} Dr
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <ul className="consequences">
          <li>
            <Check className="s" aria-hidden="true" />
            Each row is issued once, whatever happens while it runs
          </li>
          {one.repeated_recipients > 0 && (
            <li>
              <CircleAlert className="s" aria-hidden="true" />
              {one.repeated_recipients === 1
                ? 'One wallet is credited more than once'
                : `${one.repeated_recipients.toLocaleString('en-GB')} wallets are credited more than once`}
            </li>
          )}
          <li>
            <Bell className="s" aria-hidden="true" />
            <span>
              {ready.toLocaleString('en-GB')} <code>{one.events.type}</code> {ready === 1 ? 'event' : 'events'} to{' '}
              {many(one.events.endpoints, 'endpoint', 'endpoints')}
            </span>
          </li>
        </ul>
      </section>
      {refused > 0 && (
        <Card
          title={`${many(refused, 'row', 'rows')} cannot be issued`}
          end={
            <>
              <ExportButton
                path="/v1/promotion_imports/{id}/rows"
                params={{ id: one.id }}
                query={{ state: 'refused', format: 'csv' }}
                filename={`${one.file_name ?? one.id}-refused.csv`}
              >
                These rows as CSV
              </ExportButton>
              {mayIssue && (
                <Link
                  className="btn"
                  href={
                    `${href('/promotions/imports/new')}${one.promotion_code === null ? '' : `?promotion=${encodeURIComponent(one.promotion_code)}`}` as never
                  }
                >
                  Upload a corrected file
                </Link>
              )}
            </>
          }
        >
          <RefusedRows rows={rows.data?.data} error={rows.error} />
          {(after !== undefined || rows.data?.has_more === true) && (
            <Pager count={rows.data?.data.length} nextCursor={rows.data?.next_cursor} of="in the file’s order" />
          )}
        </Card>
      )}
      {one.expiries.some(({ date }) => date !== null) && <Expiries of={one} />}
      <div className="last-word">
        <p>
          <Users aria-hidden="true" />
          {one.approval_id !== null ? (
            <span>
              It waits for a second person.{' '}
              <Link className="link" href={href(`/approvals/${one.approval_id}`)}>
                See the approval
              </Link>
            </span>
          ) : ready === 0 ? (
            <span>No row can be issued: correct the file and upload it again.</span>
          ) : needsSecond ? (
            <span>
              {limit === undefined ? 'The policy asks for' : `Above ${limit} in one file, so`} a second person
              {limit === undefined ? ' before anything is issued.' : ' approves before anything is issued.'}
            </span>
          ) : (
            <span>It is issued at once, and what was issued is reversed one by one.</span>
          )}
        </p>
        {mayIssue && (
          <span className="bar">
            <button type="button" className="btn" onClick={() => setOpen('discard')}>
              Discard
            </button>
            {one.approval_id === null && ready > 0 && (
              <button type="button" className="btn primary" onClick={() => setOpen('issue')}>
                {needsSecond
                  ? `Send ${many(ready, 'credit', 'credits')} for approval`
                  : `Issue ${many(ready, 'credit', 'credits')}`}
              </button>
            )}
          </span>
        )}
      </div>
      <ActDialog
        open={open === 'issue'}
        onOpenChange={(next) => setOpen(next ? 'issue' : null)}
        title={
          needsSecond
            ? `Send ${many(ready, 'credit', 'credits')} for approval`
            : `Issue ${many(ready, 'credit', 'credits')}`
        }
        description={`${amounts} of promotional money go to ${many(ready, 'wallet’s row', 'rows')}, and promotion expense rises by as much.`}
        verb={needsSecond ? 'Send for approval' : `Issue ${amounts}`}
        act={(api, { idempotencyKey }) =>
          api.post('/v1/promotion_imports/{id}/issue', { params: { id: one.id } }, { idempotencyKey })
        }
        done={() => 'Issuing has begun'}
      />
      <ActDialog
        open={open === 'discard'}
        onOpenChange={(next) => setOpen(next ? 'discard' : null)}
        title={`Discard ${one.file_name ?? 'this file'}`}
        description="Nothing of it has been issued, and nothing will be. Its rows and what was wrong with them stay readable."
        verb="Discard file"
        danger
        reason="optional"
        act={(api, { reason, idempotencyKey }) =>
          api.post(
            '/v1/promotion_imports/{id}/cancel',
            { params: { id: one.id }, body: reason === '' ? {} : { reason } },
            { idempotencyKey },
          )
        }
        done={() => 'File discarded'}
      />
    </div>
  );
}
