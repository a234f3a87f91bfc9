import type { RowClient } from '@/contracts/all-clients';
import { type BooksOfList, ownBooks } from '@/server/clients/books-of-list';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';
import { phonePrefixes, wordsOf } from '@/server/search/find-by-text';

export interface CustomerView {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** JSON text. */
  readonly metadata: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly livemode: boolean;
}

export interface CustomerRow {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  metadata: string;
  created_at_ms: string;
  updated_at_ms: string;
}

export const CUSTOMER_COLUMNS = `id, name, email, phone, metadata, ${sqlMs('created_at')} as created_at_ms,
  ${sqlMs('updated_at')} as updated_at_ms`;

/** @throws Problem resource_missing: absent or another client's. */
export async function readCustomer(ctx: Context, id: string, db: Queryable = ctx.db.pool): Promise<CustomerView> {
  const { rows } = await db.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from customers where tenant_id = $1 and id = $2`,
    [ctx.principal.tenantId, id],
  );
  return toCustomer(ctx, rows[0] ?? customerNotFound());
}

/** Where a page of customers ended. */
export interface CustomerPosition {
  readonly createdAtMs: number;
  readonly id: string;
  /** Internal; where the list is of every client, whose customers may share an id. */
  readonly tenantId: string | null;
}

export interface ListedCustomer extends CustomerView {
  readonly tenantId: string;
  /** Null where all are one client's. */
  readonly client: RowClient | null;
}

/**
 * Newest first; the id breaks ties of one millisecond, and the tenant those of one id.
 * @param search the beginnings of words of a name, of an id, or of a phone number; null lists all
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readCustomers(
  ctx: Context,
  search: string | null,
  page: { readonly limit: number; readonly after: CustomerPosition | null },
  books: BooksOfList = ownBooks(ctx),
): Promise<ListedCustomer[]> {
  const values: unknown[] = [books.value, page.limit + 1];
  const add = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  let after = '';
  if (page.after !== null) {
    const { createdAtMs, id, tenantId } = page.after;
    after = `and (x.created_at, x.id, x.tenant_id) < (
      timestamptz 'epoch' + ${add(createdAtMs, 'bigint')} * interval '1 millisecond', ${add(id, 'text')},
      coalesce(${add(tenantId, 'bigint')}, x.tenant_id))`;
  }
  const visible = books.sql(1);
  const ways = search === null ? [newestOf('', after, visible)] : waysToFind(search, add, after, visible);
  if (ways.length === 0) return [];
  const { rows } = await ctx.db.pool.query<
    CustomerRow & { tenant_id: string; client_code: string; client_name: string }
  >(
    `select n.tenant_id, c.code as client_code, c.name as client_name, n.id, n.name, n.email, n.phone, n.metadata,
       ${sqlMs('n.created_at')} as created_at_ms, ${sqlMs('n.updated_at')} as updated_at_ms
     from (
       select * from (${ways.map((way) => `(${way})`).join(' union ')}) x ${NEWEST} limit $2
     ) n
     join tenants t on t.id = n.tenant_id
     join clients c on c.id = t.client_id
     order by n.created_at desc, n.id desc, n.tenant_id desc`,
    values,
  );
  return rows.map((row) => ({ ...toCustomer(ctx, row), tenantId: row.tenant_id, client: books.clientOf(row) }));
}

const NEWEST = 'order by x.created_at desc, x.id desc, x.tenant_id desc';

/** The newest of each tenant that meet a condition of an index which begins with the tenant. */
function newestOf(condition: string, after: string, visible: string): string {
  return `select x.* from tenants t cross join lateral (
      select * from customers x where x.tenant_id = t.id ${condition} ${after}
      order by x.created_at desc, x.id desc limit $2
    ) x where ${visible} ${NEWEST} limit $2`;
}

/** Each by an index of its own and to the page's length; none where the text can be the beginning of nothing. */
function waysToFind(
  text: string,
  add: (value: unknown, type: string) => string,
  after: string,
  visible: string,
): string[] {
  const trimmed = text.trim();
  const ways: string[] = [];
  const words = wordsOf(trimmed);
  if (words !== null) {
    // The one index over names knows every tenant, so it is asked once.
    ways.push(`select x.* from customers x
      where to_tsvector('simple'::regconfig, coalesce(x.name, '')) @@ to_tsquery('simple'::regconfig, ${add(words, 'text')})
        and x.tenant_id in (select t.id from tenants t where ${visible}) ${after}
      ${NEWEST} limit $2`);
  }
  if (!/\s/.test(trimmed)) {
    const prefix = add(trimmed.toLowerCase(), 'text');
    ways.push(newestOf(`and lower(x.id) ~>=~ ${prefix} and lower(x.id) ~<~ (${prefix} || chr(127))`, after, visible));
  }
  for (const phone of phonePrefixes(trimmed)) {
    const prefix = add(phone, 'text');
    ways.push(
      newestOf(`and x.phone is not null and x.phone ~>=~ ${prefix} and x.phone ~<~ (${prefix} || ':')`, after, visible),
    );
  }
  return ways;
}

export function customerNotFound(): never {
  throw new Problem('resource_missing', 'There is no such customer.');
}

export function toCustomer(ctx: Context, row: CustomerRow): CustomerView {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    metadata: row.metadata,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    livemode: ctx.principal.mode === 'live',
  };
}
