import { accountNumberParams } from '@/contracts/accounts';
import {
  apiV1StatementQuery,
  apiV1StatementSchema,
  apiV1TrialBalanceQuery,
  apiV1TrialBalanceSchema,
} from '@/contracts/reports';
import { findNamedAccount } from '@/server/accounts/directory';
import { actOn, booksOfClient } from '@/server/clients/act-on';
import { defineOperation } from '@/server/http/operation';
import { readStatement } from '@/server/reports/account-statement';
import { readTrialBalance } from '@/server/reports/trial-balance';
import { renderStatement, renderTrialBalance } from './render-reports';

const tag = 'Reports';

const getClientTrialBalance = defineOperation({
  operationId: 'getClientTrialBalance',
  method: 'get',
  path: '/api/v1/trial-balance',
  tag,
  summary: 'Client’s trial balance',
  description:
    'The trial balance of `GET /v1/reports/trial_balance` in this family’s names, amounts in major units with four decimals. One of the operator’s people names the client with `client_code`.',
  scope: 'accounts:read',
  query: apiV1TrialBalanceQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The trial balance.',
      schema: apiV1TrialBalanceSchema,
      example: {
        client_code: 'LIPNZPMF7O',
        at: '2024-09-30T23:59:59.999Z',
        currencies: [
          {
            currency: 'KES',
            account_types: [
              {
                account_type_code: 'EXTERNAL_SETTLEMENT',
                normal_side: 'debit',
                accounts: 1,
                debit: '96.0000',
                credit: '0.0000',
              },
              {
                account_type_code: 'FLOAT_ACCOUNT',
                normal_side: 'credit',
                accounts: 1,
                debit: '0.0000',
                credit: '96.0000',
              },
            ],
            total_debit: '96.0000',
            total_credit: '96.0000',
            is_balanced: true,
          },
        ],
        is_balanced: true,
      },
      csvExample:
        'at,currency,account_type,accounts,debit,credit,balanced\r\n2024-09-30T23:59:59.999Z,KES,EXTERNAL_SETTLEMENT,1,96.0000,0.0000,\r\n2024-09-30T23:59:59.999Z,KES,FLOAT_ACCOUNT,1,0.0000,96.0000,\r\n2024-09-30T23:59:59.999Z,KES,TOTAL,,96.0000,96.0000,true\r\n',
    },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated', 'rate_limited'],
  verb: async (ctx, { query: { client_code, at, currency, detail, format } }) => {
    const books = await booksOfClient(ctx, client_code ?? ctx.principal.clientId);
    const report = await readTrialBalance(actOn(ctx, books), {
      atMs: at ?? null,
      currency: currency ?? null,
      detail,
    });
    return { report, clientCode: books.clientCode, format };
  },
  render: renderTrialBalance,
});

const getClientAccountStatement = defineOperation({
  operationId: 'getClientAccountStatement',
  method: 'get',
  path: '/api/v1/accounts/{account_number}/statement',
  tag,
  summary: 'Statement by number',
  description:
    'The statement of `GET /v1/accounts/{id}/statement` in this family’s names, amounts in major units with four decimals: opening balance, every entry of the period with the balance before and after it, fees as entries of their own, totals and closing balance. Streamed.',
  scope: 'accounts:read',
  params: accountNumberParams,
  query: apiV1StatementQuery,
  csvByAccept: true,
  responses: {
    200: {
      description: 'The statement.',
      schema: apiV1StatementSchema,
      example: {
        account_id: '1',
        account_number: '10000110',
        account_name: 'Float Account 1',
        account_type_code: 'FLOAT_ACCOUNT',
        currency: 'KES',
        from: '2024-09-01T00:00:00.000Z',
        to: '2024-10-01T00:00:00.000Z',
        opening_balance: '0.0000',
        transactions: [
          {
            transaction_id: '7607',
            transaction_type: 'CREDIT',
            currency: 'KES',
            transaction_amount: '96.0000',
            previous_balance: '0.0000',
            current_balance: '96.0000',
            other_party_account: '10000002',
            source_transaction_id: '121231234',
            transaction_narration: '2131321',
            transaction_date: '2024-09-05T17:47:00.000Z',
            transaction_kind: 'credit',
            entry: 'PRINCIPAL',
            created_at: '2024-09-05T17:47:01.000Z',
          },
        ],
        closing_balance: '96.0000',
        total_in: '96.0000',
        total_out: '0.0000',
        transaction_count: 1,
      },
      csvExample:
        'created_at,transaction_date,transaction_id,transaction_type,entry,transaction_narration,source_transaction_id,other_party_account,debit,credit,current_balance,currency\r\n2024-09-01T00:00:00.000Z,,,OPENING_BALANCE,,,,,,,0.0000,KES\r\n2024-09-05T17:47:01.000Z,2024-09-05T17:47:00.000Z,7607,CREDIT,PRINCIPAL,2131321,121231234,10000002,,96.0000,96.0000,KES\r\n2024-10-01T00:00:00.000Z,,,TOTALS,,,,,0.0000,96.0000,,KES\r\n2024-10-01T00:00:00.000Z,,,CLOSING_BALANCE,,,,,,,96.0000,KES\r\n',
    },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query: { from, to, format } }) => {
    const account = await findNamedAccount(ctx, params.account_number, 'account_number');
    const period = { fromMs: from ?? null, toMs: to ?? null };
    return { statement: await readStatement(actOn(ctx, account.books), account.id, period), format };
  },
  render: renderStatement,
});

export const clientReportOperations = [getClientTrialBalance, getClientAccountStatement];
