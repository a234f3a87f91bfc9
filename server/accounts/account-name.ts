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

/** How people call those whose contracts are spoken here. */
const PROVIDERS: Readonly<Record<string, string>> = {
  'mtn-momo': 'MTN MoMo',
  daraja: 'M-Pesa',
  hubtel: 'Hubtel',
  paystack: 'Paystack',
  'vodacom-tz': 'M-Pesa Tanzania',
};

/** The name people gave it; of wallets and of the system's own accounts, which have none, what they are. */
export function accountName({
  name,
  type,
  currency,
  customerId,
  provider = null,
}: Pick<AccountView, 'name' | 'type' | 'currency' | 'customerId'> & {
  /** Of `PROVIDER_CLEARING`: whose. */
  readonly provider?: string | null;
}): string {
  if (name !== null) return name;
  if (provider !== null) return `${PROVIDERS[provider] ?? provider} clearing ${currency}`;
  return customerId === null ? `${NAMES[type]} ${currency}` : `${NAMES[type]} ${currency} of ${customerId}`;
}
