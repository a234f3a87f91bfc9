import { z } from 'zod';
import {
  accountNumberSchema,
  accountTransactionListSchema,
  accountTransactionParams,
  accountTransactionSchema,
  bothLegsSchema,
  listAccountTransactionsQuery,
  movementShape,
  reversalBody,
  reverseCommandQuery,
  sourceTransactionParams,
  sourceTransactionQuery,
  transactionCommandQuery,
} from '@/contracts/api-v1-transactions';
import type { ErrorCode } from '@/contracts/errors';
import { parseEntryId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { findAccount } from '@/server/accounts/directory';
import { actOn, booksOfClient } from '@/server/clients/act-on';
import { defineOperation } from '@/server/http/operation';
import type { Context } from '@/server/kernel/context';
import { splitEntryId } from '@/server/ledger/ids';
import { type TransactionId, transactionMissing } from '@/server/transactions/find-journal';
import { postTransaction } from '@/server/transactions/post-transaction';
import {
  readTransactionOfSource,
  readTransactionRecord,
  readTransactionRecords,
} from '@/server/transactions/read-transactions';
import { reverseOnAccounts } from '@/server/transactions/reverse-on-accounts';
import { afterInteger } from '../v1/arguments';
import { listExample } from '../v1/examples';
import { HELD } from '../v1/held';
import { minorOf, positiveMajorAmountSchema } from './major-amount';
import { renderBothLegs, renderTransaction } from './render-transaction';
import { CREDITED, READ, REVERSED } from './transaction-examples';

const tag = 'Account transactions';

/** What can refuse any movement of money on accounts. */
export const MOVEMENT_ERRORS: readonly ErrorCode[] = [
  'parameter_missing',
  'parameter_invalid',
  'parameter_unknown',
  'currency_mismatch',
  'amount_below_minimum',
  'amount_above_maximum',
  'insufficient_funds',
  'client_inactive',
  'resource_missing',
  'account_frozen',
  'account_inactive',
  'account_closed',
  'reference_conflict',
  'service_inactive',
  'service_type_not_allowed',
  'cap_exceeded',
  'balance_out_of_range',
  'ledger_busy',
  'outcome_unknown',
];

const transactionBody = z.strictObject({
  account_number: accountNumberSchema,
  transaction_amount: positiveMajorAmountSchema,
  ...movementShape,
});

const createTransaction = defineOperation({
  operationId: 'createAccountTransaction',
  method: 'post',
  path: '/api/v1/transactions',
  tag,
  summary: 'Credit or debit',
  description:
    'Moves money between an account and the client’s settlement account of its currency, which is the other party, under a client service. Fees are entries of their own, so previous ± amount is current in every row. A wallet has an account number too: a credit here is paid money, a debit uses promotional credits first.',
  scope: 'transactions:write',
  query: transactionCommandQuery,
  body: transactionBody,
  requestExample: {
    account_number: '10000099',
    client_service_code: 'FLOIQ2XAFJ',
    transaction_source: 'EXTERNAL',
    transaction_amount: 100.0,
    source_transaction_id: '12325524445',
    source_transaction_data: { data: 'test' },
    transaction_narration: 'Test',
    transaction_date: '2024-07-29T12:34:56Z',
  },
  responses: {
    200: { description: 'The entry on the account.', schema: accountTransactionSchema, example: CREDITED },
    202: HELD,
  },
  errors: MOVEMENT_ERRORS,
  verb: async (ctx, { query, body }) => {
    const account = await findAccount(ctx, body.account_number, 'account_number');
    return postTransaction(ctx, {
      type: query.command,
      account,
      serviceCode: body.client_service_code,
      amountMinor: minorOf(body.transaction_amount, account.currency, 'transaction_amount'),
      sourceId: body.source_transaction_id,
      source: { source: body.transaction_source, data: body.source_transaction_data ?? {} },
      narration: narrationOf(body.transaction_narration),
      businessAtMs: body.transaction_date,
    });
  },
  render: ({ transaction }) => ({ status: 200, body: renderTransaction(transaction) }),
});

const reversal = {
  method: 'post',
  tag,
  description:
    'Undoes a transaction whole, and once. Either leg’s id names it. Promotional credits it used come back, fees as the client service says; refused where the money is no longer there. The body may be left out; a `reason` is kept in the audit log. Answers with the leg on the original’s account and its other side.',
  scope: 'reversals:write',
  params: accountTransactionParams,
  query: reverseCommandQuery,
  body: reversalBody,
  requestExample: { reason: 'Sent twice' },
  responses: {
    200: { description: 'Both legs of the reversal.', schema: bothLegsSchema, example: REVERSED },
    202: HELD,
  },
  errors: [
    'parameter_invalid',
    'parameter_unknown',
    'insufficient_funds',
    'client_inactive',
    'resource_missing',
    'account_frozen',
    'account_inactive',
    'account_closed',
    'already_reversed',
    'not_reversible',
    'balance_out_of_range',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (
    ctx: Context,
    { params, body }: { params: z.output<typeof accountTransactionParams>; body: z.output<typeof reversalBody> },
  ) =>
    reverseOnAccounts(ctx, {
      id: idOf(params.id),
      reason: body.reason ?? null,
      narration: narrationOf(body.transaction_narration),
      data: body.source_transaction_data ?? null,
      businessAtMs: body.transaction_date ?? null,
    }),
  render: (legs: Awaited<ReturnType<typeof reverseOnAccounts>>) => ({ status: 200, body: renderBothLegs(legs) }),
} as const;

const reverseTransaction = defineOperation({
  ...reversal,
  operationId: 'reverseAccountTransaction',
  path: '/api/v1/transactions/{id}',
  summary: 'Reverse',
});

/** The document writes the path both ways. */
const reverseAtRoot = defineOperation({
  ...reversal,
  operationId: 'reverseAccountTransactionAtRoot',
  path: '/transactions/{id}',
  summary: 'Reverse, at the root',
});

const listTransactions = defineOperation({
  operationId: 'listAccountTransactions',
  method: 'get',
  path: '/api/v1/transactions',
  tag,
  summary: 'List transactions',
  description:
    'Newest first. With `account_number` every entry of that account, fees included, so that balances follow one another; without it each transaction once, transfers and reversals with both legs.',
  scope: 'transactions:read',
  query: listAccountTransactionsQuery,
  responses: {
    200: { description: 'A page of entries.', schema: accountTransactionListSchema, example: listExample(READ) },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { query }) => {
    const named = query.client_code === undefined ? ctx : actOn(ctx, await booksOfClient(ctx, query.client_code));
    const account =
      query.account_number === undefined ? undefined : await findAccount(named, query.account_number, 'account_number');
    const filter = {
      account,
      serviceCode: query.client_service_code,
      type: query.transaction_type,
      fromMs: query.from,
      toMs: query.to,
      sourceId: query.source_transaction_id,
    };
    const page = { limit: query.limit, afterKey: afterInteger(query.after) };
    return { transactions: await readTransactionRecords(named, filter, page), limit: query.limit };
  },
  render: ({ transactions, limit }) => ({
    status: 200,
    body: listOf(transactions, limit, renderTransaction, (last) => [last.key]),
  }),
});

const getTransaction = defineOperation({
  operationId: 'getAccountTransaction',
  method: 'get',
  path: '/api/v1/transactions/{id}',
  tag,
  summary: 'Retrieve',
  description: 'One entry by its id: of either leg, of a fee, or by an id of `/v1`.',
  scope: 'transactions:read',
  params: accountTransactionParams,
  responses: { 200: { description: 'The entry.', schema: accountTransactionSchema, example: READ } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readTransactionRecord(ctx, idOf(params.id)),
  render: (record) => ({ status: 200, body: renderTransaction(record) }),
});

const getTransactionOfSource = defineOperation({
  operationId: 'getAccountTransactionOfSource',
  method: 'get',
  path: '/api/v1/transactions/source/{source_transaction_id}',
  tag,
  summary: 'Retrieve by source id',
  description:
    'One entry by your own id of it. Where several accounts have used the id, it is refused until `account_number` says which.',
  scope: 'transactions:read',
  params: sourceTransactionParams,
  query: sourceTransactionQuery,
  responses: { 200: { description: 'The entry.', schema: accountTransactionSchema, example: READ } },
  errors: ['resource_missing', 'parameter_invalid'],
  verb: async (ctx, { params, query }) => {
    const { account_number: number } = query;
    const account = number === undefined ? undefined : await findAccount(ctx, number, 'account_number');
    return readTransactionOfSource(ctx, { sourceId: params.source_transaction_id, account });
  },
  render: (record) => ({ status: 200, body: renderTransaction(record) }),
});

/** An empty narration says nothing, like one left out. */
export function narrationOf(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

const ID_MAX = 2n ** 63n - 1n;

/** Of this family or of `/v1`. What can be no id names nothing. */
function idOf(text: string): TransactionId {
  if (!/^[1-9][0-9]{0,18}$/.test(text)) return parseEntryId(text) ?? transactionMissing();
  if (BigInt(text) > ID_MAX) return transactionMissing();
  const id = splitEntryId(text);
  return id.leg === 0 ? transactionMissing() : id;
}

export const accountTransactionOperations = [
  createTransaction,
  getTransaction,
  getTransactionOfSource,
  listTransactions,
  reverseTransaction,
  reverseAtRoot,
];
