import type { Outcome } from '@/server/ledger/core/types';
import type { LedgerAnswer } from '@/server/ledger/ledger';
import type { Context } from './context';
import { Problem } from './problem';

/**
 * The answer under an Idempotency-Key for a command of the ledger: rendered inside the batch, so that it commits with
 * the books it speaks of. Null when the request carries no key.
 * @param toResult the verb's own: an outcome to its result, or a Problem thrown. Pure.
 */
export function ledgerAnswer(ctx: Context, toResult: (outcome: Outcome) => unknown): LedgerAnswer | null {
  const slot = ctx.answer;
  if (slot === null) return null;
  return {
    tenantId: slot.tenantId,
    key: slot.key,
    fingerprint: slot.fingerprint,
    render(outcome) {
      const reply = replyTo(outcome);
      return { status: reply.status, body: JSON.stringify(reply.body) };
    },
  };

  function replyTo(outcome: Outcome) {
    let result: unknown;
    try {
      result = toResult(outcome);
    } catch (error) {
      if (error instanceof Problem && slot !== null) return slot.renderProblem(error);
      throw error;
    }
    return (slot as NonNullable<typeof slot>).render(result);
  }
}
