'use client';

import { Ban, Check, Smartphone, TriangleAlert, Undo2, Users, Webhook } from 'lucide-react';
import Link from 'next/link';
import { sided } from '@/components/accounts/side';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { formatAmount } from '@/components/patterns/money';
import { providerName } from '@/components/payments/names';
import type { JournalObject } from '@/contracts/journals';
import { formatMinor } from '@/contracts/money';
import { nameOf } from './sentence';

/** Every account from now to after: what the ledger itself says that undoing it would do. */
export function NowAndAfter({ journal }: { readonly journal: JournalObject }) {
  const { currency, reversal } = journal;
  return (
    <table className="rev">
      <caption className="sr">Balances now and after a reversal, in {currency}</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className="num">
            Now
          </th>
          <th scope="col" className="num">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {reversal.accounts.map(({ account, balance_now: now, balance_after: after }) => (
          <tr key={account.id}>
            <th scope="row">{account.name}</th>
            <td className="num dim">{sided(now, currency)}</td>
            <td className="num medium">{sided(after, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What else it would do, in sentences. */
export function Consequences({ journal }: { readonly journal: JournalObject }) {
  const href = useHref();
  const client = useClientName(journal.client_code);
  const needsTwo = useNeedsTwo(journal);
  const { reversal, fee, tax, fee_rules: rules, trail, currency } = journal;
  const payment = trail.payment;
  return (
    <ul className="cons">
      <Funds journal={journal} />
      {fee + tax > 0 && (
        <li>
          <Undo2 aria-hidden="true" />
          <span>
            {tax > 0 ? 'The fee and its tax' : 'The fee'}{' '}
            {reversal.returns_fees
              ? `return${tax > 0 ? '' : 's'} to ${rules?.bearer === 'customer' ? nameOf(journal) : client}`
              : `stay${tax > 0 ? '' : 's'} with the operator`}
            {rules !== null && `, as version ${rules.version} says`}.
          </span>
        </li>
      )}
      {payment !== null && (
        <li>
          <Smartphone aria-hidden="true" />
          <span>
            Nothing is sent to the payer: {providerName(payment.provider)} keeps{' '}
            {formatMinor(BigInt(journal.amount), currency)} for us.{' '}
            <Link className="l" href={href(`/payments/${payment.id}`, journal.client_code)} prefetch={false}>
              Refund the payment
            </Link>{' '}
            to pay it back.
          </span>
        </li>
      )}
      <li>
        <Webhook aria-hidden="true" />
        <span>
          {client} is told by <code>{reversal.event}</code>.
        </span>
      </li>
      {needsTwo !== null && (
        <li>
          <Users aria-hidden="true" />
          <span>
            A second person approves:{' '}
            {needsTwo.above === null
              ? 'every reversal'
              : `reversals above ${formatMinor(BigInt(needsTwo.above), currency)}`}
            .
          </span>
        </li>
      )}
    </ul>
  );
}

/** Whether the money that would go back is still there: of wallets and accounts that would lose some. */
function Funds({ journal }: { readonly journal: JournalObject }) {
  const { reversal, currency } = journal;
  if (reversal.refusal !== null) {
    return (
      <li>
        <Ban aria-hidden="true" />
        <span>{reversal.refusal.message}</span>
      </li>
    );
  }
  const loser = reversal.accounts.find(
    ({ account, balance_now: now, balance_after: after }) => account.wallet_id !== null && after < now,
  );
  if (loser === undefined) {
    return (
      <li>
        <Check aria-hidden="true" />
        <span>It can be undone: nobody’s wallet loses by it.</span>
      </li>
    );
  }
  const { account, balance_now: now, balance_after: after } = loser;
  const Icon = after < 0 ? TriangleAlert : Check;
  return (
    <li>
      <Icon aria-hidden="true" />
      <span>
        {account.name} still has the money: {formatMinor(BigInt(now), currency)} in the wallet,{' '}
        {formatAmount(now - after, currency)} needed.
      </span>
    </li>
  );
}

/** Whether the policy of these books wants a second person for undoing this much; null where one is enough. */
export function useNeedsTwo(journal: JournalObject): { readonly above: number | null } | null {
  const { me } = useConsole();
  const policy = useApi(
    '/v1/approval_policy',
    {},
    { enabled: may(me, 'approvals:read') && journal.reversal.possible, client: journal.client_code },
  );
  const rule = policy.data?.rules.find(({ verb }) => verb === 'reversal');
  if (rule === undefined) return null;
  const above = rule.above[journal.currency] ?? null;
  return above !== null && journal.amount <= above ? null : { above };
}
