import { createHash, randomBytes } from 'node:crypto';

/**
 * A payment's public id: `pay_` and 32 hex digits, as the document's sample has it; the hex alone is TransactionId and
 * OrderId in callbacks (spec decision 17). Its first half is the stored id, so ids sort by age (decision 4), its second is
 * chance, so that nobody can count a client's payments.
 */
export function newPublicHex(id: string): string {
  return BigInt(id).toString(16).padStart(16, '0') + randomBytes(8).toString('hex');
}

/** The 32 hex digits of a `pay_` id or of the bare form; null for anything else. */
export function publicHexOf(text: string): string | null {
  const hex = /^(?:pay_)?([0-9a-f]{32})$/.exec(text)?.[1];
  return hex ?? null;
}

/** The stored id that a public one begins with. */
export function idOfHex(hex: string): string {
  return String(BigInt(`0x${hex.slice(0, 16)}`));
}

/** 32 random bytes for a callback URL: knowing it is what tells a provider from anybody else. */
export function newCallbackToken(): string {
  return randomBytes(32).toString('base64url');
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
