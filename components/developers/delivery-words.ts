import type { AnswerOf } from '@/server/http/api-types';

export type Delivery = AnswerOf<'get', '/v1/webhook_endpoints/{id}/deliveries'>['data'][number];
export type DeliveryDetail = AnswerOf<'get', '/v1/webhook_deliveries/{id}'>;
export type Endpoint = AnswerOf<'get', '/v1/webhook_endpoints'>['data'][number];

export const DELIVERY_REASONS: Readonly<Record<Delivery['reason'], string>> = {
  event: 'It happened',
  resend: 'Sent again',
  replay: 'Replayed',
  test: 'Example',
  callback: 'Callback',
};

const FAILURES: Readonly<Record<string, string>> = {
  timed_out: 'no answer in time',
  connection_refused: 'connection refused',
  connection_reset: 'connection broken off',
  tls_failed: 'TLS failed',
  destination_refused: 'address not allowed',
  name_not_resolved: 'name not found',
};

/** Why no answer came, in words. */
export function failureInWords(code: string): string {
  return FAILURES[code] ?? code.replaceAll('_', ' ');
}

const times = (count: number): string => (count === 1 ? '1 attempt' : `${count} attempts`);

/** `wallet.debited was delivered to example.com.` */
export function deliverySentence({ type, status, attempts, attempt_log: log }: DeliveryDetail): string {
  const last = log.at(-1);
  const to = last === undefined ? '' : ` to ${hostOf(last.url)}`;
  if (status === 'succeeded') return `${type} was delivered${to}${attempts > 1 ? ` at attempt ${attempts}` : ''}.`;
  if (status === 'failed') return `${type} could not be delivered${to}: ${times(attempts)} failed.`;
  if (status === 'canceled') return `${type} was not delivered${to}: its endpoint was disabled or deleted first.`;
  return attempts === 0
    ? `${type} waits to be delivered.`
    : `${type} is not delivered${to} yet: ${times(attempts)} failed.`;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
