import { ROLE_SCOPES, type Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context, Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { transact } from '@/server/kernel/transaction';
import { insertSession, SESSION_SECONDS } from './insert-session';
import { inTurn, passwordMatches } from './password-hash';
import { countFailure, forgetFailures, requireNotThrottled, type ThrottleKeys, throttleKeys } from './throttle';

export interface LogInInput {
  /** The e-mail address. */
  readonly username: string;
  readonly password: string;
  readonly mode: 'live' | 'test';
}

export interface LoggedIn {
  /** In no log and no table: the caller has it or nobody has. */
  readonly token: string;
  readonly expiresInSeconds: number;
  readonly livemode: boolean;
  readonly userId: string;
  readonly role: Role;
  readonly clientCode: string;
}

interface Candidate {
  id: string;
  password_hash: string;
  role: Role;
  status: 'active' | 'inactive';
  tenant_id: string;
  client_public_id: string;
  client_code: string;
  client_status: 'active' | 'inactive';
  is_operator: boolean;
  is_familiar: boolean;
}

/**
 * A token for a name and a password. Answer and effort are the same whether the name or the password is wrong.
 * @throws Problem credentials_invalid, login_throttled, login_busy, client_inactive
 */
export async function logIn(ctx: Context, { username, password, mode }: LogInInput): Promise<LoggedIn> {
  const email = username.trim().toLowerCase();
  const user = await findCandidate(ctx, email, mode);
  const keys = throttleKeys(email, ctx.address, user?.is_familiar === true);
  // Before the queue, so that guesses which wait out a delay take nobody's turn …
  await requireNotThrottled(ctx, keys);
  return inTurn(async () => {
    // … and after it: of many that queued together, those that come after the failures hear of the delay.
    await requireNotThrottled(ctx, keys);
    const matches = await passwordMatches(user?.password_hash ?? null, password);
    if (user === null || !matches || user.status !== 'active') return refuse(ctx, mode, user, keys);
    if (user.client_status !== 'active') {
      throw new Problem('client_inactive', 'The client of this user is inactive.');
    }
    return (await open(ctx, mode, user, keys)) ?? refuse(ctx, mode, user, keys);
  });
}

async function findCandidate(ctx: Context, email: string, mode: 'live' | 'test'): Promise<Candidate | null> {
  const { rows } = await ctx.db.pool.query<Candidate>({
    name: 'log_in',
    text: `select u.id, u.password_hash, u.role, u.status, t.id as tenant_id, c.public_id as client_public_id,
                  c.code as client_code, c.status as client_status, c.is_operator,
                  exists (select from login_sessions s where s.user_id = u.id and s.address = $3) as is_familiar
           from users u
           join clients c on c.id = u.client_id
           join tenants t on t.client_id = c.id and t.mode = $2
           where u.email = $1`,
    values: [email, mode, ctx.address],
  });
  return rows[0] ?? null;
}

/**
 * The session, its audit row and the reset of the account's failures, or null when the password was changed or the
 * user deactivated meanwhile: the update waits for whoever is doing so, and whoever does so later ends this session.
 */
function open(ctx: Context, mode: 'live' | 'test', user: Candidate, keys: ThrottleKeys): Promise<LoggedIn | null> {
  return transact(ctx.db, async (tx) => {
    const { rowCount } = await tx.query(
      `update users set last_login_at = ${sqlNow(1)} where id = $2 and password_hash = $3 and status = 'active'`,
      [ctx.clock.fixedMs(), user.id, user.password_hash],
    );
    if (rowCount === 0) return null;
    await forgetFailures(tx, keys);
    const id = ctx.ledger.nextId();
    const token = await insertSession(tx, { id, userId: user.id, mode, address: ctx.address }, ctx.clock.fixedMs());
    const asUser: Context = { ...ctx, principal: principalOf(user, mode, id) };
    await recordChange(asUser, tx, { action: 'user.logged_in', objectId: user.id, before: null, after: null });
    return {
      token,
      expiresInSeconds: SESSION_SECONDS,
      livemode: mode === 'live',
      userId: user.id,
      role: user.role,
      clientCode: user.client_code,
    };
  });
}

/**
 * Counts the failure and writes its audit row: into the books of the user's client, or where there is no such user
 * into the operator's. So both take as long, and the operator sees somebody trying names.
 */
async function refuse(ctx: Context, mode: 'live' | 'test', user: Candidate | null, keys: ThrottleKeys): Promise<never> {
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

async function operatorTenant(ctx: Context, mode: 'live' | 'test'): Promise<string | null> {
  const { rows } = await ctx.db.pool.query<{ id: string }>(
    'select t.id from clients c join tenants t on t.client_id = c.id where c.is_operator and t.mode = $1',
    [mode],
  );
  return rows[0]?.id ?? null;
}

function principalOf(user: Candidate, mode: 'live' | 'test', sessionId: string): Principal {
  return {
    kind: 'login',
    tenantId: user.tenant_id,
    clientId: user.client_public_id,
    mode,
    credentialId: sessionId,
    actor: `user:${user.id}`,
    scopes: ROLE_SCOPES[user.role],
    role: user.role,
    isOperator: user.is_operator,
    actsOnClient: false,
  };
}
