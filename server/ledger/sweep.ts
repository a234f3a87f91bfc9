import type pg from 'pg';
import type { Ledger } from './ledger';

/** How many accounts one round of the sweep puts into the batcher at once: a part of a batch, so debits ride along. */
const AT_ONCE = 64;

/**
 * Posts what has expired: lots and holds whose time is over. Balances do not wait for it (every read and every debit
 * leaves expired lots out); it makes the books say so and the events go out. Returns the number of accounts swept.
 */
export async function sweepExpired(
  pool: pg.Pool,
  ledger: Ledger,
  nowMs: number | null,
  roundsMax = 1_000,
): Promise<number> {
  let swept = 0;
  for (let round = 0; round < roundsMax; round++) {
    const { rows } = await pool.query<{ tenant_id: string; account_id: string }>(
      `select tenant_id, account_id from (
         (select tenant_id, account_id from lots
          where remaining_minor > 0 and expires_at <= coalesce(to_timestamp($1::bigint / 1000.0), now())
          order by expires_at limit $2)
         union
         (select tenant_id, account_id from holds
          where status = 'active' and expires_at <= coalesce(to_timestamp($1::bigint / 1000.0), now())
          order by expires_at limit $2)
       ) due limit $2`,
      [nowMs, AT_ONCE],
    );
    if (rows.length === 0) break;
    const outcomes = await Promise.allSettled(
      rows.map((row) =>
        ledger.submit({
          kind: 'sweep',
          tenantId: row.tenant_id,
          id: ledger.nextId(),
          accountId: row.account_id,
          origin: { actor: 'job:expiry', requestId: `job_${ledger.nextId()}` },
        }),
      ),
    );
    const changed = outcomes.filter((o) => o.status === 'fulfilled' && o.value.ok && o.value.changed).length;
    swept += changed;
    const failed = outcomes.find((o) => o.status === 'rejected');
    // Without this a wallet that cannot be swept would be asked for again and again.
    if (changed === 0) {
      if (failed !== undefined) throw failed.reason;
      break;
    }
  }
  return swept;
}
