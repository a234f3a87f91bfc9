import { holdEvent } from './events';
import type { Account, Command, Hold, HoldStatus, PostedJournal } from './types';
import type { Work } from './work';

/**
 * Posts what has expired on an account as of now: holds end, then lots with something left go back to promotion
 * expense. Runs before any command of the account is decided, so an expired lot is never spent and a balance is
 * exact whether or not the sweep has run. A lot is spendable while now < expires_at (spec decision 15).
 */
export function settleExpiry(work: Work, command: Command, account: Account): PostedJournal[] {
  if (account.heldMinor > 0n) {
    for (const hold of work.state.activeHolds(account.id)) {
      if (hold.expiresAtMs <= work.nowMs) endHold(work, account, hold, 'expired');
    }
  }
  const expiries: PostedJournal[] = [];
  for (const lot of work.state.openLots(account.id)) {
    if (lot.expiresAtMs === null || lot.expiresAtMs > work.nowMs || lot.remainingMinor === 0n) continue;
    const amountMinor = lot.remainingMinor;
    const promotions = work.state.systemAccount(account.tenantId, account.currency, 'PROMOTION_EXPENSE');
    work.lot(lot.id);
    lot.remainingMinor = 0n;
    lot.expiredMinor += amountMinor;
    expiries.push(
      work.post(command, {
        id: work.nextId(),
        kind: 'expiry',
        account,
        operation: 'expiry',
        reference: null,
        fingerprint: '',
        amountMinor,
        legs: [
          { account, amountMinor: -amountMinor, lotUses: [{ lotId: lot.id, use: 'expire', amountMinor }] },
          { account: promotions, amountMinor },
        ],
      }),
    );
  }
  return expiries;
}

const EVENT_OF: Record<Exclude<HoldStatus, 'active'>, 'captured' | 'voided' | 'expired'> = {
  captured: 'captured',
  voided: 'voided',
  expired: 'expired',
};

/** Ends a hold and gives its lots back what was not captured. What expired meanwhile is posted by the caller's settle. */
export function endHold(work: Work, account: Account, hold: Hold, status: Exclude<HoldStatus, 'active'>): void {
  for (const pin of hold.pins) {
    if (pin.lotId === null) continue;
    const lot = work.lot(pin.lotId);
    lot.heldMinor -= pin.amountMinor;
    lot.remainingMinor += pin.amountMinor;
  }
  work.watch(account);
  account.heldMinor -= hold.amountMinor;
  hold.status = status;
  work.accounts.add(account);
  work.holds.add(hold);
  work.events.push(holdEvent(work.nextId(), EVENT_OF[status], hold, account));
}
