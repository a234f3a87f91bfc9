import { settleExpiry } from './expiry';
import {
  refuse,
  requireBusinessDate,
  requireFunds,
  requireMoneyIn,
  requireMoneyOut,
  requirePaidFunds,
  requireRoom,
} from './refuse';
import { referenceKey } from './state';
import type { Account, Entry, Lot, PostedJournal, ReverseCommand } from './types';
import type { Leg, Work } from './work';

/** What a payment brought in is not among them: only its provider can give it back, and that is a refund. */
const REVERSIBLE = new Set(['debit', 'credit', 'transfer']);

/** A journal is reversed whole and once, by the mirror of its legs; lots it used get back what they gave. */
export function decideReversal(
  work: Work,
  command: ReverseCommand,
): { posted: PostedJournal; expiries: PostedJournal[] } {
  const { journal, entries } = command.original;
  requireBusinessDate(work, command);
  if (!REVERSIBLE.has(journal.kind)) refuse('not_reversible', { kind: journal.kind, journal_id: journal.id });
  const earlier = work.state.earlier.get(referenceKey(journal.accountId, 'reversal', journal.id));
  if (earlier !== undefined) refuse('already_reversed', { journal_id: earlier.journal.id });

  // Legs come in pairs, the principal's first; the rest are fees and taxes.
  const mirrored = command.refundFees ? entries : entries.slice(0, 2);
  const accounts = new Map<string, Account>();
  for (const entry of mirrored) {
    const account = work.state.account(journal.tenantId, entry.accountId);
    if (account === null) refuse('account_not_found', { account_id: entry.accountId });
    accounts.set(account.id, account);
  }
  const expiries = [...accounts.values()].flatMap((account) => settleExpiry(work, command, account));
  const grantedLot = requireReversible(work, command, mirrored, accounts);

  const legs = mirrored.map((entry) =>
    mirrorLeg(work, command.original, entry, accounts.get(entry.accountId) as Account, grantedLot),
  );
  const posted = work.post(command, {
    id: command.id,
    kind: 'reversal',
    account: accounts.get(journal.accountId) as Account,
    operation: 'reversal',
    // The original's id as reference: the second reversal meets the first in the books.
    reference: journal.id,
    fingerprint: command.refundFees ? 'with_fees' : 'without_fees',
    amountMinor: journal.amountMinor,
    feeMinor: command.refundFees ? journal.feeMinor : 0n,
    taxMinor: command.refundFees ? journal.taxMinor : 0n,
    businessAtMs: command.businessAtMs,
    description: command.description,
    metadata: command.metadata,
    // Decided under the same rules as the original: its version says whether fees come back.
    serviceVersionId: journal.serviceVersionId,
    reversalOf: journal.id,
    legs,
  });
  // A lot that expired since goes back to promotion expense at once.
  for (const account of accounts.values()) expiries.push(...settleExpiry(work, command, account));
  return { posted, expiries };
}

/** Everything that can refuse, before anything changes. Returns the lot a reversed credit takes back, if any. */
function requireReversible(
  work: Work,
  command: ReverseCommand,
  mirrored: readonly Entry[],
  accounts: ReadonlyMap<string, Account>,
): Lot | null {
  const changes = new Map<string, bigint>();
  for (const entry of mirrored) changes.set(entry.accountId, (changes.get(entry.accountId) ?? 0n) - entry.amountMinor);

  const grant = command.original.lotUses.find((use) => use.use === 'grant');
  const grantedLot = grant === undefined ? null : work.lot(grant.lotId);
  for (const [accountId, changeMinor] of changes) {
    const account = accounts.get(accountId) as Account;
    requireRoom(account, changeMinor);
    if (changeMinor >= 0n) requireMoneyIn(account);
    else {
      requireMoneyOut(account);
      requireFunds(account, -changeMinor);
    }
    if (grantedLot?.accountId === accountId) requireLotWhole(account, grantedLot);
    // What goes back into lots, and what no lot covers, is paid money.
    const paidChangeMinor = changeMinor - lotsChange(command.original, mirrored, accountId);
    if (paidChangeMinor < 0n) requirePaidFunds(work.state, account, -paidChangeMinor);
  }
  return grantedLot;
}

/** What the mirror of these entries puts into an account's lots, less what it takes out of them. */
function lotsChange(original: PostedJournal, mirrored: readonly Entry[], accountId: string): bigint {
  let changeMinor = 0n;
  for (const use of original.lotUses) {
    const isMirrored = mirrored.some((e) => e.accountId === use.accountId && e.sequence === use.sequence);
    if (use.accountId !== accountId || !isMirrored) continue;
    changeMinor += use.use === 'grant' ? -use.amountMinor : use.amountMinor;
  }
  return changeMinor;
}

/** A promotional credit is taken back only while nothing of it was spent, held or expired. */
function requireLotWhole(account: Account, lot: Lot): void {
  if (lot.remainingMinor === lot.grantedMinor) return;
  refuse('insufficient_funds', {
    account_id: account.id,
    currency: account.currency,
    available: lot.remainingMinor,
    required: lot.grantedMinor,
    shortfall: lot.grantedMinor - lot.remainingMinor,
  });
}

function mirrorLeg(work: Work, original: PostedJournal, entry: Entry, account: Account, grantedLot: Lot | null): Leg {
  const amountMinor = -entry.amountMinor;
  const uses = original.lotUses.filter((use) => use.accountId === entry.accountId && use.sequence === entry.sequence);
  if (uses.length === 0) return { account, amountMinor };
  return {
    account,
    amountMinor,
    lotUses: uses.map(({ lotId, amountMinor: used }) => {
      if (grantedLot?.id === lotId) {
        return work.spend([{ lotId, amountMinor: used }], 'forfeit')[0] as {
          lotId: string;
          use: 'forfeit';
          amountMinor: bigint;
        };
      }
      const lot = work.lot(lotId);
      lot.usedMinor -= used;
      lot.remainingMinor += used;
      return { lotId, use: 'undo' as const, amountMinor: used };
    }),
  };
}
