import type { Check } from './checks';

/** The public id of payment `p`: what its journals name it by. */
const PUBLIC_ID = `('pay_' || p.public_hex)`;

/** What brought money of a payment to where it belongs, by its public id. */
const CREDITED = `
  select tenant_id, reference, count(*) as n, min(id) as id, min(currency) as currency, sum(amount_minor) as amount_minor,
    sum(fee_minor) as fee_minor, sum(tax_minor) as tax_minor, max(posted_at) as posted_at
  from journals
  where operation in ('payment', 'payment_resolution') and kind in ('topup', 'payment', 'late_topup')
    and reference ~ '^pay_[0-9a-f]{32}$'
  group by tenant_id, reference`;

/** Between the books and a payment's row there is a commit: what is younger may still be on its way. */
const SETTLED = `interval '15 minutes'`;

/** Invariant 13: payments and their journals agree, both ways. */
export const PAYMENT_CHECKS: readonly Check[] = [
  {
    invariant: 13,
    title: 'every payment that is paid has exactly one credit, of its amount and charges',
    sql: `select p.tenant_id, p.id as payment_id, p.state, p.amount_minor, c.n, c.amount_minor as credited_minor
          from payments p
          left join (${CREDITED}) c on c.tenant_id = p.tenant_id and c.reference = ${PUBLIC_ID}
          where p.state in ('succeeded', 'partially_refunded', 'refunded')
            and (c.n is distinct from 1 or c.amount_minor <> p.amount_minor or c.fee_minor <> p.fee_minor
              or c.tax_minor <> p.tax_minor or c.currency <> p.currency or c.id is distinct from p.journal_id)`,
  },
  {
    invariant: 13,
    title: 'every credit of a payment is of one that is paid, and is its only one',
    sql: `select c.tenant_id, c.reference as payment_id, c.n, p.state
          from (${CREDITED}) c
          left join payments p on p.tenant_id = c.tenant_id and ${PUBLIC_ID} = c.reference
          where c.n > 1 or p.id is null
             or (p.state not in ('succeeded', 'partially_refunded', 'refunded', 'reversed')
               and c.posted_at < now() - ${SETTLED})`,
  },
  {
    invariant: 13,
    title: 'what a provider took back left the books once, and came in before',
    sql: `select p.tenant_id, p.id as payment_id, p.state, b.n, b.amount_minor
          from payments p
          left join (
            select tenant_id, reference, count(*) as n, sum(amount_minor) as amount_minor, max(posted_at) as posted_at
            from journals where kind = 'clawback' group by tenant_id, reference
          ) b on b.tenant_id = p.tenant_id and b.reference = ${PUBLIC_ID}
          where (p.state = 'reversed' and p.journal_id is not null and b.n is distinct from 1
              and p.updated_at < now() - ${SETTLED})
             or b.n > 1
             or (b.n > 0 and p.state <> 'reversed' and b.posted_at < now() - ${SETTLED})`,
  },
  {
    invariant: 13,
    title: 'a payment names a journal of its own',
    sql: `select p.tenant_id, p.id as payment_id, p.journal_id from payments p
          left join journals j on j.tenant_id = p.tenant_id and j.id = p.journal_id
          where p.journal_id is not null and j.reference is distinct from ${PUBLIC_ID}`,
  },
];
