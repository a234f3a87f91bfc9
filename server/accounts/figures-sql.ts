/**
 * Figures of accounts `a` as of `clock.now`, for the statements behind every balance. An expired hold counts for nothing
 * and frees its lots; what a live hold pins of an expired lot stays valid.
 */

/** `h`: what active holds set aside, and the part of it that is paid money. */
export const HELD_JOIN = `
  left join lateral (
    select sum(x.amount_minor) as held_minor,
      sum((select sum(pin.amount) from unnest(x.pin_lots, x.pin_amounts) as pin (lot, amount) where pin.lot = 0)) as paid_held_minor
    from holds x
    where x.tenant_id = a.tenant_id and x.account_id = a.id and x.status = 'active' and x.expires_at > clock.now
  ) h on a.held_minor > 0`;

/** `l`: promotional money that counts, and what has expired without a posting yet. */
export const LOTS_JOIN = `
  left join lateral (
    select sum(case when y.valid then y.whole else y.pinned end) as promotional_minor,
      sum(case when y.valid then 0 else y.whole - y.pinned end) as expired_minor
    from (
      select x.remaining_minor + x.held_minor as whole, x.expires_at is null or x.expires_at > clock.now as valid,
        case when x.held_minor = 0 then 0 else coalesce((
          select sum(pin.amount)
          from holds g cross join lateral unnest(g.pin_lots, g.pin_amounts) as pin (lot, amount)
          where g.tenant_id = a.tenant_id and g.account_id = a.id and g.status = 'active' and g.expires_at > clock.now
            and pin.lot = x.id
        ), 0) end as pinned
      from lots x
      where x.tenant_id = a.tenant_id and x.account_id = a.id and (x.remaining_minor > 0 or x.held_minor > 0)
    ) y
  ) l on a.open_lots > 0`;
