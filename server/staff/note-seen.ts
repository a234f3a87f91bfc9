import type { Database } from '@/db/client';
import { sqlNow } from '@/server/kernel/sql-time';

/** Whoever comes late does not take back what a later request has written. */
export async function noteSeen(db: Database, sessionId: string, fixedMs: number | null): Promise<void> {
  await db.pool.query({
    name: 'note_seen',
    text: `update login_sessions set last_seen_at = ${sqlNow(1)} where id = $2 and last_seen_at < ${sqlNow(1)}`,
    values: [fixedMs, sessionId],
  });
}
