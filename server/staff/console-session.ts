import { makeOpaqueToken, storedSecret } from '@/server/kernel/secret';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import { SESSION_SECONDS } from './insert-session';

/** For so long after a password or a code somebody may do what asks for one. */
export const PROVED_MINUTES = 10;
const USER_AGENT_LENGTH_MAX = 300;

export interface NewConsoleSession {
  readonly id: string;
  readonly userId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** The one statement that makes a session of the console. Returns its token, of which only the hash is stored. */
export async function insertConsoleSession(
  tx: Queryable,
  { id, userId, address, userAgent }: NewConsoleSession,
  fixedMs: number | null,
): Promise<string> {
  const token = makeOpaqueToken();
  const { lookupId, hash } = storedSecret(token);
  await tx.query(
    `insert into login_sessions
       (id, user_id, kind, lookup_id, token_hash, address, user_agent, created_at, last_seen_at, proved_at, expires_at)
     values ($1, $3, 'console', $4, $5, $6, $7, ${sqlNow(2)}, ${sqlNow(2)}, ${sqlNow(2)}, ${sqlNow(2)} + $8 * interval '1 second')`,
    [id, fixedMs, userId, lookupId, hash, address, userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null, SESSION_SECONDS],
  );
  return token;
}
