import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';
import type { ProviderName } from '@/server/providers/provider';
import {
  BREAKS,
  type ComparedLine,
  IMPORT_COLUMNS,
  IMPORTS,
  LINE_COLUMNS,
  LINES,
  type LineOutcome,
  type StatementImport,
  type StoredImportRow,
  type StoredLineRow,
  toImport,
  toLine,
} from './import-row';

/**
 * One of the operator's people who named no client sees the imports of every client in the mode, besides the operator's own.
 * @throws Problem resource_missing
 */
export async function readImport(
  ctx: Context,
  id: string | null,
  db: Queryable = ctx.db.pool,
): Promise<StatementImport> {
  const visible = booksVisible(ctx, 2);
  const { rows } = await db.query<StoredImportRow>(
    `select ${IMPORT_COLUMNS} from ${IMPORTS} where i.id = $1 and ${visible.sql}`,
    [id, ...visible.values],
  );
  return toImport(rows[0] ?? importNotFound());
}

export function importNotFound(): never {
  throw new Problem('resource_missing', 'There is no such reconciliation.', { param: 'id' });
}

export interface ImportFilter {
  readonly provider?: ProviderName | undefined;
  /** Only those with breaks that wait for an answer. */
  readonly isOpen?: boolean | undefined;
}

/**
 * Newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readImports(
  ctx: Context,
  { provider, isOpen }: ImportFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<StatementImport[]> {
  const visible = booksVisible(ctx, 5);
  const { rows } = await ctx.db.pool.query<StoredImportRow>(
    `select ${IMPORT_COLUMNS} from ${IMPORTS}
     where ($1::bigint is null or i.id < $1) and ($2::text is null or i.provider = $2)
       and ($3::boolean is null or (i.open_breaks > 0) = $3) and ${visible.sql}
     order by i.id desc limit $4`,
    [page.afterId, provider ?? null, isOpen ?? null, page.limit + 1, ...visible.values],
  );
  return rows.map(toImport);
}

export interface OutcomeTotal {
  readonly outcome: LineOutcome;
  readonly count: number;
  readonly open: number;
  readonly theirsMinor: bigint;
  readonly oursMinor: bigint;
}

export interface CurrencyTotal {
  readonly currency: string;
  readonly theirsMinor: bigint;
  readonly oursMinor: bigint;
  readonly byOutcome: readonly OutcomeTotal[];
}

export interface ImportTotals {
  readonly outcomes: readonly { readonly outcome: LineOutcome; readonly count: number; readonly open: number }[];
  readonly currencies: readonly CurrencyTotal[];
}

/**
 * What the provider says of the period, what we say, and what the difference is made of. A line whose two sides are in two
 * currencies counts on either side in its own.
 */
export async function readTotals(ctx: Context, { tenantId, id }: StatementImport): Promise<ImportTotals> {
  const { rows } = await ctx.db.pool.query<{
    currency: string | null;
    outcome: LineOutcome;
    lines: string;
    open: string;
    theirs: string;
    ours: string;
  }>(
    `select currency, outcome, sum(lines) as lines, sum(open) as open, sum(theirs) as theirs, sum(ours) as ours from (
       select coalesce(l.currency, l.our_currency) as currency, l.outcome, count(*) as lines,
         count(*) filter (where l.resolved_at is null and l.outcome = any ($3)) as open, sum(l.theirs_minor) as theirs,
         sum(l.ours_minor) filter (where l.currency is null or l.currency = l.our_currency) as ours
       from reconciliation_lines l where l.tenant_id = $1 and l.import_id = $2 group by 1, 2
       union all
       select l.our_currency, l.outcome, 0, 0, 0, sum(l.ours_minor)
       from reconciliation_lines l
       where l.tenant_id = $1 and l.import_id = $2 and l.currency <> l.our_currency group by 1, 2
     ) parts group by currency, outcome order by currency, outcome`,
    [tenantId, id, BREAKS],
  );
  const outcomes = new Map<LineOutcome, { outcome: LineOutcome; count: number; open: number }>();
  const currencies = new Map<string, OutcomeTotal[]>();
  for (const row of rows) {
    const [count, open] = [Number(row.lines), Number(row.open)];
    const sum = outcomes.get(row.outcome) ?? { outcome: row.outcome, count: 0, open: 0 };
    outcomes.set(row.outcome, { ...sum, count: sum.count + count, open: sum.open + open });
    if (row.currency === null) continue;
    const total = {
      outcome: row.outcome,
      count,
      open,
      theirsMinor: BigInt(row.theirs),
      oursMinor: BigInt(row.ours ?? 0),
    };
    currencies.set(row.currency, [...(currencies.get(row.currency) ?? []), total]);
  }
  return {
    outcomes: [...outcomes.values()],
    currencies: [...currencies].map(([currency, byOutcome]) => ({
      currency,
      theirsMinor: byOutcome.reduce((total, one) => total + one.theirsMinor, 0n),
      oursMinor: byOutcome.reduce((total, one) => total + one.oursMinor, 0n),
      byOutcome,
    })),
  };
}

export interface LineFilter {
  readonly outcome?: LineOutcome | undefined;
  /** Breaks alone: those that wait for an answer, or those that have one. */
  readonly isOpen?: boolean | undefined;
}

/**
 * In the order of the file.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readLines(
  ctx: Context,
  { tenantId, id }: StatementImport,
  { outcome, isOpen }: LineFilter,
  page: { readonly limit: number; readonly afterNumber: number | null },
): Promise<ComparedLine[]> {
  const conditions = ['l.tenant_id = $1', 'l.import_id = $2', 'l.number > $3'];
  const values: unknown[] = [tenantId, id, page.afterNumber ?? 0, page.limit + 1];
  if (outcome !== undefined) {
    values.push(outcome);
    conditions.push(`l.outcome = $${values.length}`);
  }
  if (isOpen !== undefined) {
    conditions.push(
      `l.resolved_at is ${isOpen ? '' : 'not '}null`,
      `l.outcome in (${BREAKS.map((one) => `'${one}'`).join(', ')})`,
    );
  }
  const { rows } = await ctx.db.pool.query<StoredLineRow>(
    `select ${LINE_COLUMNS} from ${LINES} where ${conditions.join(' and ')} order by l.number limit $4`,
    values,
  );
  return rows.map(toLine);
}

/** @param lock `for update`: of two answers at once the second finds the first */
export async function readLine(
  ctx: Context,
  { tenantId, id }: Pick<StatementImport, 'tenantId' | 'id'>,
  number: number,
  { db = ctx.db.pool, lock = false }: { db?: Queryable; lock?: boolean } = {},
): Promise<ComparedLine> {
  const { rows } = await db.query<StoredLineRow>(
    `select ${LINE_COLUMNS} from ${LINES} where l.tenant_id = $1 and l.import_id = $2 and l.number = $3
     ${lock ? 'for update of l' : ''}`,
    [tenantId, id, number],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such line.', { param: 'number' });
  return toLine(row);
}

const EXPORT_PAGE = 1_000;

/** Every line that matches, in the order of the file, a page at a time. */
export async function* exportLines(
  ctx: Context,
  of: StatementImport,
  filter: LineFilter,
): AsyncGenerator<readonly ComparedLine[]> {
  let afterNumber: number | null = null;
  for (;;) {
    const lines: ComparedLine[] = await readLines(ctx, of, filter, { limit: EXPORT_PAGE, afterNumber });
    const page = lines.slice(0, EXPORT_PAGE);
    if (page.length > 0) yield page;
    if (lines.length <= EXPORT_PAGE) return;
    afterNumber = page.at(-1)?.number ?? null;
  }
}
