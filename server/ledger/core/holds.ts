import { holdEvent } from './events';
import { endHold, settleExpiry } from './expiry';
import { planConsumption } from './lots';
import { refuse, requireCurrency, requireFunds, requireMoneyIn, requireMoneyOut } from './refuse';
import type { Account, CaptureCommand, Hold, HoldCommand, PostedJournal, VoidCommand } from './types';
import type { Work } from './work';

/** Sets an amount aside and pins the lots it would consume. Posts nothing. */
export function decideHold(work: Work, command: HoldCommand, account: Account): Hold {
  requireMoneyOut(account);
  requireCurrency(account, command.currency);
  if (command.expiresAtMs <= work.nowMs) refuse('expires_at_past');
  requireFunds(account, command.amountMinor);
  const pins = planConsumption(account, work.state.openLots(account.id), command.amountMinor);
  for (const { lotId, amountMinor } of pins) {
    if (lotId === null) continue;
    const lot = work.lot(lotId);
    lot.remainingMinor -= amountMinor;
    lot.heldMinor += amountMinor;
  }
  const hold: Hold = {
    id: command.id,
    accountId: account.id,
    amountMinor: command.amountMinor,
    capturedMinor: 0n,
    status: 'active',
    expiresAtMs: command.expiresAtMs,
    createdAtMs: work.nowMs,
    reference: command.reference,
    fingerprint: holdFingerprint(command),
    pins,
  };
  work.watch(account);
  account.heldMinor += command.amountMinor;
  work.accounts.add(account);
  work.newHolds.push({ hold, command });
  work.state.addHold(hold);
  work.events.push(holdEvent(work.nextId(), 'created', hold, account));
  if (command.audit !== undefined) work.notes.push({ command, note: command.audit });
  return hold;
}

export function holdFingerprint(command: HoldCommand): string {
  return String(command.amountMinor);
}

/** Turns a hold, or the first part of it, into a debit of exactly what it pinned; the rest is free again. */
export function decideCapture(
  work: Work,
  command: CaptureCommand,
  account: Account,
): { posted: PostedJournal; hold: Hold; expiries: PostedJournal[] } {
  const hold = activeHold(work, command.holdId, account);
  const amountMinor = command.amountMinor ?? hold.amountMinor;
  if (amountMinor > hold.amountMinor) {
    refuse('capture_exceeds_hold', { held: hold.amountMinor, required: amountMinor, currency: account.currency });
  }
  requireMoneyOut(account);
  const collections = work.state.systemAccount(account.tenantId, account.currency, 'AVAILABLE_COLLECTIONS');
  requireMoneyIn(collections);

  hold.capturedMinor = amountMinor;
  endHold(work, account, hold, 'captured');
  let left = amountMinor;
  const shares = hold.pins.map(({ lotId, amountMinor: pinned }) => {
    const part = pinned < left ? pinned : left;
    left -= part;
    return { lotId, amountMinor: part };
  });
  const posted = work.post(command, {
    id: command.id,
    kind: 'debit',
    account,
    operation: 'capture',
    // One capture a hold: the second meets the first in the books.
    reference: hold.id,
    fingerprint: String(amountMinor),
    amountMinor,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    holdId: hold.id,
    legs: [
      { account, amountMinor: -amountMinor, lotUses: work.spend(shares.filter((share) => share.amountMinor > 0n)) },
      { account: collections, amountMinor },
    ],
  });
  return { posted, hold, expiries: settleExpiry(work, command, account) };
}

/** Gives a hold back. What of its lots expired meanwhile expires now. */
export function decideVoid(
  work: Work,
  command: VoidCommand,
  account: Account,
): { hold: Hold; changed: boolean; expiries: PostedJournal[] } {
  const known = work.state.holds.get(command.holdId);
  // Voiding twice is a success that changes nothing, as freezing twice is.
  if (known?.accountId === account.id && known.status === 'voided')
    return { hold: known, changed: false, expiries: [] };
  const hold = activeHold(work, command.holdId, account);
  endHold(work, account, hold, 'voided');
  if (command.audit !== undefined) work.notes.push({ command, note: command.audit });
  return { hold, changed: true, expiries: settleExpiry(work, command, account) };
}

function activeHold(work: Work, holdId: string, account: Account): Hold {
  const hold = work.state.holds.get(holdId);
  if (hold === undefined || hold.accountId !== account.id) refuse('hold_not_found', { hold_id: holdId });
  if (hold.status !== 'active') refuse('hold_not_active', { hold_id: holdId, status: hold.status });
  return hold;
}
