import type { Channel } from '@/contracts/channels';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { idAt } from '@/server/ledger/ids';
import type { ProviderName } from '@/server/providers/provider';
import { idOfHex, publicHexOf } from './ids';
import { PAYMENT_COLUMNS, type Payment, type PaymentRow, toPayment } from './payment-row';
import type { PaymentState } from './types';

export interface PaymentFilter {
  readonly state?: PaymentState | undefined;
  readonly channel?: Channel | undefined;
  readonly provider?: ProviderName | undefined;
  readonly customerId?: string | undefined;
  readonly walletId?: string | undefined;
  readonly topUpId?: string | undefined;
  readonly phone?: string | undefined;
  /** A reference, a public id, a provider's reference, a receipt or a phone, whole. */
  readonly search?: string | undefined;
  /** Made at or after, and before. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface ListedPayment {
  readonly payment: Payment;
  readonly clientCode: string;
  readonly customerName: string | null;
}

/** An id is made a moment before its row's time is taken, by another clock. */
const ID_SLACK_MS = 3_600_000;

/**
 * Newest first; of every client in the mode for one of the operator's people who named none.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function listPayments(
  ctx: Context,
  filter: PaymentFilter,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<ListedPayment[]> {
  const values: unknown[] = [page.limit + 1];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const visible = booksVisible(ctx, 2);
  values.push(...visible.values);
  const conditions = conditionsOf(ctx, filter, page.afterId, add);
  // Client by client along an index, each as far as a page goes: never over rows that no page shows.
  const { rows } = await ctx.db.pool.query<PaymentRow & { client_code: string; customer_name: string | null }>(
    `select ${PAYMENT_COLUMNS}, c.code as client_code, u.name as customer_name
     from tenants t
     join clients c on c.id = t.client_id
     cross join lateral (
       select * from payments x where x.tenant_id = t.id ${conditions.map((one) => `and ${one}`).join(' ')}
       order by x.id desc limit $1
     ) p
     left join customers u on u.tenant_id = p.tenant_id and u.id = p.customer_id
     where ${visible.sql}
     order by p.id desc, p.tenant_id limit $1`,
    values,
  );
  return rows.map((row) => ({ payment: toPayment(row), clientCode: row.client_code, customerName: row.customer_name }));
}

function conditionsOf(
  ctx: Context,
  filter: PaymentFilter,
  afterId: string | null,
  add: (value: unknown) => string,
): string[] {
  const conditions: string[] = [];
  const also = (sql: string, value: string | undefined | null): void => {
    if (value !== undefined && value !== null) conditions.push(`${sql} ${add(value)}`);
  };
  also('x.state =', filter.state);
  also('x.channel =', filter.channel);
  also('x.provider =', filter.provider);
  also('x.customer_id =', filter.customerId);
  also('x.wallet_id =', filter.walletId);
  also('x.top_up_id =', filter.topUpId);
  also('x.phone =', filter.phone);
  also('x.id <', afterId);
  const instant = (ms: number): string => `timestamptz 'epoch' + ${add(ms)}::bigint * interval '1 millisecond'`;
  if (filter.fromMs !== undefined) conditions.push(`x.created_at >= ${instant(filter.fromMs)}`);
  if (filter.toMs !== undefined) conditions.push(`x.created_at < ${instant(filter.toMs)}`);
  // Under a test's clock ids, which are made by the machine's, say nothing of a payment's time.
  if (ctx.clock.fixedMs() === null) {
    if (filter.fromMs !== undefined) conditions.push(`x.id >= ${add(idAt(filter.fromMs - ID_SLACK_MS))}`);
    if (filter.toMs !== undefined) conditions.push(`x.id < ${add(idAt(filter.toMs + ID_SLACK_MS))}`);
  }
  if (filter.search !== undefined) conditions.push(searchFor(filter.search, add));
  return conditions;
}

/** Whole names alone: each is found by an index of its own. */
function searchFor(text: string, add: (value: unknown) => string): string {
  const named = add(text);
  const hex = publicHexOf(text);
  const found = [
    `select y.id from payments y where y.tenant_id = t.id and y.reference = ${named}`,
    `select y.id from payments y where y.tenant_id = t.id and y.receipt = ${named}`,
    `select y.id from payments y where y.tenant_id = t.id and y.provider_reference = ${named}
       and y.provider in ('mtn-momo', 'daraja', 'hubtel', 'paystack', 'vodacom-tz')`,
  ];
  if (/^\+?[0-9]{8,15}$/.test(text)) {
    found.push(`select y.id from payments y where y.tenant_id = t.id and y.phone = ${add(text.replace('+', ''))}`);
  }
  if (hex !== null) {
    found.push(
      `select y.id from payments y where y.tenant_id = t.id and y.id = ${add(idOfHex(hex))} and y.public_hex = ${add(hex)}`,
    );
  }
  return `x.id in (${found.join(' union all ')})`;
}
