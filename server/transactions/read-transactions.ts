import type { AccountRef } from '@/server/accounts/directory';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs } from '@/server/kernel/sql-time';
import type { JournalKind } from '@/server/ledger/core/types';
import { entryId, idAt } from '@/server/ledger/ids';
import { positionsSql } from '@/server/reports/as-of';
import { type TransactionId, transactionMissing } from './find-journal';
import { sourceFactsOf } from './source-facts';
import { partOf, sourceIdOf, type TransactionRecord } from './transaction-record';

export interface TransactionFilter {
  readonly account?: AccountRef | undefined;
  readonly serviceCode?: string | undefined;
  readonly type?: 'CREDIT' | 'DEBIT' | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly sourceId?: string | undefined;
}

/** `key` is what the page after this row is asked for with. */
export type TransactionRow = TransactionRecord & { readonly key: string };

export interface Page {
  readonly limit: number;
  readonly afterKey: string | null;
}

interface Row {
  journal_id: string;
  leg: number;
  key: string;
  kind: string;
  operation: string;
  reference: string | null;
  currency: string;
  description: string | null;
  metadata: string | null;
  fee_minor: string;
  tax_minor: string;
  posted_at_ms: string;
  business_at_ms: string | null;
  reversal_of: string | null;
  reversed_by: string | null;
  original_reference: string | null;
  original_operation: string | null;
  amount_minor: string;
  balance_after_minor: string;
  number: string;
  other_number: string;
  other_hash: string;
  fee_number: string | null;
  service_code: string | null;
  client_code: string;
}

/**
 * Entries with what the other side, their journal, service and client say. LATERAL with LIMIT keeps the look-ups on
 * their keys whatever the planner believes about table sizes.
 * @param wanted SQL of (tenant_id, journal_id, leg, key)
 */
const recordSql = (wanted: string): string => `
  select j.id as journal_id, w.leg, w.key, j.kind, j.operation, j.reference, j.currency, j.description, j.metadata,
    j.fee_minor, j.tax_minor, ${sqlMs('j.posted_at')} as posted_at_ms, ${sqlMs('j.business_at')} as business_at_ms,
    j.reversal_of, v.id as reversed_by, r.reference as original_reference, r.operation as original_operation,
    e.amount_minor, e.balance_after_minor, a.number, o.number as other_number, encode(p.hash, 'hex') as other_hash,
    f.number as fee_number, s.code as service_code, c.code as client_code
  from (${wanted}) w
  cross join lateral (select * from journals x where x.tenant_id = w.tenant_id and x.id = w.journal_id limit 1) j
  cross join lateral (select case w.leg % 2 when 1 then w.leg + 1 else w.leg - 1 end as leg) partner
  cross join lateral (
    select * from entries x
    where x.tenant_id = j.tenant_id and x.account_id = j.leg_accounts[w.leg] and x.sequence = j.leg_sequences[w.leg] limit 1
  ) e
  cross join lateral (
    select * from entries x
    where x.tenant_id = j.tenant_id and x.account_id = j.leg_accounts[partner.leg]
      and x.sequence = j.leg_sequences[partner.leg] limit 1
  ) p
  cross join lateral (select x.number from accounts x where x.tenant_id = j.tenant_id and x.id = e.account_id limit 1) a
  cross join lateral (select x.number from accounts x where x.tenant_id = j.tenant_id and x.id = p.account_id limit 1) o
  cross join lateral (
    select y.code from tenants x join clients y on y.id = x.client_id where x.id = j.tenant_id limit 1
  ) c
  left join lateral (
    select x.number from accounts x where x.tenant_id = j.tenant_id and x.id = j.leg_accounts[3] limit 1
  ) f on j.fee_minor + j.tax_minor > 0
  left join lateral (
    select y.code from service_versions x
    join client_services y on y.tenant_id = x.tenant_id and y.id = x.service_id
    where x.tenant_id = j.tenant_id and x.id = j.service_version_id limit 1
  ) s on true
  left join lateral (
    select x.reference, x.operation from journals x where x.tenant_id = j.tenant_id and x.id = j.reversal_of limit 1
  ) r on true
  left join lateral (
    select x.id from journals x
    where x.tenant_id = j.tenant_id and x.reversal_of = j.id and x.reversal_of is not null limit 1
  ) v on true
  order by w.key desc`;

/** Any leg of a journal, in the books that $3 lets the caller see. */
const ONE = (visible: string): string =>
  recordSql(`
    select x.tenant_id, x.id as journal_id, $2::int as leg, x.id as key
    from tenants t
    cross join lateral (select * from journals y where y.tenant_id = t.id and y.id = $1 limit 1) x
    where ${visible} and $2::int <= cardinality(x.leg_accounts)`);

/** @throws Problem resource_missing */
export async function readTransactionRecord(ctx: Context, id: TransactionId): Promise<TransactionRecord> {
  const visible = booksVisible(ctx, 3);
  const values = [id.journalId, id.leg, ...visible.values];
  const { rows } = await ctx.db.pool.query<Row>(ONE(visible.sql), values);
  return toRecord(ctx, rows[0] ?? transactionMissing());
}

/**
 * Newest first. Of one account every entry, those of fees included, in the order of its books; of all accounts each
 * transaction once, transfers and reversals with both their legs. A page boundary stays where it is while rows arrive.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readTransactionRecords(
  ctx: Context,
  filter: TransactionFilter,
  page: Page,
): Promise<TransactionRow[]> {
  const parameters = new Parameters();
  const wanted =
    filter.sourceId !== undefined
      ? bySourceId(ctx, filter, filter.sourceId, page, parameters)
      : filter.account !== undefined
        ? ofAccount(filter, filter.account, page, parameters)
        : ofBooks(ctx, filter, page, parameters);
  const { rows } = await ctx.db.pool.query<Row>(recordSql(wanted), parameters.values as unknown[]);
  return rows.map((row) => ({ ...toRecord(ctx, row), key: row.key }));
}

/** The values of a statement, each named by its number where the SQL needs it. */
class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type = 'bigint'): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** Every entry of one account, by its sequence; a period becomes sequences, so that nothing outside of it is walked through. */
function ofAccount(filter: TransactionFilter, account: AccountRef, page: Page, p: Parameters): string {
  const tenant = p.add(account.books.tenantId);
  const id = p.add(account.id);
  const { fromMs, toMs, ...rest } = filter;
  const bounds: string[] = [];
  // Times are whole milliseconds: the last entry before an instant is the last at or before the millisecond before it.
  const lastBefore = (ms: number): string => {
    const at = `(timestamptz 'epoch' + ${p.add(ms - 1)} * interval '1 millisecond')`;
    const self = `select y.tenant_id, y.id, y.sequence from accounts y where y.tenant_id = ${tenant} and y.id = ${id}`;
    return `(select z.sequence from ${positionsSql(self, at)} z)`;
  };
  if (fromMs !== undefined) bounds.push(`and e.sequence > ${lastBefore(fromMs)}`);
  if (toMs !== undefined) bounds.push(`and e.sequence <= ${lastBefore(toMs)}`);
  if (page.afterKey !== null) bounds.push(`and e.sequence < ${p.add(page.afterKey)}`);
  return `
    select e.tenant_id, e.journal_id, e.leg, e.sequence as key
    from entries e
    cross join lateral (
      select y.* from journals y where y.tenant_id = e.tenant_id and y.id = e.journal_id limit 1
    ) x
    where e.tenant_id = ${tenant} and e.account_id = ${id} ${bounds.join(' ')} ${common(rest, p)}
    order by e.sequence desc limit ${p.add(page.limit + 1)}`;
}

/** Every transaction of the books that may be seen, by its id. */
function ofBooks(ctx: Context, filter: TransactionFilter, page: Page, p: Parameters): string {
  const visible = booksVisible(ctx, p.values.length + 1);
  p.values.push(...visible.values);
  const limit = p.add(page.limit + 1);
  const bounds = idBounds(ctx, filter, page, p);
  // By service: the newest of each of its versions, from an index of their own.
  const journals =
    filter.serviceCode === undefined
      ? `select y.* from journals y where y.tenant_id = t.id ${bounds}`
      : `select y.* from client_services s
         join service_versions v on v.tenant_id = s.tenant_id and v.service_id = s.id
         cross join lateral (
           select z.* from journals z
           where z.tenant_id = s.tenant_id and z.service_version_id = v.id and z.service_version_id is not null
             ${bounds.replaceAll('y.', 'z.')}
         ) y
         where s.tenant_id = t.id and s.code = ${p.add(filter.serviceCode, 'text')}`;
  const after = page.afterKey === null ? '' : `and x.id + legs.leg < ${p.add(page.afterKey)}`;
  return `
    select q.* from tenants t
    cross join lateral (
      select x.tenant_id, x.id as journal_id, legs.leg, x.id + legs.leg as key
      from (${journals}) x
      cross join (values (1), (2)) as legs (leg)
      cross join lateral (
        select y.amount_minor from entries y
        where y.tenant_id = x.tenant_id and y.account_id = x.leg_accounts[legs.leg]
          and y.sequence = x.leg_sequences[legs.leg] limit 1
      ) e
      where (legs.leg = 1 or x.kind in ('transfer', 'reversal')) ${after} ${common({ ...filter, serviceCode: undefined }, p)}
      order by x.id desc, legs.leg desc limit ${limit}
    ) q
    where ${visible.sql}
    order by q.key desc limit ${limit}`;
}

/** The few entries that a source id names as it is written, its prefix included. */
function bySourceId(ctx: Context, filter: TransactionFilter, sourceId: string, page: Page, p: Parameters): string {
  const visible = booksVisible(ctx, p.values.length + 1);
  p.values.push(...visible.values);
  const { prefix, leg, reference } = splitSourceId(sourceId);
  const whole = p.add(sourceId, 'text');
  // Without an account only the operations of this family have an index by reference.
  const own = filter.account === undefined ? '' : `and y.account_id = ${p.add(filter.account.id)}`;
  const operations = filter.account === undefined ? `'transaction'` : `'transaction', 'debit', 'credit', 'drawdown'`;
  const found = [
    `select y.id, 1 as leg from journals y
     where y.tenant_id = t.id ${own} and y.operation in (${operations})
       and y.reference = ${whole}`,
  ];
  const legs = prefix === null ? '' : String(leg);
  // The account of a leg need not be the journal's own: an account is looked for among the legs instead.
  const onAccount = (): string =>
    filter.account === undefined ? '' : `and y.leg_accounts[${legs}] = ${p.add(filter.account.id)}`;
  if (prefix === 'IFT') {
    const bare = p.add(reference, 'text');
    found.push(`select y.id, ${legs} as leg from journals y
      where y.tenant_id = t.id and y.operation = 'transfer' and y.reference = ${bare} ${onAccount()}`);
  }
  if (prefix === 'RVS') {
    const bare = p.add(reference, 'text');
    const originals = `select z.id from journals z where z.tenant_id = t.id and z.operation in ('transaction', 'transfer') and z.reference = ${bare}`;
    const onAny =
      filter.account === undefined
        ? ''
        : `union select z.id from journals z where z.tenant_id = t.id and z.account_id = ${p.add(filter.account.id)}
             and z.operation in ('debit', 'credit', 'drawdown') and z.reference = ${bare}`;
    found.push(`select y.id, ${legs} as leg from (${originals} ${onAny}) original
      cross join lateral (
        select z.* from journals z
        where z.tenant_id = t.id and z.reversal_of = original.id and z.reversal_of is not null limit 1
      ) y
      where true ${onAccount()}`);
  }
  const after = page.afterKey === null ? '' : `and x.id + f.leg < ${p.add(page.afterKey)}`;
  return `
    select x.tenant_id, x.id as journal_id, f.leg, x.id + f.leg as key
    from tenants t
    cross join lateral (${found.join(' union ')}) f
    cross join lateral (select y.* from journals y where y.tenant_id = t.id and y.id = f.id limit 1) x
    cross join lateral (
      select y.amount_minor from entries y
      where y.tenant_id = x.tenant_id and y.account_id = x.leg_accounts[f.leg] and y.sequence = x.leg_sequences[f.leg]
      limit 1
    ) e
    where ${visible.sql} ${after} ${common(filter, p)}
    order by key desc limit ${p.add(page.limit + 1)}`;
}

/** Conditions on the journal `x` and the entry `e`. */
function common(filter: TransactionFilter, p: Parameters): string {
  const conditions: string[] = [];
  const at = (ms: number): string => `timestamptz 'epoch' + ${p.add(ms)} * interval '1 millisecond'`;
  if (filter.type !== undefined) conditions.push(`and e.amount_minor ${filter.type === 'CREDIT' ? '>' : '<'} 0`);
  if (filter.fromMs !== undefined) conditions.push(`and x.posted_at >= ${at(filter.fromMs)}`);
  if (filter.toMs !== undefined) conditions.push(`and x.posted_at < ${at(filter.toMs)}`);
  if (filter.serviceCode !== undefined) {
    conditions.push(`and x.service_version_id in (
      select v.id from client_services s join service_versions v on v.tenant_id = s.tenant_id and v.service_id = s.id
      where s.tenant_id = x.tenant_id and s.code = ${p.add(filter.serviceCode, 'text')})`);
  }
  return conditions.join(' ');
}

/** An id is made a moment before its journal is posted; by another clock, and at the worst after some retries. */
const ID_SLACK_MS = 3_600_000;

/** Where the ids of a page and a period of posting lie, so that neither the newest nor the oldest journals are walked through. */
function idBounds(ctx: Context, { fromMs, toMs }: TransactionFilter, { afterKey }: Page, p: Parameters): string {
  const bounds: string[] = [];
  if (afterKey !== null) bounds.push(`and y.id < ${p.add(afterKey)}`);
  // Under a test's clock ids, which are made by the machine's, say nothing of the time of posting.
  if (ctx.clock.fixedMs() === null) {
    if (fromMs !== undefined) bounds.push(`and y.id >= ${p.add(idAt(fromMs - ID_SLACK_MS))}`);
    if (toMs !== undefined) bounds.push(`and y.id < ${p.add(idAt(toMs + ID_SLACK_MS))}`);
  }
  return bounds.join(' ');
}

function splitSourceId(sourceId: string): { prefix: 'IFT' | 'RVS' | null; leg: number; reference: string } {
  const match = /^(IFT|RVS)([12])(.+)$/.exec(sourceId);
  if (match === null) return { prefix: null, leg: 1, reference: sourceId };
  return { prefix: match[1] as 'IFT' | 'RVS', leg: Number(match[2]), reference: match[3] as string };
}

/**
 * The one transaction of a source id.
 * @throws Problem resource_missing, parameter_invalid where it names several
 */
export async function readTransactionOfSource(
  ctx: Context,
  filter: { readonly sourceId: string; readonly account?: AccountRef | undefined },
): Promise<TransactionRecord> {
  const [first, second] = await readTransactionRecords(ctx, filter, { limit: 1, afterKey: null });
  if (first === undefined) {
    const param = 'source_transaction_id';
    throw new Problem('resource_missing', 'There is no transaction with this source id.', { param });
  }
  if (second !== undefined) {
    const ids = [first, second].map(({ journalId, leg }) => entryId(journalId, leg));
    throw new Problem(
      'parameter_invalid',
      `This source id names ${ids.join(' and ')}${filter.account === undefined ? ': add `account_number`, or list them with GET /api/v1/transactions' : ': list them with GET /api/v1/transactions'}.`,
      {
        param: filter.account === undefined ? 'account_number' : 'source_transaction_id',
        details: { transaction_ids: ids },
      },
    );
  }
  return first;
}

function toRecord(ctx: Context, row: Row): TransactionRecord {
  const journal = {
    kind: row.kind as JournalKind,
    operation: row.operation,
    reference: row.reference,
    metadata: row.metadata,
    feeMinor: BigInt(row.fee_minor),
    taxMinor: BigInt(row.tax_minor),
  };
  const original =
    row.reversal_of === null
      ? null
      : { id: row.reversal_of, reference: row.original_reference, operation: row.original_operation ?? '' };
  const postedAtMs = Number(row.posted_at_ms);
  return {
    journalId: row.journal_id,
    leg: row.leg,
    part: partOf(journal, row.leg),
    kind: journal.kind,
    clientCode: row.client_code,
    accountNumber: row.number,
    otherAccountNumber: row.other_number,
    otherHash: row.other_hash,
    serviceCode: row.service_code,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    balanceAfterMinor: BigInt(row.balance_after_minor),
    feeMinor: journal.feeMinor,
    taxMinor: journal.taxMinor,
    feeAccountNumber: row.fee_number,
    sourceId: sourceIdOf(journal, row.leg, original),
    source: sourceFactsOf(journal),
    narration: row.description,
    businessAtMs: row.business_at_ms === null ? postedAtMs : Number(row.business_at_ms),
    postedAtMs,
    reversalOf: row.reversal_of,
    reversedBy: row.reversed_by,
    livemode: ctx.principal.mode === 'live',
  };
}
