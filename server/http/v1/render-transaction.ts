import { formatEntryId, formatId } from '@/contracts/ids';
import type { DebitPreviewObject, TransactionObject } from '@/contracts/transactions';
import type { JournalKind } from '@/server/ledger/core/types';
import type { DebitPreview } from '@/server/wallets/preview-debit';
import type { TransactionView } from '@/server/wallets/transaction-view';
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
  const drawdown = view.operation === 'drawdown';
  return {
    id: formatEntryId(view.journalId, view.leg),
    object: 'wallet_transaction',
    type: drawdown ? 'drawdown' : view.kind,
    amount: Number(drawdown ? view.amountMinor : unsigned(view)),
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
    ...(view.lots.length > 0 && {
      lots: view.lots.map((part) => ({
        id: formatId('lot', part.lotId),
        amount: Number(part.amountMinor),
        use: part.use,
      })),
    }),
  };
}

/** The answer of the signed call, whose sample has an id of the other prefix. */
export function renderSignedTransaction(view: TransactionView): TransactionObject {
  const transaction = renderTransaction(view);
  return { ...transaction, id: `wtx_${transaction.id.slice('txn_'.length)}` };
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
