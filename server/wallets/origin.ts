import type { Context } from '@/server/kernel/context';
import type { Origin } from '@/server/ledger/core/types';

/** Who caused a change, as journals and the audit log say it. */
export function originOf(ctx: Context): Origin {
  return { actor: ctx.principal.actor, requestId: ctx.requestId };
}
