import { actOn, actsOnAny, BOOKS_COLUMNS, type BooksRow, booksVisible, toBooks } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';
import { idOfHex, publicHexOf } from './ids';
import { PAYMENT_COLUMNS, PAYMENTS, type Payment, type PaymentRow, toPayment } from './payment-row';

/**
 * @param named the reference, the `pay_` id or its bare hex (spec decision 17). A reference goes first: it is the caller's.
 * @throws Problem resource_missing: absent or another client's
 */
export async function readPayment(ctx: Context, named: string): Promise<Payment> {
  const payment = await findPayment(ctx, named);
  if (payment === null) throw paymentNotFound();
  return payment;
}

/**
 * One of the operator's people who names no client finds a payment of any by its id; a reference is a client's own.
 * @returns the payment, and the request on its books
 * @throws Problem resource_missing
 */
export async function findPaymentOfAny(caller: Context, named: string): Promise<{ ctx: Context; payment: Payment }> {
  const hex = publicHexOf(named);
  if (!actsOnAny(caller) || hex === null) return { ctx: caller, payment: await readPayment(caller, named) };
  const visible = booksVisible(caller, 3);
  const { rows } = await caller.db.pool.query<BooksRow & { id: string }>(
    `select p.id, ${BOOKS_COLUMNS} from payments p join tenants t on t.id = p.tenant_id join clients c on c.id = t.client_id
     where p.id = $1 and p.public_hex = $2 and ${visible.sql}`,
    [idOfHex(hex), hex, ...visible.values],
  );
  const [row] = rows;
  const payment = row === undefined ? null : await loadPayment(caller.db.pool, row.tenant_id, row.id);
  if (row === undefined || payment === null) throw paymentNotFound();
  return { ctx: actOn(caller, toBooks(row)), payment };
}

export async function findPayment(ctx: Context, named: string, db: Queryable = ctx.db.pool): Promise<Payment | null> {
  const hex = publicHexOf(named);
  const { rows } = await db.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from ${PAYMENTS}
     where p.tenant_id = $1 and (p.reference = $2 or (p.id = $3 and p.public_hex = $4))
     order by p.reference = $2 desc limit 1`,
    [ctx.principal.tenantId, named, hex === null ? null : idOfHex(hex), hex],
  );
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

const BY_ID = `select ${PAYMENT_COLUMNS} from ${PAYMENTS} where p.tenant_id = $1 and p.id = $2`;
const LOCKED = `${BY_ID} for update of p`;

/** @param lock `for update`: what is decided on the row holds until the transaction ends */
export async function loadPayment(db: Queryable, tenantId: string, id: string, lock = false): Promise<Payment | null> {
  const { rows } = await db.query<PaymentRow>({
    name: lock ? 'lock_payment' : 'load_payment',
    text: lock ? LOCKED : BY_ID,
    values: [tenantId, id],
  });
  return rows[0] === undefined ? null : toPayment(rows[0]);
}

export function paymentNotFound(): Problem {
  return new Problem('resource_missing', 'There is no such payment.', { param: 'reference' });
}
