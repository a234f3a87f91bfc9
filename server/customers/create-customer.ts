import { formatId } from '@/contracts/ids';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { CUSTOMER_COLUMNS, type CustomerRow, type CustomerView, toCustomer } from './read';

export interface CreateCustomerInput {
  /** Null makes one. */
  readonly id: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** JSON text. */
  readonly metadata: string | null;
}

/** @throws Problem customer_exists */
export function createCustomer(ctx: Context, input: CreateCustomerInput): Promise<CustomerView> {
  const id = input.id ?? formatId('customer', ctx.ledger.nextId());
  return inTransaction(ctx, async (tx) => {
    // Guarantee: of two at once with one id, one creates and the other is refused.
    const { rows } = await tx.query<CustomerRow>(
      `insert into customers (tenant_id, id, name, email, phone, metadata, created_at, updated_at)
       values ($1, $3, $4, $5, $6, $7, ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (tenant_id, id) do nothing
       returning ${CUSTOMER_COLUMNS}`,
      [ctx.principal.tenantId, ctx.clock.fixedMs(), id, input.name, input.email, input.phone, input.metadata ?? '{}'],
    );
    const row = rows[0];
    if (row === undefined) throw new Problem('customer_exists', `There is a customer ${id} already.`, { param: 'id' });
    const after = JSON.stringify({ ...input, id });
    await recordChange(ctx, tx, { action: 'customer.created', objectId: id, before: null, after });
    return toCustomer(ctx, row);
  });
}
