'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Balance } from './balance';
import type { WalletDialog } from './dialogs/wallet-dialogs';
import { Lots } from './lots';
import { WalletRail } from './rail/wallet-rail';
import { AuditRecords } from './records/audit';
import { HoldRecords } from './records/holds';
import { LotRecords } from './records/lots';
import { RefundRecords } from './records/refunds';
import { RequestRecords } from './records/requests';
import { TopUpRecords } from './records/top-ups';
import { WalletTabs } from './records/wallet-tabs';
import { activeHoldsRequest, lotsRequest, type Tab, tabOf } from './requests';
import { Statement } from './statement/statement';
import type { AutoTopUp, Hold, Lot, Wallet } from './types';
import { WalletHead } from './wallet-head';

const WalletDialogs = dynamic(() => import('./dialogs/wallet-dialogs'), { ssr: false });

/** What the parts of a wallet's page are given. */
export interface WalletParts {
  readonly wallet: Wallet;
  readonly lots: readonly Lot[];
  readonly holds: readonly Hold[];
  /** Null without one; undefined while it is read. */
  readonly rule: AutoTopUp | null | undefined;
  readonly open: (dialog: WalletDialog) => void;
}

/** One wallet: what is in it, what of it is whose, and every entry that made it so. */
export function WalletPage({ id }: { readonly id: string }) {
  const { data: wallet, error, refetch } = useApi('/v1/wallets/{id}', { params: { id } });
  if (wallet !== undefined) return <Loaded wallet={wallet} />;
  return error === null ? <Skeleton /> : <Failed error={error} retry={() => void refetch()} />;
}

function Loaded({ wallet }: { readonly wallet: Wallet }) {
  const { me } = useConsole();
  const tab = tabOf(Object.fromEntries(useSearchParams()));
  const [dialog, setDialog] = useState<WalletDialog | null>(null);
  const hasLots = wallet.promotional > 0 || wallet.held > 0;
  const lots = useApi('/v1/wallets/{id}/lots', lotsRequest(wallet.id), { enabled: hasLots });
  const holds = useApi('/v1/wallets/{id}/holds', activeHoldsRequest(wallet.id), { enabled: wallet.held > 0 });
  const hasRule = wallet.auto_topup !== null && may(me, 'wallets:read');
  const rule = useApi('/v1/wallets/{id}/auto_topup', { params: { id: wallet.id } }, { enabled: hasRule });
  const parts: WalletParts = {
    wallet,
    lots: hasLots ? (lots.data?.data ?? []) : [],
    holds: wallet.held > 0 ? (holds.data?.data ?? []) : [],
    rule: hasRule ? rule.data : null,
    open: setDialog,
  };
  return (
    <>
      <WalletHead {...parts} />
      <div className="detail">
        <div className="stack-gap">
          <Balance {...parts} />
          {parts.lots.length > 0 && <Lots {...parts} />}
          <section aria-label="Records of this wallet">
            <WalletTabs wallet={wallet} holds={parts.holds.length} current={tab} />
            <Records tab={tab} {...parts} />
          </section>
        </div>
        <WalletRail {...parts} />
      </div>
      {dialog !== null && (
        <WalletDialogs
          dialog={dialog}
          wallet={wallet}
          lots={parts.lots}
          rule={parts.rule ?? null}
          close={() => setDialog(null)}
        />
      )}
    </>
  );
}

function Records({ tab, ...parts }: WalletParts & { readonly tab: Tab }) {
  switch (tab) {
    case 'statement':
      return <Statement wallet={parts.wallet} />;
    case 'holds':
      return <HoldRecords {...parts} />;
    case 'topups':
      return <TopUpRecords wallet={parts.wallet} />;
    case 'refunds':
      return <RefundRecords wallet={parts.wallet} />;
    case 'lots':
      return <LotRecords wallet={parts.wallet} />;
    case 'requests':
      return <RequestRecords wallet={parts.wallet} />;
    case 'audit':
      return <AuditRecords wallet={parts.wallet} />;
  }
}
