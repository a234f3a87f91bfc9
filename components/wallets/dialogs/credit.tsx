'use client';

import { useState } from 'react';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import type { Wallet } from '../types';
import { possessive } from '../words';
import { ApprovalHint, useSecondPerson } from './approval-hint';
import { Effect } from './effect';
import { useReference } from './reference';

/** Grants promotional credit by hand, with an end or without. Paid money comes by a payment alone. */
export function CreditWallet({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const { currency } = wallet;
  const [text, setText] = useState('');
  const [description, setDescription] = useState('');
  const [reference, setReference] = useReference('credit');
  const [ends, setEnds] = useState('');
  const [priority, setPriority] = useState('50');
  const amount = minorOf(text, currency);
  const second = useSecondPerson('credit', amount, currency);
  const isReady = amount !== null && amount > 0 && description.trim() !== '' && reference.trim() !== '';
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Credit ${possessive(wallet)} wallet`}
      description="Promotional credit: it can be spent, never refunded. Paid money comes in by a payment: send a top-up link for that."
      verb={
        amount === null
          ? 'Credit wallet'
          : `${second.waits ? 'Request credit of' : 'Credit'} ${formatMoney(amount, currency)}`
      }
      ready={isReady}
      act={(api, { idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        const body = {
          amount,
          description: description.trim(),
          reference: reference.trim(),
          priority: Number(priority),
          // Until the end of that day, in UTC as statements count days.
          ...(ends !== '' && { expires_at: new Date(Date.parse(`${ends}T00:00:00Z`) + 86_400_000).toISOString() }),
        };
        return api.post('/v1/wallets/{id}/credit', { params: { id: wallet.id }, body }, { idempotencyKey });
      }}
      done={() => 'Wallet credited'}
    >
      {({ error }) => (
        <>
          <AmountField
            label="Amount"
            currency={currency}
            value={text}
            onChange={setText}
            problem={text !== '' && amount === null ? 'Write an amount, such as 25.00.' : problemOf(error, 'amount')}
            autoFocus
          />
          <TextField
            label="What it is for"
            hint="Stands on the statement."
            maxLength={500}
            value={description}
            problem={problemOf(error, 'description')}
            onChange={(event) => setDescription(event.target.value)}
          />
          <div className="form-grid">
            <TextField
              label="Last day, if it ends"
              type="date"
              value={ends}
              problem={problemOf(error, 'expires_at')}
              onChange={(event) => setEnds(event.target.value)}
            />
            <SelectField
              label="Spent"
              value={priority}
              options={[
                ['50', 'In its turn'],
                ['0', 'First of all'],
                ['100', 'After paid money'],
              ]}
              onChange={(event) => setPriority(event.target.value)}
            />
          </div>
          <TextField
            label="Reference"
            hint="The same reference again grants nothing twice."
            className="input mono"
            autoComplete="off"
            maxLength={128}
            value={reference}
            problem={problemOf(error, 'reference')}
            onChange={(event) => setReference(event.target.value)}
          />
          <Effect
            caption="What the credit does"
            currency={currency}
            rows={[
              ['Available', wallet.available, wallet.available + (amount ?? 0)],
              ['Promotional', wallet.promotional, wallet.promotional + (amount ?? 0)],
            ]}
          />
          <ApprovalHint {...second} />
        </>
      )}
    </ActDialog>
  );
}
