import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import { actText } from './act-text';
import { findApproval } from './read';

const AT_ONCE = 200;
const ACTOR = 'job:approvals';

/** Writes down which approvals nobody decided in time. To readers and deciders they have lapsed already. */
export async function lapseApprovals(
  parts: Pick<Context, 'db' | 'clock'> & { readonly ledger: Pick<Context['ledger'], 'nextId'> },
): Promise<number> {
  const { db, clock, ledger } = parts;
  const { rows } = await db.pool.query<{ tenant_id: string; id: string }>(
    `select tenant_id, id from approvals where status = 'pending' and expires_at <= ${sqlNow(1)}
     order by expires_at limit ${AT_ONCE}`,
    [clock.fixedMs()],
  );
  let lapsed = 0;
  for (const { tenant_id: tenantId, id } of rows) {
    const approval = await findApproval(parts, tenantId, id);
    if (approval === null) continue;
    await transact(db, async (tx) => {
      const { rowCount } = await tx.query(
        `update approvals set status = 'expired', ended_at = expires_at
         where tenant_id = $1 and id = $2 and status = 'pending'`,
        [tenantId, id],
      );
      if (rowCount === 0) return;
      await tx.query(
        `insert into audit_log (tenant_id, id, actor, request_id, action, object_id, reason, before, after, created_at)
         values ($1, $3, '${ACTOR}', '${ACTOR}', 'approval.expired', $4, null, $5, $6, ${sqlNow(2)})`,
        [
          tenantId,
          clock.fixedMs(),
          ledger.nextId(),
          id,
          JSON.stringify({ status: 'pending' }),
          actText(approval, { status: 'expired' }),
        ],
      );
      lapsed++;
    });
  }
  return lapsed;
}
