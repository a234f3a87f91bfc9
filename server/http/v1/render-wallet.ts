import { formatId } from '@/contracts/ids';
import type { LotObject } from '@/contracts/lots';
import { formatMajor, formatMinor } from '@/contracts/money';
import type { ListedWalletObject, ReadWalletObject, WalletObject } from '@/contracts/wallets';
import { availableOf, type ListedWallet, type WalletReading, type WalletView } from '@/server/wallets/read';
import type { LotView } from '@/server/wallets/read-lots';
import { csvRow } from './csv';
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
    ...(wallet.lowBalanceMinor !== null && { low_balance_threshold: Number(wallet.lowBalanceMinor) }),
    status: wallet.status,
    livemode: wallet.livemode,
    metadata: JSON.parse(wallet.metadata) as Record<string, unknown>,
    created_at: renderTime(wallet.createdAtMs),
    ...(wallet.closedAtMs !== null && { closed_at: renderTime(wallet.closedAtMs) }),
  };
}

/** As it is read: with what is not part of the wallet but stands beside it wherever one is looked at. */
export function renderReadWallet(wallet: WalletReading): ReadWalletObject {
  return {
    ...renderWallet(wallet),
    customer_name: wallet.customerName,
    entries: Number(wallet.entryCount),
    last_entry_at: wallet.lastEntryAtMs === null ? null : renderTime(wallet.lastEntryAtMs),
    auto_topup: wallet.autoTopUp,
  };
}

export function renderListedWallet(wallet: ListedWallet): ListedWalletObject {
  return { ...renderReadWallet(wallet), ...(wallet.client !== null && { client: wallet.client }) };
}

const CSV_HEADER = [
  'id',
  'account_number',
  'customer_id',
  'customer_name',
  'client_code',
  'client_name',
  'currency',
  'balance',
  'available',
  'held',
  'promotional',
  'refundable',
  'refund_due',
  'status',
  'last_entry_at',
  'created_at',
  'closed_at',
];

/** Amounts in major units, without thousands: what a spreadsheet adds up. */
export async function* walletLines(
  pages: AsyncGenerator<readonly ListedWallet[]>,
): AsyncGenerator<string, void, undefined> {
  yield csvRow(CSV_HEADER);
  for await (const page of pages) yield page.map(walletLine).join('');
}

function walletLine(view: ListedWallet): string {
  const wallet = renderListedWallet(view);
  const major = (minor: bigint): string => formatMajor(minor, view.currency);
  return csvRow([
    wallet.id,
    wallet.account_number,
    wallet.customer_id,
    wallet.customer_name ?? '',
    wallet.client?.code ?? '',
    wallet.client?.name ?? '',
    wallet.currency,
    major(view.balanceMinor),
    major(availableOf(view)),
    major(view.heldMinor),
    major(view.promotionalMinor),
    major(view.refundableMinor),
    view.refundDueMinor === null ? '' : major(view.refundDueMinor),
    wallet.status,
    wallet.last_entry_at ?? '',
    wallet.created_at,
    wallet.closed_at ?? '',
  ]);
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
    description: lot.description,
    reference: lot.reference,
    created_at: renderTime(lot.createdAtMs),
  };
}
