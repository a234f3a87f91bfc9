'use client';

import Link from 'next/link';
import { useConsole, useHref } from '@/components/api/scope';
import { formatAmount, Money } from '@/components/patterns/money';
import { exactTime, Timestamp } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { lotName } from './lot-name';
import type { Lot, Wallet } from './types';
import type { WalletParts } from './wallet-page';
import { lasts, ordinal } from './words';

/** Paid money stands here among the priorities of lots: after those of the same. */
const PAID_PRIORITY = 50;
const SOON_MS = 7 * 86_400_000;

/** Open credit, numbered in the order in which a debit would take it. */
export function Lots({ wallet, lots }: WalletParts) {
  const href = useHref();
  const before = lots.filter(({ priority }) => priority <= PAID_PRIORITY);
  const after = lots.filter(({ priority }) => priority > PAID_PRIORITY);
  return (
    <section className="card" aria-labelledby="h-lots">
      <header className="lots-head">
        <h2 id="h-lots">Promotional lots</h2>
        <span className="note">
          {after.length === 0 ? 'spent in this order, before paid money' : 'spent in this order'}
        </span>
        <div className="end">
          <Link className="link" href={href(`/wallets/${wallet.id}?tab=lots`)} prefetch={false} scroll={false}>
            All lots
          </Link>
        </div>
      </header>
      <div className="tablewrap">
        <table className="stack lots-t">
          <caption className="sr">Open promotional lots in {wallet.currency}, in the order they are spent</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr">Order</span>
              </th>
              <th scope="col" className="l-ref">
                Lot
              </th>
              <th scope="col" className="num">
                Granted
              </th>
              <th scope="col" className="num">
                Used
              </th>
              <th scope="col" className="num">
                Held
              </th>
              <th scope="col" className="num">
                Left
              </th>
              <th scope="col" className="l-exp">
                <div className="left">
                  <span />
                  <span className="txt">Ends in</span>
                </div>
              </th>
            </tr>
          </thead>
          <tbody>
            {before.map((lot, index) => (
              <LotRow key={lot.id} lot={lot} place={index + 1} wallet={wallet} />
            ))}
            {after.length > 0 && <PaidRow wallet={wallet} />}
            {after.map((lot, index) => (
              <LotRow key={lot.id} lot={lot} place={before.length + index + 1} wallet={wallet} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function PaidRow({ wallet }: { readonly wallet: Wallet }) {
  return (
    <tr className="paid-row">
      <td className="l-n" />
      <th scope="row" className="l-ref" colSpan={4}>
        Paid money
      </th>
      <td className="num l-left">{formatAmount(wallet.balance - wallet.promotional, wallet.currency)}</td>
      <td className="l-exp" />
    </tr>
  );
}

function LotRow({ lot, place, wallet }: { readonly lot: Lot; readonly place: number; readonly wallet: Wallet }) {
  const href = useHref();
  const { currency } = wallet;
  const left = lot.remaining + lot.held;
  const name = lotName(lot, lot.id);
  return (
    <tr>
      <td className="l-n">
        <span className="order" role="img" aria-label={`Spent ${ordinal(place)}`}>
          {place}
        </span>
      </td>
      <th scope="row" className="l-ref">
        <Link href={href(`/journals/${lot.id.replace(/^lot_/, 'jnl_')}`)} prefetch={false} title={lot.id}>
          {name}
        </Link>{' '}
        {lot.description !== null && lot.description !== name && <span className="dim">{lot.description}</span>}
      </th>
      <td className="num soft l-g" data-l="Granted">
        <Money minor={lot.granted} currency={currency} />
      </td>
      <td className="num soft l-u" data-l="Used">
        <Money minor={lot.granted - left} currency={currency} />
      </td>
      <td className="num soft l-h" data-l="Held">
        <Money minor={lot.held} currency={currency} />
      </td>
      <td className="num promo medium l-left" data-l="Left">
        <Money minor={left} currency={currency} nil={null} />
      </td>
      <td className="l-exp">
        <TimeLeft lot={lot} />
      </td>
    </tr>
  );
}

function TimeLeft({ lot }: { readonly lot: Lot }) {
  const { timeZone } = useConsole();
  const nowMs = useNow();
  if (lot.expires_at === null) {
    return (
      <div className="left">
        <span />
        <span className="txt dim">No expiry</span>
      </div>
    );
  }
  const [from, to] = [Date.parse(lot.created_at), Date.parse(lot.expires_at)];
  const share = Math.min(1, Math.max(0, (to - nowMs) / Math.max(1, to - from)));
  const percent = Math.round(share * 100);
  return (
    <div className="left">
      <span className="track" role="img" aria-label={`${percent} % of its time left`}>
        <i style={{ width: `${(share * 100).toFixed(1)}%` }} />
      </span>
      <span className="txt">
        <time dateTime={lot.expires_at} title={exactTime(to, timeZone)}>
          <span className={to - nowMs < SOON_MS ? 'soon' : ''}>{lasts(to - nowMs)}</span>
        </time>{' '}
        <span className="dim">
          · <Timestamp at={lot.expires_at} as="day" />
        </span>
      </span>
    </div>
  );
}
