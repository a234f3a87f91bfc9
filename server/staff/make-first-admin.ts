import { recordChange } from '@/server/audit/record-change';
import { transact } from '@/server/kernel/transaction';
import { insertUser } from './insert-user';
import { ensureOperator } from './operator';
import { hashPassword } from './password-hash';
import { requireSuitable } from './password-rules';
import { type SetUpParts, setUpContext } from './set-up-context';

export interface FirstAdmin {
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/**
 * Makes the operator, where it is missing, and its first admin. False, and nothing is changed, when an active admin is
 * there: the lock on the operator's row lets one of several set-ups make one.
 * @throws Problem user_exists, password_unsuitable
 */
export async function makeFirstAdmin(parts: SetUpParts, { email, name, password }: FirstAdmin): Promise<boolean> {
  requireSuitable(password, email);
  const operator = await ensureOperator(parts);
  const passwordHash = await hashPassword(password);
  return transact(parts.db, async (tx) => {
    await tx.query('select from clients where is_operator for update');
    const { rows } = await tx.query(
      `select from users u join clients c on c.id = u.client_id
       where c.is_operator and u.role = 'admin' and u.status = 'active' limit 1`,
    );
    if (rows.length > 0) return false;
    const id = parts.ledger.nextId();
    const { publicId: clientId } = operator;
    const user = { id, clientId, email, name, kind: 'staff', role: 'admin', passwordHash } as const;
    await insertUser(tx, user, parts.clock.fixedMs());
    const after = JSON.stringify({ email, name, kind: 'staff', role: 'admin', status: 'active' });
    // Of people there is one set for both modes; what happened before any log-in is told where live money is.
    const ctx = setUpContext(parts, operator.liveTenantId);
    await recordChange(ctx, tx, { action: 'user.created', objectId: id, before: null, after });
    return true;
  });
}
