'use client';

import {
  BellRing,
  Ellipsis,
  FileDown,
  HandCoins,
  Lock,
  RefreshCw,
  Sheet,
  Snowflake,
  StickyNote,
  Sun,
  X,
} from 'lucide-react';
import Link from 'next/link';
import type { MouseEvent } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { CopyId } from '@/components/patterns/copy-id';
import { useExport } from '@/components/patterns/export-button';
import { Menu } from '@/components/patterns/menu';
import { PageHead } from '@/components/patterns/page-head';
import { Status } from '@/components/patterns/status';
import type { WalletParts } from './wallet-page';
import { ownerOf } from './words';

export function WalletHead(parts: WalletParts) {
  const { wallet } = parts;
  const { me, scope } = useConsole();
  const href = useHref();
  const client = useClientName(scope.client);
  return (
    <PageHead
      className="wallet-head"
      crumbs={[{ label: 'Wallets', href: href('/wallets') }, { label: ownerOf(wallet) }]}
      title={ownerOf(wallet)}
      badges={<Status of={wallet.status} />}
      facts={[
        <CopyId key="id" id={wallet.id} what="wallet id" />,
        `${wallet.currency} wallet`,
        <span key="account">
          Account{' '}
          <Link className="mono l" href={href(`/accounts/${wallet.account_number}`)} prefetch={false}>
            {wallet.account_number}
          </Link>
        </span>,
        me.is_operator ? (
          <Link key="client" className="l" href={href(`/clients/${scope.client}`, 'all')} prefetch={false}>
            {client}
          </Link>
        ) : (
          client
        ),
      ]}
      actions={<Actions {...parts} />}
    />
  );
}

function Actions({ wallet, open }: WalletParts) {
  const { me } = useConsole();
  const isClosed = wallet.status === 'closed';
  const mayWrite = may(me, 'wallets:write');
  const mayRefund = may(me, 'payments:write');
  const mayFreeze = may(me, 'wallets:status');
  const due = wallet.refund_due ?? 0;
  return (
    <>
      {mayFreeze && wallet.status === 'active' && (
        <button type="button" className="btn" onClick={() => open({ what: 'freeze' })}>
          <Snowflake aria-hidden="true" />
          Freeze…
        </button>
      )}
      {mayFreeze && wallet.status === 'frozen' && (
        <button type="button" className="btn" onClick={() => open({ what: 'unfreeze' })}>
          <Sun aria-hidden="true" />
          Unfreeze…
        </button>
      )}
      {!isClosed && mayWrite && (
        // biome-ignore lint/a11y/useSemanticElements: buttons side by side are no fieldset
        <span className="btn-group" role="group" aria-label="Move money">
          <button type="button" className="btn" onClick={() => open({ what: 'credit' })}>
            Credit…
          </button>
          {wallet.status === 'active' && (
            <button type="button" className="btn" onClick={() => open({ what: 'debit' })}>
              Debit…
            </button>
          )}
          {mayRefund && wallet.status === 'active' && (
            <button type="button" className="btn" onClick={() => open({ what: 'refund' })}>
              Refund…
            </button>
          )}
        </span>
      )}
      {isClosed && due > 0 && mayRefund && (
        <button type="button" className="btn primary" onClick={() => open({ what: 'pay-out' })}>
          Pay out what is due…
        </button>
      )}
      {!isClosed && mayWrite && (
        <button type="button" className="btn primary" onClick={() => open({ what: 'top-up' })}>
          Send top-up link
        </button>
      )}
      <More wallet={wallet} open={open} />
    </>
  );
}

/** What is done rarely. A dialog that is opened from here gives the focus back to the menu’s own button. */
function More({ wallet, open }: Pick<WalletParts, 'wallet' | 'open'>) {
  const { me } = useConsole();
  const { received, run } = useExport();
  const isClosed = wallet.status === 'closed';
  const mayWrite = may(me, 'wallets:write') && !isClosed;
  const act = (what: 'hold' | 'low-balance' | 'note' | 'close' | 'auto-top-up') => (event: MouseEvent) => {
    event.currentTarget.closest('details')?.querySelector('summary')?.focus();
    open({ what });
  };
  const statement = (format: 'pdf' | 'csv') => () =>
    run({
      path: '/v1/wallets/{id}/statement',
      params: { id: wallet.id },
      query: { format },
      accept: format === 'pdf' ? 'application/pdf' : 'text/csv',
      filename: `statement-${wallet.account_number}.${format}`,
    });
  return (
    <Menu label="More actions" className="btn square" trigger={<Ellipsis aria-hidden="true" />} end>
      {mayWrite && (
        <>
          <button type="button" onClick={act('auto-top-up')}>
            <RefreshCw aria-hidden="true" />
            {wallet.auto_topup === null ? 'Set automatic top-up…' : 'Change automatic top-up…'}
          </button>
          {wallet.status === 'active' && (
            <button type="button" onClick={act('hold')}>
              <HandCoins aria-hidden="true" />
              Hold money…
            </button>
          )}
          <button type="button" onClick={act('low-balance')}>
            <BellRing aria-hidden="true" />
            Low-balance alert…
          </button>
        </>
      )}
      {may(me, 'notes:write') && (
        <button type="button" onClick={act('note')}>
          <StickyNote aria-hidden="true" />
          Add a note…
        </button>
      )}
      <button type="button" disabled={received !== null} onClick={statement('pdf')}>
        <FileDown aria-hidden="true" />
        Statement as PDF
      </button>
      <button type="button" disabled={received !== null} onClick={statement('csv')}>
        <Sheet aria-hidden="true" />
        Statement as CSV
      </button>
      {may(me, 'wallets:status') && !isClosed && (
        <>
          <hr />
          <button type="button" className="danger" onClick={act('close')}>
            {wallet.held > 0 ? <Lock aria-hidden="true" /> : <X aria-hidden="true" />}
            Close wallet…
          </button>
        </>
      )}
    </Menu>
  );
}
