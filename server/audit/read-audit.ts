import type { RowClient } from '@/contracts/all-clients';
import { type BooksOfList, ownBooks } from '@/server/clients/books-of-list';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';
import { AUDIT_COLUMNS, type StoredAuditRow, toAuditRow } from '@/server/ledger/audit-chain';
import type { AuditRow } from '@/server/ledger/core/audit-hash';
import { GENESIS_HASH } from '@/server/ledger/core/hash';
import { storedActors, storedObjectIds } from './names';

/** A row of the audit log in its place in the chain, and who did it by name. */
export interface AuditView {
  readonly row: AuditRow;
  /** Null, as the hashes, of a row that was written past the chain. */
  readonly sequence: number | null;
  readonly hash: string | null;
  readonly previousHash: string | null;
  readonly actorName: string | null;
  readonly actorEmail: string | null;
  readonly actorRole: string | null;
  /** What people call its object, where `nameTargets` found out. */
  readonly targetName: string | null;
  /** Whose it is, where rows of every client stand together. */
  readonly client: RowClient | null;
  readonly livemode: boolean;
}

/** As the wire gives them: actors and objects by public id or stored form. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  /** Exact, or every one that begins so where it ends with a dot. */
  readonly action?: string | undefined;
  readonly objectId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly fromMs?: number | undefined;
  /** Excluded. */
  readonly toMs?: number | undefined;
}

type Row = StoredAuditRow & {
  sequence: string | null;
  hash: string | null;
  previous_hash: string | null;
  actor_name: string | null;
  actor_email: string | null;
  actor_role: string | null;
  client_code: string | null;
  client_name: string | null;
};

/**
 * A user's e-mail address is shown to their own client and to the operator: a client sees which of the operator's people
 * did something, and not how to write to them.
 * @param rows a select of audit_log's rows with whose they are; $2 is whether the operator asks
 */
const viewSql = (rows: string): string => `
  select ${AUDIT_COLUMNS}, c.sequence, encode(c.hash, 'hex') as hash, encode(p.hash, 'hex') as previous_hash,
    coalesce(k.name, u.name) as actor_name, case when $2::boolean or u.is_own then u.email end as actor_email,
    u.role as actor_role, a.client_code, a.client_name
  from (${rows}) a
  left join audit_chain c on c.tenant_id = a.tenant_id and c.audit_id = a.id
  left join audit_chain p on p.tenant_id = c.tenant_id and p.sequence = c.sequence - 1
  left join lateral (
    select x.name from api_keys x
    where x.tenant_id = a.tenant_id and x.id = substring(a.actor from '^api_key:([0-9]{1,18}|[1-8][0-9]{18})$')::bigint
  ) k on true
  left join lateral (
    select x.name, x.email, x.role, x.client_id = (select t.client_id from tenants t where t.id = a.tenant_id) as is_own
    from users x where x.id = substring(a.actor from '^user:([0-9]{1,18}|[1-8][0-9]{18})$')::bigint
  ) u on true
  order by a.id desc`;

/**
 * An audit log, newest first; with the books of every client, theirs together.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readAudit(
  ctx: Context,
  filter: AuditFilter,
  page: { readonly limit: number; readonly afterId: string | null },
  books: BooksOfList = ownBooks(ctx),
): Promise<AuditView[]> {
  const values: unknown[] = [books.value, ctx.principal.isOperator, page.limit + 1];
  const conditions = ['x.tenant_id = t.id', ...conditionsOf(filter, page.afterId, values)];
  const { rows } = await ctx.db.pool.query<Row>(
    viewSql(
      `select x.*, c.code as client_code, c.name as client_name
       from tenants t join clients c on c.id = t.client_id
       cross join lateral (
         select * from audit_log x where ${conditions.join(' and ')} order by x.id desc limit $3
       ) x
       where ${books.sql(1)} order by x.id desc limit $3`,
    ),
    values,
  );
  return rows.map((row) => toView(ctx, row, books.clientOf(row)));
}

const EXPORT_PAGE = 500;

/** Every row that matches, newest first, a page at a time; what is written meanwhile is not in it. */
export async function* exportAudit(
  ctx: Context,
  filter: AuditFilter,
  afterId: string | null,
  books: BooksOfList = ownBooks(ctx),
): AsyncGenerator<readonly AuditView[]> {
  let after = afterId;
  for (;;) {
    const views = await readAudit(ctx, filter, { limit: EXPORT_PAGE, afterId: after }, books);
    const page = views.slice(0, EXPORT_PAGE);
    if (page.length > 0) yield page;
    if (views.length <= EXPORT_PAGE) return;
    after = page.at(-1)?.row.id ?? null;
  }
}

/** @throws Problem resource_missing: absent or another client's. */
export async function readAuditEntry(ctx: Context, id: string | null, db: Queryable = ctx.db.pool): Promise<AuditView> {
  const { rows } = await db.query<Row>(
    viewSql(
      `select x.*, null::text as client_code, null::text as client_name from audit_log x
       where x.tenant_id = $1 and x.id = $3`,
    ),
    [ctx.principal.tenantId, ctx.principal.isOperator, id],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such entry of the audit log.');
  return toView(ctx, row, null);
}

function conditionsOf(filter: AuditFilter, afterId: string | null, values: unknown[]): string[] {
  const conditions: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  const { actor, action, objectId, requestId, fromMs, toMs } = filter;
  const instant = (parameter: string): string =>
    `timestamptz 'epoch' + ${parameter}::bigint * interval '1 millisecond'`;
  add(afterId, (p) => `x.id < ${p}`);
  add(actor && storedActors(actor), (p) => `x.actor = any (${p}::text[])`);
  add(action, (p) => (action?.endsWith('.') ? `starts_with(x.action, ${p})` : `x.action = ${p}`));
  add(objectId && storedObjectIds(objectId), (p) => `x.object_id = any (${p}::text[])`);
  add(requestId, (p) => `x.request_id = ${p}`);
  add(fromMs, (p) => `x.created_at >= ${instant(p)}`);
  add(toMs, (p) => `x.created_at < ${instant(p)}`);
  return conditions;
}

function toView(ctx: Context, row: Row, client: RowClient | null): AuditView {
  const sequence = row.sequence === null ? null : Number(row.sequence);
  return {
    row: toAuditRow(row),
    sequence,
    hash: row.hash,
    previousHash: sequence === 1 ? GENESIS_HASH : row.previous_hash,
    actorName: row.actor_name,
    actorEmail: row.actor_email,
    actorRole: row.actor_role,
    targetName: null,
    client,
    livemode: ctx.principal.mode === 'live',
  };
}
