import { makeAccessToken, storedSecret } from '@/server/kernel/secret';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

/** How long an access token works. */
export const SESSION_SECONDS = 12 * 60 * 60;

export interface NewSessionRow {
  readonly id: string;
  readonly userId: string;
  readonly mode: 'live' | 'test';
  readonly address: string | null;
}

/** The one statement that makes a session. Returns its token, of which only the hash is stored. */
export async function insertSession(tx: Queryable, session: NewSessionRow, fixedMs: number | null): Promise<string> {
  const token = makeAccessToken();
  const { lookupId, hash } = storedSecret(token);
  await tx.query(
    `insert into login_sessions (id, user_id, mode, lookup_id, token_hash, address, created_at, expires_at)
     values ($1, $3, $4, $5, $6, $7, ${sqlNow(2)}, ${sqlNow(2)} + $8 * interval '1 second')`,
    [session.id, fixedMs, session.userId, session.mode, lookupId, hash, session.address, SESSION_SECONDS],
  );
  return token;
}
