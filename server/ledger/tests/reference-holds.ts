import type { CaptureCommand, HoldCommand, Share } from '../core/types';
import { blank, done, type Expected, lotsOf, type ReferenceShell, refuse } from './reference-answers';
import type { AccountFact, HoldFact } from './reference-books';
import * as rules from './reference-rules';

/** Holds of the reference ledger (postings.md). */
export function makeHold(ledger: ReferenceShell, command: HoldCommand, account: AccountFact, nowMs: number): Expected {
  const reasons = [
    ...rules.moneyOut(ledger.books, account),
    ...rules.currency(account, command.currency),
    ...(command.expiresAtMs <= nowMs ? (['expires_at_past'] as const) : []),
    ...rules.funds(ledger.books, account, command.amountMinor),
  ];
  if (reasons.length > 0) return refuse(reasons, ledger.books.available(account));
  const { id, amountMinor: amount, reference, expiresAtMs } = command;
  const pins = ledger.books.consume(account.id, amount);
  ledger.books.holds.push({ id, account: account.id, amount, reference, expiresAtMs, pins });
  return done(null, { hold: id });
}

export function voidHold(ledger: ReferenceShell, holdId: string, account: AccountFact): Expected {
  const hold = ledger.books.holds.find((h) => h.id === holdId && h.account === account.id);
  if (hold === undefined) return refuse(['hold_not_found']);
  const end = ledger.books.end(hold.id);
  if (end?.how === 'voided') return done(null, { changed: false, hold: hold.id });
  if (end !== null) return refuse(['hold_not_active']);
  ledger.books.holdEnds.push({ hold: hold.id, how: 'voided', captured: 0n });
  return done(null, { hold: hold.id });
}

export function captureHold(ledger: ReferenceShell, command: CaptureCommand, account: AccountFact): Expected {
  const hold = ledger.books.holds.find((h) => h.id === command.holdId && h.account === account.id);
  if (hold === undefined) return refuse(['hold_not_found']);
  const amount = command.amountMinor ?? hold.amount;
  const reasons = [
    ...(ledger.books.end(hold.id) === null ? [] : (['hold_not_active'] as const)),
    ...(amount > hold.amount ? (['capture_exceeds_hold'] as const) : []),
    ...rules.moneyOut(ledger.books, account),
  ];
  if (reasons.length > 0) return refuse(reasons);
  ledger.books.holdEnds.push({ hold: hold.id, how: 'captured', captured: amount });
  const collections = ledger.system(account, 'AVAILABLE_COLLECTIONS');
  const head = {
    ...blank(command.id, 'debit', account.id, amount),
    operation: 'capture',
    reference: hold.id,
    terms: String(amount),
  };
  return done(
    ledger.post(head, [
      { account: account.id, amount: -amount, lots: lotsOf(firstPart(hold, amount), 'use') },
      { account: collections.id, amount, lots: [] },
    ]),
    { hold: hold.id },
  );
}

/** A capture takes what the hold pinned, in the order it would have been spent. */
function firstPart(hold: HoldFact, amount: bigint): Share[] {
  const shares: Share[] = [];
  let missing = amount;
  for (const pin of hold.pins) {
    const part = pin.amountMinor < missing ? pin.amountMinor : missing;
    if (part > 0n) shares.push({ lotId: pin.lotId, amountMinor: part });
    missing -= part;
  }
  return shares;
}
