import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { type ApiKey, readApiKey } from './read';

export interface RevokeApiKeyInput {
  readonly keyId: string | null;
  readonly reason: string | null;
}

/**
 * Ends a key everywhere within a second. Repeating it is a success that changes nothing.
 * @throws Problem resource_missing
 */
export function revokeApiKey(ctx: Context, input: RevokeApiKeyInput): Promise<ApiKey> {
  return inTransaction(ctx, async (tx) => {
    const key = await readApiKey(ctx, input.keyId, { tx, lock: true });
    if (key.status === 'revoked') return key;
    await tx.query(`update api_keys set revoked_at = ${sqlNow(2)} where tenant_id = $1 and id = $3`, [
      ctx.principal.tenantId,
      ctx.clock.fixedMs(),
      key.id,
    ]);
    const status = (value: string): string => JSON.stringify({ status: value });
    await recordChange(ctx, tx, {
      action: 'api_key.revoked',
      objectId: key.id,
      reason: input.reason,
      before: status(key.status),
      after: status('revoked'),
    });
    return readApiKey(ctx, key.id, { tx });
  });
}
