import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { makeOpaqueToken, sameHash, storedSecret } from '@/server/kernel/secret';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import type { Transaction } from '@/server/kernel/transaction';
import { insertConsoleSession } from './console-session';
import { principalOf } from './log-in';
import { withProvenCode } from './prove-by-code';
import { type Candidate, noteLogIn, withProvenPassword } from './prove-password';
import type { Factor } from './take-code';

/** Between password and code. */
export const PENDING_MINUTES = 10;

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  /** Where to go afterwards, on this host. */
  readonly next: string;
  readonly userAgent: string | null;
}

/** In no log and no table: the browser has it or nobody has. */
export type SignedIn =
  | { readonly step: 'done'; readonly token: string; readonly next: string }
  | { readonly step: 'code'; readonly pendingToken: string };

/**
 * First step. Whoever has no second factor is signed in; whoever has one gets a pending sign-in, which opens nothing but
 * the second step.
 * @throws Problem credentials_invalid, login_throttled, login_busy, client_inactive
 */
export function signIn(ctx: Context, input: SignInInput): Promise<SignedIn> {
  const { email, password, next, userAgent } = input;
  const { mode } = ctx.principal;
  return withProvenPassword(ctx, { username: email, password, mode, isForPeople: true }, async (user, tx) =>
    user.has_second_factor
      ? { step: 'code', pendingToken: await insertPending(ctx, tx, user.id, next) }
      : { step: 'done', token: await openConsole(ctx, tx, user, userAgent, null), next },
  );
}

export interface Pending {
  readonly id: string;
  readonly next: string;
  readonly user: Candidate;
}

/** Second step. A pending sign-in is for one session; null when there is none any more. */
export async function finishSignIn(
  ctx: Context,
  {
    pendingToken,
    code,
    userAgent,
  }: { readonly pendingToken: string; readonly code: string; readonly userAgent: string | null },
): Promise<{ readonly token: string; readonly next: string } | null> {
  const pending = await findPending(ctx, pendingToken);
  if (pending === null) return null;
  const { user, next } = pending;
  return withProvenCode(
    ctx,
    user.id,
    code,
    async (tx, factor) => {
      const { rowCount } = await tx.query('delete from pending_sign_ins where id = $1', [pending.id]);
      return rowCount === 1 ? { token: await openConsole(ctx, tx, user, userAgent, factor), next } : null;
    },
    (tx) => {
      const inBooks: Context = { ...ctx, principal: { ...ctx.principal, tenantId: user.tenant_id } };
      return recordChange(inBooks, tx, {
        action: 'user.second_factor_failed',
        objectId: user.id,
        before: null,
        after: null,
      });
    },
  );
}

/** Whose second step a browser is at; null when it took too long or they may not enter any more. */
export async function findPending(ctx: Context, token: string): Promise<Pending | null> {
  const { lookupId, hash } = storedSecret(token);
  const { rows } = await ctx.db.pool.query<Candidate & { pending_id: string; next: string; token_hash: Buffer }>(
    `select p.id as pending_id, p.next, p.token_hash, u.id, u.email, u.kind, u.role, t.id as tenant_id,
            c.public_id as client_public_id, c.code as client_code, c.is_operator, true as has_second_factor
     from pending_sign_ins p
     join users u on u.id = p.user_id and u.status = 'active'
     join clients c on c.id = u.client_id and c.status = 'active'
     join tenants t on t.client_id = c.id and t.mode = $3
     where p.lookup_id = $2 and p.expires_at > ${sqlNow(1)} and u.password_changed_at <= p.created_at`,
    [ctx.clock.fixedMs(), lookupId, ctx.principal.mode],
  );
  const row = rows[0];
  if (row === undefined || !sameHash(hash, row.token_hash)) return null;
  const { pending_id: id, next, token_hash: _, ...user } = row;
  return { id, next, user };
}

async function insertPending(ctx: Context, tx: Queryable, userId: string, next: string): Promise<string> {
  const token = makeOpaqueToken();
  const { lookupId, hash } = storedSecret(token);
  await tx.query(
    `insert into pending_sign_ins (id, user_id, lookup_id, token_hash, next, created_at, expires_at)
     values ($2, $3, $4, $5, $6, ${sqlNow(1)}, ${sqlNow(1)} + ${PENDING_MINUTES} * interval '1 minute')`,
    [ctx.clock.fixedMs(), ctx.ledger.nextId(), userId, lookupId, hash, next],
  );
  return token;
}

/** The session and its audit row, which says by what they proved who they are. */
async function openConsole(
  ctx: Context,
  tx: Transaction,
  user: Candidate,
  userAgent: string | null,
  factor: Factor | null,
): Promise<string> {
  await noteLogIn(ctx, tx, user.id);
  const id = ctx.ledger.nextId();
  const token = await insertConsoleSession(
    tx,
    { id, userId: user.id, address: ctx.address, userAgent },
    ctx.clock.fixedMs(),
  );
  const asUser: Context = { ...ctx, principal: principalOf(user, ctx.principal.mode, id) };
  const after = JSON.stringify({ session: id, second_factor: factor });
  await recordChange(asUser, tx, { action: 'user.signed_in', objectId: user.id, before: null, after });
  return token;
}
