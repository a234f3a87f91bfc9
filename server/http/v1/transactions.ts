import { listOf } from '@/contracts/lists';
import {
  createTransferBody,
  creditBody,
  debitBody,
  debitPreviewSchema,
  listTransactionsQuery,
  previewDebitBody,
  reverseTransactionBody,
  signedTransactionBody,
  transactionListSchema,
  transactionParams,
  transactionSchema,
  transferSchema,
  walletTransactionParams,
} from '@/contracts/transactions';
import { walletParams } from '@/contracts/wallets';
import { creditWallet } from '@/server/wallets/credit-wallet';
import { debitUnderService } from '@/server/wallets/debit-under-service';
import { debitWallet } from '@/server/wallets/debit-wallet';
import { postSignedTransaction } from '@/server/wallets/post-signed-transaction';
import { previewDebit } from '@/server/wallets/preview-debit';
import { readWallet } from '@/server/wallets/read';
import { readTransaction, readTransactions } from '@/server/wallets/read-transactions';
import { reverseWalletTransaction } from '@/server/wallets/reverse-wallet-transaction';
import { serviceForWallet } from '@/server/wallets/service-for-wallet';
import { transferBetweenWallets } from '@/server/wallets/transfer-between-wallets';
import { defineOperation } from '../operation';
import { afterInteger, metadataText, transactionIdOf, walletIdOf } from './arguments';
import { CREDIT, DEBIT, DRAWDOWN, listExample, PREVIEW, REVERSAL, TRANSFER } from './examples';
import { HELD } from './held';
import { renderPreview, renderSignedTransaction, renderTransaction, renderTransfer } from './render-transaction';

const tag = 'Transactions';

const debitWalletOperation = defineOperation({
  operationId: 'debitWallet',
  method: 'post',
  path: '/v1/wallets/{id}/debit',
  tag,
  summary: 'Debit a wallet',
  description:
    'Takes money out, in full or not at all. Promotional credits are spent in their order, with paid money at priority 50; `lots` lists those it used. With a `client_service_code` its rules decide, and `fee` and `tax` say what it charged. Repeating the reference with the same amount gives the first answer again, with `Idempotent-Replayed: true`.',
  scope: 'wallets:write',
  params: walletParams,
  body: debitBody,
  requestExample: { amount: 500, description: '10 SMS messages sent', reference: 'sms_batch_8821' },
  responses: { 200: { description: 'The debit.', schema: transactionSchema, example: DEBIT } },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'insufficient_funds',
    'wallet_frozen',
    'wallet_inactive',
    'wallet_closed',
    'reference_conflict',
    'currency_mismatch',
    'service_inactive',
    'service_type_not_allowed',
    'amount_below_minimum',
    'amount_above_maximum',
    'cap_exceeded',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) => {
    const input = {
      walletId: walletIdOf(params.id),
      amountMinor: BigInt(body.amount),
      description: body.description,
      reference: body.reference,
      metadata: metadataText(body.metadata),
    };
    const code = body.client_service_code;
    return code === undefined ? debitWallet(ctx, input) : debitUnderService(ctx, input, code);
  },
  render: ({ transaction }) => ({ status: 200, body: renderTransaction(transaction) }),
});

const creditWalletOperation = defineOperation({
  operationId: 'creditWallet',
  method: 'post',
  path: '/v1/wallets/{id}/credit',
  tag,
  summary: 'Credit a wallet',
  description:
    'Grants promotional credit without a payment. With `expires_at` what is left then is removed by itself, exactly at that instant. Repeating the reference with the same terms gives the first answer again.',
  scope: 'wallets:write',
  params: walletParams,
  body: creditBody,
  requestExample: {
    amount: 500,
    description: 'Monthly bonus credits',
    reference: 'promo_welcome_2026',
    expires_at: '2030-01-01T00:00:00Z',
  },
  responses: { 200: { description: 'The credit.', schema: transactionSchema, example: CREDIT }, 202: HELD },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'expires_at_past',
    'resource_missing',
    'wallet_inactive',
    'wallet_closed',
    'reference_conflict',
    'balance_out_of_range',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) =>
    creditWallet(ctx, {
      walletId: walletIdOf(params.id),
      amountMinor: BigInt(body.amount),
      description: body.description,
      reference: body.reference,
      metadata: metadataText(body.metadata),
      expiresAtMs: body.expires_at ?? null,
      priority: body.priority,
    }),
  render: ({ transaction }) => ({ status: 200, body: renderTransaction(transaction) }),
});

const postTransaction = defineOperation({
  operationId: 'postTransaction',
  method: 'post',
  path: '/v1/wallets/{id}/transactions',
  tag,
  summary: 'Post a signed amount',
  description:
    'A negative amount draws down, a positive one credits. Without a `reference` every call is a transaction of its own, so send one, or an Idempotency-Key, to be able to repeat safely.',
  scope: 'wallets:write',
  params: walletParams,
  body: signedTransactionBody,
  requestExample: {
    amount: -1250,
    currency: 'GHS',
    description: 'API Ingestion Meter drawdown',
    metadata: { request_id: 'req_a1b2c3' },
  },
  responses: { 200: { description: 'The transaction.', schema: transactionSchema, example: DRAWDOWN }, 202: HELD },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'currency_mismatch',
    'resource_missing',
    'insufficient_funds',
    'wallet_frozen',
    'wallet_inactive',
    'wallet_closed',
    'reference_conflict',
    'balance_out_of_range',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) =>
    postSignedTransaction(ctx, {
      walletId: walletIdOf(params.id),
      amountMinor: BigInt(body.amount),
      currency: body.currency,
      description: body.description,
      reference: body.reference ?? null,
      metadata: metadataText(body.metadata),
    }),
  render: ({ transaction }) => ({ status: 200, body: renderSignedTransaction(transaction) }),
});

const previewDebitOperation = defineOperation({
  operationId: 'previewDebit',
  method: 'post',
  path: '/v1/wallets/{id}/debit/preview',
  tag,
  summary: 'Preview a debit',
  description:
    'Which credits a debit of this amount would use now and what would remain, or the refusal it would meet. Changes nothing and promises nothing: only the debit decides.',
  scope: 'wallets:read',
  params: walletParams,
  body: previewDebitBody,
  requestExample: { amount: 500 },
  responses: { 200: { description: 'What would happen.', schema: debitPreviewSchema, example: PREVIEW } },
  errors: ['parameter_missing', 'parameter_invalid', 'parameter_unknown', 'resource_missing'],
  verb: (ctx, { params, body }) =>
    previewDebit(ctx, { walletId: walletIdOf(params.id), amountMinor: BigInt(body.amount) }),
  render: (preview) => ({ status: 200, body: renderPreview(preview) }),
});

const listTransactions = defineOperation({
  operationId: 'listTransactions',
  method: 'get',
  path: '/v1/wallets/{id}/transactions',
  tag,
  summary: 'List transactions',
  description:
    'A wallet’s debits, credits, top-ups, expiries and everything else, newest first, all or those of a period, each with its number. `type=debit` lists drawdowns and hold captures too.',
  scope: 'wallets:read',
  params: walletParams,
  query: listTransactionsQuery,
  responses: {
    200: {
      description: 'A page of transactions.',
      schema: transactionListSchema,
      example: listExample({ ...DEBIT, sequence: 41 }),
    },
  },
  errors: ['resource_missing', 'parameter_invalid', 'parameter_unknown', 'parameter_repeated'],
  verb: async (ctx, { params, query }) => {
    const wallet = await readWallet(ctx, walletIdOf(params.id));
    const page = { limit: query.limit, afterSequence: afterInteger(query.after) };
    const wanted = { type: query.type, fromMs: query.from, toMs: query.to };
    return { transactions: await readTransactions(ctx, wallet.id, wanted, page), limit: query.limit };
  },
  render: ({ transactions, limit }) => ({
    status: 200,
    body: listOf(
      transactions,
      limit,
      (row) => ({ ...renderTransaction(row), sequence: Number(row.sequence) }),
      (last) => [last.sequence],
    ),
  }),
});

const getTransaction = defineOperation({
  operationId: 'getTransaction',
  method: 'get',
  path: '/v1/transactions/{id}',
  tag,
  summary: 'Retrieve a transaction',
  description: 'By its id, with either prefix, whichever wallet it is on.',
  scope: 'wallets:read',
  params: transactionParams,
  responses: { 200: { description: 'The transaction.', schema: transactionSchema, example: DEBIT } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readTransaction(ctx, transactionIdOf(params.id)),
  render: (transaction) => ({ status: 200, body: renderTransaction(transaction) }),
});

const getWalletTransaction = defineOperation({
  operationId: 'getWalletTransaction',
  method: 'get',
  path: '/v1/wallets/{id}/transactions/{txn}',
  tag,
  summary: 'Retrieve from a wallet',
  description: 'The same transaction, which must be on this wallet: elsewhere it is not found.',
  scope: 'wallets:read',
  params: walletTransactionParams,
  responses: { 200: { description: 'The transaction.', schema: transactionSchema, example: DEBIT } },
  errors: ['resource_missing'],
  verb: (ctx, { params }) => readTransaction(ctx, transactionIdOf(params.txn), walletIdOf(params.id)),
  render: (transaction) => ({ status: 200, body: renderTransaction(transaction) }),
});

const reverseTransactionOperation = defineOperation({
  operationId: 'reverseTransaction',
  method: 'post',
  path: '/v1/transactions/{id}/reverse',
  tag,
  summary: 'Reverse a transaction',
  description:
    'Undoes it whole, and once: promotional credits it used come back, fees as the client service says. Refused where the money is no longer there. The body may be left out; a `reason` is kept in the audit log.',
  scope: 'reversals:write',
  params: transactionParams,
  body: reverseTransactionBody,
  requestExample: { reason: 'Sent twice' },
  responses: {
    200: { description: 'The reversal, on the same wallet.', schema: transactionSchema, example: REVERSAL },
    202: HELD,
  },
  errors: [
    'parameter_invalid',
    'parameter_unknown',
    'resource_missing',
    'already_reversed',
    'not_reversible',
    'insufficient_funds',
    'wallet_frozen',
    'wallet_inactive',
    'wallet_closed',
    'client_inactive',
    'balance_out_of_range',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { params, body }) =>
    reverseWalletTransaction(ctx, {
      id: transactionIdOf(params.id),
      reason: body.reason ?? null,
      description: body.description ?? null,
      metadata: metadataText(body.metadata),
    }),
  render: ({ transaction }) => ({ status: 200, body: renderTransaction(transaction) }),
});

const createTransfer = defineOperation({
  operationId: 'createTransfer',
  method: 'post',
  path: '/v1/transfers',
  tag,
  summary: 'Transfer',
  description:
    'Moves money from one wallet to another of yours, in full or not at all. Promotional credits do not travel: what arrives is paid money. Repeating the reference with the same terms gives the first answer again.',
  scope: 'wallets:write',
  body: createTransferBody,
  requestExample: {
    source_wallet_id: 'wal_a1b2c3',
    destination_wallet_id: 'wal_a1b2c3',
    amount: 500,
    currency: 'GHS',
    reference: 'split_2026_05_28',
    description: 'Half of the taxi',
  },
  responses: {
    200: { description: 'The transfer, with both its transactions.', schema: transferSchema, example: TRANSFER },
  },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'same_wallet',
    'currency_mismatch',
    'resource_missing',
    'insufficient_funds',
    'wallet_frozen',
    'wallet_inactive',
    'wallet_closed',
    'reference_conflict',
    'balance_out_of_range',
    'service_inactive',
    'service_type_not_allowed',
    'amount_below_minimum',
    'amount_above_maximum',
    'cap_exceeded',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: async (ctx, { body }) => {
    const sourceWalletId = walletIdOf(body.source_wallet_id);
    return transferBetweenWallets(ctx, {
      sourceWalletId,
      destinationWalletId: walletIdOf(body.destination_wallet_id),
      amountMinor: BigInt(body.amount),
      currency: body.currency,
      description: body.description,
      reference: body.reference,
      metadata: metadataText(body.metadata),
      service: await serviceForWallet(ctx, sourceWalletId, body.client_service_code),
    });
  },
  render: (transfer) => ({ status: 200, body: renderTransfer(transfer) }),
});

export const transactionOperations = [
  debitWalletOperation,
  creditWalletOperation,
  postTransaction,
  previewDebitOperation,
  getTransaction,
  getWalletTransaction,
  listTransactions,
  reverseTransactionOperation,
  createTransfer,
];
