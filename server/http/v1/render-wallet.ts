import { formatId } from '@/contracts/ids';
import type { LotObject } from '@/contracts/lots';
import { formatMinor } from '@/contracts/money';
import type { WalletObject } from '@/contracts/wallets';
import { availableOf, type WalletView } from '@/server/wallets/read';
import type { LotView } from '@/server/wallets/read-lots';
import { renderExactTime, renderTime } from './render-time';

export function renderWallet(wallet: WalletView): WalletObject {
  return {
    id: formatId('wallet', wallet.id),
    object: 'wallet',
    customer_id: wallet.customerId,
    account_number: wallet.accountNumber,
    currency: wallet.currency,
    balance: Number(wallet.balanceMinor),
    balance_formatted: formatMinor(wallet.balanceMinor, wallet.currency),
    available: Number(availableOf(wallet)),
    held: Number(wallet.heldMinor),
    promotional: Number(wallet.promotionalMinor),
    refundable: Number(wallet.refundableMinor),
    ...(wallet.refundDueMinor !== null && { refund_due: Number(wallet.refundDueMinor) }),
    status: wallet.status,
    livemode: wallet.livemode,
    metadata: JSON.parse(wallet.metadata) as Record<string, unknown>,
    created_at: renderTime(wallet.createdAtMs),
    ...(wallet.closedAtMs !== null && { closed_at: renderTime(wallet.closedAtMs) }),
  };
}

export function renderLot(lot: LotView): LotObject {
  return {
    id: formatId('lot', lot.id),
    object: 'lot',
    wallet_id: formatId('wallet', lot.accountId),
    granted: Number(lot.grantedMinor),
    remaining: Number(lot.remainingMinor),
    held: Number(lot.heldMinor),
    priority: lot.priority,
    expires_at: lot.expiresAtMs === null ? null : renderExactTime(lot.expiresAtMs),
    created_at: renderTime(lot.createdAtMs),
  };
}
