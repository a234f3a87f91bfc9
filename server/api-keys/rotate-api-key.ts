import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { makeSecret } from '@/server/kernel/secret';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import type { NewApiKey } from './create-api-key';
import { insertApiKey } from './insert-api-key';
import { readApiKey } from './read';
import { requireGrantable } from './require-grantable';

export interface RotateApiKeyInput {
  readonly keyId: string | null;
  readonly overlapSeconds: number;
}

/**
 * Puts a new key with the same name, scopes and expiry in an old one's place. The old one works on for the overlap, so
 * that servers can be moved over one by one.
 * @throws Problem resource_missing, key_not_active, scope_missing
 */
export function rotateApiKey(ctx: Context, input: RotateApiKeyInput): Promise<NewApiKey> {
  const secret = makeSecret(ctx.principal.mode);
  return inTransaction(ctx, async (tx) => {
    const { tenantId } = ctx.principal;
    const old = await readApiKey(ctx, input.keyId, { tx, lock: true });
    // The new secret is the caller's: rotating a stronger key must not be a way to its scopes.
    requireGrantable(ctx.principal, old.scopes);
    if (old.status !== 'active' || old.replacedBy !== null) {
      const state = old.replacedBy === null ? old.status : 'replaced already';
      throw new Problem('key_not_active', `The key is ${state}, so it cannot be rotated.`, { param: 'id' });
    }
    const id = ctx.ledger.nextId();
    const { name, scopes, expiresAtMs } = old;
    await insertApiKey(tx, { tenantId, id, secret, name, scopes, expiresAtMs }, ctx.clock.fixedMs());
    // The servers are the same, so are their addresses.
    await tx.query(
      `update api_keys k set allowed_ips = old.allowed_ips from api_keys old
       where k.tenant_id = $1 and k.id = $2 and old.tenant_id = $1 and old.id = $3`,
      [tenantId, id, old.id],
    );
    // Never later than it would have expired anyway.
    await tx.query(
      `update api_keys set replaced_by = $4, expires_at = least(expires_at, ${sqlNow(2)} + $5 * interval '1 second')
       where tenant_id = $1 and id = $3`,
      [tenantId, ctx.clock.fixedMs(), old.id, id, input.overlapSeconds],
    );
    const before = JSON.stringify({ expires_at_ms: old.expiresAtMs });
    const after = JSON.stringify({ replaced_by: id, overlap_seconds: input.overlapSeconds });
    await recordChange(ctx, tx, { action: 'api_key.rotated', objectId: old.id, before, after });
    return { key: await readApiKey(ctx, id, { tx }), secret };
  });
}
