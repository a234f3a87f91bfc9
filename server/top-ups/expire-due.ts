import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import type { Ledger } from '@/server/ledger/ledger';
import { readTopUp } from './read';
import { changeStatus, type TopUpWriter } from './store';

const AT_ONCE = 200;
const ROUNDS_MAX = 100;

/**
 * Ends the top-ups whose time is over, and tells it. Reads and the checkout do not wait for it: to them one past its time is
 * expired already. Returns how many were ended.
 */
export async function expireDueTopUps(parts: {
  readonly db: Database;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'nextId'>;
}): Promise<number> {
  let ended = 0;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { rows } = await parts.db.pool.query<{ tenant_id: string; id: string; mode: 'live' | 'test' }>(
      `select t.tenant_id, t.id, n.mode from top_ups t join tenants n on n.id = t.tenant_id
       where t.status in ('created', 'failed') and t.source = 'checkout' and t.expires_at <= ${sqlNow(1)}
       order by t.expires_at limit ${AT_ONCE}`,
      [parts.clock.fixedMs()],
    );
    for (const row of rows) {
      const writer: TopUpWriter = { ...parts, principal: { tenantId: row.tenant_id, mode: row.mode } };
      await transact(parts.db, async (tx) => {
        const topUp = await readTopUp(writer, row.id, { tx, lock: true });
        // Read as expired, whatever is stored: the change writes it down. Anything else came between.
        if (topUp.status !== 'expired') return;
        await changeStatus(
          writer,
          tx,
          { ...topUp, status: 'created' },
          { status: 'expired', failureCode: topUp.failureCode },
        );
        ended++;
      });
    }
    if (rows.length < AT_ONCE) break;
  }
  return ended;
}
