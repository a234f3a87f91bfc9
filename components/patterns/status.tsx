import { Ban, Check, CircleHelp, Clock, Lock, type LucideIcon, Snowflake, TriangleAlert, Undo2, X } from 'lucide-react';

type Tone = 'ok' | 'frozen' | 'warn' | 'bad' | 'off' | '';

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon?: LucideIcon;
}

/** Every status of every object, told the same everywhere: icon or dot, word, tint. */
const LOOKS: Readonly<Record<string, Look>> = {
  active: { word: 'Active', tone: 'ok' },
  inactive: { word: 'Inactive', tone: 'off' },
  enabled: { word: 'Enabled', tone: 'ok' },
  disabled: { word: 'Disabled', tone: 'off' },
  on: { word: 'On', tone: 'ok' },
  off: { word: 'Off', tone: 'off' },
  paused: { word: 'Paused', tone: 'warn' },
  frozen: { word: 'Frozen', tone: 'frozen', icon: Snowflake },
  closed: { word: 'Closed', tone: 'off' },
  open: { word: 'Open', tone: 'ok' },
  posted: { word: 'Posted', tone: 'ok', icon: Check },
  sealed: { word: 'Sealed', tone: 'ok', icon: Lock },
  reversed: { word: 'Reversed', tone: 'warn', icon: Undo2 },
  created: { word: 'Created', tone: '' },
  submitting: { word: 'Sending', tone: '' },
  submitted: { word: 'Submitted', tone: '' },
  processing: { word: 'Processing', tone: '' },
  pending: { word: 'Pending', tone: 'warn', icon: Clock },
  succeeded: { word: 'Succeeded', tone: 'ok', icon: Check },
  delivered: { word: 'Delivered', tone: 'ok', icon: Check },
  failed: { word: 'Failed', tone: 'bad', icon: X },
  canceled: { word: 'Canceled', tone: 'off' },
  expired: { word: 'Expired', tone: 'off' },
  lapsed: { word: 'Lapsed', tone: 'off' },
  refunded: { word: 'Refunded', tone: 'off', icon: Undo2 },
  partially_refunded: { word: 'Partly refunded', tone: 'off', icon: Undo2 },
  in_reconciliation: { word: 'Not known yet', tone: 'warn', icon: CircleHelp },
  approved: { word: 'Approved', tone: 'ok', icon: Check },
  executed: { word: 'Done', tone: 'ok', icon: Check },
  rejected: { word: 'Rejected', tone: 'bad', icon: Ban },
  voided: { word: 'Voided', tone: 'off' },
  captured: { word: 'Captured', tone: 'ok', icon: Check },
  matched: { word: 'Matched', tone: 'ok', icon: Check },
  missing_here: { word: 'Missing here', tone: 'bad', icon: TriangleAlert },
  missing_there: { word: 'Missing there', tone: 'bad', icon: TriangleAlert },
  amount_differs: { word: 'Amount differs', tone: 'bad', icon: TriangleAlert },
  duplicate: { word: 'Said twice', tone: 'off' },
  not_compared: { word: 'Not compared', tone: 'off' },
  unreadable: { word: 'Unreadable', tone: 'bad', icon: TriangleAlert },
  status_differs: { word: 'Status differs', tone: 'bad', icon: TriangleAlert },
  resolved: { word: 'Resolved', tone: 'ok', icon: Check },
  revoked: { word: 'Revoked', tone: 'off' },
  invited: { word: 'Invited', tone: 'warn', icon: Clock },
};

/** @param word instead of the usual one, for instance `Available` of a provider that is active */
export function Status({ of, word }: { readonly of: string; readonly word?: string }) {
  const look = LOOKS[of] ?? { word: wordsOf(of), tone: '' as const };
  const Icon = look.icon;
  return (
    <span className={`status ${look.tone}`}>
      {Icon !== undefined && <Icon aria-hidden="true" />}
      {word ?? look.word}
    </span>
  );
}

/** `wallet.credit_expired` as `Wallet credit expired`, for codes that have no words of their own. */
export function wordsOf(code: string): string {
  const text = code.replaceAll(/[._]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
