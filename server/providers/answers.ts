import type { FailureCode } from '@/contracts/channels';
import { parseMajor } from '@/contracts/money';
import type { HttpResult } from './http';
import type { Acknowledgement, Callback, CallbackRequest, Initiation, Observation } from './provider';

/** What the adapters' answers have in common: how silence and 5xx are told, and what an observation does not say. */

/** An observation that says nothing but what is given. */
export function observe(known: Pick<Observation, 'outcome' | 'raw' | 'source'> & Partial<Observation>): Observation {
  return {
    code: null,
    providerCode: null,
    message: null,
    providerReference: null,
    receipt: null,
    amountMinor: null,
    currency: null,
    providerFeeMinor: null,
    phone: null,
    occurredAtMs: null,
    isReversed: false,
    savedMethod: null,
    ...known,
  };
}

export function unknownObservation(
  message: string,
  source: Observation['source'],
  raw = '',
  providerCode: string | null = null,
): Observation {
  return observe({ outcome: 'unknown', message, raw, source, providerCode });
}

export function rejected(
  code: FailureCode,
  providerCode: string | null,
  message: string,
  retryable = false,
): Initiation & { status: 'rejected' } {
  return { status: 'rejected', code, providerCode, message, retryable };
}

export function unknownInitiation(
  reason: (Initiation & { status: 'unknown' })['reason'],
  message: string,
  providerCode: string | null = null,
): Initiation & { status: 'unknown' } {
  return { status: 'unknown', reason, providerCode, message };
}

/** The initiation that went without a whole answer. */
export function unansweredInitiation(result: Exclude<HttpResult, { kind: 'answered' }>): Initiation {
  if (result.kind === 'never_sent') return rejected('provider_unavailable', null, result.reason, true);
  return unknownInitiation('no_answer', result.reason);
}

/** An answered initiation that the contract has no meaning for. */
export function unreadableInitiation(result: HttpResult & { kind: 'answered' }): Initiation {
  if (result.status >= 500) return unknownInitiation('server_error', `HTTP ${result.status}`);
  return unknownInitiation('unreadable_answer', `HTTP ${result.status} with a body that the contract does not know`);
}

/** Minor units of a provider's decimal in major units; null for what cannot be read exactly. */
export function minorOf(text: string | null, currency: string): bigint | null {
  if (text === null) return null;
  const parsed = parseMajor(text, currency);
  return parsed.ok && parsed.amountMinor >= 0n ? parsed.amountMinor : null;
}

/** Whole minor units as some providers write them. */
export function wholeOf(text: string | null): bigint | null {
  return text !== null && /^[0-9]{1,16}$/.test(text) ? BigInt(text) : null;
}

/** E.164 digits; null for a masked number or anything else. */
export function phoneDigits(text: string | null): string | null {
  if (text === null) return null;
  const digits = text.replace(/^\+/, '');
  return /^[1-9][0-9]{7,14}$/.test(digits) ? digits : null;
}

/** ISO 8601 with its zone, to epoch milliseconds. */
export function instantOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** The last segment of the path: the attempt's token, where the URL is the attempt's own. */
export function requestTokenOf(request: CallbackRequest): string | null {
  const path = request.path.split('?', 1)[0] as string;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return /^[A-Za-z0-9_-]{16,}$/.test(last) ? last : null;
}

export function bodyOf(request: CallbackRequest): string {
  return Buffer.from(request.rawBody).toString('utf8');
}

export function ignored(request: CallbackRequest, reason: string, acknowledgement: Acknowledgement = null): Callback {
  return { kind: 'ignore', reason, token: requestTokenOf(request), acknowledgement };
}

/** Of a callback's URL: what must not appear in a timeline. */
export function callbackToken(callbackUrl: string): string {
  const path = callbackUrl.split('?', 1)[0] as string;
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Text that a provider accepts: letters, digits, spaces and a few signs, of a bounded length. */
export function plainText(text: string, lengthMax: number): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 .,-]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, lengthMax)
    .trim();
  return plain === '' ? 'Payment' : plain;
}
