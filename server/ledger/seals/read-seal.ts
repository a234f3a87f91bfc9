import type pg from 'pg';
import type { Seal } from './seal';

type Queryable = Pick<pg.ClientBase, 'query'>;

interface SealRow {
  tenant_id: string;
  id: string;
  sealed_at_ms: string;
  previous_digest: string;
  digest: string;
  signature: string;
  key_id: string;
}

/** Seals in order, oldest first, a page at a time. */
export async function readSeals(
  db: Queryable,
  after: { tenantId: string; sealId: string },
  limit: number,
): Promise<Seal[]> {
  const { rows } = await db.query<SealRow>(
    `select tenant_id, id, (extract(epoch from sealed_at) * 1000)::bigint as sealed_at_ms, previous_digest, digest,
       signature, key_id
     from seals where (tenant_id, id) > ($1::bigint, $2::bigint) order by tenant_id, id limit $3`,
    [after.tenantId, after.sealId, limit],
  );
  const seals: Seal[] = [];
  for (const row of rows) seals.push(await withHeads(db, row));
  return seals;
}

/** A tenant's newest seal, or the one of that id. */
export async function readSeal(db: Queryable, tenantId: string, sealId: string | null): Promise<Seal | null> {
  const { rows } = await db.query<SealRow>(
    `select tenant_id, id, (extract(epoch from sealed_at) * 1000)::bigint as sealed_at_ms, previous_digest, digest,
       signature, key_id
     from seals where tenant_id = $1 and ($2::bigint is null or id = $2) order by id desc limit 1`,
    [tenantId, sealId],
  );
  const row = rows[0];
  return row === undefined ? null : withHeads(db, row);
}

async function withHeads(db: Queryable, row: SealRow): Promise<Seal> {
  const { rows } = await db.query<{ account_id: string; sequence: string; hash: string }>(
    `select account_id, sequence, encode(hash, 'hex') as hash from seal_heads
     where tenant_id = $1 and seal_id = $2 order by account_id`,
    [row.tenant_id, row.id],
  );
  return {
    version: 1,
    tenantId: row.tenant_id,
    sealId: row.id,
    sealedAtMs: Number(row.sealed_at_ms),
    previousDigest: row.previous_digest,
    heads: rows.map((head) => ({ accountId: head.account_id, sequence: Number(head.sequence), hash: head.hash })),
    digest: row.digest,
    signature: row.signature,
    keyId: row.key_id,
  };
}
