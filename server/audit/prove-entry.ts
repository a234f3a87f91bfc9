import type { Context } from '@/server/kernel/context';
import { sqlMs } from '@/server/kernel/sql-time';
import { AUDIT_ACCOUNT_ID } from '@/server/ledger/audit-chain';
import { auditContent, auditDigest, auditLinkHash, auditLinkText } from '@/server/ledger/core/audit-hash';
import { nameTargets } from './name-targets';
import { type AuditView, readAuditEntry } from './read-audit';

export interface AuditProof {
  readonly verified: boolean;
  readonly content: string;
  readonly digest: string;
  /** Null, as `verified` is false, of a row without a link. */
  readonly link: string | null;
  readonly seal: { id: string; keyId: string; sequence: number; sealedAtMs: number } | null;
}

export interface ProvenEntry {
  readonly view: AuditView;
  readonly proof: AuditProof;
}

/**
 * An entry with what its link hashes, recomputed, and the first seal that covers it.
 * @throws Problem resource_missing
 */
export async function proveEntry(ctx: Context, id: string | null): Promise<ProvenEntry> {
  const [view] = (await nameTargets(ctx, [await readAuditEntry(ctx, id)])) as [AuditView];
  const { row, sequence, previousHash, hash } = view;
  const digest = auditDigest(row);
  const content = auditContent(row);
  if (sequence === null || previousHash === null) {
    return { view, proof: { verified: false, content, digest, link: null, seal: null } };
  }
  const place = { tenantId: row.tenantId, sequence, auditId: row.id };
  const verified = auditLinkHash(previousHash, place, digest) === hash;
  const link = auditLinkText(previousHash, place, digest);
  return { view, proof: { verified, content, digest, link, seal: await sealOver(ctx, sequence) } };
}

async function sealOver(ctx: Context, sequence: number): Promise<AuditProof['seal']> {
  const { rows } = await ctx.db.pool.query<{ id: string; key_id: string; sequence: string; sealed_at_ms: string }>(
    `select s.id, s.key_id, h.sequence, ${sqlMs('s.sealed_at')} as sealed_at_ms
     from seal_heads h join seals s on s.tenant_id = h.tenant_id and s.id = h.seal_id
     where h.tenant_id = $1 and h.account_id = ${AUDIT_ACCOUNT_ID} and h.sequence >= $2
     order by h.seal_id limit 1`,
    [ctx.principal.tenantId, sequence],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return { id: row.id, keyId: row.key_id, sequence: Number(row.sequence), sealedAtMs: Number(row.sealed_at_ms) };
}
