import { accountParams } from '@/contracts/accounts';
import { listOf } from '@/contracts/lists';
import {
  accountEntriesQuery,
  accountEntryListSchema,
  accountStatementQuery,
  accountStatementSchema,
  trialBalanceQuery,
  trialBalanceSchema,
} from '@/contracts/reports';
import { readAccountEntries } from '@/server/reports/account-entries';
import { readStatement } from '@/server/reports/account-statement';
import { readTrialBalance } from '@/server/reports/trial-balance';
import { defineOperation } from '../operation';
import { accountNamed } from './accounts';
import { afterInteger } from './arguments';
import { renderAccountEntry } from './render-account-entry';
import { renderAccountStatement } from './render-statement';
import { renderExactTime } from './render-time';
import { renderTrialBalance } from './render-trial-balance';
import {
  ACCOUNT_ENTRIES,
  ACCOUNT_STATEMENT,
  ACCOUNT_STATEMENT_CSV,
  TRIAL_BALANCE,
  TRIAL_BALANCE_CSV,
} from './report-examples';

const tag = 'Reports';

const getTrialBalance = defineOperation({
  operationId: 'getTrialBalance',
  method: 'get',
  path: '/v1/reports/trial_balance',
  tag,
  summary: 'Trial balance',
  description:
    'What every type of account, or every account, stood at: its balance in the debit or the credit column by its sign, and the totals of both, which must be equal. At any past instant it is what it was then; one that has only just passed may still gain what was being posted. Expired credit counts until its expiry is posted. `detail=accounts` is streamed, two at a time for a client. CSV (RFC 4180, UTF-8) has major units and a `TOTAL` row for each currency; without the last a download was cut off.',
  scope: 'accounts:read',
  query: trialBalanceQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The trial balance.',
      schema: trialBalanceSchema,
      example: TRIAL_BALANCE,
      csvExample: TRIAL_BALANCE_CSV,
    },
  },
  errors: ['parameter_invalid', 'parameter_unknown', 'parameter_repeated', 'rate_limited'],
  verb: async (ctx, { query: { at, currency, detail, format } }) => ({
    report: await readTrialBalance(ctx, { atMs: at ?? null, currency: currency ?? null, detail }),
    format,
  }),
  render: renderTrialBalance,
});

const getAccountStatement = defineOperation({
  operationId: 'getAccountStatement',
  method: 'get',
  path: '/v1/accounts/{id}/statement',
  tag,
  summary: 'Account statement',
  description:
    'Every entry of an account in a period, oldest first, with the balance after it and the account on the other side; fees and the tax on them are entries of their own. Opening balance plus what came in less what went out is the closing balance. Streamed, however long it is. CSV (RFC 4180, UTF-8) has major units, and minor units beside them; without the closing row a download was cut off.',
  scope: 'accounts:read',
  params: accountParams,
  query: accountStatementQuery,
  csvByAccept: true,
  pdfByAccept: true,
  responses: {
    200: {
      description: 'The statement.',
      schema: accountStatementSchema,
      example: ACCOUNT_STATEMENT,
      csvExample: ACCOUNT_STATEMENT_CSV,
    },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query: { from, to, format } }) => {
    const { id } = await accountNamed(ctx, params.id);
    return { statement: await readStatement(ctx, id, { fromMs: from ?? null, toMs: to ?? null }), format };
  },
  render: renderAccountStatement,
});

const listAccountEntries = defineOperation({
  operationId: 'listAccountEntries',
  method: 'get',
  path: '/v1/accounts/{id}/entries',
  tag,
  summary: 'List account entries',
  description:
    'The statement a page at a time, newest first: each entry with its number, the balance before and after it, its journal and the account on the other side. Numbers have no gap, so pages fit together.',
  scope: 'accounts:read',
  params: accountParams,
  query: accountEntriesQuery,
  responses: { 200: { description: 'A page of entries.', schema: accountEntryListSchema, example: ACCOUNT_ENTRIES } },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query: { from, to, limit, after } }) => {
    const { id } = await accountNamed(ctx, params.id);
    const page = { limit, afterSequence: afterInteger(after) };
    return { page: await readAccountEntries(ctx, id, { fromMs: from ?? null, toMs: to ?? null }, page), limit };
  },
  render: ({ page: { statement, entries }, limit }) => ({
    status: 200,
    body: {
      ...listOf(entries, limit, renderAccountEntry, ({ sequence }) => [sequence]),
      currency: statement.account.currency,
      from: renderExactTime(statement.fromMs),
      to: renderExactTime(statement.toMs),
      opening_balance: Number(statement.openingMinor),
      closing_balance: Number(statement.closingMinor),
      entry_count: Number(statement.closingSequence - statement.openingSequence),
    },
  }),
});

export const reportOperations = [getTrialBalance, getAccountStatement, listAccountEntries];
