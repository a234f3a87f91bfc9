'use client';

import { Ellipsis, Snowflake, Sun } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { Menu } from '@/components/patterns/menu';
import type { AccountObject } from '@/contracts/accounts';
import type { Act } from './account-dialogs';

const AccountDialogs = dynamic(() => import('./account-dialogs'), { ssr: false });

/** What may be done with an account of the client's; a wallet has its own page, the system's accounts cannot be changed. */
export function AccountActions({ account }: { readonly account: AccountObject }) {
  const { me } = useConsole();
  const href = useHref();
  const [act, setAct] = useState<Act | null>(null);
  if (account.wallet_id !== null) {
    return (
      <Link className="btn" href={href(`/wallets/${account.wallet_id}`)} prefetch={false}>
        Open wallet
      </Link>
    );
  }
  if (account.is_system || account.status === 'closed' || !may(me, 'accounts:write')) return null;
  const { status } = account;
  return (
    <>
      {status === 'active' ? (
        <button type="button" className="btn" onClick={() => setAct('FROZEN')}>
          <Snowflake aria-hidden="true" />
          Freeze…
        </button>
      ) : (
        <button type="button" className="btn" onClick={() => setAct('ACTIVE')}>
          <Sun aria-hidden="true" />
          {status === 'frozen' ? 'Unfreeze…' : 'Activate…'}
        </button>
      )}
      <button type="button" className="btn" onClick={() => setAct('settings')}>
        Change…
      </button>
      <Menu className="btn square" label="More actions" end trigger={<Ellipsis aria-hidden="true" />}>
        {status !== 'inactive' && (
          <button type="button" onClick={() => setAct('INACTIVE')}>
            Deactivate account…
          </button>
        )}
        {status === 'inactive' && (
          <button type="button" onClick={() => setAct('FROZEN')}>
            Freeze account…
          </button>
        )}
        <button type="button" className="danger" onClick={() => setAct('CLOSED')}>
          Close account…
        </button>
      </Menu>
      {act !== null && <AccountDialogs account={account} act={act} close={() => setAct(null)} />}
    </>
  );
}
