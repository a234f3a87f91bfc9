/**
 * Where accounts stood at an instant: `(id, sequence, balance_minor)` of each account's last entry posted at or before it,
 * or zeros. Entries have no time of their own, but within an account their journals' posted_at rises with the sequence, so
 * this is a binary search, of all accounts at once: it looks at some thirty of a billion entries, and at one of an account
 * that has not moved since, the last. Never a scan, whatever the planner believes: it is given keys to look up alone.
 *
 * Accounts and entries are read in one snapshot, so balances of one statement belong together and sum to zero. An account
 * with an entry missing has a null balance, which is not to be taken for none.
 * @param accounts SQL of the accounts wanted, with tenant_id, id and sequence
 * @param at SQL of the instant; null lies before every entry
 */
export const positionsSql = (accounts: string, at: string): string => `(
  with recursive search (tenant_id, id, low, high, probe, balance_minor) as (
    select a.tenant_id, a.id, 0::bigint, a.sequence + 1, a.sequence, 0::bigint from (${accounts}) a
    union all
    select s.tenant_id, s.id, n.low, n.high, (n.low + n.high) / 2, n.balance_minor
    from search s
    left join lateral (
      select coalesce(j.posted_at <= ${at}, false) as is_in, e.balance_after_minor
      from entries e
      cross join lateral (
        select y.posted_at from journals y where y.tenant_id = e.tenant_id and y.id = e.journal_id limit 1
      ) j
      where e.tenant_id = s.tenant_id and e.account_id = s.id and e.sequence = s.probe
      limit 1
    ) p on true
    cross join lateral (
      select case when p.is_in then s.probe else s.low end as low,
        case when p.is_in then s.high when p.is_in is null then s.low + 1 else s.probe end as high,
        case when p.is_in is null then null when p.is_in then p.balance_after_minor else s.balance_minor end as balance_minor
    ) n
    where s.low + 1 < s.high
  )
  select tenant_id, id, low as sequence, balance_minor from search where low + 1 >= high
)`;

/** A parameter of epoch milliseconds as an instant; null stays null. */
export const sqlInstant = (parameter: number): string =>
  `(timestamptz 'epoch' + $${parameter}::bigint * interval '1 millisecond')`;
