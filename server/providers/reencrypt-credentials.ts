import type { SecretBox } from '@/server/kernel/secret-box';
import type { Queryable } from '@/server/kernel/sql-time';
import { credentialsOwner } from './credentials';

const BATCH = 100;

/**
 * Seals anew what an older encryption key sealed, while everything goes on. Once it answers 0, the old key may leave the
 * settings. Safe to run twice and at once.
 * @returns how many were sealed anew
 */
export async function reencryptCredentials(db: Queryable, secretBox: SecretBox): Promise<number> {
  let count = 0;
  let after = { tenantId: '0', id: '0' };
  for (;;) {
    const { rows } = await db.query<{ tenant_id: string; id: string; entry: string; sealed: string }>(
      `select tenant_id, id, entry, sealed from provider_credentials
       where (tenant_id, id) > ($1::bigint, $2::bigint) order by tenant_id, id limit ${BATCH}`,
      [after.tenantId, after.id],
    );
    for (const row of rows.filter(({ sealed }) => secretBox.isStale(sealed))) {
      const owner = credentialsOwner(row.tenant_id, row.entry, row.id);
      const sealed = secretBox.seal(secretBox.open(row.sealed, owner), owner);
      // Only over what was read: credentials set in the meantime are newer than these.
      const { rowCount } = await db.query(
        'update provider_credentials set sealed = $4 where tenant_id = $1 and id = $2 and sealed = $3',
        [row.tenant_id, row.id, row.sealed, sealed],
      );
      count += rowCount ?? 0;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return count;
    after = { tenantId: last.tenant_id, id: last.id };
  }
}
