import type { Outcome } from '@/server/ledger/core/types';
import type { LedgerAnswer } from '@/server/ledger/ledger';
import type { Context } from './context';
import { Problem } from './problem';

/**
 * The answer under an Idempotency-Key for a command of the ledger, or a group of them: rendered inside the batch, so that
 * it commits with the books it speaks of. Null when the request carries no key.
 * @param toResult the verb's own: an outcome to its result, or a Problem thrown. Pure.
 */
export function ledgerAnswer<Decided = Outcome>(
  ctx: Context,
  toResult: (decided: Decided) => unknown,
): LedgerAnswer<Decided> | null {
  const slot = ctx.answer;
  if (slot === null) return null;
  return {
    tenantId: slot.tenantId,
    key: slot.key,
    fingerprint: slot.fingerprint,
    render(decided) {
      const reply = replyTo(decided);
      return { status: reply.status, body: JSON.stringify(reply.body) };
    },
  };

  function replyTo(decided: Decided) {
    let result: unknown;
    try {
      result = toResult(decided);
    } catch (error) {
      if (error instanceof Problem && slot !== null) return slot.renderProblem(error);
      throw error;
    }
    return (slot as NonNullable<typeof slot>).render(result);
  }
}
