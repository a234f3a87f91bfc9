import type { Context } from '@/server/kernel/context';
import type { SecretBox } from '@/server/kernel/secret-box';

/** Whose a sealed webhook secret is: moved to another endpoint's row it does not open. */
export const secretOwner = (tenantId: string, endpointId: string): string =>
  `webhook_endpoint:${tenantId}:${endpointId}`;

export function secretBoxOf(ctx: Context): SecretBox {
  if (ctx.secretBox === undefined) throw new Error('No request asks, so there is no secret to make or read.');
  return ctx.secretBox;
}

/** How long a rotated secret signs beside the new one. */
export const ROTATION_OVERLAP_HOURS = 24;
