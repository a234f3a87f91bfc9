'use client';

import { formatAmount, Money } from '@/components/patterns/money';
import { useNow } from '@/components/patterns/use-now';
import { partsOf } from './parts';
import type { WalletParts } from './wallet-page';
import { lasts } from './words';

/** What can be spent first and large, then what it is made of, and one bar that splits the balance. */
export function Balance({ wallet, lots, holds }: WalletParts) {
  const { currency } = wallet;
  const nowMs = useNow();
  const amount = (minor: number): string => formatAmount(minor, currency);
  const minimum = wallet.balance - wallet.held - wallet.available;
  const nextHold = holds.map(({ expires_at: at }) => Date.parse(at)).sort((a, b) => a - b)[0];
  const ending = lots.flatMap(({ expires_at: at }) => (at === null ? [] : [Date.parse(at)])).sort((a, b) => a - b)[0];
  return (
    <section className="card" aria-label="Balance">
      <dl className="balance">
        <div className="lead">
          <dt>Available</dt>
          <dd className="fig">
            <small>{currency}</small>
            <Money minor={wallet.available} currency={currency} nil={null} />
          </dd>
          <dd className="why">
            {wallet.held === 0 && minimum === 0
              ? 'all of the balance'
              : [
                  `${amount(wallet.balance)} balance`,
                  wallet.held > 0 && ` less ${amount(wallet.held)} held`,
                  minimum > 0 && ` less ${amount(minimum)} that has to stay`,
                ]
                  .filter(Boolean)
                  .join('')}
          </dd>
        </div>
        <div>
          <dt>Held</dt>
          <dd className="fig">
            <Money minor={wallet.held} currency={currency} nil={null} />
          </dd>
          <dd className="why">
            {holds.length === 0 ? (
              wallet.held > 0 ? (
                '\u00a0'
              ) : (
                'nothing set aside'
              )
            ) : (
              <>
                <a className="link" href="#holds">
                  {holds.length === 1 ? '1 hold' : `${holds.length} holds`}
                </a>
                {nextHold !== undefined &&
                  `, ${holds.length === 1 ? 'ends' : 'next ends'} in ${lasts(nextHold - nowMs)}`}
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Promotional</dt>
          <dd className={wallet.promotional === 0 ? 'fig' : 'fig promo'}>
            <Money minor={wallet.promotional} currency={currency} nil={null} />
          </dd>
          <dd className="why">
            {lots.length === 0
              ? wallet.promotional > 0
                ? '\u00a0'
                : 'no credit'
              : `${lots.length === 1 ? '1 lot' : `${lots.length} lots`}${ending === undefined ? ', no end' : `, ${lots.length === 1 ? 'ends' : 'next'} in ${lasts(ending - nowMs)}`}`}
          </dd>
        </div>
        {wallet.refund_due === undefined ? (
          <div>
            <dt>Refundable</dt>
            <dd className="fig">
              <Money minor={wallet.refundable} currency={currency} nil={null} />
            </dd>
            <dd className="why">paid money only</dd>
          </div>
        ) : (
          <div>
            <dt>Refund due</dt>
            <dd className="fig">
              <Money minor={wallet.refund_due} currency={currency} nil={null} />
            </dd>
            <dd className="why">{wallet.refund_due > 0 ? 'owed since the close' : 'nothing is owed'}</dd>
          </div>
        )}
      </dl>
      <Composition wallet={wallet} lots={lots} />
    </section>
  );
}

function Composition({ wallet, lots }: Pick<WalletParts, 'wallet' | 'lots'>) {
  const { currency, balance } = wallet;
  const parts = partsOf(wallet, lots);
  const amount = (minor: number): string => formatAmount(minor, currency);
  if (balance <= 0) {
    return (
      <div className="compose">
        <ul>
          <li className="soft">
            {balance === 0
              ? 'There is nothing in it.'
              : 'It is below zero: a provider took back what had been spent, or it may be overdrawn.'}
          </li>
          <li className="sum">
            Balance<b>{amount(balance)}</b>
          </li>
        </ul>
      </div>
    );
  }
  const words = parts.map(({ label, minor }) => `${amount(minor)} ${label.toLowerCase()}`).join(', ');
  return (
    <div className="compose">
      <div className="sbar" role="img" aria-label={`Balance of ${amount(balance)}: ${words}`}>
        {parts.map(({ look, minor }) => (
          <i key={look} className={look} style={{ flex: minor }} />
        ))}
      </div>
      <ul>
        {parts.map(({ look, label, minor }) => (
          <li key={look}>
            <span className={`key ${look}`} />
            {label}
            <b>{amount(minor)}</b>
          </li>
        ))}
        <li className="sum">
          Balance<b>{amount(balance)}</b>
        </li>
      </ul>
    </div>
  );
}
