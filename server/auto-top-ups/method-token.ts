import { createHash } from 'node:crypto';
import type { SecretBox } from '@/server/kernel/secret-box';
import type { Queryable } from '@/server/kernel/sql-time';

/** What a card is charged by. Moved to another row it does not open. */
export function ownerOfToken(tenantId: string, methodId: string): string {
  return `payment_method:${tenantId}:${methodId}`;
}

/** For telling whether two are the same. A provider's token is long and random, so a plain hash gives nothing away. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const BATCH = 100;

/**
 * Seals anew what an older encryption key sealed, while everything goes on. Safe to run twice and at once.
 * @returns how many were sealed anew
 */
export async function reencryptTokens(db: Queryable, secretBox: SecretBox): Promise<number> {
  let count = 0;
  let after = { tenantId: '0', id: '0' };
  for (;;) {
    const { rows } = await db.query<{ tenant_id: string; id: string; token_sealed: string }>(
      `select tenant_id, id, token_sealed from payment_methods
       where token_sealed is not null and (tenant_id, id) > ($1::bigint, $2::bigint) order by tenant_id, id limit ${BATCH}`,
      [after.tenantId, after.id],
    );
    for (const row of rows.filter(({ token_sealed: sealed }) => secretBox.isStale(sealed))) {
      const owner = ownerOfToken(row.tenant_id, row.id);
      // Only over what was read: one that was detached in the meantime stays forgotten.
      const { rowCount } = await db.query(
        'update payment_methods set token_sealed = $4 where tenant_id = $1 and id = $2 and token_sealed = $3',
        [row.tenant_id, row.id, row.token_sealed, secretBox.seal(secretBox.open(row.token_sealed, owner), owner)],
      );
      count += rowCount ?? 0;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return count;
    after = { tenantId: last.tenant_id, id: last.id };
  }
}
