import type { AccountTypeCode, AccountView } from './read';

const NAMES: Readonly<Record<AccountTypeCode, string>> = {
  FLOAT_ACCOUNT: 'Float',
  AVAILABLE_COLLECTIONS: 'Collections',
  HYBRID_ACCOUNT: 'Hybrid',
  ACQUIRER_RESERVE: 'Acquirer reserve',
  ROLLING_RESERVE: 'Rolling reserve',
  COMMISSION_ACCOUNT: 'Commission',
  COMMISSION_TAX_ACCOUNT: 'Tax on commission',
  CUSTOMER_WALLET: 'Wallet',
  PROMOTION_EXPENSE: 'Promotions',
  EXTERNAL_SETTLEMENT: 'Settlement',
  REFUNDS_DUE: 'Refunds due',
  SUSPENSE: 'Suspense',
  PROVIDER_CLEARING: 'Provider clearing',
};

/** The name people gave it; of wallets and of the system's own accounts, which have none, what they are. */
export function accountName({
  name,
  type,
  currency,
  customerId,
}: Pick<AccountView, 'name' | 'type' | 'currency' | 'customerId'>): string {
  if (name !== null) return name;
  return customerId === null ? `${NAMES[type]} ${currency}` : `${NAMES[type]} ${currency} of ${customerId}`;
}
