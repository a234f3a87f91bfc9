import { formatId } from '@/contracts/ids';
import type { Approval, Someone } from './read';

/** What the audit log says of an approval: the act and both names, then what is so since. JSON text. */
export function actText(approval: Approval, state: Readonly<Record<string, unknown>>): string {
  const { verb, operationId, target, amountMinor, currency, maker, checker } = approval;
  return JSON.stringify({
    ...state,
    verb,
    operation: operationId,
    target: target.id,
    ...(amountMinor !== null && { amount: String(amountMinor), currency }),
    maker: nameOf(maker),
    ...(checker !== null && { checker: nameOf(checker) }),
  });
}

export function nameOf({ id, name }: Pick<Someone, 'id' | 'name'>): { id: string; name: string } {
  return { id: formatId('user', id), name };
}
