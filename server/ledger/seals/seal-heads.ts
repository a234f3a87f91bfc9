import type pg from 'pg';
import { AUDIT_ACCOUNT_ID } from '../audit-chain';
import { FIRST_SEAL, type Seal, type SealKey, signSeal } from './seal';

/**
 * Seals a tenant's heads that moved since its last seal, the audit log's among them as account 0. Returns the seal, or null when nothing moved.
 * Guarantee: one sealer a tenant at a time (transaction lock), all heads of one moment (repeatable read).
 */
export async function sealHeads(
  pool: pg.Pool,
  tenantId: string,
  key: SealKey,
  nextId: () => string,
  nowMs: number | null,
): Promise<Seal | null> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`pesewa.seal.${tenantId}`]);
    const seal = await sealIn(client, tenantId, key, nextId(), nowMs);
    await client.query('commit');
    client.release();
    return seal;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    client.release(true);
    throw error;
  }
}

async function sealIn(
  tx: pg.ClientBase,
  tenantId: string,
  key: SealKey,
  sealId: string,
  nowMs: number | null,
): Promise<Seal | null> {
  const { rows: moved } = await tx.query<{ id: string; sequence: string; hash: string }>(
    `select a.id, a.sequence, encode(a.hash, 'hex') as hash
     from (
       select id, sequence, head_hash as hash from accounts where tenant_id = $1
       union all
       select $2::bigint, sequence, hash from audit_heads where tenant_id = $1
     ) a
     where a.sequence > coalesce((
       select h.sequence from seal_heads h where h.tenant_id = $1 and h.account_id = a.id
       order by h.seal_id desc limit 1
     ), 0)
     order by a.id`,
    [tenantId, AUDIT_ACCOUNT_ID],
  );
  if (moved.length === 0) return null;
  const { rows: last } = await tx.query<{ digest: string }>(
    'select digest from seals where tenant_id = $1 order by id desc limit 1',
    [tenantId],
  );
  const { rows: time } = await tx.query<{ now_ms: string }>(
    'select (extract(epoch from now()) * 1000)::bigint as now_ms',
  );
  const seal = signSeal(
    {
      version: 1,
      tenantId,
      sealId,
      sealedAtMs: nowMs ?? Number(time[0]?.now_ms),
      previousDigest: last[0]?.digest ?? FIRST_SEAL,
      heads: moved.map((head) => ({ accountId: head.id, sequence: Number(head.sequence), hash: head.hash })),
    },
    key,
  );
  await tx.query('insert into seal_keys (id, public_key) values ($1, $2) on conflict (id) do nothing', [
    key.id,
    key.publicKeyPem,
  ]);
  await tx.query(
    `insert into seals (tenant_id, id, sealed_at, previous_digest, digest, signature, key_id)
     values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7)`,
    [tenantId, sealId, seal.sealedAtMs, seal.previousDigest, seal.digest, seal.signature, seal.keyId],
  );
  await tx.query(
    `insert into seal_heads (tenant_id, seal_id, account_id, sequence, hash)
     select $1, $2, h.account_id, h.sequence, decode(h.hash, 'hex')
     from unnest($3::bigint[], $4::bigint[], $5::text[]) as h (account_id, sequence, hash)`,
    [tenantId, sealId, moved.map((h) => h.id), moved.map((h) => h.sequence), moved.map((h) => h.hash)],
  );
  return seal;
}
