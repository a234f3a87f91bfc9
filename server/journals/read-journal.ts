import { parseEntryId, parseId } from '@/contracts/ids';
import { actOn, BOOKS_COLUMNS, type BooksRow, booksVisible, type ClientBooks, toBooks } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs } from '@/server/kernel/sql-time';
import { serviceVersionIn } from '@/server/ledger/core/service-terms';
import type { PostedJournal, ServiceVersion } from '@/server/ledger/core/types';
import { readJournals } from '@/server/ledger/read-journal';
import { type StoredRules, toTerms } from '@/server/ledger/service-versions';
import { type Party, type PartyRow, partySql, toParty } from './party';
import { previewReversal, type ReversalPreview } from './preview-reversal';
import { type JournalSummary, type SummaryRow, summarySql, toSummary } from './summary';
import { readTrail, type Trail } from './trail';

export interface LegNeighbours {
  readonly previousId: string | null;
  readonly nextId: string | null;
}

export interface FeeRules {
  readonly serviceCode: string;
  readonly serviceName: string;
  readonly number: number;
  readonly version: ServiceVersion;
}

export interface JournalDetail {
  readonly summary: JournalSummary;
  readonly posted: PostedJournal;
  /** By account id. */
  readonly parties: ReadonlyMap<string, Party>;
  readonly neighbours: ReadonlyMap<string, LegNeighbours>;
  /** Expiry of the lots it touched, by lot id. */
  readonly lotExpiries: ReadonlyMap<string, number | null>;
  readonly feeRules: FeeRules | null;
  readonly trail: Trail;
  readonly reversal: ReversalPreview;
  readonly isSealed: boolean;
}

/** The stored id of a journal, by its own public id or one of its entries'. @throws Problem resource_missing */
export function journalIdOf(text: string): string {
  const id = parseId('journal', text) ?? parseEntryId(text)?.journalId;
  return id ?? journalMissing();
}

export function journalMissing(): never {
  throw new Problem('resource_missing', 'There is no such journal.', { param: 'id' });
}

export interface JournalInBooks {
  readonly posted: PostedJournal;
  readonly books: ClientBooks;
  readonly parties: ReadonlyMap<string, Party>;
}

/**
 * A whole journal of any books that the caller may see.
 * @throws Problem resource_missing
 */
export async function findInBooks(ctx: Context, id: string): Promise<JournalInBooks> {
  const visible = booksVisible(ctx, 2);
  const { rows } = await ctx.db.pool.query<BooksRow & { parties: PartyRow[] }>(
    `select ${BOOKS_COLUMNS}, (
       select json_agg(${partySql('j.tenant_id', 'l.id')}) from (select distinct unnest(j.leg_accounts) as id) l
     ) as parties
     from tenants t join clients c on c.id = t.client_id
     cross join lateral (select * from journals x where x.tenant_id = t.id and x.id = $1 limit 1) j
     where ${visible.sql}`,
    [id, ...visible.values],
  );
  const row = rows[0] ?? journalMissing();
  const books = toBooks(row);
  const posted = (await readJournals(ctx.db.pool, [{ tenantId: books.tenantId, id }])).get(id);
  if (posted === undefined) throw new Error(`Journal ${id} was there and is gone.`);
  return { posted, books, parties: new Map(row.parties.map((party) => [party.id, toParty(party)])) };
}

/**
 * One event with everything that belongs to it. Every look-up is by a key, so the oldest is as quick as the newest.
 * @throws Problem resource_missing
 */
export async function readJournal(ctx: Context, id: string): Promise<JournalDetail> {
  const { posted, books, parties } = await findInBooks(ctx, id);
  const on = actOn(ctx, books);
  const summary = await readSummary(on, id);
  const [neighbours, lotExpiries, feeRules, isSealed] = [
    await readNeighbours(on, posted),
    await readLotExpiries(on, posted),
    await readFeeRules(on, posted),
    await readSealed(on, posted),
  ];
  return {
    summary,
    posted,
    parties,
    neighbours,
    lotExpiries,
    feeRules,
    trail: await readTrail(on, posted, summary.paymentId),
    reversal: await previewReversal(on, posted, feeRules?.version.refundFeesOnReversal ?? true),
    isSealed,
  };
}

async function readSummary({ db, principal }: Context, id: string): Promise<JournalSummary> {
  const { rows } = await db.pool.query<SummaryRow>(
    summarySql('select $1::bigint as tenant_id, $2::bigint as id, $2::text as key'),
    [principal.tenantId, id],
  );
  return toSummary(rows[0] ?? journalMissing());
}

/** Of each account the journals before and after: a journal's own entries on an account follow each other. */
async function readNeighbours(
  { db }: Context,
  { journal, entries }: PostedJournal,
): Promise<Map<string, LegNeighbours>> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { accountId, sequence } of entries) {
    const span = spans.get(accountId) ?? { first: sequence, last: sequence };
    spans.set(accountId, { first: Math.min(span.first, sequence), last: Math.max(span.last, sequence) });
  }
  const accounts = [...spans];
  const { rows } = await db.pool.query<{ id: string; previous: string | null; next: string | null }>(
    `select w.id, b.journal_id as previous, n.journal_id as next
     from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as w (id, first, last)
     left join lateral (
       select x.journal_id from entries x where x.tenant_id = $1 and x.account_id = w.id and x.sequence = w.first - 1 limit 1
     ) b on true
     left join lateral (
       select x.journal_id from entries x where x.tenant_id = $1 and x.account_id = w.id and x.sequence = w.last + 1 limit 1
     ) n on true`,
    [journal.tenantId, accounts.map(([id]) => id), accounts.map(([, s]) => s.first), accounts.map(([, s]) => s.last)],
  );
  return new Map(rows.map((row) => [row.id, { previousId: row.previous, nextId: row.next }]));
}

async function readLotExpiries(
  { db }: Context,
  { journal, lotUses }: PostedJournal,
): Promise<Map<string, number | null>> {
  if (lotUses.length === 0) return new Map();
  const { rows } = await db.pool.query<{ id: string; at_ms: string | null }>(
    `select id, ${sqlMs('expires_at')} as at_ms from lots where tenant_id = $1 and id = any ($2::bigint[])`,
    [journal.tenantId, lotUses.map(({ lotId }) => lotId)],
  );
  return new Map(rows.map((row) => [row.id, row.at_ms === null ? null : Number(row.at_ms)]));
}

async function readFeeRules({ db }: Context, { journal }: PostedJournal): Promise<FeeRules | null> {
  if (journal.serviceVersionId === null) return null;
  const { rows } = await db.pool.query<{
    code: string;
    name: string;
    number: number;
    service_id: string;
    rules: StoredRules;
  }>(
    `select s.code, s.name, v.number, v.service_id, v.rules from service_versions v
     join client_services s on s.tenant_id = v.tenant_id and s.id = v.service_id
     where v.tenant_id = $1 and v.id = $2`,
    [journal.tenantId, journal.serviceVersionId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const stored = { id: journal.serviceVersionId, serviceId: row.service_id, terms: toTerms(row.rules) };
  return {
    serviceCode: row.code,
    serviceName: row.name,
    number: row.number,
    version: serviceVersionIn(stored, journal.currency),
  };
}

/** All heads of a seal are of one moment, so one entry under it means that all are. */
async function readSealed({ db }: Context, { journal, entries }: PostedJournal): Promise<boolean> {
  const [first] = entries;
  if (first === undefined) return false;
  const { rowCount } = await db.pool.query(
    'select from seal_heads where tenant_id = $1 and account_id = $2 and sequence >= $3 order by sequence limit 1',
    [journal.tenantId, first.accountId, first.sequence],
  );
  return rowCount === 1;
}
