import { ROLE_SCOPES, type Role } from '@/contracts/roles';
import { recordChange } from '@/server/audit/record-change';
import type { Context, Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Transaction } from '@/server/kernel/transaction';
import { insertSession, SESSION_SECONDS } from './insert-session';
import { type Candidate, noteLogIn, withProvenPassword } from './prove-password';
import { takeCode } from './take-code';
import { countFailure, forgetFailures, requireNotThrottled } from './throttle';

export interface LogInInput {
  /** The e-mail address. */
  readonly username: string;
  readonly password: string;
  readonly mode: 'live' | 'test';
  /** Of the authenticator app, where one is set up. */
  readonly code: string | null;
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

/**
 * A token for a name and a password, and a code of whoever has set up an app: else a stolen password would be enough after
 * all. Answer and effort are the same whether the name or the password is wrong.
 * @throws Problem credentials_invalid, second_factor_required, confirmation_wrong, login_throttled, login_busy, client_inactive
 */
export async function logIn(ctx: Context, { username, password, mode, code }: LogInInput): Promise<LoggedIn> {
  const opened = await withProvenPassword(ctx, { username, password, mode }, async (user, tx) => {
    if (user.has_second_factor) {
      if (code === null) {
        throw new Problem('second_factor_required', 'This user has an authenticator app: send `code` as well.', {
          param: 'code',
        });
      }
      const isRight = await codeIsRight(ctx, tx, user, code);
      if (!isRight) return null;
    }
    return open(ctx, tx, mode, user);
  });
  if (opened === null) {
    throw new Problem('confirmation_wrong', 'The code is wrong, or was used before.', { param: 'code' });
  }
  return opened;
}

/** Counts where it is wrong; what was counted is committed, since nothing is thrown. */
async function codeIsRight(ctx: Context, tx: Transaction, user: Candidate, code: string): Promise<boolean> {
  const keys = { account: `factor:${user.id}`, address: null };
  await requireNotThrottled(ctx, keys, tx);
  const how = await takeCode(ctx, tx, user.id, code);
  await (how === null ? countFailure(ctx, tx, keys) : forgetFailures(tx, keys));
  return how !== null;
}

/** The session and its audit row. */
async function open(ctx: Context, tx: Transaction, mode: 'live' | 'test', user: Candidate): Promise<LoggedIn> {
  await noteLogIn(ctx, tx, user.id);
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
}

export function principalOf(user: Candidate, mode: 'live' | 'test', sessionId: string): Principal {
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
