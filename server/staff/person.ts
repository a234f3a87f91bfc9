import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';

export interface Person {
  readonly id: string;
  readonly email: string;
}

/**
 * Whose log-in the request came with.
 * @throws Problem login_required
 */
export async function requirePerson({ principal, db }: Context): Promise<Person> {
  if (principal.kind !== 'login') {
    throw new Problem('login_required', 'A key is nobody’s own: log in to do this.');
  }
  const id = principal.actor.slice('user:'.length);
  const { rows } = await db.pool.query<Person>('select id, email from users where id = $1', [id]);
  if (rows[0] === undefined) throw new Error('The caller is nobody.');
  return rows[0];
}
