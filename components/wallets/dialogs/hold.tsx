'use client';

import { useState } from 'react';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { formatMajor } from '@/contracts/money';
import type { Hold, Wallet } from '../types';
import { possessive } from '../words';
import { Effect } from './effect';

const DAY_MS = 86_400_000;

/** Sets money aside for something to come. */
export function HoldMoney({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const { currency } = wallet;
  const [text, setText] = useState('');
  const [description, setDescription] = useState('');
  const [reference, setReference] = useState('');
  const [days, setDays] = useState('7');
  const amount = minorOf(text, currency);
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Hold money in ${possessive(wallet)} wallet`}
      description="Set aside until it is captured, voided or ends. It pins the credits that it would spend."
      verb={amount === null ? 'Hold money' : `Hold ${formatMoney(amount, currency)}`}
      ready={amount !== null && amount > 0}
      act={(api, { idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        const body = {
          amount,
          expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
          ...(description.trim() !== '' && { description: description.trim() }),
          ...(reference.trim() !== '' && { reference: reference.trim() }),
        };
        return api.post('/v1/wallets/{id}/holds', { params: { id: wallet.id }, body }, { idempotencyKey });
      }}
      done={() => 'Money held'}
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
            maxLength={500}
            value={description}
            problem={problemOf(error, 'description')}
            onChange={(event) => setDescription(event.target.value)}
          />
          <div className="form-grid">
            <TextField
              label="Reference, if there is one"
              className="input mono"
              autoComplete="off"
              maxLength={128}
              value={reference}
              problem={problemOf(error, 'reference')}
              onChange={(event) => setReference(event.target.value)}
            />
            <SelectField
              label="Ends in"
              value={days}
              options={[
                ['1', '1 day'],
                ['3', '3 days'],
                ['7', '7 days'],
                ['14', '14 days'],
                ['29', '29 days'],
              ]}
              problem={problemOf(error, 'expires_at')}
              onChange={(event) => setDays(event.target.value)}
            />
          </div>
          <Effect
            caption="What the hold does"
            currency={currency}
            rows={[
              ['Available', wallet.available, wallet.available - (amount ?? 0)],
              ['Held', wallet.held, wallet.held + (amount ?? 0)],
              ['Balance', wallet.balance, wallet.balance],
            ]}
          />
        </>
      )}
    </ActDialog>
  );
}

const whatFor = ({ description, reference }: Hold): string => description ?? reference ?? 'this hold';

export function VoidHold({
  wallet,
  hold,
  close,
}: {
  readonly wallet: Wallet;
  readonly hold: Hold;
  readonly close: () => void;
}) {
  const { currency } = wallet;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Void the hold for ${whatFor(hold)}`}
      description="Gives the held money back. What it was held for can no longer be taken from it."
      verb={`Void ${formatMoney(hold.amount, currency)}`}
      danger
      act={(api, { idempotencyKey }) =>
        api.post('/v1/holds/{id}/void', { params: { id: hold.id }, body: {} }, { idempotencyKey })
      }
      done={() => 'Hold voided'}
    >
      <Effect
        caption="What voiding does"
        currency={currency}
        rows={[
          ['Available', wallet.available, wallet.available + hold.amount],
          ['Held', wallet.held, wallet.held - hold.amount],
          ['Balance', wallet.balance, wallet.balance],
        ]}
      />
    </ActDialog>
  );
}

export function CaptureHold({
  wallet,
  hold,
  close,
}: {
  readonly wallet: Wallet;
  readonly hold: Hold;
  readonly close: () => void;
}) {
  const { currency } = wallet;
  const [text, setText] = useState(formatMajor(BigInt(hold.amount), currency));
  const amount = minorOf(text, currency);
  const isReady = amount !== null && amount > 0 && amount <= hold.amount;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Capture the hold for ${whatFor(hold)}`}
      description="Debits what was held, or a part of it; the rest is free again. It can be done once."
      verb={amount === null ? 'Capture' : `Capture ${formatMoney(amount, currency)}`}
      ready={isReady}
      act={(api, { idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        return api.post('/v1/holds/{id}/capture', { params: { id: hold.id }, body: { amount } }, { idempotencyKey });
      }}
      done={() => 'Hold captured'}
    >
      {({ error }) => (
        <>
          <AmountField
            label="Amount"
            currency={currency}
            value={text}
            onChange={setText}
            problem={
              amount !== null && amount > hold.amount
                ? `At most ${formatMoney(hold.amount, currency)} is held.`
                : problemOf(error, 'amount')
            }
          />
          <Effect
            caption="What capturing does"
            currency={currency}
            rows={[
              ['Available', wallet.available, wallet.available + hold.amount - (amount ?? 0)],
              ['Held', wallet.held, wallet.held - hold.amount],
              ['Balance', wallet.balance, wallet.balance - (amount ?? 0)],
            ]}
          />
        </>
      )}
    </ActDialog>
  );
}
