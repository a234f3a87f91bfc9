import type { Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import { inTurn, passwordMatches } from './password-hash';
import { countFailure, forgetFailures, requireNotThrottled, type ThrottleKeys, throttleKeys } from './throttle';

type Mode = 'live' | 'test';

/** Somebody whose password was right a moment ago. */
export interface Candidate {
  readonly id: string;
  readonly email: string;
  readonly kind: 'staff' | 'api_user';
  readonly role: Role;
  readonly tenant_id: string;
  readonly client_public_id: string;
  readonly client_code: string;
  readonly is_operator: boolean;
  readonly has_second_factor: boolean;
}

interface Row extends Candidate {
  password_hash: string;
  status: 'active' | 'inactive';
  client_status: 'active' | 'inactive';
  is_familiar: boolean;
}

export interface PasswordInput {
  /** The e-mail address, in either case. */
  readonly username: string;
  readonly password: string;
  /** In whose books of the user's client it is written down. */
  readonly mode: Mode;
  /** For people alone: a program has no browser. */
  readonly isForPeople?: boolean;
}

/**
 * Runs `then` in a transaction for whoever this name and password are of. Answer and effort are the same whether the name or
 * the password is wrong.
 * @throws Problem credentials_invalid, login_throttled, login_busy, client_inactive
 */
export async function withProvenPassword<R>(
  ctx: Context,
  { username, password, mode, isForPeople = false }: PasswordInput,
  then: (user: Candidate, tx: Transaction) => Promise<R>,
): Promise<R> {
  const email = username.trim().toLowerCase();
  const user = await findCandidate(ctx, email, mode);
  const keys = throttleKeys(email, ctx.address, user?.is_familiar === true);
  // Before the queue, so that guesses which wait out a delay take nobody's turn …
  await requireNotThrottled(ctx, keys);
  return inTurn(async () => {
    // … and after it: of many that queued together, those that come after the failures hear of the delay.
    await requireNotThrottled(ctx, keys);
    const matches = await passwordMatches(user?.password_hash ?? null, password);
    const mayEnter = user !== null && matches && user.status === 'active' && (!isForPeople || user.kind === 'staff');
    if (!mayEnter) return refuse(ctx, mode, user, keys);
    if (user.client_status !== 'active') {
      throw new Problem('client_inactive', 'The client of this user is inactive.');
    }
    const done = await enter(ctx, user, keys, then);
    return done === null ? refuse(ctx, mode, user, keys) : done.result;
  });
}

async function findCandidate(ctx: Context, email: string, mode: Mode): Promise<Row | null> {
  const { rows } = await ctx.db.pool.query<Row>({
    name: 'log_in',
    text: `select u.id, u.email, u.kind, u.password_hash, u.role, u.status, t.id as tenant_id,
                  c.public_id as client_public_id, c.code as client_code, c.status as client_status, c.is_operator,
                  exists (select from login_sessions s where s.user_id = u.id and s.address = $3) as is_familiar,
                  exists (select from second_factors f where f.user_id = u.id and f.enabled_at is not null) as has_second_factor
           from users u
           join clients c on c.id = u.client_id
           join tenants t on t.client_id = c.id and t.mode = $2
           where u.email = $1`,
    values: [email, mode, ctx.address],
  });
  return rows[0] ?? null;
}

/**
 * What follows and the reset of the account's failures, or null when the password was changed or the user deactivated
 * meanwhile: the lock waits for whoever is doing so, and whoever does so later ends what is made here.
 */
function enter<R>(
  ctx: Context,
  user: Row,
  keys: ThrottleKeys,
  then: (user: Candidate, tx: Transaction) => Promise<R>,
): Promise<{ readonly result: R } | null> {
  return transact(ctx.db, async (tx) => {
    const { rowCount } = await tx.query(
      `select from users where id = $1 and password_hash = $2 and status = 'active' for update`,
      [user.id, user.password_hash],
    );
    if (rowCount === 0) return null;
    await forgetFailures(tx, keys);
    return { result: await then(user, tx) };
  });
}

/**
 * Counts the failure and writes its audit row: into the books of the user's client, or where there is no such user
 * into the operator's. So both take as long, and the operator sees somebody trying names.
 */
async function refuse(ctx: Context, mode: Mode, user: Row | null, keys: ThrottleKeys): Promise<never> {
  await transact(ctx.db, async (tx) => {
    await countFailure(ctx, tx, keys);
    const tenantId = user?.tenant_id ?? (await operatorTenant(ctx, mode));
    if (tenantId === null) return;
    const inBooks: Context = { ...ctx, principal: { ...ctx.principal, tenantId } };
    const objectId = user?.id ?? 'unknown';
    await recordChange(inBooks, tx, { action: 'user.login_failed', objectId, before: null, after: null });
  });
  throw new Problem('credentials_invalid', 'The username or the password is wrong.');
}

async function operatorTenant(ctx: Context, mode: Mode): Promise<string | null> {
  const { rows } = await ctx.db.pool.query<{ id: string }>(
    'select t.id from clients c join tenants t on t.client_id = c.id where c.is_operator and t.mode = $1',
    [mode],
  );
  return rows[0]?.id ?? null;
}

/** Written down with the session that follows. */
export async function noteLogIn(ctx: Context, tx: Transaction, userId: string): Promise<void> {
  await tx.query(`update users set last_login_at = ${sqlNow(1)} where id = $2`, [ctx.clock.fixedMs(), userId]);
}
