'use client';

import { useApi } from '@/components/api/queries';
import { lotName } from '../lot-name';
import type { Transaction } from '../types';

/** What the lots of these transactions are called; nothing is asked while none of them touches one. */
export function useLotNames(walletId: string, transactions: readonly Transaction[]): ReadonlyMap<string, string> {
  const touched = new Set(transactions.flatMap(({ lots }) => (lots ?? []).map(({ id }) => id)));
  const lots = useApi(
    '/v1/promotion_lots',
    { query: { wallet: walletId, limit: '100' } },
    { enabled: touched.size > 0 },
  );
  return new Map((lots.data?.data ?? []).map((lot) => [lot.id, lot.promotion_code ?? lotName(lot, lot.id)]));
}
