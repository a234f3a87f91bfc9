import type { Context } from '@/server/kernel/context';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import type { Lot } from '@/server/ledger/core/types';

/** An open lot as of now: its pins are those of live holds, and past its expiry only they are left of it. */
export interface LotView extends Lot {
  /** What the grant said. */
  readonly description: string | null;
  readonly reference: string | null;
  readonly createdAtMs: number;
}

/** Where a page of lots ended, in the order they are spent. */
export interface LotPosition {
  readonly priority: number;
  /** Null never expires, and comes last. */
  readonly expiresAtMs: number | null;
  readonly id: string;
}

interface LotRow {
  id: string;
  account_id: string;
  granted_minor: string;
  spendable_minor: string;
  pinned_minor: string;
  priority: number;
  expires_at_ms: string | null;
  description: string | null;
  reference: string | null;
  created_at_ms: string;
}

/** More than any wallet should have open; a preview over more would be a page of lots, not an answer. */
export const OPEN_LOTS_MAX = 10_000;

/**
 * Open lots in the order of `compareLots`: priority, soonest expiry, oldest.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readOpenLots(
  ctx: Context,
  walletId: string,
  page: { readonly limit: number; readonly after: LotPosition | null },
): Promise<LotView[]> {
  const values: unknown[] = [ctx.principal.tenantId, ctx.clock.fixedMs(), walletId, page.limit + 1];
  let after = '';
  if (page.after !== null) {
    values.push(page.after.priority, page.after.expiresAtMs, page.after.id);
    after = `and (y.priority, coalesce(y.expires_at_ms, 9223372036854775807), y.id)
      > ($5::smallint, coalesce($6::bigint, 9223372036854775807), $7::bigint)`;
  }
  const sql = `
    with clock as materialized (select ${sqlNow(2)} as now)
    select y.*, j.description, j.reference from (
      select x.tenant_id, x.id, x.account_id, x.granted_minor, x.priority, ${sqlMs('x.expires_at')} as expires_at_ms,
        ${sqlMs('x.created_at')} as created_at_ms, p.pinned_minor,
        case when x.expires_at is null or x.expires_at > clock.now
          then x.remaining_minor + x.held_minor - p.pinned_minor else 0 end as spendable_minor
      from lots x cross join clock
      cross join lateral (
        select coalesce(sum(pin.amount), 0)::bigint as pinned_minor
        from holds g cross join lateral unnest(g.pin_lots, g.pin_amounts) as pin (lot, amount)
        where x.held_minor > 0 and g.tenant_id = x.tenant_id and g.account_id = x.account_id and g.status = 'active'
          and g.expires_at > clock.now and pin.lot = x.id
      ) p
      where x.tenant_id = $1 and x.account_id = $3 and (x.remaining_minor > 0 or x.held_minor > 0)
    ) y
    -- A lot has the id of the journal that granted it.
    left join lateral (
      select g.description, g.reference from journals g where g.tenant_id = y.tenant_id and g.id = y.id limit 1
    ) j on true
    where (y.spendable_minor > 0 or y.pinned_minor > 0) ${after}
    order by y.priority, coalesce(y.expires_at_ms, 9223372036854775807), y.id
    limit $4`;
  const { rows } = await ctx.db.pool.query<LotRow>(sql, values);
  return rows.map(toLot);
}

function toLot(row: LotRow): LotView {
  const granted = BigInt(row.granted_minor);
  const spendable = BigInt(row.spendable_minor);
  const pinned = BigInt(row.pinned_minor);
  return {
    id: row.id,
    accountId: row.account_id,
    grantedMinor: granted,
    remainingMinor: spendable,
    heldMinor: pinned,
    usedMinor: granted - spendable - pinned,
    expiredMinor: 0n,
    forfeitedMinor: 0n,
    priority: row.priority,
    expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
    description: row.description,
    reference: row.reference,
    createdAtMs: Number(row.created_at_ms),
  };
}
