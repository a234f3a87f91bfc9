import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { type Queryable, sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { requireAllowedAddress } from './allowed-addresses';
import { tokenHash } from './ids';
import { payerPhone } from './payer-route';
import { readCollectionPolicy } from './policy';
import { paymentPorts } from './ports';
import { countPrompt } from './prompt-limits';

export const CODE_MINUTES = 10;
export const CODE_TRIES_MAX = 5;
/** How long a verified number may be prompted under one token. */
const TOKEN_MINUTES = 15;

export interface SentCode {
  readonly id: string;
  readonly phone: string;
  readonly expiresAtMs: number;
  /** On test books where nothing sends messages: there is no other way to learn it. */
  readonly code: string | null;
}

/**
 * Sends a code of six digits to a phone. It is kept hashed, and what is kept tells nobody: a digest of it alone would be
 * guessed in a second, so tries are counted and it is gone in ten minutes.
 * @throws Problem parameter_invalid, address_not_allowed, prompt_limit_reached, code_not_sendable
 */
export async function sendCode(ctx: Context, input: { readonly phone: string }): Promise<SentCode> {
  await requireAllowedAddress(ctx);
  const { digits: phone } = payerPhone(input.phone);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const salt = randomBytes(16);
  const { tenantId, mode } = ctx.principal;
  const policy = await readCollectionPolicy(ctx);
  const made = await inTransaction({ ...ctx, answer: null }, async (tx) => {
    await countPrompt(tx, { tenantId, phone: `code:${phone}`, policy, fixedMs: ctx.clock.fixedMs() });
    // A new code ends the one before it.
    await tx.query(
      `update payment_otps set expires_at = ${sqlNow(2)} where tenant_id = $1 and phone = $3 and verified_at is null
         and expires_at > ${sqlNow(2)}`,
      [tenantId, ctx.clock.fixedMs(), phone],
    );
    const id = ctx.ledger.nextId();
    const { rows } = await tx.query<{ expires_at_ms: string }>(
      `insert into payment_otps (tenant_id, id, phone, salt, code_hash, expires_at, created_at)
       values ($1, $3, $4, $5, $6, ${sqlNow(2)} + interval '${CODE_MINUTES} minutes', ${sqlNow(2)})
       returning ${sqlMs('expires_at')} as expires_at_ms`,
      [tenantId, ctx.clock.fixedMs(), id, phone, salt, codeHash(salt, code)],
    );
    return { id, expiresAtMs: Number(rows[0]?.expires_at_ms) };
  });
  // After the commit: no message goes out for a code that is not kept.
  const text = `${code} is your code to approve a payment. It is valid for ${CODE_MINUTES} minutes. Tell nobody.`;
  const isSent = await paymentPorts(ctx.db).sendCode({ phone, text });
  if (!isSent && mode === 'live') {
    throw new Problem('code_not_sendable', 'This deployment has no way to send messages, so no code was sent.');
  }
  return { ...made, phone, code: isSent ? null : code };
}

export interface VerifiedCode {
  readonly phone: string;
  /** Goes into the receive request, once. */
  readonly token: string;
  readonly expiresAtMs: number;
}

interface CodeRow {
  id: string;
  salt: Buffer;
  code_hash: Buffer;
  tries: number;
}

/**
 * Exchanges the code for a token.
 * @throws Problem code_wrong, code_expired
 */
export async function verifyCode(
  ctx: Context,
  input: { readonly phone: string; readonly code: string },
): Promise<VerifiedCode> {
  const { digits: phone } = payerPhone(input.phone);
  const { tenantId } = ctx.principal;
  // Guarantee: the try is counted by this statement before the code is looked at, and committed whatever the answer is, so
  // that guesses at once count one by one.
  const { rows } = await ctx.db.pool.query<CodeRow>(
    `update payment_otps set tries = tries + 1
     where tenant_id = $1 and tries < ${CODE_TRIES_MAX} and verified_at is null and expires_at > ${sqlNow(2)}
       and id = (select x.id from payment_otps x where x.tenant_id = $1 and x.phone = $3 order by x.id desc limit 1)
     returning id, salt, code_hash, tries`,
    [tenantId, ctx.clock.fixedMs(), phone],
  );
  const row = rows[0];
  if (row === undefined) {
    throw new Problem('code_expired', 'There is no valid code for this phone: ask for a new one.', { param: 'code' });
  }
  if (!timingSafeEqual(row.code_hash, codeHash(row.salt, input.code))) {
    const left = CODE_TRIES_MAX - row.tries;
    throw new Problem(
      'code_wrong',
      left > 0
        ? `The code is wrong; ${left} tries are left.`
        : 'The code is wrong, and no try is left: ask for a new one.',
      {
        param: 'code',
        details: { tries_left: left },
      },
    );
  }
  const token = `otp_${randomBytes(24).toString('base64url')}`;
  return inTransaction(ctx, async (tx) => {
    const { rows: done } = await tx.query<{ expires_at_ms: string }>(
      `update payment_otps set verified_at = ${sqlNow(2)}, token_hash = $4,
         expires_at = ${sqlNow(2)} + interval '${TOKEN_MINUTES} minutes'
       where tenant_id = $1 and id = $3 and verified_at is null returning ${sqlMs('expires_at')} as expires_at_ms`,
      [tenantId, ctx.clock.fixedMs(), row.id, tokenHash(token)],
    );
    if (done[0] === undefined) throw new Problem('code_expired', 'This code has been used.', { param: 'code' });
    return { phone, token, expiresAtMs: Number(done[0].expires_at_ms) };
  });
}

/**
 * Uses a token up, in the transaction of the payment it allows.
 * @throws Problem parameter_invalid: unknown, used, too old, or of another phone
 */
export async function spendToken(
  ctx: Context,
  tx: Queryable,
  { token, phone }: { readonly token: string; readonly phone: string },
): Promise<void> {
  const { rowCount } = await tx.query(
    `update payment_otps set used_at = ${sqlNow(2)}
     where tenant_id = $1 and token_hash = $3 and phone = $4 and used_at is null and verified_at is not null
       and expires_at > ${sqlNow(2)}`,
    [ctx.principal.tenantId, ctx.clock.fixedMs(), tokenHash(token), phone],
  );
  if (rowCount === 1) return;
  throw new Problem('parameter_invalid', '`otpToken` is no valid token for this phone: verify a new code.', {
    param: 'otpToken',
  });
}

function codeHash(salt: Buffer, code: string): Buffer {
  return createHash('sha256').update(salt).update(code).digest();
}
