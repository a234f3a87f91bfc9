import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { CREDENTIALS } from '../../credentials';
import type { OutgoingMessage, Simulator } from '../../simulator';
import { bearerOf, isSame } from '../wire';

/** Paystack's envelope and its signed webhooks, after paystack.com/docs/api and /docs/payments/webhooks. */

export const CURRENCIES: ReadonlySet<string> = new Set(['GHS', 'NGN', 'KES', 'USD']);

export function succeed(context: Context, message: string, data: unknown, status: 200 | 201 = 200): Response {
  return context.json({ status: true, message, data }, status);
}

export function refuse(context: Context, status: 400 | 401 | 403 | 404, code: string, message: string): Response {
  const nextStep = 'Ensure that you are passing the right values.';
  const type = status === 401 || status === 400 || status === 403 ? 'validation_error' : 'api_error';
  return context.json({ status: false, message, meta: { nextStep }, type, code }, status);
}

/** The refusal of a caller without our key, or null. */
export function admit(context: Context): Response | null {
  const given = bearerOf(context.req.header('authorization'));
  if (given !== null && isSame(given, CREDENTIALS.paystack.secretKey)) return null;
  return refuse(context, 401, 'invalid_Key', given === null ? 'No Authorization Header was found' : 'Invalid key');
}

/** Minor units as an integer, the only amount that Paystack takes; text is taken too. */
export function subunitsOf(value: unknown): bigint | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^[1-9][0-9]{0,14}$/.test(text)) return null;
  return BigInt(text);
}

export const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@]{2,}$/;

const MINUTE_MS = 60_000;
const GIVE_UP_AFTER_TRIES = 4 + 72;

/** Every three minutes four times, then hourly for three days, until 200. */
function retryAfterMs(tries: number): number | null {
  if (tries <= 4) return 3 * MINUTE_MS;
  return tries <= GIVE_UP_AFTER_TRIES ? 60 * MINUTE_MS : null;
}

/** Null while the dashboard names no address. */
export function webhook(simulator: Simulator, event: string, data: unknown): OutgoingMessage | null {
  const url = simulator.settings.paystackWebhookUrl;
  if (url === null) return null;
  const body = JSON.stringify({ event, data });
  const signature = createHmac('sha512', CREDENTIALS.paystack.secretKey).update(body).digest('hex');
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'x-paystack-signature': signature, 'user-agent': 'Paystack/2.0' },
    body,
    retryAfterMs,
  };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** About two per cent, as in Ghana; the payer's total does not change by it. */
export function feesOf(amountMinor: bigint): number {
  return Number((amountMinor * 195n) / 10_000n);
}

export function customerFields(email: string): Record<string, unknown> {
  const code = Buffer.from(email.toLowerCase())
    .toString('base64url')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x');
  return {
    id: 181_873_746,
    first_name: null,
    last_name: null,
    email,
    customer_code: `CUS_${code.slice(0, 15)}`,
    phone: null,
    metadata: null,
    risk_action: 'default',
    international_format_phone: null,
  };
}
