'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '@/components/api/queries';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { CHANNEL_NAMES } from '@/components/payments/names';
import { RefundDialog } from '@/components/payments/refund-dialog';
import { refundable } from '@/components/payments/refundable';
import { paymentRequest } from '@/components/payments/request';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { formatMajor } from '@/contracts/money';
import type { Wallet } from '../types';
import { ownerOf, possessive } from '../words';
import { ApprovalHint, useSecondPerson } from './approval-hint';

interface Props {
  readonly wallet: Wallet;
  readonly close: () => void;
}

/** Paid money goes back the way it came, so first: of which payment. */
export function RefundWallet({ wallet, close }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  return chosen === null ? (
    <ChoosePayment wallet={wallet} choose={setChosen} close={close} />
  ) : (
    <RefundOf reference={chosen} close={close} />
  );
}

function ChoosePayment({
  wallet,
  choose,
  close,
}: {
  readonly wallet: Wallet;
  readonly choose: (reference: string) => void;
  readonly close: () => void;
}) {
  const payments = useApi('/v1/payments', { query: { wallet_id: wallet.id, limit: '100' } });
  const open = payments.data?.data.filter((payment) => refundable(payment) > 0);
  return (
    <Dialog open onOpenChange={(next) => !next && close()}>
      <DialogContent
        title={`Refund ${ownerOf(wallet)}`}
        description={`Of which payment? ${formatMoney(wallet.refundable, wallet.currency)} of paid money is in the wallet; promotional credit is never refunded.`}
        wide
      >
        {payments.error !== null && <Failed error={payments.error} retry={() => void payments.refetch()} />}
        {payments.isPending && (
          <div className="act-body">
            <Skeleton />
            <Skeleton width={80} />
          </div>
        )}
        {open?.length === 0 && (
          <Empty kind="none" title="No payment of this wallet can be refunded">
            Either none has been paid, or all of them have been given back.
          </Empty>
        )}
        <div className="rows pick">
          {(open ?? []).map((payment) => (
            <button type="button" key={payment.id} onClick={() => choose(payment.reference)}>
              <span>
                <b className="medium">{formatMoney(payment.amount, payment.currency)}</b>{' '}
                {payment.channel === null ? '' : CHANNEL_NAMES[payment.channel]}
              </span>
              <span className="dim">
                <Timestamp at={payment.created_at} as="minute" />
              </span>
              <span className="v">{formatMoney(refundable(payment), payment.currency)} left of it</span>
              <ChevronRight className="s" aria-hidden="true" />
            </button>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function RefundOf({ reference, close }: { readonly reference: string; readonly close: () => void }) {
  const payment = useApi('/v1/payments/{reference}/details', paymentRequest(reference));
  if (payment.data !== undefined) return <RefundDialog payment={payment.data} close={close} />;
  return null;
}

type Method = 'provider' | 'recorded';
type Network = 'MTN' | 'TELECEL' | 'AIRTELTIGO' | 'MPESA';

const NETWORKS: readonly (readonly [Network, string])[] = [
  ['MTN', CHANNEL_NAMES.MTN],
  ['TELECEL', CHANNEL_NAMES.TELECEL],
  ['AIRTELTIGO', CHANNEL_NAMES.AIRTELTIGO],
  ['MPESA', CHANNEL_NAMES.MPESA],
];

/** What a close left due, to a phone of the customer's or outside. */
export function PayOutDue({ wallet, close }: Props) {
  const { currency } = wallet;
  const due = wallet.refund_due ?? 0;
  const [text, setText] = useState(formatMajor(BigInt(due), currency));
  const [method, setMethod] = useState<Method>('provider');
  const [phone, setPhone] = useState('');
  const [channel, setChannel] = useState<Network>(currency === 'KES' ? 'MPESA' : 'MTN');
  const [name, setName] = useState(wallet.customer_name ?? '');
  const [receipt, setReceipt] = useState('');
  const amount = minorOf(text, currency);
  const second = useSecondPerson('refund', amount, currency);
  const isPaidOut = method === 'provider' ? phone.trim() !== '' && name.trim() !== '' : receipt.trim() !== '';
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Pay out what is due of ${possessive(wallet)} wallet`}
      description={`${formatMoney(due, currency)} of paid money was left when it was closed and is owed to the customer.`}
      verb={
        amount === null
          ? 'Pay out'
          : `${second.waits ? 'Request pay-out of' : 'Pay out'} ${formatMoney(amount, currency)}`
      }
      danger
      reason="required"
      typed={[wallet.account_number, 'account number']}
      ready={amount !== null && amount > 0 && amount <= due && isPaidOut}
      act={(api, { reason, idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        const body = {
          wallet_id: wallet.id,
          amount,
          method,
          reason,
          reference: method === 'recorded' ? receipt.trim() : `console_${idempotencyKey}`,
          ...(method === 'provider' && {
            destination: { phone: phone.replaceAll(/[\s-]/g, ''), channel, name: name.trim() },
          }),
        };
        return api.post('/v1/refunds', { body }, { idempotencyKey });
      }}
      done={() => (method === 'recorded' ? 'Pay-out recorded' : 'Pay-out on its way')}
    >
      {({ error }) => (
        <>
          <AmountField
            label="Amount"
            currency={currency}
            value={text}
            onChange={setText}
            problem={
              amount !== null && amount > due
                ? `At most ${formatMoney(due, currency)} is due.`
                : problemOf(error, 'amount')
            }
          />
          <SelectField
            label="How it is paid out"
            value={method}
            options={[
              ['provider', 'To a phone, by a payment provider'],
              ['recorded', 'Paid already, in cash or through a bank'],
            ]}
            onChange={(event) => setMethod(event.target.value as Method)}
          />
          {method === 'provider' ? (
            <div className="form-grid">
              <TextField
                label="Phone"
                type="tel"
                autoComplete="off"
                placeholder="+233 24 555 4821"
                value={phone}
                problem={problemOf(error, 'destination.phone')}
                onChange={(event) => setPhone(event.target.value)}
              />
              <SelectField
                label="Network"
                value={channel}
                options={NETWORKS}
                problem={problemOf(error, 'destination.channel')}
                onChange={(event) => setChannel(event.target.value as Network)}
              />
              <TextField
                label="Whose phone it is"
                autoComplete="off"
                maxLength={100}
                value={name}
                problem={problemOf(error, 'destination.name')}
                onChange={(event) => setName(event.target.value)}
              />
            </div>
          ) : (
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
          <ApprovalHint {...second} />
        </>
      )}
    </ActDialog>
  );
}
