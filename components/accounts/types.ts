import type { AccountObject } from '@/contracts/accounts';

export type AccountType = AccountObject['type'];

interface TypeWords {
  readonly label: string;
  /** In a sentence about several. */
  readonly many: string;
  /** What such an account is for, in a line. */
  readonly means: string;
  /** `held` and `spent` stand on the debit side by nature, what is owed on the credit side. */
  readonly nature: 'owed' | 'held' | 'spent';
}

const WORDS: Readonly<Record<AccountType, TypeWords>> = {
  CUSTOMER_WALLET: {
    label: 'Customer wallet',
    many: 'wallets',
    means: 'What customers have, paid and promotional.',
    nature: 'owed',
  },
  AVAILABLE_COLLECTIONS: {
    label: 'Available collections',
    many: 'collections',
    means: 'Collected for the client, free to be paid out.',
    nature: 'owed',
  },
  FLOAT_ACCOUNT: { label: 'Float', many: 'float', means: 'Money the client has paid in beforehand.', nature: 'owed' },
  HYBRID_ACCOUNT: {
    label: 'Hybrid',
    many: 'hybrid accounts',
    means: 'Collections and float in one.',
    nature: 'owed',
  },
  ACQUIRER_RESERVE: {
    label: 'Acquirer reserve',
    many: 'reserves',
    means: 'Kept back for an acquirer.',
    nature: 'owed',
  },
  ROLLING_RESERVE: {
    label: 'Rolling reserve',
    many: 'reserves',
    means: 'Kept back for a time, against what may be claimed.',
    nature: 'owed',
  },
  COMMISSION_ACCOUNT: { label: 'Commission', many: 'commission', means: 'The operator’s fees.', nature: 'owed' },
  COMMISSION_TAX_ACCOUNT: {
    label: 'Commission tax',
    many: 'tax',
    means: 'Tax on the operator’s fees.',
    nature: 'owed',
  },
  REFUNDS_DUE: {
    label: 'Refunds due',
    many: 'refunds due',
    means: 'Owed to customers whose wallets are closed.',
    nature: 'owed',
  },
  SUSPENSE: { label: 'Suspense', many: 'suspense', means: 'Came, and is not explained yet.', nature: 'owed' },
  PROVIDER_CLEARING: {
    label: 'Provider clearing',
    many: 'clearing',
    means: 'What payment providers hold for us.',
    nature: 'held',
  },
  EXTERNAL_SETTLEMENT: {
    label: 'Settlement',
    many: 'settlement',
    means: 'The world outside: bank, cash, other systems.',
    nature: 'held',
  },
  PROMOTION_EXPENSE: {
    label: 'Promotions',
    many: 'promotions',
    means: 'What promotions have cost.',
    nature: 'spent',
  },
};

/** Of a type that is not known here, its code as words. */
export function typeWords(type: string): TypeWords {
  const known = (WORDS as Readonly<Record<string, TypeWords>>)[type];
  if (known !== undefined) return known;
  const label = type.charAt(0) + type.slice(1).toLowerCase().replaceAll('_', ' ');
  return { label, many: label.toLowerCase(), means: '', nature: 'owed' };
}

/** In the order of a balance sheet: what is owed, then where it is. */
const TYPE_ORDER: readonly string[] = Object.keys(WORDS);

/** Where a type stands in that order. */
export function placeOf(type: string): number {
  const place = TYPE_ORDER.indexOf(type);
  return place < 0 ? TYPE_ORDER.length : place;
}

/** What people may open, as the API takes it. */
export const CREATABLE: readonly (readonly [string, string])[] = (
  [
    'FLOAT_ACCOUNT',
    'AVAILABLE_COLLECTIONS',
    'HYBRID_ACCOUNT',
    'ACQUIRER_RESERVE',
    'ROLLING_RESERVE',
    'COMMISSION_ACCOUNT',
    'COMMISSION_TAX_ACCOUNT',
  ] as const
).map((type) => [type, WORDS[type].label]);

/** Where an account is shown: a wallet on its own page. */
export function pathOfParty({ id, wallet_id }: { readonly id: string; readonly wallet_id: string | null }): string {
  return wallet_id === null ? `/accounts/${id}` : `/wallets/${wallet_id}`;
}
