import { createHash, randomBytes } from 'node:crypto';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

const COUNT = 10;
const BYTES = 10;
/** Crockford's: without I, L, O and U, which are misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten codes of 80 random bits, `k7vq-2hx8-…`: too many to guess, so a fast hash keeps them. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => (base32(randomBytes(BYTES)).match(/.{4}/g) ?? []).join('-'));
}

/** In place of whatever there was. */
export async function storeRecoveryCodes(tx: Queryable, userId: string, codes: readonly string[]): Promise<void> {
  await tx.query('delete from recovery_codes where user_id = $1', [userId]);
  await tx.query('insert into recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])', [
    userId,
    codes.map((code) => hashOf(userId, code)),
  ]);
}

/** Guarantee: each once. The row is updated where it is unused, so of two at once one finds it. */
export async function spendRecoveryCode(
  tx: Queryable,
  userId: string,
  typed: string,
  fixedMs: number | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update recovery_codes set used_at = ${sqlNow(1)} where user_id = $2 and code_hash = $3 and used_at is null`,
    [fixedMs, userId, hashOf(userId, typed)],
  );
  return rowCount === 1;
}

/** However it is typed: with or without dashes and spaces, in either case, `o` for zero, `l` and `i` for one. */
function hashOf(userId: string, code: string): Buffer {
  const plain = code
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');
  return createHash('sha256').update(`recovery:${userId}:${plain}`).digest();
}

function base32(bytes: Buffer): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let i = (bytes.length * 8) / 5 - 1; i >= 0; i--) text += ALPHABET[Number((bits >> BigInt(i * 5)) & 31n)];
  return text;
}
