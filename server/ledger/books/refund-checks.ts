import type { Check } from './checks';

/** A refund's journals by its public id, which is its stored id in the letters of `contracts/ids.ts`. */
const MOVED = `
  select tenant_id, reference, operation, count(*) as n, min(id) as id, min(currency) as currency,
    sum(amount_minor) as amount_minor, max(posted_at) as posted_at
  from journals
  where operation in ('refund', 'refund_return') and reference ~ '^rfd_[0-9a-z]{13}$'
  group by tenant_id, reference, operation`;

/** Between the books and a refund's row there is a commit: what is younger may still be on its way. */
const SETTLED = `interval '15 minutes'`;

/** Invariant 13, continued: refunds and their journals agree, both ways. */
export const REFUND_CHECKS: readonly Check[] = [
  {
    invariant: 13,
    title: 'every refund that was begun took exactly its amount, once',
    sql: `select r.tenant_id, r.id as refund_id, r.state, r.amount_minor, j.kind, j.amount_minor as taken_minor
          from refunds r left join journals j on j.tenant_id = r.tenant_id and j.id = r.journal_id
          where (r.journal_id is null and r.state <> 'pending')
             or (r.journal_id is not null and (j.operation is distinct from 'refund' or j.amount_minor <> r.amount_minor
               or j.currency <> r.currency))`,
  },
  {
    invariant: 13,
    title: 'what failed came back, and nothing else did',
    sql: `select r.tenant_id, r.id as refund_id, r.state, r.amount_minor, j.amount_minor as returned_minor
          from refunds r left join journals j on j.tenant_id = r.tenant_id and j.id = r.return_journal_id
          where (r.return_journal_id is not null and (r.state <> 'failed' or j.operation is distinct from 'refund_return'
              or j.amount_minor <> r.amount_minor or j.currency <> r.currency))
             or (r.state = 'failed' and r.return_journal_id is null and not r.is_kept
              and r.updated_at < now() - ${SETTLED})`,
  },
  {
    invariant: 13,
    title: 'every journal of a refund is of one, and the only one of its kind',
    sql: `select m.tenant_id, m.reference as refund_id, m.operation, m.n
          from (${MOVED}) m
          left join refunds r on r.tenant_id = m.tenant_id
            and m.id = case m.operation when 'refund' then r.journal_id else r.return_journal_id end
          where m.n > 1 or (r.id is null and m.posted_at < now() - ${SETTLED})`,
  },
  {
    invariant: 13,
    title: 'what a payment says was given back is what its refunds took',
    sql: `select p.tenant_id, p.id as payment_id, p.state, p.refunded_minor, r.taken_minor, r.paid_minor
          from payments p
          left join (
            select tenant_id, payment_id, sum(amount_minor) filter (where return_journal_id is null) as taken_minor,
              sum(amount_minor) filter (where state = 'succeeded') as paid_minor
            from refunds where payment_id is not null group by tenant_id, payment_id
          ) r on r.tenant_id = p.tenant_id and r.payment_id = p.id
          where p.refunded_minor <> coalesce(r.taken_minor, 0)
             or (p.state in ('succeeded', 'partially_refunded', 'refunded') and p.state is distinct from case
               when coalesce(r.paid_minor, 0) = 0 then 'succeeded'
               when r.paid_minor < p.amount_minor then 'partially_refunded'
               else 'refunded' end)`,
  },
];
