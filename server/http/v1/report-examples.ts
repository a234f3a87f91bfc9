import { DEBIT, WALLET } from './examples';

/** Of the one story: the wallet of the other samples, and what the client collected from it. */

const AT = '2026-05-31T23:59:59.999Z';

export const TRIAL_BALANCE = {
  object: 'trial_balance',
  client_id: 'cli_a1b2c3',
  at: AT,
  livemode: false,
  currencies: [
    {
      currency: 'GHS',
      types: [
        { type: 'AVAILABLE_COLLECTIONS', normal_side: 'credit', accounts: 1, debit: 0, credit: 500 },
        { type: 'CUSTOMER_WALLET', normal_side: 'credit', accounts: 1, debit: 0, credit: 14_500 },
        { type: 'EXTERNAL_SETTLEMENT', normal_side: 'debit', accounts: 1, debit: 15_000, credit: 0 },
      ],
      total_debit: 15_000,
      total_credit: 15_000,
      balanced: true,
    },
  ],
  balanced: true,
};

export const TRIAL_BALANCE_CSV = `at,currency,account_type,accounts,debit,credit,balanced\r
${AT},GHS,AVAILABLE_COLLECTIONS,1,0.00,5.00,\r
${AT},GHS,CUSTOMER_WALLET,1,0.00,145.00,\r
${AT},GHS,EXTERNAL_SETTLEMENT,1,150.00,0.00,\r
${AT},GHS,TOTAL,,150.00,150.00,true\r
`;

export const ACCOUNT_STATEMENT = {
  object: 'account_statement',
  account_id: 'act_a1b2c3',
  account_number: WALLET.account_number,
  account_name: `Wallet GHS of ${WALLET.customer_id}`,
  account_type: 'CUSTOMER_WALLET',
  currency: 'GHS',
  livemode: false,
  from: '2026-05-01T00:00:00Z',
  to: '2026-06-01T00:00:00Z',
  opening_balance: 15_000,
  entries: [
    {
      id: DEBIT.id,
      type: 'debit',
      part: 'principal',
      amount: -500,
      balance_before: 15_000,
      balance_after: 14_500,
      reference: DEBIT.reference,
      description: DEBIT.description,
      other_party_account: '10000001',
      created_at: DEBIT.created_at,
    },
  ],
  closing_balance: 14_500,
  total_in: 0,
  total_out: 500,
  entry_count: 1,
};

export const ACCOUNT_ENTRIES = {
  object: 'list',
  data: [
    {
      ...ACCOUNT_STATEMENT.entries[0],
      journal_id: 'jnl_a1b2c3',
      sequence: 41,
      other_party: {
        id: 'act_b2c3d4',
        number: '10000001',
        name: 'Collections GHS',
        type: 'AVAILABLE_COLLECTIONS',
        wallet_id: null,
      },
      reversal_of: null,
      reversed_by: null,
    },
  ],
  has_more: false,
  next_cursor: null,
  currency: 'GHS',
  from: ACCOUNT_STATEMENT.from,
  to: ACCOUNT_STATEMENT.to,
  opening_balance: 15_000,
  closing_balance: 14_500,
  entry_count: 1,
};

export const ACCOUNT_STATEMENT_CSV = `date,transaction_id,type,part,description,reference,other_party_account,debit,credit,balance,currency,amount_minor,balance_minor\r
2026-05-01T00:00:00Z,,opening_balance,,,,,,,150.00,GHS,,15000\r
${DEBIT.created_at},${DEBIT.id},debit,principal,${DEBIT.description},${DEBIT.reference},10000001,5.00,,145.00,GHS,-500,14500\r
2026-06-01T00:00:00Z,,totals,,,,,5.00,0.00,,GHS,-500,\r
2026-06-01T00:00:00Z,,closing_balance,,,,,,,145.00,GHS,,14500\r
`;
