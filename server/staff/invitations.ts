import { type Cursor, cursorId } from '@/contracts/lists';
import type { Role } from '@/contracts/roles';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';

export interface Invitation {
  readonly id: string;
  /** The client's public id. */
  readonly clientId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: 'open' | 'accepted' | 'revoked' | 'expired';
  /** As the audit log names who did. */
  readonly invitedBy: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly acceptedAtMs: number | null;
  /** Who they became. */
  readonly userId: string | null;
}

interface Row {
  id: string;
  client_public_id: string;
  email: string;
  name: string;
  role: Role;
  status: Invitation['status'];
  invited_by: string;
  created_at_ms: string;
  expires_at_ms: string;
  accepted_at_ms: string | null;
  user_id: string | null;
}

/** With the clock as the first parameter. */
const SELECT = `select i.id, c.public_id as client_public_id, i.email, i.name, i.role, i.invited_by, i.user_id,
    case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
         when i.expires_at <= ${sqlNow(1)} then 'expired' else 'open' end as status,
    ${sqlMs('i.created_at')} as created_at_ms, ${sqlMs('i.expires_at')} as expires_at_ms,
    ${sqlMs('i.accepted_at')} as accepted_at_ms
  from invitations i join clients c on c.id = i.client_id`;

/**
 * An invitation of the client that the request acts on.
 * @param id stored id, or null for what cannot be one
 * @throws Problem resource_missing
 */
export async function readInvitation(
  ctx: Context,
  id: string | null,
  { tx = ctx.db.pool, lock = false }: { tx?: Queryable; lock?: boolean } = {},
): Promise<Invitation> {
  const { rows } = await tx.query<Row>(
    `${SELECT} where c.public_id = $2 and i.id = $3 ${lock ? 'for update of i' : ''}`,
    [ctx.clock.fixedMs(), ctx.principal.clientId, id],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such invitation.', { param: 'id' });
  return invitationOf(row);
}

/** Newest first, one more than asked for, so that the page knows whether there is another. */
export async function listInvitations(
  ctx: Context,
  { limit, after }: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<Invitation[]> {
  const before = after === undefined ? null : cursorId(after);
  if (after !== undefined && before === null) {
    throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
      param: 'after',
    });
  }
  const { rows } = await ctx.db.pool.query<Row>(
    `${SELECT} where c.public_id = $2 and ($3::bigint is null or i.id < $3) order by i.id desc limit $4`,
    [ctx.clock.fixedMs(), ctx.principal.clientId, before, limit + 1],
  );
  return rows.map(invitationOf);
}

function invitationOf(row: Row): Invitation {
  return {
    id: row.id,
    clientId: row.client_public_id,
    email: row.email,
    name: row.name,
    role: row.role,
    status: row.status,
    invitedBy: row.invited_by,
    createdAtMs: Number(row.created_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    acceptedAtMs: row.accepted_at_ms === null ? null : Number(row.accepted_at_ms),
    userId: row.user_id,
  };
}
