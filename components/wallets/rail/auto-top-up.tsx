'use client';

import Link from 'next/link';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import { Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AutoTopUp } from '../types';
import type { WalletParts } from '../wallet-page';

const WHY_OFF: Readonly<Record<NonNullable<AutoTopUp['disabled_reason']>, string>> = {
  failures: 'It failed too many times in a row and switched itself off.',
  method_detached: 'The customer took back the payment method it asked, so it switched itself off.',
  wallet_closed: 'The wallet is closed.',
};

/** The rule in a sentence, how much of its month is used, and what it did last. */
export function AutoTopUpSection({ wallet, rule, open }: WalletParts) {
  const { me } = useConsole();
  const mayWrite = may(me, 'wallets:write') && wallet.status !== 'closed';
  if (rule === null && !mayWrite) return null;
  return (
    <section aria-labelledby="r-auto">
      <header>
        <h2 id="r-auto">Automatic top-up</h2>
        <div className="end">
          {rule === null ? (
            <Status of="off" />
          ) : (
            rule !== undefined && <Status of={rule.status === 'active' ? 'on' : rule.status} />
          )}
        </div>
      </header>
      <div className="body">
        {rule === undefined && <Skeleton />}
        {rule === null && (
          <p className="soft small">
            Nothing tops this wallet up by itself. It needs a payment method of the customer.
          </p>
        )}
        {rule != null && <Rule rule={rule} />}
        {mayWrite && (
          <div className="links">
            <button type="button" className="link" onClick={() => open({ what: 'auto-top-up' })}>
              {rule === null ? 'Set up…' : 'Change…'}
            </button>
            {rule != null && (
              <>
                <button type="button" className="link" onClick={() => open({ what: 'pause-auto-top-up' })}>
                  {rule.status === 'active' ? 'Pause…' : 'Resume…'}
                </button>
                <button type="button" className="link" onClick={() => open({ what: 'remove-auto-top-up' })}>
                  Remove…
                </button>
              </>
            )}
          </div>
        )}
      </div>
    </section>
  );
}

function Rule({ rule }: { readonly rule: AutoTopUp }) {
  const { currency, usage, monthly_amount_max: most, last_topup: last } = rule;
  const amount = (minor: number): string => formatAmount(minor, currency);
  const [method, ...others] = rule.payment_methods;
  return (
    <>
      <p className="small-13">
        When available falls under <b className="medium">{amount(rule.threshold)}</b>,{' '}
        {rule.amount === null ? (
          <>
            bring it to <b className="medium">{formatMoney(rule.target ?? 0, currency)}</b>
          </>
        ) : (
          <>
            take <b className="medium">{formatMoney(rule.amount, currency)}</b>
          </>
        )}{' '}
        from {method?.label ?? 'nothing'}
        {others.length > 0 && `, or ${others.map(({ label }) => label).join(', ')}`}.
      </p>
      {rule.disabled_reason !== null && <p className="problem">{WHY_OFF[rule.disabled_reason]}</p>}
      {most !== null && (
        <div className="meter" role="img" aria-label={`${amount(usage.month.amount)} of ${amount(most)} this month`}>
          <i style={{ width: `${Math.min(100, (usage.month.amount / most) * 100).toFixed(1)}%` }} />
        </div>
      )}
      <p className="small soft">
        {most === null
          ? `${amount(usage.month.amount)} this month, no limit`
          : `${amount(usage.month.amount)} of ${amount(most)} this month`}
        , {rule.daily_count_max} a day
      </p>
      {rule.next_attempt_at !== null && rule.status === 'active' && (
        <p className="small dim">
          Nothing before <Timestamp at={rule.next_attempt_at} as="minute" />
        </p>
      )}
      {last !== null && <LastTaken last={last} />}
    </>
  );
}

function LastTaken({ last }: { readonly last: NonNullable<AutoTopUp['last_topup']> }) {
  const href = useHref();
  return (
    <p className="small dim">
      Last {last.status === 'succeeded' ? 'taken' : 'tried'} <Timestamp at={last.created_at} as="minute" />,{' '}
      {last.sequence === null ? (
        <Link className="l" href={href(`/topups/${last.id}`)} prefetch={false}>
          {last.status === 'failed' ? 'failed' : 'not credited yet'}
        </Link>
      ) : (
        <>
          entry{' '}
          <Link className="l" href={href(`/journals/${last.transaction_id}`)} prefetch={false}>
            {last.sequence}
          </Link>
        </>
      )}
    </p>
  );
}
