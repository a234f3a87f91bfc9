import type { Context } from '@/server/kernel/context';
import type { AuditNote } from '@/server/ledger/core/types';

/**
 * The audit note of what a person does by hand with a wallet's money. A program's movements have the journal, or the
 * hold, as their trail, which names key and request; and a debit by a key must not wait for the audit log's head.
 * @param note what it was done to, and what is so since; not asked for by a key's request, which is the hot path
 */
export function byHand(
  { principal }: Context,
  action:
    | 'transaction.credited'
    | 'transaction.debited'
    | 'transaction.transferred'
    | 'hold.created'
    | 'hold.captured'
    | 'hold.voided',
  note: () => { readonly objectId: string; readonly facts: Readonly<Record<string, string | null>> },
): { readonly audit?: AuditNote } {
  if (principal.kind !== 'login') return {};
  const { objectId, facts } = note();
  return { audit: { action, objectId, reason: null, before: null, after: JSON.stringify(facts) } };
}
