import type { AccountStatus, ChangeAccountCommand, RefusalCode } from '../core/types';
import { blank, done, type Expected, type ReferenceShell, refuse } from './reference-answers';
import { type AccountFact, type LotMove, type Move, sum } from './reference-books';

/** Statuses and limits of the reference ledger (postings.md, spec decision 7). */
export function changeAccount(ledger: ReferenceShell, command: ChangeAccountCommand, account: AccountFact): Expected {
  const { books } = ledger;
  const before = books.status(account.id);
  const status = command.status ?? before;
  const minimum = command.minimumBalanceMinor ?? account.minimum;
  const canOverdraw = command.canOverdraw ?? account.canOverdraw;
  const closes = before !== 'closed' && status === 'closed';
  const reasons: RefusalCode[] = [
    ...statusReasons(command, account, before),
    ...limitReasons(ledger, account, minimum, canOverdraw),
    ...(closes ? closeReasons(ledger, account) : []),
  ];
  if (reasons.length > 0) return refuse(reasons);
  const changed = status !== before || minimum !== account.minimum || canOverdraw !== account.canOverdraw;
  const journal = closes && account.isWallet ? forfeitAndOwe(ledger, command.id, account) : null;
  books.statuses.push({ account: account.id, status });
  books.limits.push({ account: account.id, minimum, canOverdraw });
  return done(journal, { changed });
}

function statusReasons(command: ChangeAccountCommand, account: AccountFact, before: AccountStatus): RefusalCode[] {
  if (account.isSystem) return ['account_is_system'];
  const asks = command.status !== null || command.minimumBalanceMinor !== null || command.canOverdraw !== null;
  if (before === 'closed') return asks ? ['account_closed'] : [];
  return before === 'inactive' && !command.mayEndInactive ? ['account_inactive'] : [];
}

/** Whoever may go below the minimum may be told so; whoever may no longer has to stand on it already, without holds. */
function limitReasons(
  { books }: ReferenceShell,
  account: AccountFact,
  minimum: bigint,
  canOverdraw: boolean,
): RefusalCode[] {
  const endsOverdraft = account.canOverdraw && !canOverdraw;
  const raises = !canOverdraw && minimum > account.minimum;
  if (!endsOverdraft && !raises) return [];
  const stands = books.balance(account.id) - books.held(account.id) >= minimum;
  const owes = endsOverdraft && books.freePaid(account.id) < 0n;
  return stands && !owes ? [] : ['minimum_balance_not_met'];
}

function closeReasons({ books }: ReferenceShell, account: AccountFact): RefusalCode[] {
  const balance = books.balance(account.id);
  const reasons: RefusalCode[] = [];
  if (books.held(account.id) > 0n) reasons.push('holds_active');
  if (account.isWallet && (balance < 0n || books.freePaid(account.id) < 0n)) reasons.push('balance_negative');
  if (!account.isWallet && balance !== 0n) reasons.push('balance_not_zero');
  return reasons;
}

/** Close forfeits promotional lots back to promotion expense, and puts the paid remainder in refunds due. */
function forfeitAndOwe(ledger: ReferenceShell, id: string, account: AccountFact) {
  const { books } = ledger;
  const paid = books.freePaid(account.id);
  const lots = books.grantsOf(account.id).filter((grant) => books.lotOpen(grant.lot) > 0n);
  const forfeits: LotMove[] = lots.map(({ lot }) => ({ lot, use: 'forfeit', amount: books.lotOpen(lot) }));
  const forfeited = sum(forfeits.map((forfeit) => forfeit.amount));
  const moves: Move[] = [];
  if (forfeited > 0n) {
    moves.push({ account: account.id, amount: -forfeited, lots: forfeits });
    moves.push({ account: ledger.system(account, 'PROMOTION_EXPENSE').id, amount: forfeited, lots: [] });
  }
  if (paid > 0n) {
    moves.push({ account: account.id, amount: -paid, lots: [] });
    moves.push({ account: ledger.system(account, 'REFUNDS_DUE').id, amount: paid, lots: [] });
  }
  return moves.length === 0 ? null : ledger.post(blank(id, 'close', account.id, forfeited + paid), moves);
}
