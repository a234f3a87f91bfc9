import type { Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { makeOpaqueToken, storedSecret } from '@/server/kernel/secret';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { userExists } from './insert-user';
import { type Invitation, readInvitation } from './invitations';
import { requireLogInForOperator, requireManageable } from './require-manageable';

export const INVITATION_HOURS = 72;

export interface InviteInput {
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface Invited {
  readonly invitation: Invitation;
  /** Of the link to pass on; in no log and no table. */
  readonly token: string;
}

/**
 * Invites somebody to the client that the request acts on. They choose their own password; nobody else ever knows it.
 * @throws Problem user_exists, invitation_exists, scope_missing, operator_required
 */
export async function invite(ctx: Context, { email, name, role }: InviteInput): Promise<Invited> {
  requireManageable(ctx, role, 'role');
  await requireLogInForOperator(ctx);
  const token = makeOpaqueToken();
  const { lookupId, hash } = storedSecret(token);
  return inTransaction(ctx, async (tx) => {
    // Of two invitations of one address at once the second finds the first.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('invitation:' || $1, 0))`, [email]);
    const { rows } = await tx.query('select from users where email = $1', [email]);
    if (rows.length > 0) throw userExists();
    const open = await tx.query(
      `select from invitations i join clients c on c.id = i.client_id
       where i.email = $2 and c.public_id = $3 and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${sqlNow(1)}`,
      [ctx.clock.fixedMs(), email, ctx.principal.clientId],
    );
    if (open.rows.length > 0) {
      throw new Problem('invitation_exists', 'There is an open invitation for this address.', { param: 'email' });
    }
    const id = ctx.ledger.nextId();
    await tx.query(
      `insert into invitations (id, client_id, email, name, role, lookup_id, token_hash, invited_by, created_at, expires_at)
       select $2, c.id, $4, $5, $6, $7, $8, $9, ${sqlNow(1)}, ${sqlNow(1)} + ${INVITATION_HOURS} * interval '1 hour'
       from clients c where c.public_id = $3`,
      [ctx.clock.fixedMs(), id, ctx.principal.clientId, email, name, role, lookupId, hash, ctx.principal.actor],
    );
    const after = JSON.stringify({ email, name, role });
    await recordChange(ctx, tx, { action: 'invitation.created', objectId: id, before: null, after });
    return { invitation: await readInvitation(ctx, id, { tx }), token };
  });
}

/**
 * Takes an invitation back. Repeating it is a success that changes nothing.
 * @throws Problem resource_missing, invitation_ended, operator_required
 */
export async function revokeInvitation(
  ctx: Context,
  { id, reason }: { readonly id: string | null; readonly reason: string | null },
): Promise<Invitation> {
  await requireLogInForOperator(ctx);
  return inTransaction(ctx, async (tx) => {
    const was = await readInvitation(ctx, id, { tx, lock: true });
    if (was.status === 'revoked') return was;
    if (was.status !== 'open') {
      throw new Problem('invitation_ended', 'The invitation was accepted or has expired.', { param: 'id' });
    }
    await tx.query(`update invitations set revoked_at = ${sqlNow(1)} where id = $2`, [ctx.clock.fixedMs(), was.id]);
    await recordChange(ctx, tx, {
      action: 'invitation.revoked',
      objectId: was.id,
      reason,
      before: JSON.stringify({ status: 'open' }),
      after: JSON.stringify({ status: 'revoked' }),
    });
    return readInvitation(ctx, was.id, { tx });
  });
}
