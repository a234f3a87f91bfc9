/** Kenya's time is UTC+3 all year. */
const EAST_AFRICA_MS = 3 * 3_600_000;

/** `YYYYMMDDHHmmss` in East Africa Time. */
export function timestampOf(atMs: number): string {
  return new Date(atMs + EAST_AFRICA_MS).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** Epoch milliseconds of such a timestamp; null for anything else. */
export function instantOfTimestamp(text: string | null): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text ?? '');
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+03:00`);
  return Number.isNaN(ms) ? null : ms;
}

/** Of a push and of a query: base64 of shortcode, passkey and the very timestamp that goes beside it. */
export function passwordOf(shortcode: string, passkey: string, timestamp: string): string {
  return Buffer.from(shortcode + passkey + timestamp, 'utf8').toString('base64');
}
