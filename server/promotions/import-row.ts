import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

export type ImportState = 'checked' | 'issuing' | 'stopping' | 'done' | 'stopped' | 'discarded';

/** An import as stored. */
export interface PromotionImport {
  readonly id: string;
  readonly tenantId: string;
  readonly clientCode: string;
  readonly mode: 'live' | 'test';
  readonly promotionId: string | null;
  readonly promotionCode: string | null;
  readonly fileName: string | null;
  readonly description: string;
  readonly priority: number;
  readonly state: ImportState;
  readonly rowCount: number;
  readonly readyCount: number;
  readonly refusedCount: number;
  readonly issuedCount: number;
  readonly failedCount: number;
  readonly reservedMinor: bigint;
  readonly issuedBy: string | null;
  readonly issueRequestId: string | null;
  readonly createdByName: string | null;
  readonly issuedByName: string | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

export interface ImportRow {
  id: string;
  tenant_id: string;
  client_code: string;
  mode: 'live' | 'test';
  promotion_id: string | null;
  promotion_code: string | null;
  file_name: string | null;
  description: string;
  priority: number;
  state: ImportState;
  row_count: number;
  ready_count: number;
  refused_count: number;
  issued_count: number;
  failed_count: number;
  reserved_minor: string;
  issued_by: string | null;
  issue_request_id: string | null;
  created_by_name: string | null;
  issued_by_name: string | null;
  created_at_ms: string;
  started_at_ms: string | null;
  ended_at_ms: string | null;
}

const nameOf = (actor: string): string => `coalesce(
  (select k.name from api_keys k where k.tenant_id = i.tenant_id and k.id = substring(${actor} from '^api_key:([0-9]{1,18})$')::bigint),
  (select u.name from users u where u.id = substring(${actor} from '^user:([0-9]{1,18})$')::bigint))`;

/** Of `IMPORTS`, for `toImport`. */
export const IMPORT_COLUMNS = `i.id, i.tenant_id, c.code as client_code, t.mode, i.promotion_id, p.code as promotion_code, i.file_name,
  i.description, i.priority, i.state, i.row_count, i.ready_count, i.refused_count, i.issued_count, i.failed_count,
  i.reserved_minor, i.issued_by, i.issue_request_id, ${nameOf('i.actor')} as created_by_name,
  ${nameOf('i.issued_by')} as issued_by_name, ${sqlMs('i.created_at')} as created_at_ms,
  ${sqlMs('i.started_at')} as started_at_ms, ${sqlMs('i.ended_at')} as ended_at_ms`;

export const IMPORTS = `promotion_imports i join tenants t on t.id = i.tenant_id join clients c on c.id = t.client_id
  left join promotions p on p.tenant_id = i.tenant_id and p.id = i.promotion_id`;

export function toImport(row: ImportRow): PromotionImport {
  const time = (ms: string | null): number | null => (ms === null ? null : Number(ms));
  return {
    id: row.id,
    tenantId: row.tenant_id,
    clientCode: row.client_code,
    mode: row.mode,
    promotionId: row.promotion_id,
    promotionCode: row.promotion_code,
    fileName: row.file_name,
    description: row.description,
    priority: row.priority,
    state: row.state,
    rowCount: row.row_count,
    readyCount: row.ready_count,
    refusedCount: row.refused_count,
    issuedCount: row.issued_count,
    failedCount: row.failed_count,
    reservedMinor: BigInt(row.reserved_minor),
    issuedBy: row.issued_by,
    issueRequestId: row.issue_request_id,
    createdByName: row.created_by_name,
    issuedByName: row.issued_by_name,
    createdAtMs: Number(row.created_at_ms),
    startedAtMs: time(row.started_at_ms),
    endedAtMs: time(row.ended_at_ms),
  };
}

/**
 * @param lock what is decided on the row holds until the transaction ends
 * @throws Problem resource_missing
 */
export async function findImport(
  ctx: Context,
  id: string | null,
  db: Queryable = ctx.db.pool,
  lock = false,
): Promise<PromotionImport> {
  const visible = booksVisible(ctx, 2);
  const { rows } = await db.query<ImportRow>(
    `select ${IMPORT_COLUMNS} from ${IMPORTS} where i.id = $1 and ${visible.sql} ${lock ? 'for update of i' : ''}`,
    [id, ...visible.values],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such import.', { param: 'id' });
  return toImport(row);
}
