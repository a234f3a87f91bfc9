import type pg from 'pg';

/** Rows a statement deletes at the most, so that no lock is held for long. */
const SLICE = 10_000;

/** Forgets stored answers of Idempotency-Keys older than their promise of 24 hours and more. */
export async function purgeAnswers(pool: pg.Pool, keptHours: number): Promise<number> {
  if (keptHours < 24) throw new RangeError('Answers are kept for at least 24 hours.');
  return inSlices(
    pool,
    `delete from answers where (tenant_id, key) in (
       select tenant_id, key from answers where created_at < now() - $1 * interval '1 hour' order by created_at limit ${SLICE}
     )`,
    keptHours,
  );
}

export async function purgeRequestLog(pool: pg.Pool, keptDays: number): Promise<number> {
  return inSlices(
    pool,
    `delete from request_log where (tenant_id, id) in (
       select tenant_id, id from request_log where created_at < now() - $1 * interval '1 day' order by created_at limit ${SLICE}
     )`,
    keptDays,
  );
}

/**
 * Sessions that ended so long ago. They are kept for a while, since an address that somebody has logged in from before
 * has its own count of failures.
 */
export async function purgeSessions(pool: pg.Pool, keptDays: number): Promise<number> {
  return inSlices(
    pool,
    `delete from login_sessions where id in (
       select id from login_sessions where expires_at < now() - $1 * interval '1 day' order by expires_at limit ${SLICE}
     )`,
    keptDays,
  );
}

/** Sign-ins that were begun, and links for a new password, that ended so long ago. */
export async function purgeSignIns(pool: pg.Pool, keptHours: number): Promise<number> {
  let purged = 0;
  for (const table of ['pending_sign_ins', 'password_resets']) {
    purged += await inSlices(
      pool,
      `delete from ${table} where id in (
         select id from ${table} where expires_at < now() - $1 * interval '1 hour' order by expires_at limit ${SLICE}
       )`,
      keptHours,
    );
  }
  return purged;
}

/** Counts of failed log-ins that count no more. */
export async function purgeThrottles(pool: pg.Pool, keptHours: number): Promise<number> {
  return inSlices(
    pool,
    `delete from login_throttles where key in (
       select key from login_throttles where last_failed_at < now() - $1 * interval '1 hour' order by last_failed_at limit ${SLICE}
     ) and last_failed_at < now() - $1 * interval '1 hour'`,
    keptHours,
  );
}

/** Deliveries that ended so long ago, with their attempts. Events and what was sent of them stay. */
export async function purgeDeliveries(pool: pg.Pool, keptDays: number): Promise<number> {
  return inSlices(
    pool,
    `delete from webhook_deliveries where (tenant_id, id) in (
       select tenant_id, id from webhook_deliveries where ended_at < now() - $1 * interval '1 day' order by ended_at limit ${SLICE}
     )`,
    keptDays,
  );
}

/** Returns how many rows went. */
async function inSlices(pool: pg.Pool, sql: string, kept: number): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = (await pool.query(sql, [kept])).rowCount ?? 0;
    total += deleted;
    if (deleted < SLICE) return total;
  }
}

/** Windows that no prompt counts towards any more, and codes that ended. */
export async function purgePrompts(pool: pg.Pool, keptDays: number): Promise<number> {
  const counts = await inSlices(
    pool,
    `delete from prompt_counts where (tenant_id, subject, window_seconds, window_start) in (
       select tenant_id, subject, window_seconds, window_start from prompt_counts
       where window_start < now() - $1 * interval '1 day' order by window_start limit ${SLICE}
     )`,
    keptDays,
  );
  const codes = await inSlices(
    pool,
    `delete from payment_otps where (tenant_id, id) in (
       select tenant_id, id from payment_otps where expires_at < now() - $1 * interval '1 day' order by expires_at limit ${SLICE}
     )`,
    keptDays,
  );
  return counts + codes;
}
