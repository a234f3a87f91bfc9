import type { Account, Lot, Share } from './types';

/** Where paid money stands in the order of consumption. */
export const PAID_PRIORITY = 50;

/**
 * Order of consumption: priority ascending, then soonest expiry, then promotional before paid, then oldest
 * (spec decision 16). Ids are time-ordered, so the smaller id is the older lot.
 */
export function compareLots(a: Lot, b: Lot): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  const aExpiry = a.expiresAtMs ?? Number.POSITIVE_INFINITY;
  const bExpiry = b.expiresAtMs ?? Number.POSITIVE_INFINITY;
  if (aExpiry !== bExpiry) return aExpiry < bExpiry ? -1 : 1;
  return compareIds(a.id, b.id);
}

/** Numeric order of ids in decimal text. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isOpen(lot: Lot): boolean {
  return lot.remainingMinor > 0n || lot.heldMinor > 0n;
}

/** Paid money that no hold sets aside: balance less lots less the paid part of holds. Below zero when overdrawn. */
export function freePaidMinor(account: Account, lots: readonly Lot[]): bigint {
  let inLots = 0n;
  let lotsHeld = 0n;
  for (const lot of lots) {
    inLots += lot.remainingMinor + lot.heldMinor;
    lotsHeld += lot.heldMinor;
  }
  return account.balanceMinor - inLots - (account.heldMinor - lotsHeld);
}

/**
 * Which lots and how much paid money an amount would take, in order. What nothing covers (an overdraft) is paid money.
 * @param lots open lots in the order of `compareLots`
 */
export function planConsumption(account: Account, lots: readonly Lot[], amountMinor: bigint): Share[] {
  const shares: Share[] = [];
  let left = amountMinor;
  let paidAtHand = freePaidMinor(account, lots);
  const take = (lotId: string | null, atHand: bigint): void => {
    const part = atHand < left ? atHand : left;
    if (part <= 0n) return;
    shares.push({ lotId, amountMinor: part });
    left -= part;
  };
  let paidTaken = false;
  for (const lot of lots) {
    if (left === 0n) break;
    if (!paidTaken && lot.priority > PAID_PRIORITY) {
      take(null, paidAtHand);
      paidTaken = true;
      paidAtHand = 0n;
    }
    take(lot.id, lot.remainingMinor);
  }
  if (!paidTaken) take(null, paidAtHand);
  if (left > 0n) shares.push({ lotId: null, amountMinor: left });
  return shares;
}
