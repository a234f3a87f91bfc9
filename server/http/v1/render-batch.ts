import type { BatchItemResultObject, BatchObject } from '@/contracts/batches';
import { ERRORS } from '@/contracts/errors';
import type { BatchResult, ItemResult } from '@/server/batches/post-batch';
import { internalError, problemOf } from '../problems';
import { renderTransaction } from './render-transaction';

export function renderBatch({ atomic, livemode, items }: BatchResult): BatchObject {
  let succeeded = 0;
  let replayed = 0;
  for (const item of items) {
    if (!item.ok) continue;
    succeeded += 1;
    if (item.replayed) replayed += 1;
  }
  return {
    object: 'batch',
    atomic,
    counts: { total: items.length, succeeded, failed: items.length - succeeded, replayed },
    items: items.map(renderItem),
    livemode,
  };
}

function renderItem(item: ItemResult, index: number): BatchItemResultObject {
  if (item.ok) {
    const { replayed, transaction, destination } = item;
    return {
      index,
      status: 'succeeded',
      replayed,
      transaction: renderTransaction(transaction),
      ...(destination !== null && { destination_transaction: renderTransaction(destination) }),
    };
  }
  const { code, message, param, details } = problemOf(item.error) ?? internalError();
  return { index, status: 'failed', error: { type: ERRORS[code].type, code, message, param, details: { ...details } } };
}
