import { BOOKS_COLUMNS, type BooksRow, booksVisible, type ClientBooks, toBooks } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { PostedJournal } from '@/server/ledger/core/types';
import { readJournals } from '@/server/ledger/read-journal';

/** An entry's id, taken apart. */
export interface TransactionId {
  readonly journalId: string;
  readonly leg: number;
}

export interface FoundJournal {
  readonly original: PostedJournal;
  readonly leg: number;
  readonly books: ClientBooks;
  /** Numbers and types of its accounts, by id. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
  readonly serviceCode: string | null;
  /** What the service version it was decided under says; yes where there is none. */
  readonly refundsFees: boolean;
}

interface Row extends BooksRow {
  accounts: { id: string; number: string; type: string }[];
  service_code: string | null;
  refunds_fees: boolean | null;
}

/**
 * A journal by the id of one of its entries, on any books that the caller may see.
 * @throws Problem resource_missing
 */
export async function findJournal(ctx: Context, { journalId, leg }: TransactionId): Promise<FoundJournal> {
  const visible = booksVisible(ctx, 3);
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${BOOKS_COLUMNS}, s.code as service_code, s.refunds_fees,
       (select json_agg(json_build_object('id', a.id::text, 'number', a.number::text, 'type', a.type))
        from accounts a where a.tenant_id = j.tenant_id and a.id = any (j.leg_accounts)) as accounts
     from tenants t
     join clients c on c.id = t.client_id
     cross join lateral (select * from journals x where x.tenant_id = t.id and x.id = $1 limit 1) j
     left join lateral (
       select y.code, (v.rules ->> 'refund_fees_on_reversal')::boolean as refunds_fees
       from service_versions v join client_services y on y.tenant_id = v.tenant_id and y.id = v.service_id
       where v.tenant_id = j.tenant_id and v.id = j.service_version_id
     ) s on true
     where ${visible.sql} and $2::int <= cardinality(j.leg_accounts)`,
    [journalId, leg, ...visible.values],
  );
  const row = rows[0] ?? transactionMissing();
  const books = toBooks(row);
  const original = (await readJournals(ctx.db.pool, [{ tenantId: books.tenantId, id: journalId }])).get(journalId);
  if (original === undefined) throw new Error(`Journal ${journalId} was there and is gone.`);
  return {
    original,
    leg,
    books,
    numbers: new Map(row.accounts.map(({ id, number }) => [id, number])),
    types: new Map(row.accounts.map(({ id, type }) => [id, type])),
    serviceCode: row.service_code,
    refundsFees: row.refunds_fees ?? true,
  };
}

export function transactionMissing(): never {
  throw new Problem('resource_missing', 'There is no such transaction.', { param: 'id' });
}
