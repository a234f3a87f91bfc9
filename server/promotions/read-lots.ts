import { parseId } from '@/contracts/ids';
import type { Cursor } from '@/contracts/lists';
import { booksVisible } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs } from '@/server/kernel/sql-time';
import { findPromotion } from './promotion-row';

export interface LotFilter {
  /** Id or code. */
  readonly promotion?: string | undefined;
  /** Public id. */
  readonly wallet?: string | undefined;
  readonly state?: 'open' | 'ended' | undefined;
  readonly expiresFromMs?: number | undefined;
  readonly expiresToMs?: number | undefined;
}

export interface PromotionLot {
  readonly id: string;
  readonly accountId: string;
  readonly clientCode: string;
  readonly currency: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly promotionCode: string | null;
  readonly grantedMinor: bigint;
  readonly remainingMinor: bigint;
  readonly heldMinor: bigint;
  readonly usedMinor: bigint;
  readonly expiredMinor: bigint;
  readonly forfeitedMinor: bigint;
  readonly priority: number;
  readonly expiresAtMs: number | null;
  /** What the grant said. */
  readonly description: string | null;
  readonly reference: string | null;
  readonly createdAtMs: number;
}

interface Row {
  id: string;
  account_id: string;
  client_code: string;
  currency: string;
  customer_id: string | null;
  customer_name: string | null;
  promotion_code: string | null;
  granted_minor: string;
  remaining_minor: string;
  held_minor: string;
  used_minor: string;
  expired_minor: string;
  forfeited_minor: string;
  priority: number;
  expires_at_ms: string | null;
  description: string | null;
  reference: string | null;
  created_at_ms: string;
}

/**
 * Lots of all wallets, newest first; of those that expire in a period the soonest first. As the books have them: what has
 * just expired counts as open until its expiry is posted, within a minute.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readPromotionLots(
  ctx: Context,
  filter: LotFilter,
  page: { readonly limit: number; readonly after: Cursor | null },
): Promise<PromotionLot[]> {
  const visible = booksVisible(ctx, 2);
  const values: unknown[] = [page.limit + 1, ...visible.values];
  const add = (value: unknown, type = 'bigint'): string => {
    values.push(value);
    return `$${values.length}::${type}`;
  };
  const at = (ms: number | string): string => `(timestamptz 'epoch' + ${add(ms)} * interval '1 millisecond')`;
  const byExpiry = filter.expiresFromMs !== undefined || filter.expiresToMs !== undefined;
  const also: string[] = [];
  const open = '(x.remaining_minor > 0 or x.held_minor > 0)';
  if (byExpiry) also.push(`and ${open} and x.expires_at is not null`);
  if (filter.expiresFromMs !== undefined) also.push(`and x.expires_at >= ${at(filter.expiresFromMs)}`);
  if (filter.expiresToMs !== undefined) also.push(`and x.expires_at < ${at(filter.expiresToMs)}`);
  if (filter.state !== undefined) also.push(filter.state === 'open' ? `and ${open}` : `and not ${open}`);
  if (filter.wallet !== undefined) also.push(`and x.account_id = ${add(parseId('wallet', filter.wallet) ?? '0')}`);
  if (page.after !== null) {
    const [first, second] = [integer(page.after, 0, byExpiry), integer(page.after, 1, byExpiry)];
    also.push(byExpiry ? `and (x.expires_at, x.id) > (${at(first)}, ${add(second)})` : `and x.id < ${add(first)}`);
  }
  const order = byExpiry ? 'expires_at, id' : 'id desc';
  const lots =
    filter.promotion === undefined
      ? `select x.* from lots x where x.tenant_id = t.id ${also.join(' ')} order by ${order} limit $1`
      : `select x.* from promotion_imports i
         join promotion_import_rows r on r.tenant_id = i.tenant_id and r.import_id = i.id and r.state = 'issued'
         cross join lateral (select * from lots y where y.tenant_id = r.tenant_id and y.id = r.lot_id limit 1) x
         where i.tenant_id = t.id and i.promotion_id = ${add((await findPromotion(ctx, filter.promotion, 'promotion')).id)}
           ${also.join(' ')} order by ${order} limit $1`;
  const { rows } = await ctx.db.pool.query<Row>(
    `select l.id, l.account_id, c.code as client_code, a.currency, a.customer_id, u.name as customer_name,
       p.code as promotion_code, l.granted_minor, l.remaining_minor, l.held_minor, l.used_minor, l.expired_minor,
       l.forfeited_minor, l.priority, g.description, g.reference, ${sqlMs('l.expires_at')} as expires_at_ms, ${sqlMs('l.created_at')} as created_at_ms
     from (
       select x.* from tenants t cross join lateral (${lots}) x where ${visible.sql} order by ${order} limit $1
     ) l
     join tenants t on t.id = l.tenant_id
     join clients c on c.id = t.client_id
     cross join lateral (select * from accounts y where y.tenant_id = l.tenant_id and y.id = l.account_id limit 1) a
     left join lateral (select y.name from customers y where y.tenant_id = l.tenant_id and y.id = a.customer_id limit 1) u on true
     left join lateral (
       select y.description, y.reference from journals y where y.tenant_id = l.tenant_id and y.id = l.id limit 1
     ) g on true
     left join lateral (
       select z.code from promotion_import_rows r
       join promotion_imports i on i.tenant_id = r.tenant_id and i.id = r.import_id
       join promotions z on z.tenant_id = i.tenant_id and z.id = i.promotion_id
       where r.tenant_id = l.tenant_id and r.lot_id = l.id and r.lot_id is not null limit 1
     ) p on true
     order by ${byExpiry ? 'l.expires_at, l.id' : 'l.id desc'}`,
    values,
  );
  return rows.map(toLot);
}

function toLot(row: Row): PromotionLot {
  return {
    id: row.id,
    accountId: row.account_id,
    clientCode: row.client_code,
    currency: row.currency,
    customerId: row.customer_id,
    customerName: row.customer_name,
    promotionCode: row.promotion_code,
    grantedMinor: BigInt(row.granted_minor),
    remainingMinor: BigInt(row.remaining_minor),
    heldMinor: BigInt(row.held_minor),
    usedMinor: BigInt(row.used_minor),
    expiredMinor: BigInt(row.expired_minor),
    forfeitedMinor: BigInt(row.forfeited_minor),
    priority: row.priority,
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    description: row.description,
    reference: row.reference,
    createdAtMs: Number(row.created_at_ms),
  };
}

/** A part of a cursor of this list: (id), or (expiry, id). */
function integer(cursor: Cursor, part: number, byExpiry: boolean): string {
  const text = cursor[part] ?? (byExpiry ? '' : '0');
  if (cursor.length === (byExpiry ? 2 : 1) && /^[0-9]{1,18}$/.test(text)) return text;
  throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
    param: 'after',
  });
}

export interface ExpiryDay {
  readonly date: string;
  readonly currency: string;
  readonly lots: number;
  readonly amountMinor: bigint;
}

const DAYS_MAX = 400;

/** What is left of open lots, by the day (UTC) on which they end. @throws Problem parameter_invalid */
export async function readExpiryCalendar(
  ctx: Context,
  { from, to, currency }: { readonly from: string; readonly to: string; readonly currency: string | null },
): Promise<ExpiryDay[]> {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 0) throw new Problem('parameter_invalid', 'to must not lie before from.', { param: 'to' });
  if (days > DAYS_MAX)
    throw new Problem('parameter_invalid', `The period may have ${DAYS_MAX} days at the most.`, { param: 'to' });
  const visible = booksVisible(ctx, 4);
  const { rows } = await ctx.db.pool.query<{ date: string; currency: string; lots: number; amount: string }>(
    `select to_char(q.day, 'YYYY-MM-DD') as date, q.currency, q.lots, q.amount from (
       select (l.expires_at at time zone 'UTC')::date as day, a.currency, count(*)::int as lots,
         sum(l.remaining_minor + l.held_minor)::text as amount
       from tenants t
       join lots l on l.tenant_id = t.id and (l.remaining_minor > 0 or l.held_minor > 0) and l.expires_at is not null
         and l.expires_at >= $1::date at time zone 'UTC' and l.expires_at < ($2::date + 1) at time zone 'UTC'
       join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
       where ($3::text is null or a.currency = $3) and ${visible.sql}
       group by 1, 2
     ) q order by q.day, q.currency`,
    [from, to, currency, ...visible.values],
  );
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amount) }));
}
