import { availableMinor } from './refuse';
import type { Account, AccountStatus, AccountTerms, Entry, Hold, Journal, JournalKind } from './types';

/** A row of the outbox. `payload` is null where the journal says everything. */
export interface LedgerEvent {
  readonly tenantId: string;
  readonly id: string;
  readonly type: string;
  readonly journalId: string | null;
  readonly accountId: string;
  /** The account's sequence when it happened: receivers order by it. */
  readonly sequence: number;
  readonly payload: string | null;
}

const WALLET_EVENTS: Partial<Record<JournalKind, string>> = {
  debit: 'wallet.debited',
  credit: 'wallet.credited',
  topup: 'wallet.credited',
  clawback: 'wallet.debited',
  refund: 'wallet.debited',
  refund_return: 'wallet.credited',
  expiry: 'wallet.credit_expired',
  close: 'wallet.closed',
};

const ANY_ACCOUNT_EVENTS: Partial<Record<JournalKind, string>> = {
  transfer: 'transfer.created',
  reversal: 'reversal.created',
};

/** The event type of a journal of this kind on this type of account, or null. The one place that says so. */
export function eventTypeOf(kind: JournalKind, accountType: string): string | null {
  return ANY_ACCOUNT_EVENTS[kind] ?? (accountType === 'CUSTOMER_WALLET' ? (WALLET_EVENTS[kind] ?? null) : null);
}

export function eventFor(journal: Journal, account: Account, entry: Entry): LedgerEvent | null {
  const type = eventTypeOf(journal.kind, account.type);
  if (type === null) return null;
  return {
    tenantId: journal.tenantId,
    id: journal.id,
    type,
    journalId: journal.id,
    accountId: account.id,
    sequence: entry.sequence,
    payload: null,
  };
}

export function holdEvent(
  id: string,
  type: 'created' | 'captured' | 'voided' | 'expired',
  hold: Hold,
  account: Account,
): LedgerEvent {
  return {
    tenantId: account.tenantId,
    id,
    type: `hold.${type}`,
    journalId: null,
    accountId: account.id,
    sequence: account.sequence,
    payload: JSON.stringify({
      hold_id: hold.id,
      amount_minor: String(hold.amountMinor),
      captured_minor: String(hold.capturedMinor),
      status: hold.status,
      expires_at_ms: hold.expiresAtMs,
    }),
  };
}

/**
 * What a change of a wallet tells. The catalogue has no name for inactive: it is an update, and the wallet says the rest.
 * @param told the change has a journal whose event tells the new status
 */
export function accountEvents(
  account: Account,
  before: AccountTerms,
  told: boolean,
  nextId: () => string,
): LedgerEvent[] {
  const names: string[] = [];
  if (account.status !== before.status && !told) names.push(statusEventName(before.status, account.status));
  const newLimits =
    account.minimumBalanceMinor !== before.minimumBalanceMinor ||
    account.canOverdraw !== before.canOverdraw ||
    account.lowBalanceMinor !== before.lowBalanceMinor;
  if (newLimits && !names.includes('updated')) names.push('updated');
  return names.map((name) => ({
    tenantId: account.tenantId,
    id: nextId(),
    type: `wallet.${name}`,
    journalId: null,
    accountId: account.id,
    sequence: account.sequence,
    payload: JSON.stringify({
      status: account.status,
      ...(newLimits && {
        minimum_balance_minor: String(account.minimumBalanceMinor),
        can_overdraw: account.canOverdraw,
        low_balance_minor: textOrNull(account.lowBalanceMinor),
      }),
    }),
  }));
}

function textOrNull(amount: bigint | null): string | null {
  return amount === null ? null : String(amount);
}

function statusEventName(before: AccountStatus, after: AccountStatus): string {
  if (after === 'frozen' || after === 'closed') return after;
  return before === 'frozen' && after === 'active' ? 'unfrozen' : 'updated';
}

/**
 * What a command did to a wallet's available money that its holder is told of: that it fell under the wallet's threshold,
 * rose to it again, or came to nothing. A crossing, not a state: nothing tells it twice without the way back between.
 * A new threshold crosses nothing, since no money moved, and the end of a wallet is told by its closing.
 */
export function alertEvents(
  account: Account,
  before: { readonly availableMinor: bigint; readonly lowBalanceMinor: bigint | null },
  nextId: () => string,
): LedgerEvent[] {
  if (account.status === 'closed') return [];
  const after = availableMinor(account);
  const threshold = account.lowBalanceMinor;
  const names: string[] = [];
  if (threshold !== null && threshold === before.lowBalanceMinor) {
    if (before.availableMinor >= threshold && after < threshold) names.push('balance_low');
    if (before.availableMinor < threshold && after >= threshold) names.push('balance_recovered');
  }
  // Where money may be owed, zero is a figure like any other.
  if (before.availableMinor > 0n && after <= 0n && !account.canOverdraw) names.push('depleted');
  return names.map((name) => ({
    tenantId: account.tenantId,
    id: nextId(),
    type: `wallet.${name}`,
    journalId: null,
    accountId: account.id,
    sequence: account.sequence,
    payload: JSON.stringify({
      status: account.status,
      minimum_balance_minor: String(account.minimumBalanceMinor),
      held_minor: String(account.heldMinor),
      low_balance_minor: textOrNull(threshold),
    }),
  }));
}
