/**
 * What of a closed wallet's money is still owed, after the wallet's row `a`: what its close left and what was paid for it
 * since, less what a provider took of that and what refunds gave back, a refund under way included. The books keep what
 * is owed to all customers in one account, so which part is whose follows from these.
 * @param a alias of the wallet's account
 */
export const dueSql = (a: string): string => `(
  coalesce((
    -- A close pairs each leg on the wallet with the leg after it: the part that went to REFUNDS_DUE was owed.
    select sum(-e.amount_minor)
    from entries e
    join journals j on j.tenant_id = e.tenant_id and j.id = e.journal_id
    join accounts due on due.tenant_id = e.tenant_id and due.id = j.leg_accounts[e.leg + 1] and due.type = 'REFUNDS_DUE'
    where e.tenant_id = ${a}.tenant_id and e.account_id = ${a}.id and e.kind <> 'debit' and e.kind = 'close'
  ), 0)
  + coalesce((
    -- What was paid for it after its close; a loss that suspense bears left what is owed as it was.
    select sum(j.amount_minor)
    from payments x
    join journals j on j.tenant_id = x.tenant_id and j.id = x.journal_id and j.kind = 'late_topup'
    where x.tenant_id = ${a}.tenant_id and x.wallet_id = ${a}.id
  ), 0)
  - coalesce((
    select sum(b.amount_minor)
    from payments x
    join journals j on j.tenant_id = x.tenant_id and j.id = x.journal_id and j.kind = 'late_topup'
    join journals b on b.tenant_id = j.tenant_id and b.account_id = j.account_id and b.operation = 'clawback'
      and b.reference = j.reference
    where x.tenant_id = ${a}.tenant_id and x.wallet_id = ${a}.id
  ), 0)
  + coalesce((
    select sum(case when r.returned_to = 'due' then r.amount_minor else 0 end
      - case when r.source = 'due' then r.amount_minor else 0 end)
    from refunds r
    where r.tenant_id = ${a}.tenant_id and r.wallet_id = ${a}.id
  ), 0))::bigint`;
