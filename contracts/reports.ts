import { z } from 'zod';
import { currencySchema } from './amount-schemas';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { TRANSACTION_TYPES } from './transactions';
import { dayOrInstant, periodShape } from './wallets';

const DAY_MS = 86_400_000;

export const REPORT_FORMATS = ['json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const format = z
  .enum(REPORT_FORMATS)
  .default('json')
  .meta({ description: 'Without it the `Accept` header decides: `text/csv` asks for CSV.' });

export const TRIAL_BALANCE_DETAILS = ['types', 'accounts'] as const;
export type TrialBalanceDetail = (typeof TRIAL_BALANCE_DETAILS)[number];

export const trialBalanceQuery = z.strictObject({
  at: dayOrInstant
    .transform((value) => (value.day === null ? value.startMs : value.startMs + DAY_MS - 1))
    .optional()
    .meta({
      description:
        'The instant (ISO 8601 with its zone), or a day, which means its end (UTC). What was posted at that instant is in it. Now when left out; the future is refused.',
      example: '2026-05-31',
    }),
  currency: currencySchema.optional().meta({ description: 'Only this currency, an ISO 4217 code.' }),
  detail: z
    .enum(TRIAL_BALANCE_DETAILS)
    .default('types')
    .meta({ description: '`types` sums up by type of account; `accounts` lists every account too.' }),
  format,
});

export const STATEMENT_FORMATS = ['json', 'csv', 'pdf'] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

export const accountStatementQuery = z.strictObject({
  ...periodShape('account'),
  format: z.enum(STATEMENT_FORMATS).default('json').meta({
    description: 'Without it the `Accept` header decides: `text/csv` asks for CSV, `application/pdf` for PDF.',
  }),
});

export const accountEntriesQuery = z.strictObject({ ...periodShape('account'), ...listQueryShape });

const NORMAL_SIDES = ['debit', 'credit'] as const;

const sums = {
  debit: z.int().meta(minorMeta('Sum of balances on the debit side.', 0)),
  credit: z.int().meta(minorMeta('Sum of balances on the credit side.', 14_500)),
};

const trialTypeSchema = z.object({
  type: z.string().meta({ description: 'Type of account.', example: 'CUSTOMER_WALLET' }),
  normal_side: z.enum(NORMAL_SIDES).meta({ description: 'The side where such balances stand by nature.' }),
  accounts: z.int().meta({ description: 'How many accounts of the type there were.', example: 1 }),
  ...sums,
});

const trialAccountSchema = z.object({
  id: z.string().meta(idMeta('act', 'The account.')),
  account_number: z.string().meta({ description: 'Its number.', example: '10000008' }),
  name: z.string().meta({ description: 'What it is called.', example: 'Wallet GHS of cus_abc123' }),
  type: z.string().meta({ description: 'Its type.', example: 'CUSTOMER_WALLET' }),
  debit: z.int().meta(minorMeta('Its balance where that stands on the debit side, else 0.', 0)),
  credit: z.int().meta(minorMeta('Its balance where that stands on the credit side, else 0.', 14_500)),
});

export const trialBalanceSchema = z
  .object({
    object: z.literal('trial_balance').meta(objectMeta),
    client_id: z.string().meta(idMeta('cli', 'Whose books these are.')),
    at: z.string().meta(timeMeta('The instant it is of.', '2026-05-31T23:59:59.999Z')),
    livemode: z.boolean().meta(livemodeMeta),
    currencies: z
      .array(
        z.object({
          currency: z.string().meta(currencyMeta),
          accounts: z
            .array(trialAccountSchema)
            .optional()
            .meta({ description: 'With `detail=accounts`: every account, by type and number.' }),
          types: z.array(trialTypeSchema).meta({ description: 'What there was of each type of account.' }),
          total_debit: z.int().meta(minorMeta('Sum of the debit column.', 14_500)),
          total_credit: z.int().meta(minorMeta('Sum of the credit column.', 14_500)),
          balanced: z.boolean().meta({ description: 'Whether the two are equal, as they must be.', example: true }),
        }),
      )
      .meta({ description: 'One for each currency that there is an account in.' }),
    balanced: z.boolean().meta({ description: 'Whether every currency is balanced.', example: true }),
  })
  .meta({ id: 'TrialBalance', description: 'What every account stood at, in two columns that must agree.' });

export const STATEMENT_PARTS = ['principal', 'fee', 'tax'] as const;

const statementEntrySchema = z.object({
  id: z.string().meta(idMeta('txn', 'The entry’s id.')),
  type: z.enum(TRANSACTION_TYPES).meta({ description: 'What it was.', example: 'debit' }),
  part: z.enum(STATEMENT_PARTS).meta({ description: 'Fees and the tax on them have entries of their own.' }),
  amount: z.int().meta(minorMeta('What it changed: negative takes money out.', -500)),
  balance_before: z.int().meta(minorMeta('The balance just before it.', 15_000)),
  balance_after: z.int().meta(minorMeta('The balance just after it.', 14_500)),
  reference: z.string().nullable().meta({ description: 'Your own reference, or null.', example: 'sms_batch_8821' }),
  description: z
    .string()
    .nullable()
    .meta({ description: 'What it was for, or null.', example: '10 SMS messages sent' }),
  other_party_account: z
    .string()
    .nullable()
    .meta({ description: 'Number of the account on the other side.', example: '10000001' }),
  created_at: z.string().meta(timeMeta('When it was posted to the books.', '2026-05-24T10:05:00Z')),
});

export const accountStatementSchema = z
  .object({
    object: z.literal('account_statement').meta(objectMeta),
    account_id: z.string().meta(idMeta('act', 'The account.')),
    account_number: z.string().meta({ description: 'Its number.', example: '10000008' }),
    account_name: z.string().meta({ description: 'What it is called.', example: 'Wallet GHS of cus_abc123' }),
    account_type: z.string().meta({ description: 'Its type.', example: 'CUSTOMER_WALLET' }),
    currency: z.string().meta(currencyMeta),
    livemode: z.boolean().meta(livemodeMeta),
    from: z.string().meta(timeMeta('First instant of the period.', '2026-05-01T00:00:00Z')),
    to: z.string().meta(timeMeta('End of the period, which does not belong to it.', '2026-06-01T00:00:00Z')),
    opening_balance: z.int().meta(minorMeta('The balance before the first entry.', 15_000)),
    entries: z.array(statementEntrySchema).meta({ description: 'Every entry of the period, oldest first.' }),
    closing_balance: z.int().meta(minorMeta('The balance after the last entry.', 14_500)),
    total_in: z.int().meta(minorMeta('What came in.', 0)),
    total_out: z.int().meta(minorMeta('What went out, unsigned.', 500)),
    entry_count: z.int().meta({ description: 'How many entries there are.', example: 1 }),
  })
  .meta({ id: 'AccountStatement', description: 'Opening balance plus what came in less what went out is closing.' });

const accountEntrySchema = z.object({
  ...statementEntrySchema.shape,
  journal_id: z.string().meta(idMeta('jnl', 'The journal it is part of.')),
  sequence: z.int().meta({ description: 'Its number among the account’s entries, without a gap.', example: 41 }),
  other_party: z
    .object({
      id: z.string().meta(idMeta('act', 'The account.')),
      number: z.string().meta({ description: 'Its number.', example: '10000001' }),
      name: z.string().meta({ description: 'What it is called.', example: 'Ama Mensah' }),
      type: z.string().meta({ description: 'Its type.', example: 'CUSTOMER_WALLET' }),
      wallet_id: z.string().nullable().meta({ description: 'Of a wallet, its id; else null.', example: 'wal_a1b2c3' }),
    })
    .nullable()
    .meta({ description: 'The account on the other side.' }),
  reversal_of: z.string().nullable().meta({ description: 'The journal it undoes, or null.', example: null }),
  reversed_by: z.string().nullable().meta({ description: 'The journal that undid it, or null.', example: null }),
});

export const accountEntryListSchema = listSchema(accountEntrySchema)
  .extend({
    currency: z.string().meta(currencyMeta),
    from: z.string().meta(timeMeta('First instant of the period.', '2026-05-01T00:00:00Z')),
    to: z.string().meta(timeMeta('End of the period, which does not belong to it.', '2026-06-01T00:00:00Z')),
    opening_balance: z.int().meta(minorMeta('The balance before the period.', 15_000)),
    closing_balance: z.int().meta(minorMeta('The balance at its end.', 14_500)),
    entry_count: z.int().meta({ description: 'How many entries the period has.', example: 1 }),
  })
  .meta({ id: 'AccountEntryList' });
export type AccountEntryListObject = z.output<typeof accountEntryListSchema>;

/** As that family has always had it. */
export const apiV1StatementQuery = z.strictObject({ ...periodShape('account'), format });

/** `/api/v1`: the same reports in that family's names and number formats. */

const majorMeta = (meaning: string, example: string) => ({ description: `${meaning} Four decimals.`, example });

export const apiV1TrialBalanceQuery = z.strictObject({
  client_code: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'Whose books. Your own when left out.', example: 'LIPNZPMF7O' }),
  ...trialBalanceQuery.shape,
});

const apiV1Sums = {
  debit: z.string().meta(majorMeta('Sum of balances on the debit side.', '0.0000')),
  credit: z.string().meta(majorMeta('Sum of balances on the credit side.', '96.0000')),
};

export const apiV1TrialBalanceSchema = z
  .object({
    client_code: z.string().meta({ description: 'Whose books these are.', example: 'LIPNZPMF7O' }),
    at: z.string().meta(timeMeta('The instant it is of.', '2024-09-30T23:59:59.999Z')),
    currencies: z
      .array(
        z.object({
          currency: z.string().meta({ ...currencyMeta, example: 'KES' }),
          accounts: z
            .array(
              z.object({
                account_id: z.string().meta({ description: 'The account’s id.', example: '1' }),
                account_number: z.string().meta({ description: 'Its number.', example: '10000110' }),
                account_name: z.string().meta({ description: 'Its name.', example: 'Float Account 1' }),
                account_type_code: z.string().meta({ description: 'Its type.', example: 'FLOAT_ACCOUNT' }),
                debit: z.string().meta(majorMeta('Its balance where that is on the debit side.', '0.0000')),
                credit: z.string().meta(majorMeta('Its balance where that is on the credit side.', '96.0000')),
              }),
            )
            .optional()
            .meta({ description: 'With `detail=accounts`: every account, by type and number.' }),
          account_types: z
            .array(
              z.object({
                account_type_code: z.string().meta({ description: 'Type of account.', example: 'FLOAT_ACCOUNT' }),
                normal_side: z.enum(NORMAL_SIDES).meta({ description: 'Where such balances stand by nature.' }),
                accounts: z.int().meta({ description: 'How many accounts of the type there were.', example: 1 }),
                ...apiV1Sums,
              }),
            )
            .meta({ description: 'What there was of each type of account.' }),
          total_debit: z.string().meta(majorMeta('Sum of the debit column.', '96.0000')),
          total_credit: z.string().meta(majorMeta('Sum of the credit column.', '96.0000')),
          is_balanced: z.boolean().meta({ description: 'Whether the two are equal, as they must be.', example: true }),
        }),
      )
      .meta({ description: 'One for each currency that there is an account in.' }),
    is_balanced: z.boolean().meta({ description: 'Whether every currency is balanced.', example: true }),
  })
  .meta({ id: 'ClientTrialBalance', description: 'What every account stood at, in two columns that must agree.' });

export const apiV1StatementSchema = z
  .object({
    account_id: z.string().meta({ description: 'The account’s id.', example: '1' }),
    account_number: z.string().meta({ description: 'Its number.', example: '10000110' }),
    account_name: z.string().meta({ description: 'Its name.', example: 'Float Account 1' }),
    account_type_code: z.string().meta({ description: 'Its type.', example: 'FLOAT_ACCOUNT' }),
    currency: z.string().meta({ ...currencyMeta, example: 'KES' }),
    from: z.string().meta(timeMeta('First instant of the period.', '2024-09-01T00:00:00.000Z')),
    to: z.string().meta(timeMeta('End of the period, which does not belong to it.', '2024-10-01T00:00:00.000Z')),
    opening_balance: z.string().meta(majorMeta('The balance before the first entry.', '0.0000')),
    transactions: z
      .array(
        z.object({
          transaction_id: z.string().meta({ description: 'The entry’s id.', example: '7607' }),
          transaction_type: z.enum(['CREDIT', 'DEBIT']).meta({ description: 'CREDIT puts money in.' }),
          currency: z.string().meta({ ...currencyMeta, example: 'KES' }),
          transaction_amount: z.string().meta(majorMeta('How much, unsigned.', '96.0000')),
          previous_balance: z.string().meta(majorMeta('The balance just before it.', '0.0000')),
          current_balance: z.string().meta(majorMeta('The balance just after it.', '96.0000')),
          other_party_account: z
            .string()
            .meta({ description: 'Number of the account on the other side.', example: '10000002' }),
          source_transaction_id: z
            .string()
            .meta({ description: 'The caller’s own id as transactions show it, or `N/A`.', example: '121231234' }),
          transaction_narration: z.string().meta({ description: 'What it was for, or nothing.', example: '2131321' }),
          transaction_date: z.string().meta(timeMeta('The business date.', '2024-09-05T17:47:00.000Z')),
          transaction_kind: z.string().meta({ description: 'What posted it.', example: 'credit' }),
          entry: z.enum(['PRINCIPAL', 'FEE', 'TAX']).meta({ description: 'Fees have entries of their own.' }),
          created_at: z.string().meta(timeMeta('When it was posted, which is the order.', '2024-09-05T17:47:01.000Z')),
        }),
      )
      .meta({ description: 'Every entry of the period, oldest first.' }),
    closing_balance: z.string().meta(majorMeta('The balance after the last entry.', '96.0000')),
    total_in: z.string().meta(majorMeta('What came in.', '96.0000')),
    total_out: z.string().meta(majorMeta('What went out, unsigned.', '0.0000')),
    transaction_count: z.int().meta({ description: 'How many entries there are.', example: 1 }),
  })
  .meta({
    id: 'ClientAccountStatement',
    description: 'Opening balance plus what came in less what went out is closing.',
  });
