import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { endOtherSessions } from './end-sessions';
import { requirePerson } from './person';
import { withProvenCode } from './prove-by-code';
import { makeRecoveryCodes, storeRecoveryCodes } from './recovery-codes';
import { boxOf, factorOwner } from './take-code';
import { makeTotpSecret, stepOfCode, totpUri } from './totp';

export interface SecondFactorSetUp {
  readonly secret: string;
  /** What the QR code says. */
  readonly uri: string;
}

/**
 * Begins the set-up: a new secret, which counts for nothing until a code of it was given. Beginning again makes another.
 * @throws Problem login_required, second_factor_exists
 */
export async function beginSecondFactor(ctx: Context): Promise<SecondFactorSetUp> {
  const person = await requirePerson(ctx);
  const secret = makeTotpSecret();
  return inTransaction(ctx, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into second_factors as f (user_id, secret, created_at) values ($2, $3, ${sqlNow(1)})
       on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
       where f.enabled_at is null`,
      [ctx.clock.fixedMs(), person.id, boxOf(ctx).seal(secret, factorOwner(person.id))],
    );
    if (rowCount === 0) throw exists();
    await recordChange(ctx, tx, {
      action: 'user.second_factor_begun',
      objectId: person.id,
      before: null,
      after: null,
    });
    return { secret, uri: totpUri(secret, person.email) };
  });
}

/** The set-up that was begun, to show it again; null when none was, or it is finished. */
export async function readSecondFactorSetUp(ctx: Context): Promise<SecondFactorSetUp | null> {
  const person = await requirePerson(ctx);
  const { rows } = await ctx.db.pool.query<{ secret: string }>(
    'select secret from second_factors where user_id = $1 and enabled_at is null',
    [person.id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const secret = boxOf(ctx).open(row.secret, factorOwner(person.id));
  return { secret, uri: totpUri(secret, person.email) };
}

/**
 * Ends the set-up with a first code, and ends the person's other sessions, which were opened by a password alone. The ten
 * recovery codes are in this answer and nowhere else, ever.
 * @throws Problem login_required, second_factor_missing, second_factor_exists, confirmation_wrong
 */
export async function confirmSecondFactor(ctx: Context, code: string): Promise<readonly string[]> {
  const person = await requirePerson(ctx);
  const codes = makeRecoveryCodes();
  return inTransaction(ctx, async (tx) => {
    const { rows } = await tx.query<{ secret: string; is_enabled: boolean; now_ms: string }>(
      `select secret, enabled_at is not null as is_enabled, ${sqlMs(sqlNow(1))} as now_ms
       from second_factors where user_id = $2 for update`,
      [ctx.clock.fixedMs(), person.id],
    );
    const factor = rows[0];
    if (factor === undefined) throw missing();
    if (factor.is_enabled) throw exists();
    const secret = boxOf(ctx).open(factor.secret, factorOwner(person.id));
    const step = stepOfCode(secret, code.replace(/\s/g, ''), Number(factor.now_ms));
    // No throttle: whoever is here has been shown the secret.
    if (step === null) throw new Problem('confirmation_wrong', 'The code is wrong.', { param: 'code' });
    await tx.query(`update second_factors set enabled_at = ${sqlNow(1)}, last_step = $3 where user_id = $2`, [
      ctx.clock.fixedMs(),
      person.id,
      step,
    ]);
    await storeRecoveryCodes(tx, person.id, codes);
    await endOtherSessions(ctx, tx, person.id);
    await recordChange(ctx, tx, {
      action: 'user.second_factor_enabled',
      objectId: person.id,
      before: JSON.stringify({ second_factor: false }),
      after: JSON.stringify({ second_factor: true }),
    });
    return codes;
  });
}

/**
 * Ten new recovery codes for a code of the app; the old ones work no more.
 * @throws Problem login_required, second_factor_missing, confirmation_wrong, login_throttled
 */
export async function renewRecoveryCodes(ctx: Context, code: string): Promise<readonly string[]> {
  const person = await requireFactor(ctx);
  const codes = makeRecoveryCodes();
  return withProvenCode(ctx, person.id, code, async (tx) => {
    await storeRecoveryCodes(tx, person.id, codes);
    await recordChange(ctx, tx, {
      action: 'user.recovery_codes_renewed',
      objectId: person.id,
      before: null,
      after: null,
    });
    return codes;
  });
}

/**
 * Turns one's own second factor off, for a code of it.
 * @throws Problem login_required, second_factor_missing, confirmation_wrong, login_throttled
 */
export async function disableSecondFactor(ctx: Context, code: string): Promise<void> {
  const person = await requireFactor(ctx);
  await withProvenCode(ctx, person.id, code, async (tx) => {
    await tx.query('delete from second_factors where user_id = $1', [person.id]);
    await tx.query('delete from recovery_codes where user_id = $1', [person.id]);
    await recordChange(ctx, tx, {
      action: 'user.second_factor_disabled',
      objectId: person.id,
      before: JSON.stringify({ second_factor: true }),
      after: JSON.stringify({ second_factor: false }),
    });
  });
}

async function requireFactor(ctx: Context): Promise<{ readonly id: string }> {
  const person = await requirePerson(ctx);
  const { rows } = await ctx.db.pool.query('select from second_factors where user_id = $1 and enabled_at is not null', [
    person.id,
  ]);
  if (rows.length === 0) throw missing();
  return person;
}

const exists = (): Problem =>
  new Problem('second_factor_exists', 'You have an authenticator app already. Turn it off first.');
const missing = (): Problem => new Problem('second_factor_missing', 'You have no authenticator app set up.');
