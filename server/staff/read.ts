import { type Cursor, cursorId } from '@/contracts/lists';
import type { Role } from '@/contracts/roles';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

export interface User {
  readonly id: string;
  /** The client's public id. */
  readonly clientId: string;
  readonly email: string;
  readonly name: string;
  readonly kind: 'staff' | 'api_user';
  readonly role: Role;
  readonly status: 'active' | 'inactive';
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly passwordChangedAtMs: number;
  readonly lastLoginAtMs: number | null;
  readonly hasSecondFactor: boolean;
}

interface Row {
  id: string;
  client_public_id: string;
  email: string;
  name: string;
  kind: 'staff' | 'api_user';
  role: Role;
  status: 'active' | 'inactive';
  created_at_ms: string;
  updated_at_ms: string;
  password_changed_at_ms: string;
  last_login_at_ms: string | null;
  has_second_factor: boolean;
}

const COLUMNS = `u.id, c.public_id as client_public_id, u.email, u.name, u.kind, u.role, u.status,
  ${sqlMs('u.created_at')} as created_at_ms, ${sqlMs('u.updated_at')} as updated_at_ms,
  ${sqlMs('u.password_changed_at')} as password_changed_at_ms, ${sqlMs('u.last_login_at')} as last_login_at_ms,
  exists (select from second_factors f where f.user_id = u.id and f.enabled_at is not null) as has_second_factor`;

/**
 * One of the people of the client that the request acts on.
 * @param id stored id, or null for what cannot be one
 * @throws Problem resource_missing
 */
export async function readUser(
  ctx: Context,
  id: string | null,
  { tx = ctx.db.pool, lock = false }: { tx?: Queryable; lock?: boolean } = {},
): Promise<User> {
  // `for update`: of two changes to one user at once, the second sees what the first did.
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from users u join clients c on c.id = u.client_id
     where c.public_id = $1 and u.id = $2 ${lock ? 'for update of u' : ''}`,
    [ctx.principal.clientId, id],
  );
  const row = rows[0];
  if (row === undefined) throw new Problem('resource_missing', 'There is no such user.', { param: 'id' });
  return userOf(row);
}

export interface UserFilter {
  readonly limit: number;
  readonly after: Cursor | undefined;
  readonly role: Role | undefined;
  readonly kind: 'staff' | 'api_user' | undefined;
  readonly status: 'active' | 'inactive' | undefined;
}

/** Newest first, one more than asked for, so that the page knows whether there is another. */
export async function listUsers(ctx: Context, { limit, after, role, kind, status }: UserFilter): Promise<User[]> {
  const before = after === undefined ? null : cursorId(after);
  if (after !== undefined && before === null) {
    throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
      param: 'after',
    });
  }
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS} from users u join clients c on c.id = u.client_id
     where c.public_id = $1 and ($2::bigint is null or u.id < $2)
       and ($3::text is null or u.role = $3) and ($4::text is null or u.kind = $4) and ($5::text is null or u.status = $5)
     order by u.id desc limit $6`,
    [ctx.principal.clientId, before, role ?? null, kind ?? null, status ?? null, limit + 1],
  );
  return rows.map(userOf);
}

function userOf(row: Row): User {
  return {
    id: row.id,
    clientId: row.client_public_id,
    email: row.email,
    name: row.name,
    kind: row.kind,
    role: row.role,
    status: row.status,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
    passwordChangedAtMs: Number(row.password_changed_at_ms),
    lastLoginAtMs: row.last_login_at_ms === null ? null : Number(row.last_login_at_ms),
    hasSecondFactor: row.has_second_factor,
  };
}
