'use client';

import { useState } from 'react';
import { ActDialog } from '@/components/patterns/act-dialog';
import { CheckField, problemOf, TextField } from '@/components/patterns/field';
import { formatAmount } from '@/components/patterns/money';
import type { AccountObject } from '@/contracts/accounts';
import { formatMajor } from '@/contracts/money';
import { sided } from './side';

export type Act = 'ACTIVE' | 'INACTIVE' | 'FROZEN' | 'CLOSED' | 'settings';

/** A dialog for each thing that can be done with an account. */
export default function AccountDialogs({
  account,
  act,
  close,
}: {
  readonly account: AccountObject;
  readonly act: Act;
  readonly close: () => void;
}) {
  return act === 'settings' ? (
    <ChangeSettings account={account} close={close} />
  ) : (
    <ChangeStatus account={account} to={act} close={close} />
  );
}

interface Words {
  readonly verb: string;
  readonly done: string;
  readonly means: string;
  readonly danger: boolean;
}

const WORDS: Readonly<Record<Exclude<Act, 'settings'>, Words>> = {
  ACTIVE: { verb: 'Activate', done: 'is active', means: 'Money moves in and out again.', danger: false },
  FROZEN: {
    verb: 'Freeze',
    done: 'is frozen',
    means: 'Money still comes in; none goes out until it is unfrozen.',
    danger: false,
  },
  INACTIVE: {
    verb: 'Deactivate',
    done: 'is inactive',
    means: 'No money moves in or out until it is made active.',
    danger: false,
  },
  CLOSED: {
    verb: 'Close',
    done: 'is closed',
    means: 'For good: it must be empty, and nothing is ever posted to it again. Its entries stay.',
    danger: true,
  },
};

function ChangeStatus({
  account,
  to,
  close,
}: {
  readonly account: AccountObject;
  readonly to: Exclude<Act, 'settings'>;
  readonly close: () => void;
}) {
  const { verb, done, means, danger } = WORDS[to];
  const word = to === 'ACTIVE' && account.status === 'frozen' ? 'Unfreeze' : verb;
  return (
    <ActDialog
      open
      onOpenChange={close}
      title={`${word} ${account.name}`}
      description={`${means} Its balance stays as it is: ${account.currency} ${sided(account.balance, account.currency)}.`}
      verb={`${word} account`}
      danger={danger}
      reason="required"
      {...(danger && { typed: [account.number, 'account number'] as const })}
      act={(api, { reason, idempotencyKey }) =>
        api.patch(
          '/api/v1/accounts/{account_number}',
          { params: { account_number: account.number }, body: { status: to, reason } },
          { idempotencyKey },
        )
      }
      done={() => `${account.name} ${done}`}
    />
  );
}

function ChangeSettings({ account, close }: { readonly account: AccountObject; readonly close: () => void }) {
  const { currency } = account;
  const [name, setName] = useState(account.name);
  const [purpose, setPurpose] = useState(account.status_description ?? '');
  const [minimum, setMinimum] = useState(formatMajor(BigInt(account.minimum_balance), currency));
  const [overdraw, setOverdraw] = useState(account.can_overdraw);
  return (
    <ActDialog
      open
      onOpenChange={close}
      title={`Change ${account.name}`}
      description={`No money moves. Its balance is ${formatAmount(account.balance, currency)} ${currency}.`}
      verb="Change account"
      reason="required"
      ready={name.trim() !== ''}
      act={(api, { reason, idempotencyKey }) =>
        api.patch(
          '/api/v1/accounts/{account_number}',
          {
            params: { account_number: account.number },
            body: {
              account_name: name.trim(),
              status_description: purpose.trim() === '' ? null : purpose.trim(),
              minimum_balance: minimum.replaceAll(/[,\s]/g, ''),
              can_overdraw: overdraw,
              reason,
            },
          },
          { idempotencyKey },
        )
      }
      done={() => `${name.trim()} is changed`}
    >
      {({ error }) => (
        <>
          <TextField
            label="Name"
            value={name}
            maxLength={200}
            problem={problemOf(error, 'account_name')}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="What it is for, if that needs saying"
            value={purpose}
            maxLength={500}
            problem={problemOf(error, 'status_description')}
            onChange={(event) => setPurpose(event.target.value)}
          />
          <TextField
            label={`Minimum balance, ${currency}`}
            hint={`Was ${formatAmount(account.minimum_balance, currency)}.`}
            inputMode="decimal"
            className="input amount"
            value={minimum}
            problem={problemOf(error, 'minimum_balance')}
            onChange={(event) => setMinimum(event.target.value)}
          />
          <CheckField
            label="May be overdrawn"
            hint="Its balance may go under the minimum, and under zero."
            checked={overdraw}
            onChange={(event) => setOverdraw(event.target.checked)}
          />
        </>
      )}
    </ActDialog>
  );
}
