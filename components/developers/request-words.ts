import type { AnswerOf } from '@/server/http/api-types';

export type LoggedRequest = AnswerOf<'get', '/v1/request_log'>['data'][number];

/** `GET /v1/wallets was answered with 200.` */
export function requestSentence({ method, path, status, error_code: code }: LoggedRequest): string {
  const asked = `${method} ${path}`;
  if (status < 400) return `${asked} was answered with ${status}.`;
  return status < 500 ? `${asked} was refused: ${code ?? status}.` : `${asked} failed: ${code ?? status}.`;
}

/** `4.2 ms`, `1.24 s` */
export function milliseconds(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return ms >= 100 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}
