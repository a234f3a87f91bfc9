'use client';

import { RadioTower, Undo2, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useAct } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { notify } from '@/components/patterns/notify';
import { formatMinor } from '@/contracts/money';
import { providerName } from './names';
import { refundable } from './refundable';
import type { Payment } from './request';
import { whoOf } from './sentence';
import { STATUS_WORDS } from './status-words';

const RefundDialog = dynamic(() => import('./refund-dialog').then(({ RefundDialog: dialog }) => dialog));

/** What a person may do to a payment as it stands. */
export function PaymentActions({ payment, isUnknown }: { readonly payment: Payment; readonly isUnknown: boolean }) {
  const { me } = useConsole();
  const [open, setOpen] = useState<'refund' | 'cancel' | null>(null);
  if (!may(me, 'payments:write')) return null;
  const isUnsent = payment.status === 'created' || (payment.status === 'submitting' && payment.messages.length === 0);
  return (
    <>
      <AskNow payment={payment} isFirst={isUnknown} />
      {refundable(payment) > 0 && (
        <button type="button" className="btn" onClick={() => setOpen('refund')}>
          <Undo2 aria-hidden="true" />
          Refund…
        </button>
      )}
      {isUnsent && (
        <button type="button" className="btn danger" onClick={() => setOpen('cancel')}>
          <X aria-hidden="true" />
          Cancel payment…
        </button>
      )}
      {open === 'refund' && <RefundDialog payment={payment} close={() => setOpen(null)} />}
      <ActDialog
        open={open === 'cancel'}
        onOpenChange={(next) => setOpen(next ? 'cancel' : null)}
        title={`Cancel the payment of ${formatMinor(BigInt(payment.amount_charged), payment.currency)} by ${whoOf(payment)}`}
        description="Nobody was asked yet. The payment ends, and no balance changes."
        verb="Cancel payment"
        danger
        act={(api, { idempotencyKey }) =>
          api.post(
            '/v1/payments/{reference}/cancel',
            { params: { reference: payment.id }, body: {} },
            { idempotencyKey },
          )
        }
        done={() => 'Payment canceled'}
      />
    </>
  );
}

function AskNow({ payment, isFirst }: { readonly payment: Payment; readonly isFirst: boolean }) {
  const provider = providerName(payment.provider);
  const ask = useAct((api, reference: string) =>
    api.post('/v1/payments/{reference}/refresh', { params: { reference }, body: {} }),
  );
  const run = (): void => {
    if (ask.isPending) return;
    ask.mutate(payment.id, {
      onSuccess(answer) {
        if (!answer.asked) notify('Asked a moment ago: this is how it stands since.');
        else if (answer.status === payment.status) notify(`${provider} was asked and says nothing new.`);
        else notify(`${provider} was asked: ${STATUS_WORDS[answer.status].toLowerCase()}.`, 'success');
      },
      onError: (error) => notify(error.message, 'error'),
    });
  };
  return (
    <button type="button" className={`btn ${isFirst ? 'primary' : ''}`} aria-disabled={ask.isPending} onClick={run}>
      <RadioTower aria-hidden="true" />
      {ask.isPending ? 'Asking…' : `Ask ${provider} now`}
    </button>
  );
}
