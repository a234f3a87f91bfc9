import type { Origin } from '@/server/ledger/core/types';
import type { Context } from './context';

/** Who caused a change, as journals and the audit log say it: by which credential, from where, in which request. */
export function originOf(ctx: Context): Origin {
  const { actor } = ctx.principal;
  return { actor, requestId: ctx.requestId, credential: credentialOf(ctx), address: ctx.address };
}

/** The credential itself, where the actor does not name it: the session of a log-in. */
export function credentialOf({ principal }: Context): string {
  return principal.kind === 'login' ? `session:${principal.credentialId}` : principal.actor;
}
