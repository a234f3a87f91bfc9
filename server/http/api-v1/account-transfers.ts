import { z } from 'zod';
import { accountNumberSchema, bothLegsSchema, movementShape } from '@/contracts/api-v1-transactions';
import { findAccount } from '@/server/accounts/directory';
import { defineOperation } from '@/server/http/operation';
import { transferBetweenAccounts } from '@/server/transactions/transfer-between-accounts';
import { minorOf, positiveMajorAmountSchema } from './major-amount';
import { renderBothLegs } from './render-transaction';
import { TRANSFERRED } from './transaction-examples';
import { MOVEMENT_ERRORS, narrationOf } from './transactions';

const transferBody = z.strictObject({
  source_account_number: accountNumberSchema.meta({ description: 'Where the money leaves.', example: '10000014' }),
  destination_account_number: accountNumberSchema.meta({
    description: 'Where it comes to: of the same client and in the same currency.',
    example: '10000015',
  }),
  transaction_amount: positiveMajorAmountSchema,
  ...movementShape,
  source_transaction_id: movementShape.source_transaction_id.meta({
    description:
      'Your own id, unique for ever per source account over its transfers. The same id with the same accounts, amount and service repeats the first answer; with others it is refused.',
    example: '1',
  }),
});

const transferMoney = defineOperation({
  operationId: 'createAccountTransfer',
  method: 'post',
  path: '/api/v1/account-transfers',
  tag: 'Account transactions',
  summary: 'Transfer',
  description:
    'Moves money between two accounts of one client in one currency, under a client service that allows transfers. The source pays the fee. Promotional credits do not travel: what arrives is paid money.',
  scope: 'transactions:write',
  body: transferBody,
  requestExample: {
    source_account_number: '10000014',
    destination_account_number: '10000015',
    client_service_code: 'INT_NHQ5Y77',
    transaction_amount: 10.0,
    source_transaction_id: '1',
    transaction_source: 'INTERNAL',
    source_transaction_data: {},
    transaction_narration: 'Transfer for payment',
    transaction_date: '2022-07-29T12:34:56Z',
  },
  responses: { 200: { description: 'Both legs.', schema: bothLegsSchema, example: TRANSFERRED } },
  errors: [...MOVEMENT_ERRORS, 'same_account'],
  verb: async (ctx, { body }) => {
    const source = await findAccount(ctx, body.source_account_number, 'source_account_number');
    const destination = await findAccount(ctx, body.destination_account_number, 'destination_account_number');
    return transferBetweenAccounts(ctx, {
      source,
      destination,
      serviceCode: body.client_service_code,
      amountMinor: minorOf(body.transaction_amount, source.currency, 'transaction_amount'),
      sourceId: body.source_transaction_id,
      facts: { source: body.transaction_source, data: body.source_transaction_data ?? {} },
      narration: narrationOf(body.transaction_narration),
      businessAtMs: body.transaction_date,
    });
  },
  render: (legs) => ({ status: 200, body: renderBothLegs(legs) }),
});

export const accountTransferOperations = [transferMoney];
