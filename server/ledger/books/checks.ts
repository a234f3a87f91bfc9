/**
 * The invariants of the books that SQL can say. Each query returns the rows that break it; `tenant_id` and what names
 * the row come first. Numbers are those of the design's list, so that a finding can be looked up.
 */
export interface Check {
  readonly invariant: number;
  readonly title: string;
  readonly sql: string;
}

/**
 * What an account was told besides its money, from audit rows: status and limits from one change to the next. Of those
 * changes that say the same sequence the row's version, then the order within its batch, says which came first.
 */
const TERMS = `
  select tenant_id, object_id::bigint as account_id, terms ->> 'status' as status,
    (terms ->> 'sequence')::bigint as since,
    lead((terms ->> 'sequence')::bigint) over in_order as until,
    (terms ->> 'minimum_balance_minor')::bigint as minimum_balance_minor,
    (terms ->> 'can_overdraw')::boolean as can_overdraw,
    (former ->> 'minimum_balance_minor')::bigint as former_minimum_minor,
    (former ->> 'can_overdraw')::boolean as could_overdraw
  from (
    select tenant_id, object_id, before::json as former, after::json as terms from audit_log
    where action in ('account.created', ${['account', 'wallet']
      .flatMap((object) =>
        ['freeze', 'unfreeze', 'activate', 'deactivate', 'close', 'change'].map((verb) => `'${object}.${verb}'`),
      )
      .join(', ')})
  ) changes
  window in_order as (
    partition by tenant_id, object_id
    order by (terms ->> 'sequence')::bigint, (terms ->> 'version')::bigint, (terms ->> 'order')::int
  )`;

/** A provider took money back from account `a`, whatever stood on it. */
const CLAWED_BACK = `exists (select from entries e
  where e.tenant_id = a.tenant_id and e.account_id = a.id and e.kind = 'clawback')`;

export const CHECKS: readonly Check[] = [
  {
    invariant: 1,
    title: 'entries of a journal sum to zero, two of them at least',
    sql: `select j.tenant_id, j.id as journal_id, coalesce(e.total, 0) as total, coalesce(e.legs, 0) as legs
          from journals j
          left join (
            select tenant_id, journal_id, sum(amount_minor) as total, count(*) as legs
            from entries group by tenant_id, journal_id
          ) e on e.tenant_id = j.tenant_id and e.journal_id = j.id
          where e.legs is null or e.total <> 0 or e.legs < 2 or e.legs <> cardinality(j.leg_accounts)`,
  },
  {
    invariant: 1,
    title: 'no entry without its journal',
    sql: `select e.tenant_id, e.account_id, e.sequence, e.journal_id from entries e
          where not exists (select from journals j where j.tenant_id = e.tenant_id and j.id = e.journal_id
            and j.leg_accounts[e.leg] = e.account_id and j.leg_sequences[e.leg] = e.sequence)`,
  },
  {
    invariant: 2,
    title: 'balances of a currency sum to zero',
    sql: `select tenant_id, currency, sum(balance_minor) as total from accounts
          group by tenant_id, currency having sum(balance_minor) <> 0`,
  },
  {
    invariant: 3,
    title: 'an account’s balance is its last entry’s and the sum of its entries',
    sql: `select a.tenant_id, a.id as account_id, a.balance_minor, e.total, l.balance_after_minor as last
          from accounts a
          left join (
            select tenant_id, account_id, sum(amount_minor) as total, count(*) as n, max(sequence) as top
            from entries group by tenant_id, account_id
          ) e on e.tenant_id = a.tenant_id and e.account_id = a.id
          left join entries l on l.tenant_id = a.tenant_id and l.account_id = a.id and l.sequence = e.top
          where a.balance_minor <> coalesce(e.total, 0) or a.balance_minor <> coalesce(l.balance_after_minor, 0)
             or a.sequence <> coalesce(e.n, 0)`,
  },
  {
    invariant: 6,
    title: 'nothing but an expiry or a clawback takes a balance under its minimum, unless the account may overdraw',
    // Where the last journal that took money left it: an expiry and a clawback are exempt, and so are fees on collections (a receivable).
    // What was taken under former limits was judged by those.
    sql: `select a.tenant_id, a.id as account_id, a.balance_minor, a.minimum_balance_minor
          from accounts a
          left join (
            select tenant_id, account_id, max(since) as since from (${TERMS}) t
            where minimum_balance_minor <> former_minimum_minor or can_overdraw <> could_overdraw
            group by tenant_id, account_id
          ) told on told.tenant_id = a.tenant_id and told.account_id = a.id
          cross join lateral (
            select e.journal_id from entries e
            where e.tenant_id = a.tenant_id and e.account_id = a.id and e.amount_minor < 0 and e.kind not in ('expiry', 'clawback')
              and (a.type <> 'AVAILABLE_COLLECTIONS' or e.leg <= 2)
              and e.sequence > coalesce(told.since, 0)
              -- A reversal that gives back more in fees than it takes has taken nothing.
              and 0 > (
                select sum(x.amount_minor) from journals j
                cross join unnest(j.leg_accounts, j.leg_sequences) as l (account_id, sequence)
                join entries x on x.tenant_id = j.tenant_id and x.account_id = l.account_id and x.sequence = l.sequence
                where j.tenant_id = e.tenant_id and j.id = e.journal_id and x.account_id = e.account_id
                  and (a.type <> 'AVAILABLE_COLLECTIONS' or x.leg <= 2 or x.amount_minor > 0)
              )
            order by e.sequence desc limit 1
          ) taken
          cross join lateral (
            select (array_agg(e.balance_after_minor order by e.sequence desc))[1]
                - coalesce(sum(e.amount_minor) filter (
                    where a.type = 'AVAILABLE_COLLECTIONS' and e.leg > 2 and e.amount_minor < 0
                  ), 0) as balance_after_minor
            from entries e
            where e.tenant_id = a.tenant_id and e.account_id = a.id and e.journal_id = taken.journal_id
          ) after
          where not a.can_overdraw and a.status <> 'closed' and a.balance_minor < a.minimum_balance_minor
            and after.balance_after_minor < a.minimum_balance_minor
            -- What a hold had set aside is captured also where a clawback has been at it since.
            and not (${CLAWED_BACK} and exists (select from journals j
              where j.tenant_id = a.tenant_id and j.id = taken.journal_id and j.hold_id is not null))`,
  },
  {
    invariant: 6,
    title: 'no change of limits put a balance under its minimum',
    sql: `select t.tenant_id, t.account_id, t.since as sequence, t.minimum_balance_minor
          from (${TERMS}) t
          left join entries e on e.tenant_id = t.tenant_id and e.account_id = t.account_id and e.sequence = t.since
          where not t.can_overdraw and (t.minimum_balance_minor > t.former_minimum_minor or t.could_overdraw)
            and coalesce(e.balance_after_minor, 0) < t.minimum_balance_minor`,
  },
  {
    invariant: 6,
    title: 'limits are what the last change of them said',
    sql: `select a.tenant_id, a.id as account_id, a.minimum_balance_minor, a.can_overdraw
          from (${TERMS}) t
          join accounts a on a.tenant_id = t.tenant_id and a.id = t.account_id
          where t.until is null and (t.minimum_balance_minor <> a.minimum_balance_minor or t.can_overdraw <> a.can_overdraw)`,
  },
  {
    invariant: 7,
    title: 'a lot’s parts add up to what was granted',
    sql: `select tenant_id, id as lot_id, granted_minor, remaining_minor from lots
          where remaining_minor < 0 or held_minor < 0 or used_minor < 0 or expired_minor < 0 or forfeited_minor < 0
             or granted_minor <> remaining_minor + held_minor + used_minor + expired_minor + forfeited_minor`,
  },
  {
    invariant: 7,
    title: 'a lot says what its uses say',
    sql: `select l.tenant_id, l.id as lot_id from lots l
          left join (
            select tenant_id, lot_id,
              coalesce(sum(amount_minor) filter (where use = 'grant'), 0) as granted,
              coalesce(sum(case use when 'use' then amount_minor when 'undo' then -amount_minor end), 0) as used,
              coalesce(sum(amount_minor) filter (where use = 'expire'), 0) as expired,
              coalesce(sum(amount_minor) filter (where use = 'forfeit'), 0) as forfeited
            from lot_uses group by tenant_id, lot_id
          ) u on u.tenant_id = l.tenant_id and u.lot_id = l.id
          left join (
            select h.tenant_id, p.lot_id, sum(p.amount) as held
            from holds h, unnest(h.pin_lots, h.pin_amounts) as p (lot_id, amount)
            where h.status = 'active' and p.lot_id <> 0 group by h.tenant_id, p.lot_id
          ) h on h.tenant_id = l.tenant_id and h.lot_id = l.id
          where l.granted_minor is distinct from u.granted or l.used_minor is distinct from u.used
             or l.expired_minor is distinct from u.expired or l.forfeited_minor is distinct from u.forfeited
             or l.held_minor <> coalesce(h.held, 0)`,
  },
  {
    invariant: 8,
    title: 'open lots fit in their wallet’s balance and are counted',
    sql: `select a.tenant_id, a.id as account_id, a.balance_minor, l.open_minor, a.open_lots, l.n
          from accounts a
          left join (
            select tenant_id, account_id, sum(remaining_minor + held_minor) as open_minor, count(*) as n
            from lots where remaining_minor > 0 or held_minor > 0 group by tenant_id, account_id
          ) l on l.tenant_id = a.tenant_id and l.account_id = a.id
          where (coalesce(l.open_minor, 0) > greatest(a.balance_minor, 0) and not a.can_overdraw and not ${CLAWED_BACK})
             or a.open_lots <> coalesce(l.n, 0)`,
  },
  {
    invariant: 8,
    title: 'holds fit in what may be spent and are summed',
    sql: `select a.tenant_id, a.id as account_id, a.held_minor, coalesce(h.total, 0) as holds
          from accounts a
          left join (
            select tenant_id, account_id, sum(amount_minor) as total from holds where status = 'active'
            group by tenant_id, account_id
          ) h on h.tenant_id = a.tenant_id and h.account_id = a.id
          where a.held_minor <> coalesce(h.total, 0)
             or (not a.can_overdraw and a.held_minor > 0 and a.held_minor > a.balance_minor and not ${CLAWED_BACK})
             or (not a.can_overdraw and a.held_minor > 0 and a.held_minor > a.balance_minor - a.minimum_balance_minor
               -- An expiry may have taken what the minimum balance rested on.
               and not exists (select from entries e
                 where e.tenant_id = a.tenant_id and e.account_id = a.id and e.kind = 'expiry')
               and not ${CLAWED_BACK})`,
  },
  {
    invariant: 8,
    title: 'a hold pins exactly its amount',
    sql: `select h.tenant_id, h.id as hold_id, h.amount_minor from holds h
          where h.amount_minor <> (select coalesce(sum(p), 0) from unnest(h.pin_amounts) p)`,
  },
  {
    invariant: 9,
    title: 'no lot is used at or after its expiry, unless a hold pinned it',
    sql: `select u.tenant_id, u.lot_id, u.account_id, u.sequence from lot_uses u
          join lots l on l.tenant_id = u.tenant_id and l.id = u.lot_id
          join entries e on e.tenant_id = u.tenant_id and e.account_id = u.account_id and e.sequence = u.sequence
          join journals j on j.tenant_id = e.tenant_id and j.id = e.journal_id
          where u.use = 'use' and l.expires_at <= j.posted_at and j.hold_id is null`,
  },
  {
    invariant: 9,
    title: 'an expiry takes one lot’s remainder, at or after its expiry',
    sql: `select j.tenant_id, j.id as journal_id, j.amount_minor from journals j
          left join lot_uses u on u.tenant_id = j.tenant_id and u.account_id = j.leg_accounts[1]
            and u.sequence = j.leg_sequences[1] and u.use = 'expire'
          left join lots l on l.tenant_id = u.tenant_id and l.id = u.lot_id
          where j.kind = 'expiry' and (u.amount_minor is distinct from j.amount_minor or l.expires_at is null
            or l.expires_at > j.posted_at)`,
  },
  {
    invariant: 10,
    title: 'a reference appears once per account and operation',
    sql: `select tenant_id, account_id, operation, reference, count(*) from journals where reference is not null
          group by tenant_id, account_id, operation, reference having count(*) > 1`,
  },
  {
    invariant: 10,
    title: 'a stored answer names an existing journal',
    sql: `select a.tenant_id, a.key, a.journal_id from answers a where a.journal_id is not null
          and not exists (select from journals j where j.tenant_id = a.tenant_id and j.id = a.journal_id)`,
  },
  {
    invariant: 11,
    title: 'a journal is reversed once at most, whole, and never a reversal',
    sql: `select r.tenant_id, r.id as journal_id, r.reversal_of from journals r
          left join journals o on o.tenant_id = r.tenant_id and o.id = r.reversal_of
          where r.kind = 'reversal' and (o.id is null or o.kind = 'reversal' or o.amount_minor <> r.amount_minor
            or o.currency <> r.currency
            or (select count(*) from journals x where x.tenant_id = r.tenant_id and x.reversal_of = r.reversal_of) > 1)`,
  },
  {
    invariant: 12,
    title: 'nothing is posted to a closed account but its refund',
    sql: `select e.tenant_id, e.account_id, e.sequence, e.kind from (${TERMS}) t
          join entries e on e.tenant_id = t.tenant_id and e.account_id = t.account_id and e.sequence > t.since
          where t.status = 'closed' and e.kind <> 'refund'`,
  },
  {
    invariant: 12,
    title: 'nothing is taken from a frozen account while frozen',
    sql: `select e.tenant_id, e.account_id, e.sequence, e.kind from (${TERMS}) t
          join entries e on e.tenant_id = t.tenant_id and e.account_id = t.account_id
            and e.sequence > t.since and (t.until is null or e.sequence <= t.until)
          where t.status = 'frozen' and e.amount_minor < 0 and e.kind not in ('expiry', 'close', 'clawback')`,
  },
  {
    invariant: 12,
    title: 'nothing is posted to an inactive account while inactive, but what expires',
    sql: `select e.tenant_id, e.account_id, e.sequence, e.kind from (${TERMS}) t
          join entries e on e.tenant_id = t.tenant_id and e.account_id = t.account_id
            and e.sequence > t.since and (t.until is null or e.sequence <= t.until)
          where t.status = 'inactive' and e.kind not in ('expiry', 'close')`,
  },
  {
    invariant: 12,
    title: 'an account’s status is what the last change of it said',
    sql: `select a.tenant_id, a.id as account_id, a.status, t.status as told from (${TERMS}) t
          join accounts a on a.tenant_id = t.tenant_id and a.id = t.account_id
          where t.until is null and t.status <> a.status`,
  },
  {
    invariant: 14,
    title: 'fees and taxes are what their legs came to',
    sql: `select j.tenant_id, j.id as journal_id, j.fee_minor, j.tax_minor from journals j
          where (j.fee_minor <> 0 or j.tax_minor <> 0 or cardinality(j.leg_accounts) > 2) and (j.fee_minor <> abs((
              select coalesce(sum(e.amount_minor), 0) from unnest(j.leg_accounts, j.leg_sequences) as l (account_id, sequence)
              join entries e on e.tenant_id = j.tenant_id and e.account_id = l.account_id and e.sequence = l.sequence
              join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
              where e.leg > 2 and a.type = 'COMMISSION_ACCOUNT' and a.is_system
            ))
             or j.tax_minor <> abs((
              select coalesce(sum(e.amount_minor), 0) from unnest(j.leg_accounts, j.leg_sequences) as l (account_id, sequence)
              join entries e on e.tenant_id = j.tenant_id and e.account_id = l.account_id and e.sequence = l.sequence
              join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
              where e.leg > 2 and a.type = 'COMMISSION_TAX_ACCOUNT' and a.is_system
            )))`,
  },
  {
    invariant: 15,
    title: 'an entry is in its account’s currency',
    sql: `select e.tenant_id, e.account_id, e.sequence, j.currency from entries e
          join journals j on j.tenant_id = e.tenant_id and j.id = e.journal_id
          left join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
          where a.currency is distinct from j.currency`,
  },
  {
    invariant: 15,
    title: 'one open wallet per customer and currency',
    sql: `select tenant_id, customer_id, currency, count(*) from accounts
          where type = 'CUSTOMER_WALLET' and status <> 'closed'
          group by tenant_id, customer_id, currency having count(*) > 1`,
  },
  {
    invariant: 16,
    title: 'the legs of a transfer mirror each other',
    sql: `select j.tenant_id, j.id as journal_id from journals j
          left join entries s on s.tenant_id = j.tenant_id and s.account_id = j.leg_accounts[1] and s.sequence = j.leg_sequences[1]
          left join entries d on d.tenant_id = j.tenant_id and d.account_id = j.leg_accounts[2] and d.sequence = j.leg_sequences[2]
          where j.kind = 'transfer' and (s.amount_minor is distinct from -j.amount_minor
            or d.amount_minor is distinct from j.amount_minor or s.account_id = d.account_id)`,
  },
  {
    invariant: 17,
    title: 'every journal says who, by which credential, in which request',
    sql: `select tenant_id, id as journal_id, actor, request_id from journals
          where actor !~ '^[a-z_]+(:.+)?$' or request_id = ''`,
  },
  {
    invariant: 18,
    title: 'an event refers to a journal that is there',
    sql: `select e.tenant_id, e.id as event_id, e.type, e.journal_id from events e where e.journal_id is not null
          and not exists (select from journals j where j.tenant_id = e.tenant_id and j.id = e.journal_id)`,
  },
];
