import { shortId } from '@/components/patterns/copy-id';
import type { Lot } from './types';

/** What people call a lot: the reference it was granted under, else what it was for, else its id. */
export function lotName(lot: Pick<Lot, 'reference' | 'description'> | undefined, id: string): string {
  return lot?.reference ?? lot?.description ?? shortId(id);
}
