import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * Secret keys: `sec_live_` or `sec_test_`, 30 random base62 characters (178 bits) and 6 of checksum, so that a typo is
 * refused without asking the database. Stored as SHA-256: 178 random bits need no slow hash.
 */
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^(?:sec_(?:live|test)|acc)_[0-9A-Za-z]{36}$/;

export function makeSecret(mode: 'live' | 'test'): string {
  const body = `sec_${mode}_${randomBase62(RANDOM_LENGTH)}`;
  return body + checksum(body);
}

/** True for a string of exactly our shape whose checksum is wrong: no key of ours, without a query. */
export function isMistyped(secret: string): boolean {
  if (!SHAPE.test(secret)) return false;
  const body = secret.slice(0, -CHECKSUM_LENGTH);
  return checksum(body) !== secret.slice(-CHECKSUM_LENGTH);
}

const ACCESS_TOKEN = /^acc_[0-9A-Za-z]{36}$/;

/** What a log-in hands out: `acc_`, 30 random characters and the checksum. Stored as a key is. */
export function makeAccessToken(): string {
  const body = `acc_${randomBase62(RANDOM_LENGTH)}`;
  return body + checksum(body);
}

export function isAccessToken(secret: string): boolean {
  return ACCESS_TOKEN.test(secret);
}

/** For a link, a cookie: 256 random bits without a meaning. Stored as a key is. */
export function makeOpaqueToken(): string {
  return randomBase62(43);
}

export interface StoredSecret {
  /** First 16 hex digits of the hash: found by this, compared by the whole. */
  readonly lookupId: string;
  readonly hash: Buffer;
  /** What lists may show. */
  readonly hint: string;
}

export function storedSecret(secret: string): StoredSecret {
  const hash = createHash('sha256').update(secret).digest();
  const prefix = /^(?:sec_(?:live|test)|acc)_/.exec(secret)?.[0] ?? '';
  return { lookupId: hash.toString('hex', 0, 8), hash, hint: `${prefix}…${secret.slice(-4)}` };
}

export function sameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = (BASE62[rest % 62] as string) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 is the largest multiple of 62 a byte holds: above it some characters would be likelier.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}
