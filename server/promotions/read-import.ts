import { formatId } from '@/contracts/ids';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';
import {
  findImport,
  IMPORT_COLUMNS,
  IMPORTS,
  type ImportRow,
  type ImportState,
  type PromotionImport,
  toImport,
} from './import-row';

export interface ImportTotal {
  readonly currency: string;
  readonly rows: number;
  readonly amountMinor: bigint;
  readonly smallestMinor: bigint;
  readonly largestMinor: bigint;
  readonly issuedMinor: bigint;
  readonly readyMinor: bigint;
  /** Credit-positive, as every balance. */
  readonly expenseMinor: bigint;
}

export interface ImportExpiry {
  readonly date: string | null;
  readonly currency: string;
  readonly rows: number;
  readonly amountMinor: bigint;
}

export interface ImportView extends PromotionImport {
  readonly totals: readonly ImportTotal[];
  readonly expiries: readonly ImportExpiry[];
  readonly repeatedRecipients: number;
  readonly endpoints: number;
  /** Stored id of the approval that its issue waits for. */
  readonly approvalId: string | null;
}

/** @throws Problem resource_missing */
export async function readImport(ctx: Context, id: string | null): Promise<ImportView> {
  return viewOfImport(ctx, await findImport(ctx, id));
}

/** With what its rows come to. */
export async function viewOfImport(
  ctx: Context,
  found: PromotionImport,
  db: Queryable = ctx.db.pool,
): Promise<ImportView> {
  const values = [found.tenantId, found.id];
  const { rows: totals } = await db.query<{
    currency: string;
    rows: number;
    amount: string;
    smallest: string;
    largest: string;
    issued: string;
    ready: string;
    expense: string | null;
  }>(
    `select q.*, (
       select a.balance_minor from accounts a
       where a.tenant_id = $1 and a.type = 'PROMOTION_EXPENSE' and a.currency = q.currency and a.is_system
     ) as expense
     from (
       select r.currency, count(*)::int as rows, sum(r.amount_minor)::text as amount, min(r.amount_minor)::text as smallest,
         max(r.amount_minor)::text as largest,
         coalesce(sum(r.amount_minor) filter (where r.state = 'issued'), 0)::text as issued,
         coalesce(sum(r.amount_minor) filter (where r.state = 'ready'), 0)::text as ready
       from promotion_import_rows r
       where r.tenant_id = $1 and r.import_id = $2 and r.state <> 'refused' group by r.currency
     ) q order by q.currency`,
    values,
  );
  const { rows: expiries } = await db.query<{ date: string | null; currency: string; rows: number; amount: string }>(
    `select to_char(r.expires_at at time zone 'UTC', 'YYYY-MM-DD') as date, r.currency, count(*)::int as rows,
       sum(r.amount_minor)::text as amount
     from promotion_import_rows r where r.tenant_id = $1 and r.import_id = $2 and r.state <> 'refused'
     group by 1, 2 order by 1 nulls last, 2 limit 1000`,
    values,
  );
  const { rows: facts } = await db.query<{ repeated: number; endpoints: number; approval_id: string | null }>(
    `select (
       select count(*)::int from (
         select from promotion_import_rows r where r.tenant_id = $1 and r.import_id = $2 and r.state <> 'refused'
         group by r.account_id having count(*) > 1
       ) x
     ) as repeated, (
       select count(*)::int from webhook_endpoints e
       where e.tenant_id = $1 and e.status = 'enabled' and e.kind = 'endpoint'
         and e.event_types && array['*', 'wallet.credited']
     ) as endpoints, (
       select a.id from approvals a
       where a.tenant_id = $1 and a.status = 'pending' and a.verb = 'promotion' and a.object_id = $3 order by a.id desc limit 1
     ) as approval_id`,
    [...values, formatId('promotionImport', found.id)],
  );
  return {
    ...found,
    totals: totals.map((row) => ({
      currency: row.currency,
      rows: row.rows,
      amountMinor: BigInt(row.amount),
      smallestMinor: BigInt(row.smallest),
      largestMinor: BigInt(row.largest),
      issuedMinor: BigInt(row.issued),
      readyMinor: BigInt(row.ready),
      expenseMinor: BigInt(row.expense ?? '0'),
    })),
    expiries: expiries.map((row) => ({ ...row, amountMinor: BigInt(row.amount) })),
    repeatedRecipients: facts[0]?.repeated ?? 0,
    endpoints: facts[0]?.endpoints ?? 0,
    approvalId: facts[0]?.approval_id ?? null,
  };
}

/** Newest first. @returns up to `limit + 1`: the one over says there is more */
export async function readImports(
  ctx: Context,
  filter: { readonly state?: ImportState | undefined },
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<ImportView[]> {
  const visible = booksVisible(ctx, 4);
  const { rows } = await ctx.db.pool.query<ImportRow>(
    `select ${IMPORT_COLUMNS} from ${IMPORTS}
     where ($1::text is null or i.state = $1) and ($2::bigint is null or i.id < $2) and ${visible.sql}
     order by i.id desc limit $3`,
    [filter.state ?? null, page.afterId, page.limit + 1, ...visible.values],
  );
  const views: ImportView[] = [];
  for (const row of rows) views.push(await viewOfImport(ctx, toImport(row)));
  return views;
}

export interface ImportedRow {
  readonly importId: string;
  readonly line: number;
  readonly given: Readonly<Record<string, string>>;
  readonly accountId: string | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly currency: string | null;
  readonly amountMinor: bigint | null;
  readonly expiresAtMs: number | null;
  readonly note: string | null;
  readonly state: 'ready' | 'refused' | 'issued' | 'failed' | 'left_out';
  readonly problem: {
    readonly code: string;
    readonly field: string | null;
    readonly value: string | null;
    readonly message: string;
  } | null;
  readonly journalId: string | null;
  readonly handledAtMs: number | null;
}

interface Row {
  line: number;
  given: string;
  account_id: string | null;
  customer_id: string | null;
  customer_name: string | null;
  currency: string | null;
  amount_minor: string | null;
  expires_at_ms: string | null;
  note: string | null;
  state: ImportedRow['state'];
  error_code: string | null;
  error_field: string | null;
  error_value: string | null;
  error_message: string | null;
  lot_id: string | null;
  handled_at_ms: string | null;
}

/** In the order of the file. @returns up to `limit + 1`: the one over says there is more */
export async function readImportRows(
  ctx: Context,
  { tenantId, id }: Pick<PromotionImport, 'tenantId' | 'id'>,
  { state, neighbours }: { readonly state: ImportedRow['state'] | undefined; readonly neighbours: boolean },
  page: { readonly limit: number; readonly afterLine: number },
): Promise<ImportedRow[]> {
  const beside = `exists (
    select from promotion_import_rows x
    where x.tenant_id = $1 and x.import_id = $2 and x.line between r.line - 1 and r.line + 1 and x.state = $5)`;
  const stated = state === undefined ? '' : `and (state = $5 ${neighbours ? `or ${beside}` : ''})`;
  const { rows } = await ctx.db.pool.query<Row>(
    `select line, given, account_id, customer_id, customer_name, currency, amount_minor, ${sqlMs('expires_at')} as expires_at_ms,
       note, state, error_code, error_field, error_value, error_message, lot_id, ${sqlMs('handled_at')} as handled_at_ms
     from promotion_import_rows r
     where tenant_id = $1 and import_id = $2 and line > $3 ${stated}
     order by line limit $4`,
    [tenantId, id, page.afterLine, page.limit + 1, ...(state === undefined ? [] : [state])],
  );
  return rows.map((row) => ({
    importId: id,
    line: row.line,
    given: JSON.parse(row.given) as Record<string, string>,
    accountId: row.account_id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    currency: row.currency,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    note: row.note,
    state: row.state,
    problem:
      row.error_code === null
        ? null
        : { code: row.error_code, field: row.error_field, value: row.error_value, message: row.error_message ?? '' },
    journalId: row.state === 'issued' ? row.lot_id : null,
    handledAtMs: row.handled_at_ms === null ? null : Number(row.handled_at_ms),
  }));
}
