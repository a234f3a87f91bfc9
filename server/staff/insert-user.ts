import type { Role } from '@/contracts/roles';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { sqlStateOf } from '@/server/kernel/transaction';

export interface NewUserRow {
  readonly id: string;
  /** The client's public id. */
  readonly clientId: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly kind: 'staff' | 'api_user';
  readonly role: Role;
  readonly passwordHash: string;
}

/**
 * The one statement that makes a user.
 * @throws Problem user_exists: the unique index on the e-mail decides, however many ask at once
 */
export async function insertUser(tx: Queryable, user: NewUserRow, fixedMs: number | null): Promise<void> {
  try {
    await tx.query(
      `insert into users (id, client_id, email, name, kind, role, password_hash, created_at, updated_at, password_changed_at)
       select $1, c.id, $4, $5, $6, $7, $8, ${sqlNow(2)}, ${sqlNow(2)}, ${sqlNow(2)} from clients c where c.public_id = $3`,
      [user.id, fixedMs, user.clientId, user.email, user.name, user.kind, user.role, user.passwordHash],
    );
  } catch (error) {
    if (sqlStateOf(error) !== '23505') throw error;
    throw userExists();
  }
}

export function userExists(): Problem {
  return new Problem('user_exists', 'Somebody has this e-mail address already.', { param: 'email' });
}
