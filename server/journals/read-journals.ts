import { parseId } from '@/contracts/ids';
import type { Cursor } from '@/contracts/lists';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs } from '@/server/kernel/sql-time';
import type { JournalKind } from '@/server/ledger/core/types';
import { idAt } from '@/server/ledger/ids';
import { positionsSql } from '@/server/reports/as-of';
import { type JournalSummary, type SummaryRow, summarySql, toSummary } from './summary';

export interface JournalFilter {
  readonly kind?: JournalKind | undefined;
  /** Public id or number. */
  readonly account?: string | undefined;
  /** Public id. */
  readonly wallet?: string | undefined;
  readonly customer?: string | undefined;
  readonly currency?: string | undefined;
  readonly reference?: string | undefined;
  /** `pay_…`, which is the reference of what a payment posts. */
  readonly payment?: string | undefined;
  readonly minAmountMinor?: bigint | undefined;
  readonly maxAmountMinor?: bigint | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface JournalPage {
  readonly journals: readonly JournalSummary[];
  /** Where the next page begins; null when there is none. */
  readonly next: Cursor | null;
}

/** What a page without a filter that has an index looks at, at the most: a rare amount must not walk through all the books. */
const WALK_MAX = 50_000;
/** The same of one account’s entries, of which each is looked up with its journal. */
const ACCOUNT_WALK_MAX = 10_000;
/** An id is made a moment before its journal is posted; by another clock, and at the worst after some retries. */
const ID_SLACK_MS = 3_600_000;

/**
 * Newest first. Of accounts in the order of their entries, else by id. By amount alone a page may be short, even empty,
 * with more to come.
 */
export async function readJournals(
  ctx: Context,
  filter: JournalFilter,
  page: { readonly limit: number; readonly after: Cursor | null },
): Promise<JournalPage> {
  const ofAccounts = filter.account !== undefined || filter.wallet !== undefined || filter.customer !== undefined;
  const byReference = filter.reference !== undefined || filter.payment !== undefined;
  if (!ofAccounts) return pageOfBooks(ctx, filter, page, null);
  const accounts = await accountsOf(ctx, filter);
  if (accounts.length === 0) return { journals: [], next: null };
  return byReference ? pageOfBooks(ctx, filter, page, accounts) : pageOfAccounts(ctx, filter, page, accounts);
}

interface AccountKey {
  readonly tenantId: string;
  readonly id: string;
}

/** The values of a statement, each named by its number where the SQL needs it. */
class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type = 'bigint'): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  at(ms: number): string {
    return `(timestamptz 'epoch' + ${this.add(ms)} * interval '1 millisecond')`;
  }
}

/** Conditions on journal `y` that every way to find one has in common. */
function conditions(filter: JournalFilter, p: Parameters): string {
  const also: string[] = [];
  if (filter.kind !== undefined) {
    also.push(`and y.kind = ${p.add(filter.kind, 'text')}`);
    // Said with a constant, so that the planner may use the index of the few other kinds.
    if (filter.kind !== 'debit') also.push(`and y.kind <> 'debit'`);
  }
  if (filter.currency !== undefined) also.push(`and y.currency = ${p.add(filter.currency, 'text')}`);
  const reference = filter.payment ?? filter.reference;
  if (reference !== undefined) also.push(`and y.reference = ${p.add(reference, 'text')} and y.reference is not null`);
  if (filter.payment !== undefined && filter.reference !== undefined) {
    also.push(`and y.reference = ${p.add(filter.reference, 'text')}`);
  }
  if (filter.minAmountMinor !== undefined) also.push(`and y.amount_minor >= ${p.add(String(filter.minAmountMinor))}`);
  if (filter.maxAmountMinor !== undefined) also.push(`and y.amount_minor <= ${p.add(String(filter.maxAmountMinor))}`);
  if (filter.fromMs !== undefined) also.push(`and y.posted_at >= ${p.at(filter.fromMs)}`);
  if (filter.toMs !== undefined) also.push(`and y.posted_at < ${p.at(filter.toMs)}`);
  return also.join(' ');
}

async function pageOfBooks(
  ctx: Context,
  filter: JournalFilter,
  { limit, after }: { readonly limit: number; readonly after: Cursor | null },
  touching: readonly AccountKey[] | null,
): Promise<JournalPage> {
  const p = new Parameters();
  const visible = booksVisible(ctx, 1);
  p.values.push(...visible.values);
  const bounds: string[] = [];
  if (after !== null) bounds.push(`and y.id < ${p.add(integer(after, 0, 1))}`);
  // Under a test's clock ids, which are made by the machine's, say nothing of the time of posting.
  if (ctx.clock.fixedMs() === null) {
    if (filter.fromMs !== undefined) bounds.push(`and y.id >= ${p.add(idAt(filter.fromMs - ID_SLACK_MS))}`);
    if (filter.toMs !== undefined) bounds.push(`and y.id < ${p.add(idAt(filter.toMs + ID_SLACK_MS))}`);
  }
  const byIndex = filter.reference !== undefined || filter.payment !== undefined;
  const rows = p.add(limit + 1);
  const wanted = byIndex
    ? // OFFSET keeps the planner from walking through all journals in the hope of meeting the reference soon.
      `select y.tenant_id, y.id from (
         select * from journals y where y.tenant_id = t.id ${bounds.join(' ')} ${conditions(filter, p)}
           ${
             touching === null
               ? ''
               : `and y.leg_accounts && ${p.add(
                   touching.map(({ id }) => id),
                   'bigint[]',
                 )}`
           } offset 0
       ) y order by y.id desc limit ${rows}`
    : `select y.tenant_id, y.id from (
         select * from journals y where y.tenant_id = t.id ${bounds.join(' ')} ${walkedBy(filter, p)}
         order by y.id desc limit ${WALK_MAX}
       ) y where true ${conditions(filter, p)} order by y.id desc limit ${rows}`;
  const { rows: found } = await ctx.db.pool.query<SummaryRow>(
    summarySql(
      `select w.tenant_id, w.id, w.id::text as key from tenants t cross join lateral (${wanted}) w
       where ${visible.sql} order by w.id desc limit ${rows}`,
    ),
    p.values,
  );
  const reached = byIndex ? null : await walkedTo(ctx, filter, after);
  // Below that not every tenant has been looked at: it belongs to the next page.
  const journals = found.map(toSummary).filter(({ id }) => reached === null || BigInt(id) >= BigInt(reached));
  if (journals.length > limit) {
    const last = journals[limit - 1] as JournalSummary;
    return { journals: journals.slice(0, limit), next: [last.id] };
  }
  return { journals, next: reached === null ? null : [reached] };
}

/** What the walk itself may go by, since an index has it. */
function walkedBy({ kind }: JournalFilter, p: Parameters): string {
  return kind === undefined || kind === 'debit' ? '' : `and y.kind = ${p.add(kind, 'text')} and y.kind <> 'debit'`;
}

/** Where the walk of a page that came out short ended, or null when it came to the end of the books. */
async function walkedTo(ctx: Context, filter: JournalFilter, after: Cursor | null): Promise<string | null> {
  const filters = [
    filter.currency,
    filter.minAmountMinor,
    filter.maxAmountMinor,
    filter.kind === 'debit' ? 1 : undefined,
  ];
  if (filters.every((value) => value === undefined)) return null;
  const p = new Parameters();
  const visible = booksVisible(ctx, 1);
  p.values.push(...visible.values);
  const bounds = after === null ? '' : `and y.id < ${p.add(integer(after, 0, 1))}`;
  const low =
    filter.fromMs === undefined || ctx.clock.fixedMs() !== null
      ? ''
      : `and y.id >= ${p.add(idAt(filter.fromMs - ID_SLACK_MS))}`;
  const high =
    filter.toMs === undefined || ctx.clock.fixedMs() !== null
      ? ''
      : `and y.id < ${p.add(idAt(filter.toMs + ID_SLACK_MS))}`;
  // The tenant whose walk ended first by its bound decides: below it nothing has been looked at.
  const { rows } = await ctx.db.pool.query<{ id: string | null }>(
    `select max(w.id)::text as id from tenants t cross join lateral (
       select y.id from journals y where y.tenant_id = t.id ${bounds} ${low} ${high} ${walkedBy(filter, p)}
       order by y.id desc offset ${WALK_MAX - 1} limit 1
     ) w where ${visible.sql}`,
    p.values,
  );
  return rows[0]?.id ?? null;
}

/**
 * By the entries of one account, or of all of a customer's wallets, in the order (posted, account, sequence): within an
 * account the first follows from the last, so each is read from its end, and a cursor becomes a sequence of each.
 */
async function pageOfAccounts(
  ctx: Context,
  filter: JournalFilter,
  { limit, after }: { readonly limit: number; readonly after: Cursor | null },
  accounts: readonly AccountKey[],
): Promise<JournalPage> {
  const p = new Parameters();
  const tenants = p.add(
    accounts.map(({ tenantId }) => tenantId),
    'bigint[]',
  );
  const ids = p.add(
    accounts.map(({ id }) => id),
    'bigint[]',
  );
  const self = `select y.tenant_id, y.id, y.sequence from accounts y where y.tenant_id = a.tenant_id and y.id = a.id`;
  // Times are whole milliseconds: the last entry before an instant is the last at or before the millisecond before it.
  const upTo = (ms: number): string => `(select z.sequence from ${positionsSql(self, p.at(ms))} z)`;
  const bounds: string[] = [];
  if (filter.fromMs !== undefined) bounds.push(`and e.sequence > ${upTo(filter.fromMs - 1)}`);
  if (filter.toMs !== undefined) bounds.push(`and e.sequence <= ${upTo(filter.toMs - 1)}`);
  if (after !== null) {
    const atMs = Number(integer(after, 0, 3));
    const [account, sequence] = [p.add(integer(after, 1, 3)), p.add(integer(after, 2, 3))];
    bounds.push(`and e.sequence < case when a.id = ${account} then ${sequence}
      when a.id < ${account} then ${upTo(atMs)} + 1 else ${upTo(atMs - 1)} + 1 end`);
  }
  if (filter.kind !== undefined) {
    bounds.push(`and e.kind = ${p.add(filter.kind, 'text')}`);
    // Said with a constant, so that the planner may use the index of the few other kinds.
    if (filter.kind !== 'debit') bounds.push(`and e.kind <> 'debit'`);
  }
  const walked = `select * from entries e where e.tenant_id = a.tenant_id and e.account_id = a.id ${bounds.join(' ')}
    order by e.sequence desc`;
  const reached = await walkedToEntry(
    ctx,
    filter,
    p.values.slice(),
    `
    select j.posted_at, e.account_id, e.sequence from unnest(${tenants}, ${ids}) as a (tenant_id, id)
    cross join lateral (${walked} offset ${ACCOUNT_WALK_MAX - 1} limit 1) e
    cross join lateral (select x.posted_at from journals x where x.tenant_id = e.tenant_id and x.id = e.journal_id limit 1) j`,
  );
  const rows = p.add(limit + 1);
  // Of a journal that touches them several times only the first entry among them counts.
  const { rows: found } = await ctx.db.pool.query<SummaryRow>(
    summarySql(`
      select q.tenant_id, q.id, q.key from (
        select e.tenant_id, e.journal_id as id, e.posted_at, e.account_id, e.sequence,
          (extract(epoch from e.posted_at) * 1000)::bigint || ':' || e.account_id || ':' || e.sequence as key
        from unnest(${tenants}, ${ids}) as a (tenant_id, id)
        cross join lateral (
          select e.tenant_id, e.journal_id, e.account_id, e.sequence, y.posted_at
          from (${walked} limit ${ACCOUNT_WALK_MAX}) e
          cross join lateral (
            select * from journals x where x.tenant_id = e.tenant_id and x.id = e.journal_id limit 1
          ) y
          where true ${conditions(filter, p)}
            and not exists (
              select from unnest(y.leg_accounts) with ordinality as l (account_id, leg)
              where l.leg < e.leg and l.account_id = any (${ids})
            )
          order by e.sequence desc limit ${rows}
        ) e
        order by e.posted_at desc, e.account_id desc, e.sequence desc limit ${rows}
      ) q`),
    p.values,
  );
  const journals = found.map(toSummary);
  const ordered = journals
    .map((journal) => ({ journal, parts: journal.key.split(':') }))
    // Below that not every account has been looked at: it belongs to the next page.
    .filter((row) => reached === null || byPosition(row, { parts: reached }) <= 0)
    .sort(byPosition);
  const last = ordered[limit - 1];
  return {
    journals: ordered.slice(0, limit).map(({ journal }) => journal),
    next: ordered.length > limit && last !== undefined ? last.parts : reached,
  };
}

/** Where the walk of an account that was not walked to its end ended; of several the newest. Null where none was. */
async function walkedToEntry(
  ctx: Context,
  { minAmountMinor, maxAmountMinor, currency }: JournalFilter,
  values: unknown[],
  ends: string,
): Promise<string[] | null> {
  if (minAmountMinor === undefined && maxAmountMinor === undefined && currency === undefined) return null;
  const { rows } = await ctx.db.pool.query<{ at_ms: string; account_id: string; sequence: string }>(
    `select ${sqlMs('q.posted_at')} as at_ms, q.account_id, q.sequence from (${ends}) q
     order by q.posted_at desc, q.account_id desc, q.sequence desc limit 1`,
    values,
  );
  const row = rows[0];
  return row === undefined ? null : [row.at_ms, row.account_id, row.sequence];
}

function byPosition(a: { readonly parts: readonly string[] }, b: { readonly parts: readonly string[] }): number {
  for (let i = 0; i < 3; i++) {
    const [left, right] = [BigInt(a.parts[i] as string), BigInt(b.parts[i] as string)];
    if (left !== right) return left < right ? 1 : -1;
  }
  return 0;
}

/** The accounts that the filter names; none where it names what is not there, or what contradicts itself. */
async function accountsOf(ctx: Context, filter: JournalFilter): Promise<AccountKey[]> {
  const p = new Parameters();
  const visible = booksVisible(ctx, 1);
  p.values.push(...visible.values);
  const also: string[] = [];
  if (filter.account !== undefined) {
    const id = parseId('account', filter.account);
    if (id !== null) also.push(`and a.id = ${p.add(id)}`);
    else if (/^[0-9]{1,18}$/.test(filter.account)) also.push(`and a.number = ${p.add(filter.account)}`);
    else return [];
  }
  if (filter.wallet !== undefined) {
    const id = parseId('wallet', filter.wallet);
    if (id === null) return [];
    also.push(`and a.id = ${p.add(id)} and a.type = 'CUSTOMER_WALLET'`);
  }
  if (filter.customer !== undefined) also.push(`and a.customer_id = ${p.add(filter.customer, 'text')}`);
  const { rows } = await ctx.db.pool.query<{ tenant_id: string; id: string }>(
    `select a.tenant_id, a.id from tenants t cross join lateral (
       select a.* from accounts a where a.tenant_id = t.id ${also.join(' ')} order by a.id desc limit 200
     ) a where ${visible.sql} limit 200`,
    p.values,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id }));
}

/** A part of a cursor of this list. */
function integer(cursor: Cursor, part: number, parts: number): string {
  const text = cursor[part] ?? '';
  if (cursor.length === parts && /^[0-9]{1,19}$/.test(text) && BigInt(text) < 2n ** 63n) return text;
  throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
    param: 'after',
  });
}
