import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { CUSTOMER_COLUMNS, type CustomerRow, type CustomerView, customerNotFound, toCustomer } from './read';

/** Undefined stays as it is; null empties. */
export interface UpdateCustomerInput {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  /** JSON text. */
  readonly metadata?: string | undefined;
}

/** @throws Problem resource_missing */
export function updateCustomer(ctx: Context, input: UpdateCustomerInput): Promise<CustomerView> {
  const { tenantId } = ctx.principal;
  return inTransaction(ctx, async (tx) => {
    // Locked, so that the audit row's before is what this change changed.
    const { rows: found } = await tx.query<CustomerRow>(
      `select ${CUSTOMER_COLUMNS} from customers where tenant_id = $1 and id = $2 for update`,
      [tenantId, input.id],
    );
    const before = found[0] ?? customerNotFound();
    const name = input.name === undefined ? before.name : input.name;
    const email = input.email === undefined ? before.email : input.email;
    const phone = input.phone === undefined ? before.phone : input.phone;
    const metadata = input.metadata ?? before.metadata;
    const { rows } = await tx.query<CustomerRow>(
      `update customers set name = $4, email = $5, phone = $6, metadata = $7, updated_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3 returning ${CUSTOMER_COLUMNS}`,
      [tenantId, ctx.clock.fixedMs(), input.id, name, email, phone, metadata],
    );
    await recordChange(ctx, tx, {
      action: 'customer.updated',
      objectId: input.id,
      before: JSON.stringify(facts(before)),
      after: JSON.stringify(facts({ name, email, phone, metadata })),
    });
    return toCustomer(ctx, rows[0] ?? customerNotFound());
  });
}

function facts(row: Pick<CustomerRow, 'name' | 'email' | 'phone' | 'metadata'>) {
  return { name: row.name, email: row.email, phone: row.phone, metadata: JSON.parse(row.metadata) as unknown };
}
