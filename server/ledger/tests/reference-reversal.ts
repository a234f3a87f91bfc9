import type { RefusalCode, ReverseCommand } from '../core/types';
import { blank, done, type Expected, type ReferenceShell, refuse } from './reference-answers';
import { type LotMove, type Move, type ReferenceBooks, sum } from './reference-books';
import * as rules from './reference-rules';

/**
 * Spec decision 25: of the whole, once, never of a reversal; refused when the money is no longer there unless the
 * account may overdraw; fees come back as the service says; lots are restored (and expire at once where they must).
 */
export function reverseJournal(ledger: ReferenceShell, command: ReverseCommand): Expected {
  const { books } = ledger;
  const original = books.journals.find((journal) => journal.id === command.original.journal.id);
  if (original === undefined) throw new Error('The reference ledger was asked to reverse what it does not know.');
  if (original.kind !== 'debit' && original.kind !== 'credit' && original.kind !== 'transfer')
    return refuse(['not_reversible']);
  if (books.journals.some((journal) => journal.reversalOf === original.id)) return refuse(['already_reversed']);

  const mirrored = (command.refundFees ? original.moves : original.moves.slice(0, 2)).map(mirror);
  const touched = [...new Set(mirrored.map((move) => move.account))];
  const reasons = touched.flatMap((account) => reasonsOf(ledger, books, account, mirrored));
  if (reasons.length > 0) return refuse(reasons);
  const { id, kind: _kind, ...rest } = original;
  const fees = command.refundFees ? { fee: original.fee, tax: original.tax } : { fee: 0n, tax: 0n };
  const head = { ...blank(command.id, 'reversal', rest.account, rest.amount), ...fees, reference: id, reversalOf: id };
  return done(ledger.post(head, mirrored));
}

function mirror(move: Move): Move {
  return { account: move.account, amount: -move.amount, lots: move.lots.map(undo) };
}

function undo({ lot, use, amount }: LotMove): LotMove {
  return { lot, use: use === 'grant' ? 'forfeit' : 'undo', amount };
}

/** Whether the money that would leave an account is there: in all, as paid money, and in the lot a credit made. */
function reasonsOf(
  ledger: ReferenceShell,
  books: ReferenceBooks,
  id: string,
  mirrored: readonly Move[],
): RefusalCode[] {
  const account = ledger.mustHave(id);
  const own = mirrored.filter((move) => move.account === id);
  const change = sum(own.map((move) => move.amount));
  const lots = own.flatMap((move) => move.lots);
  const taken = lots.filter((lot) => lot.use === 'forfeit');
  const restored = sum(lots.filter((lot) => lot.use === 'undo').map((lot) => lot.amount));
  const paidLeaving = -change + restored - sum(taken.map((lot) => lot.amount));
  const reasons = [
    ...(change >= 0n
      ? rules.moneyIn(books, account)
      : [...rules.moneyOut(books, account), ...rules.funds(books, account, -change)]),
    ...rules.room(books, account, change),
  ];
  if (paidLeaving > 0n) reasons.push(...rules.paidFunds(books, account, paidLeaving));
  for (const { lot, amount } of taken) {
    const grant = books.grants.find((g) => g.lot === lot);
    if (grant === undefined || books.lotFree(grant) !== amount) reasons.push('insufficient_funds');
  }
  return reasons;
}
