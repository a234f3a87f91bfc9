import type { AccountTransactionObject } from '@/contracts/api-v1-transactions';

/** The document's samples, with what is answered besides. */
export const CREDITED = {
  transaction_id: '7607',
  account: '10000110',
  client_service: 'PAY1CNAELX',
  transaction_type: 'CREDIT',
  currency: 'KES',
  transaction_amount: '96.0000',
  previous_balance: '0.0000',
  current_balance: '96.0000',
  other_party_account: '10000002',
  other_party_transaction_hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  transaction_source: 'EXTERNAL',
  source_transaction_id: '121231234',
  source_transaction_data: { data: 'Dashboard' },
  transaction_narration: '2131321',
  transaction_date: '2024-09-05T17:47:00.000Z',
  client_code: 'LIPNZPMF7O',
  transaction_kind: 'credit',
  entry: 'PRINCIPAL',
  transaction_fee: '0.0000',
  tax_on_fee: '0.0000',
  fee_account: null,
  reversal_of: null,
  created_at: '2024-09-05T17:47:01.734Z',
  livemode: false,
} satisfies AccountTransactionObject;

/** As a reading shows it. */
export const READ = { ...CREDITED, reversed: false, reversed_by: null } satisfies AccountTransactionObject;

const MOVED = {
  ...CREDITED,
  client_service: 'INTBPHGRXO',
  transaction_amount: '10.0000',
  transaction_source: 'INTERNAL',
  transaction_narration: '1242142421421',
  transaction_date: '2024-09-05T18:36:42.774Z',
  transaction_kind: 'transfer',
  created_at: '2024-09-05T18:36:42.788Z',
};

export const TRANSFERRED = {
  source_transaction: {
    ...MOVED,
    transaction_id: '7611',
    account: '10000097',
    transaction_type: 'DEBIT',
    previous_balance: '2985.0000',
    current_balance: '2975.0000',
    other_party_account: '10000095',
    source_transaction_id: 'IFT112242342412324',
  },
  destination_transaction: {
    ...MOVED,
    transaction_id: '7612',
    account: '10000095',
    transaction_type: 'CREDIT',
    previous_balance: '0.0000',
    current_balance: '10.0000',
    other_party_account: '10000097',
    source_transaction_id: 'IFT212242342412324',
  },
} as const;

const UNDONE = {
  ...CREDITED,
  client_service: 'REVN6D91E4',
  transaction_amount: '997.0000',
  transaction_source: 'INTERNAL',
  transaction_narration: '1213124',
  transaction_date: '2024-09-05T17:58:00.000Z',
  transaction_kind: 'reversal',
  reversal_of: '7607',
  created_at: '2024-09-05T17:58:00.734Z',
};

export const REVERSED = {
  source_transaction: {
    ...UNDONE,
    transaction_id: '7609',
    account: '10000110',
    transaction_type: 'DEBIT',
    previous_balance: '1093.0000',
    current_balance: '96.0000',
    other_party_account: '10000002',
    source_transaction_id: 'RVS11212adas',
  },
  destination_transaction: {
    ...UNDONE,
    transaction_id: '7610',
    account: '10000002',
    transaction_type: 'CREDIT',
    previous_balance: '9195.0000',
    current_balance: '10192.0000',
    other_party_account: '10000110',
    source_transaction_id: 'RVS21212adas',
  },
} as const;
