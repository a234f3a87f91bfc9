import { storedSecret } from '@/server/kernel/secret';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

export interface NewApiKeyRow {
  readonly tenantId: string;
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number | null;
}

/** The one statement that stores a key: of the secret only its hash and a hint. */
export async function insertApiKey(tx: Queryable, key: NewApiKeyRow, fixedMs: number | null): Promise<void> {
  const { lookupId, hash, hint } = storedSecret(key.secret);
  await tx.query(
    `insert into api_keys (tenant_id, id, lookup_id, secret_hash, hint, name, scopes, expires_at, created_at)
     values ($1, $3, $4, $5, $6, $7, $8, to_timestamp($9::bigint / 1000.0), ${sqlNow(2)})`,
    [key.tenantId, fixedMs, key.id, lookupId, hash, hint, key.name, key.scopes, key.expiresAtMs],
  );
}
