'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatAmount } from '@/components/patterns/money';
import { formatMajor, formatMinor } from '@/contracts/money';
import { providerName } from './names';
import { refundable } from './refundable';
import type { Payment } from './request';
import { whoOf } from './sentence';

type Method = 'provider' | 'recorded';

/** Gives a payment back, whole or in part: out of the wallet first, then out of the provider. */
export function RefundDialog({ payment, close }: { readonly payment: Payment; readonly close: () => void }) {
  const { me } = useConsole();
  const { currency, wallet_id: walletId } = payment;
  const most = refundable(payment);
  const [text, setText] = useState(formatMajor(BigInt(most), currency));
  const [receipt, setReceipt] = useState('');
  const [chosen, setChosen] = useState<Method | null>(null);
  const providers = useApi('/v1/providers', {});
  const wallet = useApi(
    '/v1/wallets/{id}',
    { params: { id: walletId ?? '' } },
    { enabled: walletId !== null && may(me, 'wallets:read') },
  );
  const method = chosen ?? (canSend(payment, providers.data?.data ?? []) ? 'provider' : 'recorded');
  const amount = minorOf(text, currency);
  const problem = amountProblem(amount, most, currency);
  const account = wallet.data?.account_number;
  const isReady = amount !== null && problem === null && (method === 'provider' || receipt.trim() !== '');
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Refund ${whoOf(payment)}`}
      description={`Paid money goes back to who paid it; the fee stays. At most ${formatMinor(BigInt(most), currency)} of this payment is left.`}
      verb={amount === null ? 'Refund' : `Refund ${formatMinor(BigInt(amount), currency)}`}
      danger
      reason="required"
      ready={isReady}
      {...(account !== undefined && { typed: [account, 'account number'] as const })}
      act={(api, { reason, idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        const reference = method === 'recorded' ? receipt.trim() : `console_${idempotencyKey}`;
        const body = { payment: payment.id, amount, method, reason, reference };
        return api.post('/v1/refunds', { body }, { idempotencyKey });
      }}
      done={() => (method === 'recorded' ? 'Refund recorded' : 'Refund on its way')}
    >
      {({ error }) => (
        <>
          <AmountField
            label="Amount"
            currency={currency}
            value={text}
            onChange={setText}
            problem={problem ?? problemOf(error, 'amount')}
          />
          <SelectField
            label="How it is paid out"
            value={method}
            options={[
              ['provider', `Through ${providerName(payment.provider)}, or as a payout to the phone`],
              ['recorded', 'Paid already, in cash or through a bank'],
            ]}
            hint={
              method === 'provider'
                ? 'The money is set aside at once, sent, and comes back to the books if it fails.'
                : 'Only the books change. Your receipt proves that it was paid.'
            }
            onChange={(event) => setChosen(event.target.value as Method)}
          />
          {method === 'recorded' && (
            <TextField
              label="Receipt of the payout"
              className="input mono"
              autoComplete="off"
              maxLength={128}
              value={receipt}
              problem={problemOf(error, 'reference')}
              onChange={(event) => setReceipt(event.target.value)}
            />
          )}
          {wallet.data !== undefined && amount !== null && (
            <p className="pay-effect">
              Available in the wallet
              <b>
                {formatAmount(wallet.data.available, currency)} →{' '}
                {formatAmount(wallet.data.available - amount, currency)}
              </b>
            </p>
          )}
        </>
      )}
    </ActDialog>
  );
}

function amountProblem(amount: number | null, most: number, currency: string): string | null {
  if (amount === null || amount <= 0) return 'Write an amount, such as 25.00.';
  return amount > most ? `At most ${formatMinor(BigInt(most), currency)} is left of it.` : null;
}

/** Whether a provider could give it back: its own, or any that sends money. */
function canSend(
  { provider, livemode }: Payment,
  providers: readonly { provider: string; can_refund: boolean; can_pay_out: boolean; livemode: boolean }[],
): boolean {
  return providers.some(
    (one) => one.livemode === livemode && ((one.provider === provider && one.can_refund) || one.can_pay_out),
  );
}
