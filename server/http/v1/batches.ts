import { BATCH_BYTES_MAX, type BatchItemInput, batchBody, batchSchema } from '@/contracts/batches';
import { parseId } from '@/contracts/ids';
import type { BatchItem, WalletName } from '@/server/batches/batch-item';
import { postBatch } from '@/server/batches/post-batch';
import { defineOperation } from '../operation';
import { metadataText } from './arguments';
import { DEBIT, WALLET } from './examples';
import { renderBatch } from './render-batch';

const postBatchOperation = defineOperation({
  operationId: 'postBatch',
  method: 'post',
  path: '/v1/batches',
  tag: 'Batches',
  summary: 'Post a batch',
  description:
    'Up to 1000 debits, credits and transfers in one request, decided in their order. Each on its own: a refused item says why and the others go on; the answer is 200 and `counts` tells how it went. With `atomic: true` all or nothing: one refusal, and the answer is 409 `batch_rejected` with every refused item in `details.items`, each judged as if those refused before it were not there. A malformed item refuses the whole request by name (`items.17.amount`). Safe to repeat: items whose reference is known are answered as the first time, with `replayed: true`, and move nothing.',
  scope: 'wallets:write',
  bodyBytesMax: BATCH_BYTES_MAX,
  body: batchBody,
  requestExample: {
    atomic: false,
    items: [
      { type: 'debit', wallet_id: WALLET.id, amount: 500, description: DEBIT.description, reference: DEBIT.reference },
      {
        type: 'transfer',
        source_account_number: WALLET.account_number,
        destination_account_number: '10000009',
        amount: 20000,
        description: 'Share of the bill',
        reference: 'share_0001',
      },
    ],
  },
  responses: {
    200: {
      description: 'What became of each item.',
      schema: batchSchema,
      example: {
        object: 'batch',
        atomic: false,
        counts: { total: 2, succeeded: 1, failed: 1, replayed: 0 },
        items: [
          { index: 0, status: 'succeeded', replayed: false, transaction: DEBIT },
          {
            index: 1,
            status: 'failed',
            error: {
              type: 'insufficient_funds',
              code: 'insufficient_funds',
              message: 'The wallet has GH₵145.00 available and this takes GH₵200.00: GH₵55.00 short.',
              param: 'items.1.amount',
              details: { wallet_id: WALLET.id, currency: 'GHS', available: 14500, required: 20000, shortfall: 5500 },
            },
          },
        ],
        livemode: false,
      },
    },
  },
  errors: [
    'parameter_missing',
    'parameter_invalid',
    'parameter_unknown',
    'batch_rejected',
    'client_inactive',
    'ledger_busy',
    'outcome_unknown',
  ],
  verb: (ctx, { body }) => postBatch(ctx, { atomic: body.atomic, items: body.items.map(itemOf) }),
  render: (result) => ({ status: 200, body: renderBatch(result) }),
});

function itemOf(item: BatchItemInput): BatchItem {
  const terms = {
    amountMinor: BigInt(item.amount),
    description: item.description,
    reference: item.reference,
    metadata: metadataText(item.metadata),
  };
  switch (item.type) {
    case 'debit': {
      const wallet = walletName(item.wallet_id, item.account_number, '');
      return { type: 'debit', wallet, serviceCode: item.client_service_code ?? null, ...terms };
    }
    case 'credit': {
      const wallet = walletName(item.wallet_id, item.account_number, '');
      return { type: 'credit', wallet, expiresAtMs: item.expires_at ?? null, priority: item.priority, ...terms };
    }
    case 'transfer': {
      const source = walletName(item.source_wallet_id, item.source_account_number, 'source_');
      const destination = walletName(item.destination_wallet_id, item.destination_account_number, 'destination_');
      const serviceCode = item.client_service_code ?? null;
      return { type: 'transfer', source, destination, currency: item.currency ?? null, serviceCode, ...terms };
    }
  }
}

/** The schema has seen to it that one of them is there. */
function walletName(id: string | undefined, number: string | undefined, prefix: string): WalletName {
  return id === undefined
    ? { by: 'number', number: number as string, field: `${prefix}account_number` }
    : { by: 'id', id: parseId('wallet', id), field: `${prefix}wallet_id` };
}

export const batchOperations = [postBatchOperation];
