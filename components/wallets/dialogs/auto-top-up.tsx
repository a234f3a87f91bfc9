'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { AmountField, minorOf } from '@/components/patterns/amount-field';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { formatMajor } from '@/contracts/money';
import type { AutoTopUp, Wallet } from '../types';
import { ownerOf, possessive } from '../words';

interface Props {
  readonly wallet: Wallet;
  readonly close: () => void;
}

/** Makes the rule, or changes it. It asks only ways to pay that the customer has agreed to. */
export function SetAutoTopUp({ wallet, rule, close }: Props & { readonly rule: AutoTopUp | null }) {
  const { me } = useConsole();
  const { currency } = wallet;
  const major = (minor: number | null | undefined): string =>
    minor === null || minor === undefined ? '' : formatMajor(BigInt(minor), currency);
  const [threshold, setThreshold] = useState(major(rule?.threshold));
  const [kind, setKind] = useState<'amount' | 'target'>(rule?.target == null ? 'amount' : 'target');
  const [brings, setBrings] = useState(major(rule?.amount ?? rule?.target));
  const [method, setMethod] = useState(rule?.payment_methods[0]?.id ?? '');
  const [monthly, setMonthly] = useState(major(rule?.monthly_amount_max));
  const [daily, setDaily] = useState(String(rule?.daily_count_max ?? 3));
  const methods = useApi(
    '/v1/payment_methods',
    { query: { customer_id: wallet.customer_id, status: 'active', limit: '100' } },
    { enabled: may(me, 'payments:read') },
  );
  const usable = methods.data?.data.filter((one) => one.currency === currency);
  const chosen = method !== '' ? method : (usable?.[0]?.id ?? '');
  const [below, amount, most] = [minorOf(threshold, currency), minorOf(brings, currency), minorOf(monthly, currency)];
  const problem = problemIn(kind, below, amount);
  const isReady =
    below !== null && amount !== null && problem === null && chosen !== '' && (monthly.trim() === '' || most !== null);
  const body = {
    threshold: below ?? 0,
    amount: kind === 'amount' ? amount : null,
    target: kind === 'target' ? amount : null,
    payment_method_id: chosen,
    daily_count_max: Number(daily),
    monthly_amount_max: monthly.trim() === '' ? null : most,
  };
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={
        rule === null
          ? `Top ${possessive(wallet)} wallet up automatically`
          : `Change the automatic top-up of ${possessive(wallet)} wallet`
      }
      description="When available money falls under the threshold, the saved payment method is asked. A phone is prompted each time; a card is charged."
      verb={rule === null ? 'Turn automatic top-up on' : 'Change automatic top-up'}
      ready={isReady}
      act={(api, { idempotencyKey }) => {
        const params = { id: wallet.id };
        return rule === null
          ? api.post('/v1/wallets/{id}/auto_topup', { params, body }, { idempotencyKey })
          : api.patch('/v1/wallets/{id}/auto_topup', { params, body });
      }}
      done={() => (rule === null ? 'Automatic top-up on' : 'Automatic top-up changed')}
    >
      {({ error }) => (
        <>
          {usable?.length === 0 && (
            <p className="problem" role="alert">
              {ownerOf(wallet)} has no saved payment method in {currency}. One is saved when the customer agrees to it,
              with POST /v1/payment_methods.
            </p>
          )}
          <AmountField
            label="When available falls under"
            currency={currency}
            value={threshold}
            onChange={setThreshold}
            problem={problemOf(error, 'threshold')}
            autoFocus
          />
          <div className="form-grid">
            <SelectField
              label="Bring"
              value={kind}
              options={[
                ['amount', 'the same each time'],
                ['target', 'available to a target'],
              ]}
              onChange={(event) => setKind(event.target.value as 'amount' | 'target')}
            />
            <AmountField
              label={kind === 'amount' ? 'Amount' : 'Available afterwards'}
              currency={currency}
              value={brings}
              onChange={setBrings}
              problem={problem ?? problemOf(error, kind)}
            />
          </div>
          <SelectField
            label="From"
            value={chosen}
            options={(usable ?? []).map(({ id, label }) => [id, label] as const)}
            problem={problemOf(error, 'payment_method_id')}
            onChange={(event) => setMethod(event.target.value)}
          />
          <div className="form-grid">
            <TextField
              label="Times a day at the most"
              type="number"
              min={1}
              max={100}
              value={daily}
              problem={problemOf(error, 'daily_count_max')}
              onChange={(event) => setDaily(event.target.value)}
            />
            <AmountField
              label="In a month at the most"
              currency={currency}
              value={monthly}
              onChange={setMonthly}
              hint="Empty for no limit."
              problem={problemOf(error, 'monthly_amount_max')}
            />
          </div>
          {below !== null && wallet.available < below && (
            <p className="note-line strong">
              {formatMoney(wallet.available, currency)} is available, which is less: the first is taken at once.
            </p>
          )}
        </>
      )}
    </ActDialog>
  );
}

function problemIn(kind: 'amount' | 'target', below: number | null, amount: number | null): string | null {
  if (below === null || amount === null || kind === 'amount') return null;
  return amount > below ? null : 'Must be more than the threshold.';
}

export function PauseAutoTopUp({ wallet, rule, close }: Props & { readonly rule: AutoTopUp }) {
  const isOn = rule.status === 'active';
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`${isOn ? 'Pause' : 'Resume'} the automatic top-up of ${possessive(wallet)} wallet`}
      description={
        isOn
          ? 'Nothing is started until it is resumed. A top-up that is under way is seen to its end.'
          : 'It acts again when available money is under the threshold; at once, if it is now. Earlier failures are forgotten.'
      }
      verb={isOn ? 'Pause automatic top-up' : 'Resume automatic top-up'}
      act={(api) =>
        api.patch('/v1/wallets/{id}/auto_topup', {
          params: { id: wallet.id },
          body: { status: isOn ? 'paused' : 'active' },
        })
      }
      done={() => (isOn ? 'Automatic top-up paused' : 'Automatic top-up resumed')}
    />
  );
}

export function RemoveAutoTopUp({ wallet, close }: Props) {
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Remove the automatic top-up of ${possessive(wallet)} wallet`}
      description="Nothing is started any more. The saved payment methods stay, and a top-up that is under way is seen to its end."
      verb="Remove automatic top-up"
      danger
      act={(api) => api.delete('/v1/wallets/{id}/auto_topup', { params: { id: wallet.id } })}
      done={() => 'Automatic top-up removed'}
    />
  );
}
