'use client';

import { useState } from 'react';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { formatMajor } from '@/contracts/money';
import type { Wallet } from '../types';
import { possessive } from '../words';

/** Below which available money is told of, by webhook; an empty field tells of nothing. */
export function LowBalance({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const { currency, low_balance_threshold: now } = wallet;
  const [text, setText] = useState(now === undefined ? '' : formatMajor(BigInt(now), currency));
  const amount = minorOf(text, currency);
  const isOff = text.trim() === '';
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Low-balance alert of ${possessive(wallet)} wallet`}
      description="When available money falls under it, wallet.balance_low is sent to your webhooks, and wallet.balance_recovered when it is back."
      verb={isOff ? 'Turn alert off' : 'Set alert'}
      ready={isOff ? now !== undefined : amount !== null && amount > 0 && amount !== now}
      act={(api) =>
        api.patch('/v1/wallets/{id}', {
          params: { id: wallet.id },
          body: { low_balance_threshold: isOff ? null : amount },
        })
      }
      done={() => (isOff ? 'Alert turned off' : 'Alert set')}
    >
      {({ error }) => (
        <AmountField
          label="Threshold"
          currency={currency}
          value={text}
          onChange={setText}
          hint={`Empty for none. ${formatMoney(wallet.available, currency)} is available now.`}
          problem={
            !isOff && amount === null ? 'Write an amount, such as 50.00.' : problemOf(error, 'low_balance_threshold')
          }
          autoFocus
        />
      )}
    </ActDialog>
  );
}
