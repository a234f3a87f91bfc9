import type { Queryable } from '@/server/kernel/sql-time';
import { type AuditRow, auditDigest, auditLinkHash } from './core/audit-hash';
import { GENESIS_HASH } from './core/hash';

/** Stands for a tenant's audit log among the accounts of a seal: no account has this id. */
export const AUDIT_ACCOUNT_ID = '0';

const PAGE = 500;

export const AUDIT_COLUMNS = `a.tenant_id, a.id, a.actor, a.credential, a.address, a.request_id, a.action, a.object_id,
  a.reason, a.before, a.after, (extract(epoch from a.created_at) * 1000)::bigint as created_at_ms`;

export interface StoredAuditRow {
  tenant_id: string;
  id: string;
  actor: string;
  credential: string | null;
  address: string | null;
  request_id: string;
  action: string;
  object_id: string;
  reason: string | null;
  before: string | null;
  after: string | null;
  created_at_ms: string;
}

export function toAuditRow(row: StoredAuditRow): AuditRow {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    actor: row.actor,
    credential: row.credential,
    address: row.address,
    requestId: row.request_id,
    action: row.action,
    objectId: row.object_id,
    reason: row.reason,
    before: row.before,
    after: row.after,
    createdAtMs: row.created_at_ms,
  };
}

export const AUDIT_PROBLEMS = {
  link_missing: 'links are missing before this one',
  row_missing: 'the row of this link is gone',
  row_altered: 'the row or its link is not what was chained',
  head_differs: 'the head is not the last link: the tail is missing or was changed',
  row_unlinked: 'the row has no link: it was written past the chain',
  seal_differs: 'the link is not the one that was sealed',
} as const;
export type AuditProblem = keyof typeof AUDIT_PROBLEMS;

export interface AuditBreak {
  readonly tenantId: string;
  readonly problem: AuditProblem;
  /** Null of a row that has no link. */
  readonly sequence: number | null;
  /** Null of a link or row that is not there. */
  readonly auditId: string | null;
}

type LinkRow = StoredAuditRow & { link_tenant: string; sequence: string; audit_id: string; hash: string };

/**
 * Everything that is wrong with the audit log's chains, of one tenant or of all: recomputed here, so that the functions
 * that append links are not their own judge. In the order of the chain, then what the chain does not show. Read it in
 * a transaction that sees one moment.
 */
export async function* auditBreaks(db: Queryable, tenantId: string | null): AsyncGenerator<AuditBreak> {
  yield* chainBreaks(db, tenantId);
  yield* rowsOf(db, 'head_differs', HEADS, tenantId);
  yield* rowsOf(db, 'row_unlinked', UNLINKED, tenantId);
  yield* rowsOf(db, 'seal_differs', SEALED, tenantId);
}

async function* chainBreaks(db: Queryable, only: string | null): AsyncGenerator<AuditBreak> {
  let at = { tenantId: only ?? '0', sequence: 0 };
  let hash = GENESIS_HASH;
  for (;;) {
    const { rows } = await db.query<LinkRow>(
      `select c.tenant_id as link_tenant, c.sequence, c.audit_id, encode(c.hash, 'hex') as hash, ${AUDIT_COLUMNS}
       from (
         select * from audit_chain
         where (tenant_id, sequence) > ($1::bigint, $2::bigint) and ($3::bigint is null or tenant_id = $3)
         order by tenant_id, sequence limit ${PAGE}
       ) c
       left join lateral (select * from audit_log x where x.tenant_id = c.tenant_id and x.id = c.audit_id) a on true
       order by c.tenant_id, c.sequence`,
      [at.tenantId, at.sequence, only],
    );
    for (const row of rows) {
      if (row.link_tenant !== at.tenantId) {
        at = { tenantId: row.link_tenant, sequence: 0 };
        hash = GENESIS_HASH;
      }
      const link = { tenantId: row.link_tenant, sequence: Number(row.sequence), auditId: row.audit_id };
      const broken = (problem: AuditProblem): AuditBreak => ({ ...link, problem });
      // `id` is null where the left join found no row.
      const isThere = (row.id as string | null) !== null;
      if (link.sequence !== at.sequence + 1) yield broken('link_missing');
      else if (!isThere) yield broken('row_missing');
      else if (auditLinkHash(hash, link, auditDigest(toAuditRow(row))) !== row.hash) yield broken('row_altered');
      at = { tenantId: link.tenantId, sequence: link.sequence };
      hash = row.hash;
    }
    if (rows.length < PAGE) return;
  }
}

/** A head without links, a last link that no head names, and a head that names another link than the last. */
const HEADS = `
  select coalesce(h.tenant_id, l.tenant_id) as tenant_id, coalesce(h.sequence, l.sequence) as sequence,
    c.audit_id
  from (select * from audit_heads where $1::bigint is null or tenant_id = $1) h
  full join (
    select tenant_id, max(sequence) as sequence from audit_chain where $1::bigint is null or tenant_id = $1
    group by tenant_id
  ) l on l.tenant_id = h.tenant_id
  left join audit_chain c on c.tenant_id = l.tenant_id and c.sequence = l.sequence
  where h.sequence is distinct from l.sequence or h.hash is distinct from c.hash
  order by 1`;

const UNLINKED = `
  select a.tenant_id, null as sequence, a.id as audit_id
  from audit_log a
  left join audit_chain c on c.tenant_id = a.tenant_id and c.audit_id = a.id
  where c.audit_id is null and ($1::bigint is null or a.tenant_id = $1)
  order by a.tenant_id, a.id limit ${PAGE}`;

const SEALED = `
  select h.tenant_id, h.sequence, c.audit_id
  from seal_heads h
  left join audit_chain c on c.tenant_id = h.tenant_id and c.sequence = h.sequence
  where h.account_id = ${AUDIT_ACCOUNT_ID} and ($1::bigint is null or h.tenant_id = $1)
    and c.hash is distinct from h.hash
  order by h.tenant_id, h.sequence limit ${PAGE}`;

async function* rowsOf(
  db: Queryable,
  problem: AuditProblem,
  sql: string,
  tenantId: string | null,
): AsyncGenerator<AuditBreak> {
  const { rows } = await db.query<{ tenant_id: string; sequence: string | null; audit_id: string | null }>(sql, [
    tenantId,
  ]);
  for (const row of rows) {
    yield {
      tenantId: row.tenant_id,
      problem,
      sequence: row.sequence === null ? null : Number(row.sequence),
      auditId: row.audit_id,
    };
  }
}
