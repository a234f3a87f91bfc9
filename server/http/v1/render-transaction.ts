import { formatEntryId, formatId } from '@/contracts/ids';
import type { DebitPreviewObject, TransactionObject, TransferObject } from '@/contracts/transactions';
import type { JournalKind } from '@/server/ledger/core/types';
import type { DebitPreview } from '@/server/wallets/preview-debit';
import type { TransactionView } from '@/server/wallets/transaction-view';
import type { TransferResult } from '@/server/wallets/transfer-between-wallets';
import { renderExactTime, renderTime } from './render-time';

/** The direction that a type says by its name; of the others either is possible, and the sign says which. */
const DIRECTION: Partial<Record<JournalKind, -1n | 1n>> = {
  debit: -1n,
  expiry: -1n,
  close: -1n,
  credit: 1n,
  topup: 1n,
};

/**
 * The transaction as `debit`, `credit`, single readings and lists show it: unsigned where the type says the direction
 * (the reference's sample), signed for drawdowns (the product page's) and for types that go both ways.
 */
export function renderTransaction(view: TransactionView): TransactionObject {
  const balanceAfter = Number(view.balanceAfterMinor);
  return {
    id: formatEntryId(view.journalId, view.leg),
    object: 'wallet_transaction',
    type: transactionTypeOf(view),
    amount: Number(view.operation === 'drawdown' ? view.amountMinor : unsigned(view)),
    balance_before: Number(view.balanceAfterMinor - view.amountMinor),
    balance_after: balanceAfter,
    new_balance: balanceAfter,
    currency: view.currency,
    wallet_id: formatId('wallet', view.walletId),
    description: view.description,
    reference: view.reference,
    metadata: view.metadata === null ? {} : (JSON.parse(view.metadata) as Record<string, unknown>),
    created_at: renderTime(view.postedAtMs),
    livemode: view.livemode,
    ...(view.holdId !== null && { hold_id: formatId('hold', view.holdId) }),
    ...(view.charges && { fee: Number(view.charges.feeMinor), tax: Number(view.charges.taxMinor) }),
    ...(view.reversalOf && { reversal_of: formatEntryId(view.reversalOf, view.leg) }),
    // A fee that stays has no leg in the reversal.
    ...(view.reversedBy && { reversed_by: formatEntryId(view.reversedBy, view.leg <= 2 ? view.leg : 1) }),
    ...(view.lots.length > 0 && {
      lots: view.lots.map((part) => ({
        id: formatId('lot', part.lotId),
        amount: Number(part.amountMinor),
        use: part.use,
      })),
    }),
  };
}

export function transactionTypeOf({ operation, kind }: TransactionView): TransactionObject['type'] {
  return operation === 'drawdown' ? 'drawdown' : kind;
}

/** The answer of the signed call, whose sample has an id of the other prefix. */
export function renderSignedTransaction(view: TransactionView): TransactionObject {
  const transaction = renderTransaction(view);
  return { ...transaction, id: `wtx_${transaction.id.slice('txn_'.length)}` };
}

export function renderTransfer({ source, destination }: TransferResult): TransferObject {
  const [out, into] = [renderTransaction(source), renderTransaction(destination)];
  return {
    id: out.id,
    object: 'transfer',
    amount: into.amount,
    currency: out.currency,
    source_wallet_id: out.wallet_id,
    destination_wallet_id: into.wallet_id,
    source_transaction: out,
    destination_transaction: into,
    created_at: out.created_at,
    livemode: out.livemode,
  };
}

export function renderPreview(preview: DebitPreview): DebitPreviewObject {
  const { wallet, refusal } = preview;
  const allowed = refusal === null;
  return {
    object: 'debit_preview',
    wallet_id: formatId('wallet', wallet.id),
    amount: Number(preview.amountMinor),
    currency: wallet.currency,
    allowed,
    balance_before: Number(wallet.balanceMinor),
    balance_after: allowed ? Number(preview.balanceAfterMinor) : null,
    available_after: allowed ? Number(preview.availableAfterMinor) : null,
    paid_amount: Number(preview.paidMinor),
    lots: preview.lots.map(({ lot, amountMinor }) => ({
      id: formatId('lot', lot.id),
      amount: Number(amountMinor),
      remaining_after: Number(lot.remainingMinor - amountMinor),
      priority: lot.priority,
      expires_at: lot.expiresAtMs === null ? null : renderExactTime(lot.expiresAtMs),
    })),
    refusal: allowed ? null : { code: refusal.code, message: refusal.message, details: { ...refusal.details } },
  };
}

/** A fee's leg can go against its journal's direction: then the sign stays, or the type would lie. */
function unsigned(view: TransactionView): bigint {
  return DIRECTION[view.kind] === -1n && view.amountMinor < 0n ? -view.amountMinor : view.amountMinor;
}
