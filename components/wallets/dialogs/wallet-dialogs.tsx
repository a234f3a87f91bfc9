'use client';

import type { AutoTopUp, Hold, Lot, Wallet } from '../types';
import { PauseAutoTopUp, RemoveAutoTopUp, SetAutoTopUp } from './auto-top-up';
import { CreditWallet } from './credit';
import { DebitWallet } from './debit';
import { CaptureHold, HoldMoney, VoidHold } from './hold';
import { LowBalance } from './low-balance';
import { AddNote } from './note';
import { PayOutDue, RefundWallet } from './refund';
import { CloseWallet, FreezeWallet, UnfreezeWallet } from './status';
import { TopUpLink } from './top-up-link';

/** What is open over a wallet's page: one thing, or nothing. */
export type WalletDialog =
  | {
      readonly what:
        | 'freeze'
        | 'unfreeze'
        | 'close'
        | 'credit'
        | 'debit'
        | 'refund'
        | 'pay-out'
        | 'top-up'
        | 'hold'
        | 'low-balance'
        | 'note'
        | 'auto-top-up'
        | 'pause-auto-top-up'
        | 'remove-auto-top-up';
    }
  | { readonly what: 'void' | 'capture'; readonly hold: Hold };

/** Every dialog of a wallet's page, in a part of the program that comes when the first one is opened. */
export default function WalletDialogs({
  dialog,
  wallet,
  lots,
  rule,
  close,
}: {
  readonly dialog: WalletDialog;
  readonly wallet: Wallet;
  readonly lots: readonly Lot[];
  readonly rule: AutoTopUp | null;
  readonly close: () => void;
}) {
  // The wallet as it was when the dialog opened would lie after the act: it is as it is read.
  const of = { wallet, close };
  switch (dialog.what) {
    case 'freeze':
      return <FreezeWallet {...of} />;
    case 'unfreeze':
      return <UnfreezeWallet {...of} />;
    case 'close':
      return <CloseWallet {...of} />;
    case 'credit':
      return <CreditWallet {...of} />;
    case 'debit':
      return <DebitWallet {...of} lots={lots} />;
    case 'refund':
      return <RefundWallet {...of} />;
    case 'pay-out':
      return <PayOutDue {...of} />;
    case 'top-up':
      return <TopUpLink {...of} />;
    case 'hold':
      return <HoldMoney {...of} />;
    case 'low-balance':
      return <LowBalance {...of} />;
    case 'note':
      return <AddNote {...of} />;
    case 'auto-top-up':
      return <SetAutoTopUp {...of} rule={rule} />;
    case 'pause-auto-top-up':
      return rule === null ? null : <PauseAutoTopUp {...of} rule={rule} />;
    case 'remove-auto-top-up':
      return <RemoveAutoTopUp {...of} />;
    case 'void':
      return <VoidHold {...of} hold={dialog.hold} />;
    case 'capture':
      return <CaptureHold {...of} hold={dialog.hold} />;
  }
}
