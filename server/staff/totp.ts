import { Secret, TOTP } from 'otpauth';

/** What every authenticator app understands (RFC 6238): SHA-1, six digits, 30 seconds. */
export const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after now that are taken too: clocks of phones are off, and people type slowly. */
const WINDOW = 1;
const SECRET_BYTES = 20;
const ISSUER = 'Pesewa';

export const CODE_PATTERN = /^[0-9]{6}$/;

/** In base32, as apps take it. */
export function makeTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the app reads from the QR code. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** The step that a code is of, or null when it is of none near now. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  if (!CODE_PATTERN.test(code)) return null;
  const delta = totpOf(secret, '').validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
}

export function codeAt(secret: string, atMs: number): string {
  return totpOf(secret, '').generate({ timestamp: atMs });
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}
