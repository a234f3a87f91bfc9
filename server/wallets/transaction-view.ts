import { compareIds } from '@/server/ledger/core/lots';
import type { Entry, JournalKind, LotUse, PostedJournal } from '@/server/ledger/core/types';

/** What one entry did to a wallet, in the words of the domain; `/v1` calls it a transaction. */
export interface TransactionView {
  readonly journalId: string;
  /** Journal and leg are the transaction's id. */
  readonly leg: number;
  readonly walletId: string;
  readonly kind: JournalKind;
  readonly operation: string;
  /** Credit-positive. */
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  readonly currency: string;
  readonly description: string | null;
  readonly reference: string | null;
  /** JSON text. */
  readonly metadata: string | null;
  readonly postedAtMs: number;
  readonly holdId: string | null;
  readonly livemode: boolean;
  /** In id order, so that the first answer and every later reading say the same. */
  readonly lots: readonly LotPart[];
  /** Of the whole journal, in entries of their own; absent where no client service was named. */
  readonly charges?: { readonly feeMinor: bigint; readonly taxMinor: bigint } | null;
  /** The journal that this one reverses. */
  readonly reversalOf?: string | null;
  /** The journal that reverses this one, where there is one. Known to reads alone. */
  readonly reversedBy?: string;
}

export interface LotPart {
  readonly lotId: string;
  readonly use: LotUse['use'];
  readonly amountMinor: bigint;
}

const NO_LOTS: readonly LotPart[] = [];

/** The one place a view is made, from a row or from a journal just posted. */
export function transactionView(facts: TransactionView): TransactionView {
  return {
    ...facts,
    // A capture's reference in the books is its hold, a reversal's its original: `holdId` and `reversalOf` say them.
    reference: facts.operation === 'capture' || facts.operation === 'reversal' ? null : facts.reference,
    lots: facts.lots.length > 1 ? facts.lots.toSorted((a, b) => compareIds(a.lotId, b.lotId)) : facts.lots,
  };
}

/**
 * The transaction that a posted journal is on one of its accounts.
 * @param leg the first of the journal's own account, or this one where there is one
 */
export function viewOfPosted(posted: PostedJournal, livemode: boolean, leg?: number): TransactionView {
  const { journal } = posted;
  const named = leg === undefined ? undefined : posted.entries[leg - 1];
  const entry = named ?? posted.entries.find((candidate) => candidate.accountId === journal.accountId);
  if (entry === undefined) throw new Error(`Journal ${journal.id} has no entry on its own account.`);
  return transactionView({
    journalId: journal.id,
    leg: entry.leg,
    walletId: entry.accountId,
    kind: journal.kind,
    operation: journal.operation,
    amountMinor: entry.amountMinor,
    balanceAfterMinor: entry.balanceAfterMinor,
    currency: journal.currency,
    description: journal.description,
    reference: journal.reference,
    metadata: journal.metadata,
    postedAtMs: journal.postedAtMs,
    holdId: journal.holdId,
    livemode,
    lots: posted.lotUses.length === 0 ? NO_LOTS : lotParts(posted, entry),
    charges: journal.serviceVersionId === null ? null : { feeMinor: journal.feeMinor, taxMinor: journal.taxMinor },
    reversalOf: journal.reversalOf,
  });
}

function lotParts(posted: PostedJournal, entry: Entry): LotPart[] {
  const parts: LotPart[] = [];
  for (const { accountId, sequence, lotId, use, amountMinor } of posted.lotUses) {
    if (accountId === entry.accountId && sequence === entry.sequence) parts.push({ lotId, use, amountMinor });
  }
  return parts;
}
