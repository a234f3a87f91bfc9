import type { Cursor } from '@/contracts/lists';
import { cursorId } from '@/contracts/lists';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { endOtherSessions } from './end-sessions';
import { requirePerson } from './person';

export interface Session {
  readonly id: string;
  readonly kind: 'token' | 'console';
  readonly isCurrent: boolean;
  /** Which books a token opens; null for the console, which opens both. */
  readonly mode: 'live' | 'test' | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number | null;
  readonly expiresAtMs: number;
}

interface Row {
  id: string;
  kind: 'token' | 'console';
  mode: 'live' | 'test' | null;
  address: string | null;
  user_agent: string | null;
  created_at_ms: string;
  last_seen_at_ms: string | null;
  expires_at_ms: string;
}

/** Those that are open, newest first, one more than asked for. @throws Problem login_required */
export async function listOwnSessions(
  ctx: Context,
  { limit, after }: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<Session[]> {
  const person = await requirePerson(ctx);
  const before = after === undefined ? null : cursorId(after);
  if (after !== undefined && before === null) {
    throw new Problem('parameter_invalid', '`after` must be the next_cursor of an earlier page of this list.', {
      param: 'after',
    });
  }
  const { rows } = await ctx.db.pool.query<Row>(
    `select id, kind, mode, address, user_agent, ${sqlMs('created_at')} as created_at_ms,
            ${sqlMs('last_seen_at')} as last_seen_at_ms, ${sqlMs('expires_at')} as expires_at_ms
     from login_sessions
     where user_id = $2 and revoked_at is null and expires_at > ${sqlNow(1)} and ($3::bigint is null or id < $3)
       and (kind = 'token' or last_seen_at > ${sqlNow(1)} - $5 * interval '1 minute')
     order by id desc limit $4`,
    [ctx.clock.fixedMs(), person.id, before, limit + 1, ctx.people?.idleMinutes ?? 0],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    isCurrent: row.id === ctx.principal.credentialId,
    mode: row.mode,
    address: row.address,
    userAgent: row.user_agent,
    createdAtMs: Number(row.created_at_ms),
    lastSeenAtMs: row.last_seen_at_ms === null ? null : Number(row.last_seen_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
  }));
}

/**
 * Ends one of one's own sessions. Repeating it is a success that changes nothing.
 * @throws Problem login_required, resource_missing
 */
export async function revokeOwnSession(ctx: Context, sessionId: string | null): Promise<void> {
  const person = await requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { rows } = await tx.query<{ is_open: boolean }>(
      'select revoked_at is null as is_open from login_sessions where user_id = $1 and id = $2 for update',
      [person.id, sessionId],
    );
    const row = rows[0];
    if (row === undefined) throw new Problem('resource_missing', 'There is no such session.', { param: 'id' });
    if (!row.is_open) return;
    await tx.query(`update login_sessions set revoked_at = ${sqlNow(1)} where id = $2`, [
      ctx.clock.fixedMs(),
      sessionId,
    ]);
    await recordChange(ctx, tx, {
      action: 'session.revoked',
      objectId: sessionId as string,
      before: JSON.stringify({ open: true }),
      after: JSON.stringify({ open: false }),
    });
  });
}

/** Ends every session but this one. Returns how many those were. @throws Problem login_required */
export async function revokeOtherSessions(ctx: Context): Promise<number> {
  const person = await requirePerson(ctx);
  return inTransaction(ctx, async (tx) => {
    const ended = await endOtherSessions(ctx, tx, person.id);
    if (ended > 0) {
      await recordChange(ctx, tx, {
        action: 'user.other_sessions_revoked',
        objectId: person.id,
        before: JSON.stringify({ sessions: ended }),
        after: JSON.stringify({ sessions: 0 }),
      });
    }
    return ended;
  });
}
