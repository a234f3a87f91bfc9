'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '@/components/api/error';
import { useConsole } from '@/components/api/scope';
import { useSettled } from '@/components/console/use-settled';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, TextField } from '@/components/patterns/field';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import type { AnswerOf } from '@/server/http/api-types';
import { lotName } from '../lot-name';
import type { Lot, Wallet } from '../types';
import { possessive } from '../words';
import { Effect } from './effect';
import { useReference } from './reference';

type Preview = AnswerOf<'post', '/v1/wallets/{id}/debit/preview'>;

/** Takes money out by hand. Which credits it would spend is shown before, as the ledger itself says. */
export function DebitWallet({
  wallet,
  lots,
  close,
}: {
  readonly wallet: Wallet;
  readonly lots: readonly Lot[];
  readonly close: () => void;
}) {
  const { currency } = wallet;
  const [text, setText] = useState('');
  const [description, setDescription] = useState('');
  const [reference, setReference] = useReference('debit');
  const amount = minorOf(text, currency);
  const preview = usePreview(wallet.id, amount);
  const current = preview !== undefined && preview.amount === amount ? preview : undefined;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Debit ${possessive(wallet)} wallet`}
      description="Takes the amount out, in full or not at all."
      verb={amount === null ? 'Debit wallet' : `Debit ${formatMoney(amount, currency)}`}
      ready={
        amount !== null &&
        amount > 0 &&
        current?.allowed === true &&
        description.trim() !== '' &&
        reference.trim() !== ''
      }
      act={(api, { idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        const body = { amount, description: description.trim(), reference: reference.trim() };
        return api.post('/v1/wallets/{id}/debit', { params: { id: wallet.id }, body }, { idempotencyKey });
      }}
      done={() => 'Wallet debited'}
    >
      {({ error }) => (
        <>
          <AmountField
            label="Amount"
            currency={currency}
            value={text}
            onChange={setText}
            hint={`${formatMoney(wallet.available, currency)} is available.`}
            problem={
              text !== '' && amount === null
                ? 'Write an amount, such as 25.00.'
                : (current?.refusal?.message ?? problemOf(error, 'amount'))
            }
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
          <TextField
            label="Reference"
            hint="The same reference again takes nothing twice."
            className="input mono"
            autoComplete="off"
            maxLength={128}
            value={reference}
            problem={problemOf(error, 'reference')}
            onChange={(event) => setReference(event.target.value)}
          />
          {current?.allowed === true && <DryRun preview={current} wallet={wallet} lots={lots} />}
        </>
      )}
    </ActDialog>
  );
}

/** A dry run by the books as they stand; it promises nothing. */
function usePreview(walletId: string, amount: number | null): Preview | undefined {
  const { api, scope } = useConsole();
  const settled = useSettled(String(amount ?? ''), 250);
  const { data } = useQuery<Preview, ApiError>({
    queryKey: [scope.mode, scope.client, 'debit-preview', walletId, settled],
    queryFn: () =>
      api.post('/v1/wallets/{id}/debit/preview', { params: { id: walletId }, body: { amount: Number(settled) } }),
    enabled: Number(settled) > 0,
    staleTime: 0,
  });
  return data;
}

function DryRun({
  preview,
  wallet,
  lots,
}: {
  readonly preview: Preview;
  readonly wallet: Wallet;
  readonly lots: readonly Lot[];
}) {
  const { currency } = wallet;
  const known = new Map(lots.map((lot) => [lot.id, lot]));
  const promotional = preview.lots.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <>
      <div className="paid-with">
        <h3>It would be paid with</h3>
        <ul>
          {preview.lots.map(({ id, amount, remaining_after: left }) => (
            <li key={id}>
              <span className="promo medium">{formatAmount(amount, currency)}</span>
              <span>{lotName(known.get(id), id)}</span>
              <span className="dim">{left === 0 ? 'used up' : `${formatAmount(left, currency)} left`}</span>
            </li>
          ))}
          {preview.paid_amount > 0 && (
            <li>
              <span className="medium">{formatAmount(preview.paid_amount, currency)}</span>
              <span>paid money</span>
            </li>
          )}
        </ul>
      </div>
      <Effect
        caption="What the debit does"
        currency={currency}
        rows={[
          ['Available', wallet.available, preview.available_after ?? wallet.available],
          ['Promotional', wallet.promotional, wallet.promotional - promotional],
          ['Balance', preview.balance_before, preview.balance_after ?? preview.balance_before],
        ]}
      />
    </>
  );
}
