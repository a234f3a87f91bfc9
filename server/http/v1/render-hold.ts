import type { HoldObject } from '@/contracts/holds';
import { formatId } from '@/contracts/ids';
import type { HoldView } from '@/server/holds/read';
import type { TransactionView } from '@/server/wallets/transaction-view';
import { renderExactTime, renderTime } from './render-time';
import { renderTransaction } from './render-transaction';

export function renderHold(hold: HoldView, transaction: TransactionView | null = null): HoldObject {
  return {
    id: formatId('hold', hold.id),
    object: 'hold',
    wallet_id: formatId('wallet', hold.walletId),
    amount: Number(hold.amountMinor),
    captured: Number(hold.capturedMinor),
    currency: hold.currency,
    status: hold.status,
    description: hold.description,
    reference: hold.reference,
    metadata: hold.metadata === null ? {} : (JSON.parse(hold.metadata) as Record<string, unknown>),
    expires_at: renderExactTime(hold.expiresAtMs),
    created_at: renderTime(hold.createdAtMs),
    livemode: hold.livemode,
    ...(hold.pins !== undefined && {
      lots: hold.pins.map(({ lotId, amountMinor }) => ({ id: formatId('lot', lotId), amount: Number(amountMinor) })),
    }),
    ...(transaction !== null && { transaction: renderTransaction(transaction) }),
  };
}
