'use client';

import { Ellipsis, Snowflake, Sun } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
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
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <button type="button" className="btn square" aria-label="More actions">
            <Ellipsis aria-hidden="true" />
          </button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {status !== 'inactive' && (
            <DropdownMenuItem onSelect={() => setAct('INACTIVE')}>Deactivate account…</DropdownMenuItem>
          )}
          {status === 'inactive' && (
            <DropdownMenuItem onSelect={() => setAct('FROZEN')}>Freeze account…</DropdownMenuItem>
          )}
          <DropdownMenuItem danger onSelect={() => setAct('CLOSED')}>
            Close account…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {act !== null && <AccountDialogs account={account} act={act} close={() => setAct(null)} />}
    </>
  );
}
