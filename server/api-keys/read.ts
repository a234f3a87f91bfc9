import { type Cursor, cursorId } from '@/contracts/lists';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly status: 'active' | 'expired' | 'revoked';
  readonly livemode: boolean;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly lastUsedAtMs: number | null;
  readonly replacedBy: string | null;
}

interface Row {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  expired: boolean;
  created_at_ms: string;
  expires_at_ms: string | null;
  revoked_at_ms: string | null;
  last_used_at_ms: string | null;
  replaced_by: string | null;
}

/** @param now number of the parameter that holds the clock's fixed time */
const columns = (
  now: number,
): string => `id, name, hint, scopes, coalesce(expires_at <= ${sqlNow(now)}, false) as expired,
  ${sqlMs('created_at')} as created_at_ms, ${sqlMs('expires_at')} as expires_at_ms, ${sqlMs('revoked_at')} as revoked_at_ms,
  ${sqlMs('last_used_at')} as last_used_at_ms, replaced_by`;

/**
 * @param id stored id, or null for what cannot be one
 * @throws Problem resource_missing
 */
export async function readApiKey(
  ctx: Context,
  id: string | null,
  { tx = ctx.db.pool, lock = false }: { tx?: Queryable; lock?: boolean } = {},
): Promise<ApiKey> {
  // `for update`: of two rotations of one key at once, the second sees what the first did.
  const { rows } = await tx.query<Row>(
    `select ${columns(2)} from api_keys where tenant_id = $1 and id = $3 ${lock ? 'for update' : ''}`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), id],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such API key.', { param: 'id' });
  return apiKeyOf(ctx, row);
}

/** Newest first, one more than asked for, so that the page knows whether there is another. */
export async function listApiKeys(
  ctx: Context,
  { limit, after }: { limit: number; after: Cursor | undefined },
): Promise<ApiKey[]> {
  const before = after === undefined ? null : cursorId(after);
  if (after !== undefined && before === null) {
    throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
      param: 'after',
    });
  }
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${columns(2)} from api_keys
     where tenant_id = $1 and ($3::bigint is null or id < $3) order by id desc limit $4`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), before, limit + 1],
  );
  return rows.map((row) => apiKeyOf(ctx, row));
}

function apiKeyOf(ctx: Context, row: Row): ApiKey {
  const ms = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    status: row.revoked_at_ms !== null ? 'revoked' : row.expired ? 'expired' : 'active',
    livemode: ctx.principal.mode === 'live',
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: ms(row.expires_at_ms),
    revokedAtMs: ms(row.revoked_at_ms),
    lastUsedAtMs: ms(row.last_used_at_ms),
    replacedBy: row.replaced_by,
  };
}
