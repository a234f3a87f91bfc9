'use client';

import { ActDialog } from '@/components/patterns/act-dialog';
import { formatMoney } from '@/components/patterns/money';
import type { Wallet } from '../types';
import { possessive } from '../words';
import { Effect } from './effect';

interface Props {
  readonly wallet: Wallet;
  readonly close: () => void;
}

export function FreezeWallet({ wallet, close }: Props) {
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Freeze ${possessive(wallet)} wallet`}
      description={`No money goes out any more: debits, holds and transfers are refused, ${formatMoney(wallet.available, wallet.currency)} stay where they are. Top-ups and credits still come in.`}
      verb="Freeze wallet"
      danger
      reason="required"
      act={(api, { reason, idempotencyKey }) =>
        api.post('/v1/wallets/{id}/freeze', { params: { id: wallet.id }, body: { reason } }, { idempotencyKey })
      }
      done={() => 'Wallet frozen'}
    />
  );
}

export function UnfreezeWallet({ wallet, close }: Props) {
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Unfreeze ${possessive(wallet)} wallet`}
      description={`Money may go out again: ${formatMoney(wallet.available, wallet.currency)} can be spent.`}
      verb="Unfreeze wallet"
      reason="required"
      act={(api, { reason, idempotencyKey }) =>
        api.post('/v1/wallets/{id}/unfreeze', { params: { id: wallet.id }, body: { reason } }, { idempotencyKey })
      }
      done={() => 'Wallet unfrozen'}
    />
  );
}

/** For good: what becomes of each part of the money is said before it can be done. */
export function CloseWallet({ wallet, close }: Props) {
  const { currency, balance, promotional, held } = wallet;
  const due = Math.max(0, balance - promotional);
  const money = (minor: number): string => formatMoney(minor, currency);
  const stands = held > 0 ? 'held' : balance < 0 ? 'below' : null;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Close ${possessive(wallet)} wallet`}
      description="For good: nothing can be paid in or out of it again. Its statement stays, and a new wallet may be opened."
      verb="Close wallet"
      danger
      reason="required"
      typed={[wallet.account_number, 'account number']}
      ready={stands === null}
      act={(api, { reason, idempotencyKey }) =>
        api.post('/v1/wallets/{id}/close', { params: { id: wallet.id }, body: { reason } }, { idempotencyKey })
      }
      done={() => (due > 0 ? `Wallet closed. ${money(due)} is due to the customer.` : 'Wallet closed')}
    >
      <Effect
        caption="What closing does"
        currency={currency}
        rows={[
          ['Available', wallet.available, 0],
          ['Promotional', promotional, 0],
          ['Balance', balance, 0],
          ['Due to the customer', 0, due],
        ]}
      />
      <ul className="plain-list">
        {promotional > 0 && (
          <li>
            <span className="promo">{money(promotional)}</span> of promotional credit is forfeited.
          </li>
        )}
        <li>
          {due > 0
            ? `${money(due)} of paid money is owed to the customer: refund it afterwards with “Pay out what is due”.`
            : 'No paid money is left in it, so nothing will be due.'}
        </li>
      </ul>
      {stands === 'held' && (
        <p className="problem" role="alert">
          {money(held)} is held. Capture or void the holds first.
        </p>
      )}
      {stands === 'below' && (
        <p className="problem" role="alert">
          It is {money(-balance)} below zero. What is owed has to be paid in first.
        </p>
      )}
    </ActDialog>
  );
}
