import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { formatMajor, parseMajor } from '@/contracts/money';

/** What the providers' HTTP interfaces have in common. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as an object, or null where it is none. */
export async function fieldsOf(context: Context): Promise<Fields | null> {
  try {
    const body: unknown = JSON.parse(await context.req.text());
    return isFields(body) ? body : null;
  } catch {
    return null;
  }
}

/** Text, or a number as it is written; null for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** A positive amount of major units, as text or number, in minor units; null for what the currency cannot hold. */
export function minorOf(value: unknown, currency: string): bigint | null {
  const text = textOf(value);
  if (text === null) return null;
  try {
    const parsed = parseMajor(text, currency);
    return parsed.ok && parsed.amountMinor > 0n ? parsed.amountMinor : null;
  } catch {
    return null;
  }
}

/** For contracts whose amounts are JSON numbers of major units: the shortest decimal there is of it. */
export function majorNumber(amountMinor: bigint, currency: string): number {
  return Number(formatMajor(amountMinor, currency));
}

export function basicOf(header: string | undefined): { user: string; password: string } | null {
  const match = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(header ?? '');
  if (match === null) return null;
  const text = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function isBasic(header: string | undefined, user: string, password: string): boolean {
  const given = basicOf(header);
  return given !== null && isSame(given.user, user) && isSame(given.password, password);
}

export function bearerOf(header: string | undefined): string | null {
  return /^Bearer ([!-~]+)$/.exec(header ?? '')?.[1] ?? null;
}

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export function isWebUrl(text: unknown): text is string {
  return typeof text === 'string' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** `20241107103015`, in East Africa Time, which has no summer. */
export function nairobiStamp(ms: number): string {
  return new Date(ms + 3 * 3_600_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
}
