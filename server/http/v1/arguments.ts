import { parseEntryId, parseId } from '@/contracts/ids';
import { type Cursor, cursorId } from '@/contracts/lists';
import { methodNotFound } from '@/server/auto-top-ups/read-methods';
import { Problem } from '@/server/kernel/problem';
import { refundNotFound } from '@/server/refunds/read';
import { topUpNotFound } from '@/server/top-ups/read';
import { walletNotFound } from '@/server/wallets/read';
import { transactionNotFound } from '@/server/wallets/read-transactions';

/** From the words of the wire to the verbs': an id that cannot be one names something that is not there. */

export function walletIdOf(text: string): string {
  return parseId('wallet', text) ?? walletNotFound();
}

export function holdIdOf(text: string): string {
  const id = parseId('hold', text);
  if (id === null) throw new Problem('resource_missing', 'There is no such hold.');
  return id;
}

export function topUpIdOf(text: string): string {
  const id = parseId('topup', text);
  if (id === null) throw topUpNotFound();
  return id;
}

export function refundIdOf(text: string): string {
  const id = parseId('refund', text);
  if (id === null) throw refundNotFound();
  return id;
}

export function paymentMethodIdOf(text: string): string {
  const id = parseId('paymentMethod', text);
  if (id === null) throw methodNotFound();
  return id;
}

export function transactionIdOf(text: string): { journalId: string; leg: number } {
  return parseEntryId(text) ?? transactionNotFound();
}

/** The JSON text that is stored and hashed; null when absent. */
export function metadataText(metadata: Readonly<Record<string, unknown>> | undefined): string | null {
  return metadata === undefined ? null : JSON.stringify(metadata);
}

/** The one integer a cursor of most lists holds. */
export function afterInteger(cursor: Cursor | undefined): string | null {
  if (cursor === undefined) return null;
  return cursorId(cursor) ?? foreignCursor();
}

export function foreignCursor(): never {
  throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
    param: 'after',
  });
}
