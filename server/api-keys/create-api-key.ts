import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { makeSecret } from '@/server/kernel/secret';
import { inTransaction } from '@/server/kernel/transaction';
import { insertApiKey } from './insert-api-key';
import { type ApiKey, readApiKey } from './read';
import { requireGrantable } from './require-grantable';

export interface CreateApiKeyInput {
  readonly name: string;
  /** Those of the key that asks when null. */
  readonly scopes: readonly string[] | null;
  readonly expiresAtMs: number | null;
}

export interface NewApiKey {
  readonly key: ApiKey;
  /** In no log and no table: the caller has it or nobody has. */
  readonly secret: string;
}

/**
 * Makes a key of the caller's own tenant and so of its mode.
 * @throws Problem scope_missing when it would grant what the caller lacks, expires_at_past
 */
export function createApiKey(ctx: Context, input: CreateApiKeyInput): Promise<NewApiKey> {
  const scopes = [...new Set(input.scopes ?? ctx.principal.scopes)];
  requireGrantable(ctx.principal, scopes);
  const secret = makeSecret(ctx.principal.mode);
  return inTransaction(ctx, async (tx) => {
    const id = ctx.ledger.nextId();
    const { tenantId } = ctx.principal;
    await insertApiKey(
      tx,
      { tenantId, id, secret, name: input.name, scopes, expiresAtMs: input.expiresAtMs },
      ctx.clock.fixedMs(),
    );
    const key = await readApiKey(ctx, id, { tx });
    if (key.status === 'expired') {
      throw new Problem('expires_at_past', 'expires_at is in the past.', { param: 'expires_at' });
    }
    const after = JSON.stringify({ name: key.name, scopes, expires_at_ms: key.expiresAtMs });
    await recordChange(ctx, tx, { action: 'api_key.created', objectId: id, before: null, after });
    return { key, secret };
  });
}
