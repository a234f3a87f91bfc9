import type { Queryable } from '@/server/kernel/sql-time';
import { AUDIT_ACCOUNT_ID, AUDIT_COLUMNS, type StoredAuditRow, toAuditRow } from '../audit-chain';
import { auditDigest, auditLinkHash } from '../core/audit-hash';
import { headFault } from './head-fault';
import type { Seal } from './seal';

/** A tenant's audit chain as handed out: every link, and the digest of its row (its content stays ours). */
export interface ExportedAuditChain {
  readonly tenantId: string;
  readonly links: readonly {
    readonly sequence: number;
    readonly auditId: string;
    readonly digest: string;
    readonly hash: string;
  }[];
}

export async function exportAuditChain(db: Queryable, tenantId: string): Promise<ExportedAuditChain> {
  const { rows } = await db.query<StoredAuditRow & { sequence: string; audit_id: string; hash: string }>(
    `select c.sequence, c.audit_id, encode(c.hash, 'hex') as hash, ${AUDIT_COLUMNS}
     from audit_chain c left join audit_log a on a.tenant_id = c.tenant_id and a.id = c.audit_id
     where c.tenant_id = $1 order by c.sequence`,
    [tenantId],
  );
  return {
    tenantId,
    links: rows.map((row) => ({
      sequence: Number(row.sequence),
      auditId: row.audit_id,
      // A row that is gone has no digest, and the link will not hash.
      digest: (row.id as string | null) === null ? '' : auditDigest(toAuditRow(row)),
      hash: row.hash,
    })),
  };
}

/** Why an audit chain does not lead to a seal's head of it, or null when it does. */
export function auditChainFault({ tenantId, links }: ExportedAuditChain, seal: Seal): string | null {
  const steps = links.map((link) => ({
    sequence: link.sequence,
    hash: link.hash,
    hashAfter: (previousHash: string) => auditLinkHash(previousHash, { tenantId, ...link }, link.digest),
  }));
  return headFault(steps, { tenantId, accountId: AUDIT_ACCOUNT_ID, step: 'link' }, seal);
}
