import type { CircuitBreaker, CircuitReport } from './circuit-breaker';
import type { Exchange, ExchangeFailure } from './exchange';
import { type Json, readJson } from './json';
import { maskHeaders, maskText, secretsInHeaders } from './mask';
import type { Call, ProviderName } from './provider';

/** No answer of the five contracts comes near it. */
const RESPONSE_BYTES_MAX = 256 * 1024;
/** Of a body in the timeline. */
const RECORDED_CHARS_MAX = 16 * 1024;

export interface HttpRequest {
  /** Names the exchange in the timeline: `token`, `initiate`, `status` … */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Secret to this request, besides the adapter's own: the callback's token, a one-time code. */
  readonly secrets?: readonly string[];
  readonly timeoutMs?: number;
}

export type HttpResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string;
      /** Undefined when the body is not JSON, whatever its content type says. */
      readonly json: Json | undefined;
    }
  /** Certainly nothing reached the provider. */
  | { readonly kind: 'never_sent'; readonly reason: string }
  /** It may have reached the provider; no whole answer came back. */
  | { readonly kind: 'unanswered'; readonly reason: string };

export interface HttpClientOptions {
  readonly provider: ProviderName;
  readonly breaker: CircuitBreaker;
  readonly nowMs: () => number;
  readonly timeoutMs: number;
  /** Values that never appear in what is recorded. */
  readonly secrets: readonly string[];
  /** Whether an answer says that the provider is down; any 5xx where not given. */
  readonly isOutage?: (status: number, json: Json | undefined) => boolean;
}

/**
 * One adapter's way out: a timeout over the whole exchange, a bound on the answer's size, no redirects, the circuit
 * breaker, and a record of each exchange with secrets masked. Never throws, never repeats a request.
 */
export class HttpClient {
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  isAvailable(): boolean {
    return this.#options.breaker.isClosed();
  }

  circuit(): CircuitReport {
    return this.#options.breaker.report();
  }

  /** What a message may show of itself in the timeline. */
  mask(text: string, secrets: readonly string[] = []): string {
    return maskText(text, [...this.#options.secrets, ...secrets]).slice(0, RECORDED_CHARS_MAX);
  }

  async send(request: HttpRequest, call: Call): Promise<HttpResult> {
    const startedAtMs = this.#options.nowMs();
    const since = performance.now();
    const { breaker } = this.#options;
    let result: HttpResult = { kind: 'never_sent', reason: 'circuit_open' };
    let responseHeaders: Record<string, string> = {};
    if (breaker.tryEnter()) {
      const exchange = await this.#exchange(request);
      result = exchange.result;
      responseHeaders = exchange.headers;
      if (this.#isOutage(result)) breaker.failed();
      else breaker.succeeded();
    }
    call.record?.(this.#recordOf(request, result, responseHeaders, startedAtMs, Math.round(performance.now() - since)));
    return result;
  }

  async #exchange(request: HttpRequest): Promise<{ result: HttpResult; headers: Record<string, string> }> {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? this.#options.timeoutMs);
    let headers: Record<string, string> = {};
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        // Next.js keeps answers of fetch under some circumstances; a status is never to be remembered.
        cache: 'no-store',
        signal: timeout,
      });
      headers = Object.fromEntries(response.headers);
      const text = await readBounded(response);
      if (text === null) return { result: { kind: 'unanswered', reason: 'answer_too_large' }, headers };
      return { result: { kind: 'answered', status: response.status, text, json: readJson(text) }, headers };
    } catch (error) {
      if (timeout.aborted) return { result: { kind: 'unanswered', reason: 'timeout' }, headers };
      return { result: { ...failureOf(error) }, headers };
    }
  }

  #isOutage(result: HttpResult): boolean {
    if (result.kind !== 'answered') return true;
    return this.#options.isOutage?.(result.status, result.json) ?? result.status >= 500;
  }

  #recordOf(
    request: HttpRequest,
    result: HttpResult,
    responseHeaders: Record<string, string>,
    startedAtMs: number,
    durationMs: number,
  ): Exchange {
    const secrets = [...(request.secrets ?? []), ...secretsInHeaders(request.headers)];
    return {
      provider: this.#options.provider,
      operation: request.operation,
      startedAtMs,
      durationMs,
      request: {
        method: request.method,
        url: this.mask(request.url, secrets),
        headers: maskHeaders(request.headers, [...this.#options.secrets, ...secrets]),
        body: request.body === undefined ? null : this.mask(request.body, secrets),
      },
      response:
        result.kind === 'answered'
          ? {
              status: result.status,
              headers: maskHeaders(responseHeaders, [...this.#options.secrets, ...secrets]),
              body: this.mask(result.text, secrets),
            }
          : null,
      failure: result.kind === 'answered' ? null : result,
    };
  }
}

/** The body as text; null when it is larger than anything a provider sends. */
async function readBounded(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    size += value.byteLength;
    if (size > RESPONSE_BYTES_MAX) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

/** Failures that come before the first byte of a request: looking the host up, connecting, agreeing on TLS. */
const BEFORE_SENDING: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNREFUSED', 'connection_refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
  ['ERR_INVALID_URL', 'url'],
]);

function failureOf(error: unknown): ExchangeFailure {
  const causes = connectErrorsOf(error);
  const reasons = causes.map((cause) => BEFORE_SENDING.get(codeOf(cause)));
  const [reason] = reasons;
  // Several addresses were tried at once: nothing was sent only when each of them failed before sending.
  if (reason !== undefined && reasons.every((one) => one !== undefined)) return { kind: 'never_sent', reason };
  return { kind: 'unanswered', reason: 'connection_lost' };
}

function connectErrorsOf(error: unknown): readonly unknown[] {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof AggregateError && cause.errors.length > 0 ? (cause.errors as unknown[]) : [cause];
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
