'use client';

import { Check, Copy, ExternalLink } from 'lucide-react';
import { useRef, useState } from 'react';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { Timestamp } from '@/components/patterns/timestamp';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import type { AnswerOf } from '@/server/http/api-types';
import type { Wallet } from '../types';
import { ownerOf } from '../words';

type TopUp = AnswerOf<'post', '/v1/wallets/{id}/topups'>;

const HOUR_MS = 3_600_000;

/** Makes a checkout for the customer and hands out its link: the customer pays, nothing moves before. */
export function TopUpLink({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const [made, setMade] = useState<TopUp | null>(null);
  return made === null ? (
    <AskForTopUp wallet={wallet} close={close} done={setMade} />
  ) : (
    <ShowLink wallet={wallet} topUp={made} close={close} />
  );
}

function AskForTopUp({
  wallet,
  close,
  done,
}: {
  readonly wallet: Wallet;
  readonly close: () => void;
  readonly done: (topUp: TopUp) => void;
}) {
  const { scope } = useConsole();
  const { currency } = wallet;
  const [text, setText] = useState('');
  const [hours, setHours] = useState('24');
  const [typed, setTyped] = useState<string | null>(null);
  const settings = useApi('/v1/checkout_settings', {});
  const host = settings.data?.return_hosts[0];
  const usual = host === undefined ? (scope.mode === 'test' ? 'http://localhost/' : '') : `https://${host}/`;
  const redirectUrl = typed ?? usual;
  const isMade = useRef(false);
  const amount = minorOf(text, currency);
  return (
    <ActDialog
      open
      // Once it is made the link is shown in the same place, so the form's end closes nothing.
      onOpenChange={(open) => !open && !isMade.current && close()}
      title={`Send ${ownerOf(wallet)} a top-up link`}
      description="A page where the customer chooses how to pay and sees every fee first. What is paid reaches this wallet by itself."
      verb={amount === null ? 'Make link' : `Make link for ${formatMoney(amount, currency)}`}
      ready={amount !== null && amount > 0 && redirectUrl !== ''}
      act={async (api, { idempotencyKey }) => {
        if (amount === null) throw new Error('An amount is given before the form can be sent.');
        const body = {
          amount,
          redirect_url: redirectUrl,
          expires_at: new Date(Date.now() + Number(hours) * HOUR_MS).toISOString(),
        };
        const topUp = await api.post(
          '/v1/wallets/{id}/topups',
          { params: { id: wallet.id }, body },
          { idempotencyKey },
        );
        isMade.current = true;
        return topUp;
      }}
      done={null}
      onDone={done}
    >
      {({ error }) => (
        <>
          <AmountField
            label="Amount that reaches the wallet"
            currency={currency}
            value={text}
            onChange={setText}
            problem={text !== '' && amount === null ? 'Write an amount, such as 50.00.' : problemOf(error, 'amount')}
            autoFocus
          />
          <SelectField
            label="The link works for"
            value={hours}
            options={[
              ['1', '1 hour'],
              ['24', '24 hours'],
              ['72', '3 days'],
              ['167', 'a week'],
            ]}
            problem={problemOf(error, 'expires_at')}
            onChange={(event) => setHours(event.target.value)}
          />
          <TextField
            label="Where the customer goes after paying"
            type="url"
            hint={
              host === undefined
                ? 'A page of yours, on a host that is registered under Settings, Checkout.'
                : 'A page of yours, on one of your return hosts.'
            }
            value={redirectUrl}
            problem={problemOf(error, 'redirect_url')}
            onChange={(event) => setTyped(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

function ShowLink({
  wallet,
  topUp,
  close,
}: {
  readonly wallet: Wallet;
  readonly topUp: TopUp;
  readonly close: () => void;
}) {
  const [copied, setCopied] = useState(false);
  const link = topUp.checkout_url ?? '';
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={`${ownerOf(wallet)} can pay ${formatMoney(topUp.amount, topUp.currency)} here`}
        description="Send it to the customer alone: whoever has the link sees the top-up."
      >
        <div className="act-body">
          <div className="linkline">
            <code className="mono">{link}</code>
            <button type="button" className="btn primary" onClick={() => void copy()}>
              {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
              {copied ? 'Copied' : 'Copy link'}
            </button>
          </div>
          <dl className="kv">
            <dt>Payment number</dt>
            <dd className="mono">{topUp.payment_number}</dd>
            <dt>Works until</dt>
            <dd>
              <Timestamp at={topUp.expires_at} as="minute" />
            </dd>
          </dl>
          <p className="soft small">
            The customer says the payment number on the phone if something goes wrong. You find it under Top-ups.
          </p>
        </div>
        <footer className="dialog-foot">
          <a className="btn" href={link} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            Open checkout
          </a>
          <button type="button" className="btn" onClick={close}>
            Done
          </button>
        </footer>
      </DialogContent>
    </Dialog>
  );
}
