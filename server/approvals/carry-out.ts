import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { OutcomeUnknown } from '@/server/ledger/ledger';
import { findApproval } from './read';
import { answerKeyOf, approvalRunner, type Ran } from './runner';

/** Longer than any request runs. */
const LEASE_SECONDS = 60;
/** An hour of a job's tries: what fails for so long is a fault, which somebody has to look at. */
const ATTEMPTS_MAX = 60;

type Parts = Pick<Context, 'db' | 'clock'> & { readonly ledger: Pick<Context['ledger'], 'nextId'> };

/**
 * Does what was approved. One process at a time, by a lease; and should two meet all the same, the answer that commits with
 * the effect can be stored once (the trigger `approval_settled`), so the other is undone as a whole. What may pass, such as
 * a database that is away, leaves the approval as it is for the job.
 */
export async function carryOut(parts: Parts, { tenantId, id }: { tenantId: string; id: string }): Promise<void> {
  const attempts = await claim(parts, tenantId, id);
  if (attempts === null) return;
  const approval = await findApproval(parts, tenantId, id);
  if (approval === null) throw new Error(`Approval ${id} was claimed and is gone.`);
  let ran: Ran | null;
  try {
    ran = await approvalRunner(parts.db).run(approval);
  } catch (error) {
    if (error instanceof OutcomeUnknown || attempts < ATTEMPTS_MAX) return;
    // Guarantee: whatever of it were still under way could not commit after this.
    ran = { status: 500, body: JSON.stringify({ error: { code: 'internal_error', message: GAVE_UP } }) };
  }
  if (ran !== null)
    await settle(parts, tenantId, { answerKey: answerKeyOf(approval), hash: approval.requestHash }, ran);
}

const GAVE_UP = 'It was tried for an hour and failed each time. Look at what it is about before it is asked for again.';

async function claim({ db, clock, ledger }: Parts, tenantId: string, id: string): Promise<number | null> {
  const { rows } = await db.pool.query<{ attempts: number }>(
    `update approvals set attempts = attempts + 1, outcome_audit_id = $4, attempted_at = ${sqlNow(2)},
       lease_until = ${sqlNow(2)} + interval '${LEASE_SECONDS} seconds'
     where tenant_id = $1 and id = $3 and status = 'approved' and (lease_until is null or lease_until <= ${sqlNow(2)})
     returning attempts`,
    [tenantId, clock.fixedMs(), id, ledger.nextId()],
  );
  return rows[0]?.attempts ?? null;
}

/** Where the act's own transaction did not say: a refusal, or a verb that keeps no answers. The first to say counts. */
async function settle(
  { db }: Parts,
  tenantId: string,
  { answerKey, hash }: { answerKey: string; hash: string },
  { status, body }: Ran,
): Promise<void> {
  await db.pool.query(
    `insert into answers (tenant_id, key, fingerprint, status, body)
     select $1, $2, $3, $4, $5 where exists (
       select from approvals where tenant_id = $1 and id = split_part($2, ':', 2)::bigint and status = 'approved')
     on conflict do nothing`,
    [tenantId, answerKey, hash, status, body],
  );
  if (status >= 300) return;
  // Done already, by an act whose answer was not known inside its transaction.
  await db.pool.query(
    `update approvals set outcome = $3
     where tenant_id = $1 and id = split_part($2, ':', 2)::bigint and status = 'executed' and outcome = 'null'`,
    [tenantId, answerKey, body],
  );
}

/** What a crash left between decision and effect, on every tenant's books. Returns how many were taken up. */
export async function finishApproved(parts: Parts): Promise<number> {
  const { rows } = await parts.db.pool.query<{ tenant_id: string; id: string }>(
    `select tenant_id, id from approvals
     where status = 'approved' and coalesce(lease_until, decided_at + interval '${LEASE_SECONDS} seconds') <= ${sqlNow(1)}
     order by id limit 100`,
    [parts.clock.fixedMs()],
  );
  for (const { tenant_id: tenantId, id } of rows) await carryOut(parts, { tenantId, id });
  return rows.length;
}
