import type { Database } from '@/db/client';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type AuditBreak, auditBreaks } from '@/server/ledger/audit-chain';
import { GENESIS_HASH } from '@/server/ledger/core/hash';

export interface Verification {
  readonly entries: number;
  readonly head: { readonly sequence: number; readonly hash: string };
  readonly firstBreak: AuditBreak | null;
  readonly livemode: boolean;
}

/** Each holds a connection for as long as the log is long. */
const AT_ONCE_MAX = 2;
const RETRY_AFTER_SECONDS = 5;
const underWay = new WeakMap<Database, Map<string, Promise<Verification>>>();

/**
 * Recomputes the chain of the tenant's audit log as of one moment, a page at a time, up to the first break. Who asks while
 * it is under way is answered with it.
 * @throws Problem rate_limited, when as many are under way as may be
 */
export function verifyChain(ctx: Context): Promise<Verification> {
  const { tenantId } = ctx.principal;
  const running = underWay.get(ctx.db) ?? new Map<string, Promise<Verification>>();
  underWay.set(ctx.db, running);
  const same = running.get(tenantId);
  if (same !== undefined) return same;
  if (running.size >= AT_ONCE_MAX) {
    const message = 'Other audit logs are being verified; repeat when one of them is done.';
    return Promise.reject(new Problem('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS }));
  }
  const verification = verify(ctx).finally(() => running.delete(tenantId));
  running.set(tenantId, verification);
  return verification;
}

async function verify(ctx: Context): Promise<Verification> {
  const { tenantId, mode } = ctx.principal;
  const client = await ctx.db.pool.connect();
  // Without a listener of ours a connection that dies while checked out would end the process.
  const ignore = (): void => {};
  client.on('error', ignore);
  let broken = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ entries: string; sequence: string | null; hash: string | null }>(
      `select (select count(*) from audit_log where tenant_id = $1) as entries, h.sequence, encode(h.hash, 'hex') as hash
       from (select 1) one left join audit_heads h on h.tenant_id = $1`,
      [tenantId],
    );
    const { value } = await auditBreaks(client, tenantId).next();
    await client.query('rollback');
    broken = false;
    const found = rows[0];
    return {
      entries: Number(found?.entries ?? 0),
      head: { sequence: Number(found?.sequence ?? 0), hash: found?.hash ?? GENESIS_HASH },
      firstBreak: (value as AuditBreak | undefined) ?? null,
      livemode: mode === 'live',
    };
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}
