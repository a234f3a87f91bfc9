import type { Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sameHash, storedSecret } from '@/server/kernel/secret';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import { insertConsoleSession } from './console-session';
import { insertUser } from './insert-user';
import { hashPassword } from './password-hash';
import { requireSuitable } from './password-rules';

/** What a link in somebody's hands is for. */
export interface OpenInvitation {
  readonly id: string;
  readonly tenantId: string;
  /** The client's public id. */
  readonly clientId: string;
  readonly clientName: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** Null when the link is wrong, used, taken back or too old: the answer is one. */
export async function findInvitation(ctx: Context, token: string): Promise<OpenInvitation | null> {
  return find(ctx, token, ctx.db.pool, '');
}

/**
 * Makes the invited user with the password they chose, and signs them in. Null when the link does not work (any more);
 * guarantee: of two at once one does, since the invitation's row is locked.
 * @throws Problem password_unsuitable, user_exists, login_busy
 */
export async function acceptInvitation(
  ctx: Context,
  input: {
    readonly token: string;
    readonly name: string;
    readonly password: string;
    readonly userAgent: string | null;
  },
): Promise<string | null> {
  const open = await findInvitation(ctx, input.token);
  if (open === null) return null;
  requireSuitable(input.password, open.email);
  const passwordHash = await hashPassword(input.password);
  return transact(ctx.db, async (tx) => {
    const still = await find(ctx, input.token, tx, 'for update of i');
    if (still === null) return null;
    const id = ctx.ledger.nextId();
    const { clientId, email, role } = still;
    const name = input.name.trim() === '' ? still.name : input.name.trim().slice(0, 100);
    await insertUser(tx, { id, clientId, email, name, kind: 'staff', role, passwordHash }, ctx.clock.fixedMs());
    await tx.query(`update invitations set accepted_at = ${sqlNow(1)}, user_id = $3 where id = $2`, [
      ctx.clock.fixedMs(),
      still.id,
      id,
    ]);
    const sessionId = ctx.ledger.nextId();
    const { address } = ctx;
    const { userAgent } = input;
    const token = await insertConsoleSession(
      tx,
      { id: sessionId, userId: id, address, userAgent },
      ctx.clock.fixedMs(),
    );
    await tx.query(`update users set last_login_at = ${sqlNow(1)} where id = $2`, [ctx.clock.fixedMs(), id]);
    const asUser: Context = {
      ...ctx,
      principal: {
        ...ctx.principal,
        kind: 'login',
        tenantId: still.tenantId,
        clientId,
        credentialId: sessionId,
        actor: `user:${id}`,
      },
    };
    await recordChange(asUser, tx, {
      action: 'invitation.accepted',
      objectId: still.id,
      before: JSON.stringify({ status: 'open' }),
      after: JSON.stringify({ status: 'accepted', user: id }),
    });
    const after = JSON.stringify({ email, name, kind: 'staff', role, status: 'active' });
    await recordChange(asUser, tx, { action: 'user.created', objectId: id, before: null, after });
    return token;
  });
}

async function find(ctx: Context, token: string, db: Queryable, lock: string): Promise<OpenInvitation | null> {
  const { lookupId, hash } = storedSecret(token);
  const { rows } = await db.query<{
    id: string;
    token_hash: Buffer;
    tenant_id: string;
    client_public_id: string;
    client_name: string;
    email: string;
    name: string;
    role: Role;
  }>(
    `select i.id, i.token_hash, t.id as tenant_id, c.public_id as client_public_id, c.name as client_name, i.email, i.name, i.role
     from invitations i
     join clients c on c.id = i.client_id and c.status = 'active'
     join tenants t on t.client_id = c.id and t.mode = $3
     where i.lookup_id = $2 and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${sqlNow(1)} ${lock}`,
    [ctx.clock.fixedMs(), lookupId, ctx.principal.mode],
  );
  const row = rows[0];
  if (row === undefined || !sameHash(hash, row.token_hash)) return null;
  return {
    id: row.id,
    tenantId: row.tenant_id,
    clientId: row.client_public_id,
    clientName: row.client_name,
    email: row.email,
    name: row.name,
    role: row.role,
  };
}
