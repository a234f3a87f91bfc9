import type { Context } from '@/server/kernel/context';
import { stateToken } from './effect';
import { type Approval, readApproval } from './read';
import type { EffectAsOf } from './render-approval';
import { approvalRunner, type Look } from './runner';

export interface LookedAt {
  readonly approval: Approval;
  /** Null once nothing waits: then the effect is that of when it was asked. */
  readonly asOf: EffectAsOf | null;
  readonly state: string | null;
}

/**
 * An approval with what it would do now, worked out by running it up to where it would begin.
 * @throws Problem resource_missing
 */
export async function lookAtApproval(ctx: Context, id: string | null): Promise<LookedAt> {
  const approval = await readApproval(ctx, id);
  if (approval.status !== 'pending') return { approval, asOf: null, state: null };
  return lookedAt(ctx, approval, await approvalRunner(ctx.db).look(approval));
}

export function lookedAt(ctx: Pick<Context, 'clock'>, approval: Approval, look: Look): LookedAt {
  return {
    approval,
    asOf: { atMs: ctx.clock.fixedMs() ?? Date.now(), effect: look.effect, problem: look.problem },
    state: stateToken(approval, look.effect ?? look.problem),
  };
}
