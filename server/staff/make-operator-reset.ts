import { Problem } from '@/server/kernel/problem';
import { transact } from '@/server/kernel/transaction';
import { insertResetLink, type ResetLink } from './reset-password';
import { type SetUpParts, setUpContext } from './set-up-context';

/**
 * A reset link for one of the operator's people, for whoever holds the server: the way back in when the last admin has
 * forgotten their password.
 * @throws Problem resource_missing
 */
export async function makeOperatorReset(parts: SetUpParts, email: string): Promise<ResetLink> {
  const { rows } = await parts.db.pool.query<{ id: string; tenant_id: string }>(
    `select u.id, t.id as tenant_id from users u
     join clients c on c.id = u.client_id and c.is_operator
     join tenants t on t.client_id = c.id and t.mode = 'live'
     where u.email = $1 and u.status = 'active'`,
    [email],
  );
  const user = rows[0];
  if (user === undefined)
    throw new Problem('resource_missing', 'None of the operator’s active people has this address.');
  return transact(parts.db, (tx) => insertResetLink(setUpContext(parts, user.tenant_id), tx, user.id, null));
}
