import {
  ArrowDownLeft,
  ArrowLeftRight,
  ArrowUpRight,
  CircleAlert,
  CircleHelp,
  Clock,
  CornerDownLeft,
  DoorClosed,
  Gift,
  Landmark,
  type LucideIcon,
  Pencil,
  Undo2,
} from 'lucide-react';
import type { JournalSummaryObject } from '@/contracts/journals';

export type JournalKind = JournalSummaryObject['kind'];

interface KindWords {
  readonly label: string;
  readonly icon: LucideIcon;
}

/** What a journal was, in a word. */
export const KINDS: Readonly<Record<JournalKind, KindWords>> = {
  topup: { label: 'Top-up', icon: ArrowDownLeft },
  payment: { label: 'Payment', icon: ArrowDownLeft },
  debit: { label: 'Debit', icon: ArrowUpRight },
  credit: { label: 'Credit', icon: Gift },
  transfer: { label: 'Transfer', icon: ArrowLeftRight },
  expiry: { label: 'Expiry', icon: Clock },
  reversal: { label: 'Reversal', icon: Undo2 },
  refund: { label: 'Refund', icon: CornerDownLeft },
  refund_return: { label: 'Returned refund', icon: Undo2 },
  late_topup: { label: 'Late top-up', icon: ArrowDownLeft },
  mismatch: { label: 'Mismatch', icon: CircleHelp },
  clawback: { label: 'Clawback', icon: CircleAlert },
  close: { label: 'Closing', icon: DoorClosed },
  settlement: { label: 'Settlement', icon: Landmark },
  funding: { label: 'Funding', icon: Landmark },
  adjustment: { label: 'Adjustment', icon: Pencil },
};

export const KIND_OPTIONS: readonly (readonly [string, string])[] = Object.entries(KINDS).map(([kind, { label }]) => [
  kind,
  label,
]);
