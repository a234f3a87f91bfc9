import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { makeOpaqueToken, sameHash, storedSecret } from '@/server/kernel/secret';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction, transact } from '@/server/kernel/transaction';
import { endSessions } from './end-sessions';
import { hashPassword } from './password-hash';
import { requireSuitable } from './password-rules';
import { readUser, type User } from './read';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export const RESET_MINUTES = 60;

export interface ResetLink {
  /** Of the link to pass on; in no log and no table. */
  readonly token: string;
  readonly expiresAtMs: number;
}

/**
 * A link with which somebody chooses a new password. Links made before work no more.
 * @throws Problem resource_missing, scope_missing, operator_required
 */
export async function makeResetLink(
  ctx: Context,
  { userId, reason }: { readonly userId: string | null; readonly reason: string | null },
): Promise<ResetLink & { readonly user: User }> {
  await requireLogInForOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const user = await readUser(ctx, userId, { tx, lock: true });
    requireManageable(ctx, user.role);
    return { user, ...(await insertResetLink(ctx, tx, user.id, reason)) };
  });
}

/** The one statement that makes a reset link, and its audit row. */
export async function insertResetLink(
  ctx: Context,
  tx: Transaction,
  userId: string,
  reason: string | null,
): Promise<ResetLink> {
  const token = makeOpaqueToken();
  const { lookupId, hash } = storedSecret(token);
  await tx.query(`update password_resets set used_at = ${sqlNow(1)} where user_id = $2 and used_at is null`, [
    ctx.clock.fixedMs(),
    userId,
  ]);
  const { rows } = await tx.query<{ expires_at_ms: string }>(
    `insert into password_resets (id, user_id, lookup_id, token_hash, created_at, expires_at)
     values ($2, $3, $4, $5, ${sqlNow(1)}, ${sqlNow(1)} + ${RESET_MINUTES} * interval '1 minute')
     returning ${sqlMs('expires_at')} as expires_at_ms`,
    [ctx.clock.fixedMs(), ctx.ledger.nextId(), userId, lookupId, hash],
  );
  await recordChange(ctx, tx, {
    action: 'user.reset_link_made',
    objectId: userId,
    reason,
    before: null,
    after: null,
  });
  return { token, expiresAtMs: Number(rows[0]?.expires_at_ms) };
}

export interface OpenReset {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly tenantId: string;
  /** The client's public id. */
  readonly clientId: string;
}

/** Null when the link is wrong, used, replaced or too old: the answer is one. */
export function findReset(ctx: Context, token: string): Promise<OpenReset | null> {
  return find(ctx, token, ctx.db.pool, '');
}

/**
 * Sets the password that somebody chose, and ends all their sessions; a second factor stays, and is asked for at the next
 * sign-in. False when the link does not work (any more); guarantee: of two at once one does.
 * @throws Problem password_unsuitable, login_busy
 */
export async function resetPassword(
  ctx: Context,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<boolean> {
  const open = await findReset(ctx, token);
  if (open === null) return false;
  requireSuitable(password, open.email);
  const passwordHash = await hashPassword(password);
  return transact(ctx.db, async (tx) => {
    const still = await find(ctx, token, tx, 'for update of r, u');
    if (still === null) return false;
    const { userId } = still;
    await tx.query(`update password_resets set used_at = ${sqlNow(1)} where id = $2`, [ctx.clock.fixedMs(), still.id]);
    await tx.query(
      `update users set password_hash = $3, password_changed_at = ${sqlNow(1)}, updated_at = ${sqlNow(1)} where id = $2`,
      [ctx.clock.fixedMs(), userId, passwordHash],
    );
    const ended = await endSessions(ctx, tx, userId);
    const asUser: Context = {
      ...ctx,
      principal: { ...ctx.principal, tenantId: still.tenantId, clientId: still.clientId, actor: `user:${userId}` },
    };
    await recordChange(asUser, tx, {
      action: 'user.password_reset',
      objectId: userId,
      before: null,
      after: JSON.stringify({ sessions_ended: ended }),
    });
    return true;
  });
}

async function find(ctx: Context, token: string, db: Queryable, lock: string): Promise<OpenReset | null> {
  const { lookupId, hash } = storedSecret(token);
  const { rows } = await db.query<{
    id: string;
    token_hash: Buffer;
    user_id: string;
    email: string;
    tenant_id: string;
    client_public_id: string;
  }>(
    `select r.id, r.token_hash, r.user_id, u.email, t.id as tenant_id, c.public_id as client_public_id
     from password_resets r
     join users u on u.id = r.user_id and u.status = 'active'
     join clients c on c.id = u.client_id
     join tenants t on t.client_id = c.id and t.mode = $3
     where r.lookup_id = $2 and r.used_at is null and r.expires_at > ${sqlNow(1)}
       and u.password_changed_at <= r.created_at ${lock}`,
    [ctx.clock.fixedMs(), lookupId, ctx.principal.mode],
  );
  const row = rows[0];
  if (row === undefined || !sameHash(hash, row.token_hash)) return null;
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    tenantId: row.tenant_id,
    clientId: row.client_public_id,
  };
}
