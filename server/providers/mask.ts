/**
 * What must not be in a timeline or a log is taken out here: fields whose name says that they are secret, in JSON whole or
 * broken, in forms and queries; values that we know to be secret, wherever they turn up; and card numbers.
 */
const MASK = '•••';

const SECRET_NAME =
  /^(?:.*(?:password|passwd|passkey|secret|token|credential|api[_-]?key|subscription[_-]?key|session[_-]?(?:id|key)).*|authorization|authorization_code|cookie|set-cookie|pin|otp|.*[_-](?:pin|otp)|cvv2?|cvc|pan|card[_-]?number|number|voucher)$/i;

const JSON_FIELD = /("((?:[^"\\]|\\.){1,100})"\s*:\s*)("(?:[^"\\]|\\.)*"?|-?[0-9][0-9.eE+-]*|true|false)/g;
const FORM_FIELD = /((?:^|[?&;\s])([\w.-]{1,100})=)([^&\s"'<>]*)/g;
/** A run of 13 to 19 digits that begins as cards do. */
const CARD_LIKE = /(?<![0-9])[3-6][0-9]{12,18}(?![0-9])/g;
const SECRET_LENGTH_MIN = 4;

/** @param secrets values to take out wherever they are */
export function maskText(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of withEncodings(secrets)) masked = masked.replaceAll(secret, MASK);
  return masked
    .replace(JSON_FIELD, (whole, start: string, name: string) => (isSecretName(name) ? `${start}"${MASK}"` : whole))
    .replace(FORM_FIELD, (whole, start: string, name: string) => (isSecretName(name) ? start + MASK : whole))
    .replace(CARD_LIKE, (digits) => (passesLuhn(digits) ? `${MASK}${digits.slice(-4)}` : digits));
}

export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretName(name) ? MASK : maskText(value, secrets)]),
  );
}

/** Secret values among headers, and what follows the scheme in them: a page that echoes a token shows it alone. */
export function secretsInHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    isSecretName(name) ? [value, value.slice(value.indexOf(' ') + 1)] : [],
  );
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** A secret as JSON and as a URL write it too; longest first, so that no part of one is left behind. */
function withEncodings(secrets: readonly string[]): string[] {
  const forms = secrets
    .filter((secret) => secret.length >= SECRET_LENGTH_MIN)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
