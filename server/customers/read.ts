import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

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
}

/**
 * Newest first; the id breaks ties of one millisecond.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readCustomers(
  ctx: Context,
  page: { readonly limit: number; readonly after: CustomerPosition | null },
): Promise<CustomerView[]> {
  const values: unknown[] = [ctx.principal.tenantId, page.limit + 1];
  let after = '';
  if (page.after !== null) {
    values.push(page.after.createdAtMs, page.after.id);
    after = `and (created_at, id) < (timestamptz 'epoch' + $3::bigint * interval '1 millisecond', $4)`;
  }
  const { rows } = await ctx.db.pool.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from customers where tenant_id = $1 ${after}
     order by created_at desc, id desc limit $2`,
    values,
  );
  return rows.map((row) => toCustomer(ctx, row));
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
