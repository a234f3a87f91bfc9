import { accountEvents } from './events';
import { freePaidMinor } from './lots';
import { refuse } from './refuse';
import type { Account, AccountTerms, ChangeAccountCommand, PostedJournal } from './types';
import type { Leg, Work } from './work';

/**
 * Changes status, minimum balance, overdraft: all that was asked for, or nothing. Asking for what is so already changes
 * nothing; a closed account stays closed (spec decision 7), and the tenant's own accounts stay as they were made.
 */
export function decideChange(
  work: Work,
  command: ChangeAccountCommand,
  account: Account,
): { changed: boolean; posted: PostedJournal | null } {
  const named = { account_id: account.id, status: account.status };
  if (account.isSystem) refuse('account_is_system', named);
  const asked =
    command.status !== null ||
    command.minimumBalanceMinor !== null ||
    command.canOverdraw !== null ||
    command.lowBalanceMinor !== undefined;
  if (asked && account.status === 'closed') refuse('account_closed', named);
  if (account.status === 'inactive' && !command.mayEndInactive) refuse('account_inactive', named);

  const before = termsOf(account);
  const after: AccountTerms = {
    status: command.status ?? before.status,
    minimumBalanceMinor: command.minimumBalanceMinor ?? before.minimumBalanceMinor,
    canOverdraw: command.canOverdraw ?? before.canOverdraw,
    lowBalanceMinor: command.lowBalanceMinor === undefined ? before.lowBalanceMinor : command.lowBalanceMinor,
  };
  if (command.words === null && isSame(before, after)) return { changed: false, posted: null };
  requireMinimum(work, account, before, after);
  work.watch(account);
  const closes = after.status === 'closed' && before.status !== 'closed';
  const posted = closes ? close(work, command, account) : null;

  Object.assign(account, after);
  work.accounts.add(account);
  work.changes.push({ command, account, before, after, sequence: account.sequence });
  if (account.type === 'CUSTOMER_WALLET') {
    for (const event of accountEvents(account, before, posted !== null, work.nextId)) work.events.push(event);
  }
  return { changed: true, posted };
}

function termsOf({ status, minimumBalanceMinor, canOverdraw, lowBalanceMinor }: Account): AccountTerms {
  return { status, minimumBalanceMinor, canOverdraw, lowBalanceMinor };
}

function isSame(a: AccountTerms, b: AccountTerms): boolean {
  return (
    a.status === b.status &&
    a.minimumBalanceMinor === b.minimumBalanceMinor &&
    a.canOverdraw === b.canOverdraw &&
    a.lowBalanceMinor === b.lowBalanceMinor
  );
}

/**
 * Nobody puts an account under its own minimum by raising the minimum or ending the overdraft; what holds set aside is
 * not there to stand on. One that an expiry took under it may be eased all the same.
 */
function requireMinimum(work: Work, account: Account, before: AccountTerms, after: AccountTerms): void {
  const minimum = after.minimumBalanceMinor;
  if (after.canOverdraw || (!before.canOverdraw && minimum <= before.minimumBalanceMinor)) return;
  const { currency } = account;
  const unheld = account.balanceMinor - account.heldMinor;
  if (unheld < minimum)
    refuse('minimum_balance_not_met', { account_id: account.id, currency, available: unheld, minimum });
  // Overdrawn behind its promotional credit: when that expires the balance would be below zero.
  const paid = freePaidMinor(account, work.state.openLots(account.id));
  if (before.canOverdraw && paid < 0n) {
    refuse('minimum_balance_not_met', { account_id: account.id, currency, available: paid, minimum });
  }
}

/** A wallet's money is paid out or forfeited by its closing; any other account has to be empty. */
function close(work: Work, command: ChangeAccountCommand, account: Account): PostedJournal | null {
  const { id, currency, balanceMinor: balance } = account;
  if (account.heldMinor > 0n) refuse('holds_active', { account_id: id, held: account.heldMinor, currency });
  if (account.type === 'CUSTOMER_WALLET') return postClose(work, command, account);
  if (balance !== 0n) refuse('balance_not_zero', { account_id: id, balance, currency });
  return null;
}

/** Open lots are forfeited to promotion expense; the paid remainder is owed to the customer in REFUNDS_DUE. */
function postClose(work: Work, command: ChangeAccountCommand, account: Account): PostedJournal | null {
  if (account.balanceMinor < 0n) {
    refuse('balance_negative', { account_id: account.id, balance: account.balanceMinor, currency: account.currency });
  }
  const lots = work.state.openLots(account.id);
  if (account.balanceMinor === 0n && lots.length === 0) return null;
  const amountMinor = account.balanceMinor;
  const forfeited = lots.map((lot) => ({ lotId: lot.id, amountMinor: lot.remainingMinor }));
  const forfeitedMinor = forfeited.reduce((sum, share) => sum + share.amountMinor, 0n);
  const paidMinor = amountMinor - forfeitedMinor;
  // Overdrawn behind its lots: forfeiting them would leave a debt on a closed account.
  if (paidMinor < 0n) {
    refuse('balance_negative', { account_id: account.id, balance: paidMinor, currency: account.currency });
  }
  const legs: Leg[] = [];
  if (forfeitedMinor > 0n) {
    const promotions = work.state.systemAccount(account.tenantId, account.currency, 'PROMOTION_EXPENSE');
    legs.push(
      { account, amountMinor: -forfeitedMinor, lotUses: work.spend(forfeited, 'forfeit') },
      { account: promotions, amountMinor: forfeitedMinor },
    );
  }
  if (paidMinor > 0n) {
    const due = work.state.systemAccount(account.tenantId, account.currency, 'REFUNDS_DUE');
    legs.push({ account, amountMinor: -paidMinor }, { account: due, amountMinor: paidMinor });
  }
  return work.post(command, {
    id: command.id,
    kind: 'close',
    account,
    operation: 'close',
    reference: null,
    fingerprint: '',
    amountMinor,
    description: command.reason,
    legs,
  });
}
