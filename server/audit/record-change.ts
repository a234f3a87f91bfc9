import type { Context } from '@/server/kernel/context';
import { credentialOf } from '@/server/kernel/origin';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

export interface Change {
  /** `customer.created`, `wallet.metadata_updated` … */
  readonly action: string;
  readonly objectId: string;
  readonly reason?: string | null;
  /** JSON text of what it was; null for what was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Writes the audit row of a change into the change's own transaction: neither stands without the other. */
export async function recordChange(ctx: Context, tx: Queryable, change: Change): Promise<void> {
  await tx.query(
    `insert into audit_log (tenant_id, id, actor, request_id, action, object_id, reason, before, after, credential, address, created_at)
     values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, ${sqlNow(2)})`,
    [
      ctx.principal.tenantId,
      ctx.clock.fixedMs(),
      ctx.ledger.nextId(),
      ctx.principal.actor,
      ctx.requestId,
      change.action,
      change.objectId,
      change.reason ?? null,
      change.before,
      change.after,
      credentialOf(ctx),
      ctx.address,
    ],
  );
}
