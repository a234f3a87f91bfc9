import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import type { EndpointWithSecret } from './create-endpoint';
import { ROTATION_OVERLAP_HOURS, secretBoxOf, secretOwner } from './endpoint-secret';
import { readEndpoint } from './read-endpoints';
import { makeWebhookSecret } from './signature';

/**
 * Puts a new secret in an endpoint's. The old one signs beside it for a day, so that receivers can be moved over one by
 * one; one that was replaced before that is over.
 * @throws Problem resource_missing
 */
export function rotateSecret(ctx: Context, endpointId: string | null): Promise<EndpointWithSecret> {
  const secret = makeWebhookSecret();
  return inTransaction(ctx, async (tx) => {
    const { id } = await readEndpoint(ctx, endpointId, { tx, lock: true });
    await replaceSecret(ctx, tx, id, secret);
    const endpoint = await readEndpoint(ctx, id, { tx });
    const until = endpoint.previousSecretUntilMs;
    await recordChange(ctx, tx, {
      action: 'webhook_endpoint.secret_rotated',
      objectId: id,
      before: null,
      after: JSON.stringify({ previous_secret_until_ms: until }),
    });
    return { endpoint, secret };
  });
}

export async function replaceSecret(ctx: Context, tx: Queryable, endpointId: string, secret: string): Promise<void> {
  const { tenantId } = ctx.principal;
  await tx.query(
    `update webhook_endpoints set previous_secret = secret, secret = $4, updated_at = ${sqlNow(2)},
       previous_secret_until = ${sqlNow(2)} + interval '${ROTATION_OVERLAP_HOURS} hours'
     where tenant_id = $1 and id = $3`,
    [tenantId, ctx.clock.fixedMs(), endpointId, secretBoxOf(ctx).seal(secret, secretOwner(tenantId, endpointId))],
  );
}
