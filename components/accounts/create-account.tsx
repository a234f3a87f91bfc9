'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { CheckField, problemOf, SelectField, TextField } from '@/components/patterns/field';
import { CREATABLE, typeWords } from './types';

/** Opens an account of the client, of one of the types that people may open. */
export default function CreateAccount({ close }: { readonly close: () => void }) {
  const { scope } = useConsole();
  const href = useHref();
  const router = useRouter();
  const [type, setType] = useState('FLOAT_ACCOUNT');
  const [name, setName] = useState('');
  const [currency, setCurrency] = useState('GHS');
  const [minimum, setMinimum] = useState('0');
  const [overdraw, setOverdraw] = useState(false);
  const [purpose, setPurpose] = useState('');
  const [inactive, setInactive] = useState(false);
  return (
    <ActDialog
      open
      onOpenChange={close}
      title="Create an account"
      description="It begins empty. Nothing moves."
      verb="Create account"
      ready={name.trim() !== '' && currency.length === 3}
      act={(api, { idempotencyKey }) =>
        api.post(
          '/api/v1/accounts',
          {
            body: {
              client_code: scope.client,
              account_type_code: type as 'FLOAT_ACCOUNT',
              account_name: name.trim(),
              currency,
              minimum_balance: minimum.replaceAll(/[,\s]/g, '') || '0',
              can_overdraw: overdraw,
              status: inactive ? 'INACTIVE' : 'ACTIVE',
              ...(purpose.trim() !== '' && { status_description: purpose.trim() }),
            },
          },
          { idempotencyKey },
        )
      }
      done={(account) => `Account ${account.account_number} is open`}
      onDone={(account) => router.push(href(`/accounts/${account.account_number}`))}
    >
      {({ error }) => (
        <>
          <SelectField
            label="Type"
            hint={typeWords(type).means}
            options={CREATABLE}
            value={type}
            onChange={(event) => setType(event.target.value)}
          />
          <TextField
            label="Name"
            value={name}
            maxLength={200}
            placeholder="Collections, second branch"
            problem={problemOf(error, 'account_name')}
            onChange={(event) => setName(event.target.value)}
          />
          <div className="form-grid">
            <TextField
              label="Currency"
              hint="ISO 4217, for instance GHS or KES."
              value={currency}
              maxLength={3}
              autoComplete="off"
              problem={problemOf(error, 'currency')}
              onChange={(event) => setCurrency(event.target.value.toUpperCase())}
            />
            <TextField
              label="Minimum balance"
              hint="What must stay in it."
              inputMode="decimal"
              className="input amount"
              value={minimum}
              problem={problemOf(error, 'minimum_balance')}
              onChange={(event) => setMinimum(event.target.value)}
            />
          </div>
          <TextField
            label="What it is for, if that needs saying"
            value={purpose}
            maxLength={500}
            problem={problemOf(error, 'status_description')}
            onChange={(event) => setPurpose(event.target.value)}
          />
          <CheckField
            label="May be overdrawn"
            hint="Its balance may go under the minimum, and under zero."
            checked={overdraw}
            onChange={(event) => setOverdraw(event.target.checked)}
          />
          <CheckField
            label="Inactive to begin with"
            hint="No money moves in or out until it is made active."
            checked={inactive}
            onChange={(event) => setInactive(event.target.checked)}
          />
        </>
      )}
    </ActDialog>
  );
}
