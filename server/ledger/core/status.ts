import { statusEvent } from './events';
import { refuse } from './refuse';
import type { Account, PostedJournal, SetStatusCommand } from './types';
import type { Leg, Work } from './work';

/** Freezes, unfreezes or closes. Repeating it changes nothing; a closed account stays closed (spec decision 7). */
export function decideStatus(
  work: Work,
  command: SetStatusCommand,
  account: Account,
): { changed: boolean; posted: PostedJournal | null } {
  if (account.status === 'closed') refuse('account_closed', { account_id: account.id, status: account.status });
  if (account.status === command.status) return { changed: false, posted: null };
  if (account.status === 'inactive') refuse('account_inactive', { account_id: account.id, status: account.status });

  const before = account.status;
  const posted = command.status === 'closed' ? postClose(work, command, account) : null;
  account.status = command.status;
  work.accounts.add(account);
  work.statusChanges.push({ command, account, before, sequence: account.sequence });
  if (posted === null && account.type === 'CUSTOMER_WALLET') {
    const type = command.status === 'active' ? 'unfrozen' : command.status;
    work.events.push(statusEvent(work.nextId(), type, account));
  }
  return { changed: true, posted };
}

/** Open lots are forfeited to promotion expense; the paid remainder is owed to the customer in REFUNDS_DUE. */
function postClose(work: Work, command: SetStatusCommand, account: Account): PostedJournal | null {
  if (account.heldMinor > 0n)
    refuse('holds_active', { account_id: account.id, held: account.heldMinor, currency: account.currency });
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
