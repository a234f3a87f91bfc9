'use client';

import { CircleStop, FileUp, Pencil, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { BudgetMeter } from './budget-meter';
import { CreditByDay } from './credit-by-day';
import { IssueOne } from './issue-one';
import { LotsTable } from './lots-table';
import { type Promotion, PromotionDialog } from './promotion-dialog';

/** One promotion: what became of its money, by day, and the credits it issued. */
export function PromotionPage({ id }: { readonly id: string }) {
  const promotion = useApi('/v1/promotions/{id}', { params: { id } });
  if (promotion.data === undefined) return promotion.error === null ? null : <Failed error={promotion.error} />;
  return <Loaded promotion={promotion.data} />;
}

function Loaded({ promotion }: { readonly promotion: Promotion }) {
  const { me } = useConsole();
  const href = useHref();
  const [open, setOpen] = useState<'edit' | 'one' | 'end' | null>(null);
  const lots = useApi('/v1/promotion_lots', { query: { promotion: promotion.id, limit: '10' } });
  const { currency } = promotion;
  const isActive = promotion.status === 'active';
  const mayIssue = may(me, 'wallets:write');
  const close = (next: boolean): void => {
    if (!next) setOpen(null);
  };
  const lost = promotion.expired + promotion.forfeited;
  const figures: readonly (readonly [string, number, string])[] = [
    [
      'Issued',
      promotion.issued,
      `in ${promotion.lots.toLocaleString('en-GB')} ${promotion.lots === 1 ? 'credit' : 'credits'}`,
    ],
    ['Used', promotion.used, share(promotion.used, promotion.issued, 'of what was issued')],
    ['Expired', lost, share(lost, promotion.used + lost, 'of what came to an end')],
    [
      'Open',
      promotion.open,
      promotion.taken_back > 0 ? `${formatAmount(promotion.taken_back, currency)} taken back` : 'still to be spent',
    ],
  ];
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Promotions', href: href('/promotions') }, { label: promotion.name }]}
        title={promotion.name}
        badges={<Status of={promotion.status} word={isActive ? 'Active' : 'Ended'} />}
        facts={[
          <span key="code" className="inline-flex items-center gap-1">
            Code <CopyId id={promotion.code} whole what="code" />
          </span>,
          <>Currency {currency}</>,
          promotion.amount === null ? 'No usual amount' : <>A credit is {formatMoney(promotion.amount, currency)}</>,
          promotion.expires_at === null ? (
            'Credits without an expiry'
          ) : (
            <>
              Credits expire <Timestamp at={promotion.expires_at} as="exact" />
            </>
          ),
          <>
            Made <Timestamp at={promotion.created_at} />
          </>,
        ]}
        actions={
          mayIssue && (
            <>
              <button type="button" className="btn" onClick={() => setOpen('edit')}>
                <Pencil aria-hidden="true" />
                Edit
              </button>
              {isActive && (
                <>
                  <button type="button" className="btn danger" onClick={() => setOpen('end')}>
                    <CircleStop aria-hidden="true" />
                    End…
                  </button>
                  <Link
                    className="btn"
                    href={`${href('/promotions/imports/new')}?promotion=${encodeURIComponent(promotion.code)}` as never}
                  >
                    <FileUp aria-hidden="true" />
                    Issue by file
                  </Link>
                  <button type="button" className="btn primary" onClick={() => setOpen('one')}>
                    <Plus aria-hidden="true" />
                    Issue one credit
                  </button>
                </>
              )}
            </>
          )
        }
      />
      <div className="stack-gap">
        <Card label="Figures">
          <dl className="figures promotion-figures">
            {figures.map(([name, minor, more]) => (
              <div key={name}>
                <dt>
                  {name}, {currency}
                </dt>
                <dd className={name === 'Open' ? 'promo' : undefined}>{formatAmount(minor, currency)}</dd>
                <dd className="more">{more}</dd>
              </div>
            ))}
            <div>
              <dt>Budget, {currency}</dt>
              <dd>{promotion.budget === null ? 'No limit' : formatAmount(promotion.budget, currency)}</dd>
              <dd className="more">
                {promotion.budget === null ? 'for its files' : <BudgetMeter promotion={promotion} />}
              </dd>
            </div>
          </dl>
        </Card>
        <CreditByDay promotion={promotion.id} />
        <Card
          title="Newest credits"
          end={
            <Link
              className="link"
              href={`${href('/promotions/credits')}?promotion=${encodeURIComponent(promotion.code)}` as never}
            >
              All of its credits
            </Link>
          }
        >
          <LotsTable
            ofOnePromotion
            rows={lots.data?.data}
            error={lots.error}
            retry={() => void lots.refetch()}
            empty={
              <Empty kind="first" title="Nothing issued yet">
                Issue one credit by hand, or thousands by file: a dry run comes first.
              </Empty>
            }
          />
        </Card>
      </div>
      <PromotionDialog open={open === 'edit'} onOpenChange={close} promotion={promotion} key={promotion.updated_at} />
      <IssueOne open={open === 'one'} onOpenChange={close} promotion={promotion} />
      <ActDialog
        open={open === 'end'}
        onOpenChange={close}
        title={`End ${promotion.name}`}
        description={`Nothing more is issued under it. The ${formatMoney(promotion.open, currency)} that are open stay spendable until they expire.`}
        verb="End promotion"
        danger
        act={(api) => api.patch('/v1/promotions/{id}', { params: { id: promotion.id }, body: { status: 'ended' } })}
        done={() => 'Promotion ended'}
      />
    </>
  );
}

function share(part: number, whole: number, of: string): string {
  return whole === 0 ? 'nothing yet' : `${((part / whole) * 100).toFixed(1)} % ${of}`;
}
