import { formatMajor } from '@/contracts/money';
import type { ListedWallet } from './types';

const HEADER = [
  'id',
  'account_number',
  'customer_id',
  'customer_name',
  'client_code',
  'currency',
  'balance',
  'available',
  'held',
  'promotional',
  'status',
];

/** The picked rows as RFC 4180, in the words and amounts of the API’s own file. */
export function selectedCsv(wallets: readonly ListedWallet[]): string {
  return [HEADER, ...wallets.map(cellsOf)].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cellsOf(wallet: ListedWallet): readonly string[] {
  const major = (minor: number): string => formatMajor(BigInt(minor), wallet.currency);
  return [
    wallet.id,
    wallet.account_number,
    wallet.customer_id,
    wallet.customer_name ?? '',
    wallet.client?.code ?? '',
    wallet.currency,
    major(wallet.balance),
    major(wallet.available),
    major(wallet.held),
    major(wallet.promotional),
    wallet.status,
  ];
}

/** What a spreadsheet takes for a formula when a cell begins with it; a number stays one. */
const FORMULA = /^[=+\-@\t\r\n|%]/;
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/;

function cell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
