import { createHash, randomInt } from 'node:crypto';
import type { Context } from '@/server/kernel/context';
import type { SecretBox } from '@/server/kernel/secret-box';
import { isOpen, type TopUpView } from './read';

/**
 * The secret in a checkout's address. Found by its hash; a sealed copy lets the API show the address again, so a copy of the
 * database alone opens no checkout.
 */
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 22 characters of 62 are 131 bits. */
const TOKEN_LENGTH = 22;
const TOKEN = /^[0-9A-Za-z]{22}$/;

/** Crockford's: no I, L, O or U, which are misheard and misread. */
const SAYABLE = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NUMBER_LENGTH = 8;

export function makeCheckoutToken(): string {
  return randomText(BASE62, TOKEN_LENGTH);
}

export function isCheckoutToken(text: string): boolean {
  return TOKEN.test(text);
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Moved to another top-up's row a sealed token does not open. */
const ownerOf = (tenantId: string, topUpId: string): string => `top_up:${tenantId}:${topUpId}`;

export function sealToken(ctx: Context, topUpId: string, token: string): string {
  return secretBoxOf(ctx).seal(token, ownerOf(ctx.principal.tenantId, topUpId));
}

/** Where the customer pays; null once the top-up is over, and of one that a rule started. */
export function checkoutUrlOf(ctx: Context, topUp: TopUpView): string | null {
  if (topUp.tokenSealed === null || !isOpen(topUp)) return null;
  return checkoutUrl(ctx, secretBoxOf(ctx).open(topUp.tokenSealed, ownerOf(ctx.principal.tenantId, topUp.id)));
}

export function checkoutUrl(ctx: Context, token: string): string {
  if (ctx.publicOrigin === undefined) throw new Error('No request asks, so there is no address to show.');
  return `${ctx.publicOrigin}/pay/${token}`;
}

function secretBoxOf({ secretBox }: Context): SecretBox {
  if (secretBox === undefined) throw new Error('No request asks, so there is no secret to make or read.');
  return secretBox;
}

/** Forty random bits: within a tenant two alike are rare, and the unique constraint sorts them out. */
export function makePaymentNumber(): string {
  return randomText(SAYABLE, NUMBER_LENGTH);
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
