import { WEBHOOK_API_VERSION } from '@/contracts/webhook-endpoint';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import type { SecretBox } from '@/server/kernel/secret-box';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { ROTATION_OVERLAP_HOURS, secretBoxOf, secretOwner } from './endpoint-secret';
import { replaceSecret } from './rotate-secret';
import { makeWebhookSecret } from './signature';

export interface SenderParts {
  readonly nextId: () => string;
  readonly secretBox: SecretBox;
  readonly fixedMs: number | null;
}

/**
 * The one sender of a tenant's callbacks, made when first needed: its secret signs them. Nobody knows the secret until
 * the client asks for one.
 * @returns its id
 */
export async function callbackSender(tx: Queryable, tenantId: string, parts: SenderParts): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    (
      await tx.query<{ id: string }>(`select id from webhook_endpoints where tenant_id = $1 and kind = 'callback'`, [
        tenantId,
      ])
    ).rows[0]?.id;
  const there = await find();
  if (there !== undefined) return there;
  const id = parts.nextId();
  const sealed = parts.secretBox.seal(makeWebhookSecret(), secretOwner(tenantId, id));
  // Guarantee: the unique index on callbacks' senders lets one of two at once make it; the other finds it.
  await tx.query(
    `insert into webhook_endpoints (tenant_id, id, kind, event_types, api_version, status, secret, created_at, updated_at)
     values ($1, $3, 'callback', '{}', $4, 'enabled', $5, ${sqlNow(2)}, ${sqlNow(2)})
     on conflict (tenant_id) where kind = 'callback' do nothing`,
    [tenantId, parts.fixedMs, id, WEBHOOK_API_VERSION, sealed],
  );
  return (await find()) ?? id;
}

export interface CallbackSecret {
  readonly secret: string;
  readonly previousSecretUntilMs: number | null;
  readonly livemode: boolean;
}

export interface CallbackSecretState {
  /** Null while nobody has asked for the secret: it signs, and nobody knows it. */
  readonly rotatedAtMs: number | null;
  readonly previousSecretUntilMs: number | null;
  readonly livemode: boolean;
}

/** Every rotation keeps the secret before it, which a sender that was never rotated has none of. */
export async function readCallbackSecretState(ctx: Context): Promise<CallbackSecretState> {
  const { rows } = await ctx.db.pool.query<{ rotated_ms: string; until_ms: string | null }>(
    `select ${sqlMs(`previous_secret_until - interval '${ROTATION_OVERLAP_HOURS} hours'`)} as rotated_ms,
       case when previous_secret_until > ${sqlNow(2)} then ${sqlMs('previous_secret_until')} end as until_ms
     from webhook_endpoints where tenant_id = $1 and kind = 'callback' and previous_secret_until is not null`,
    [ctx.principal.tenantId, ctx.clock.fixedMs()],
  );
  const [row] = rows;
  return {
    rotatedAtMs: row === undefined ? null : Number(row.rotated_ms),
    previousSecretUntilMs: row?.until_ms == null ? null : Number(row.until_ms),
    livemode: ctx.principal.mode === 'live',
  };
}

/** Makes the secret that callbacks are signed with anew; the one before signs beside it for a day. */
export function rotateCallbackSecret(ctx: Context): Promise<CallbackSecret> {
  const { tenantId, mode } = ctx.principal;
  const fixedMs = ctx.clock.fixedMs();
  const secret = makeWebhookSecret();
  return inTransaction(ctx, async (tx) => {
    const parts = { nextId: () => ctx.ledger.nextId(), secretBox: secretBoxOf(ctx), fixedMs };
    const id = await callbackSender(tx, tenantId, parts);
    await replaceSecret(ctx, tx, id, secret);
    const { rows } = await tx.query<{ until_ms: string | null }>(
      `select ${sqlMs('previous_secret_until')} as until_ms from webhook_endpoints where tenant_id = $1 and id = $2`,
      [tenantId, id],
    );
    const until = rows[0]?.until_ms ?? null;
    const previousSecretUntilMs = until === null ? null : Number(until);
    const after = JSON.stringify({ previous_secret_until_ms: previousSecretUntilMs });
    await recordChange(ctx, tx, { action: 'webhook_endpoint.secret_rotated', objectId: id, before: null, after });
    return { secret, previousSecretUntilMs, livemode: mode === 'live' };
  });
}
