import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import {
  type Destination,
  type DestinationPolicy,
  DestinationRefused,
  type Resolve,
  resolveDestination,
} from './destination';
import { parseRetryAfter } from './retry-schedule';

/** What came of one attempt: an answer, or why there was none. */
export type Sent =
  | {
      readonly httpStatus: number;
      readonly responseBody: string;
      readonly retryAfterMs: number | null;
      readonly failure: null;
    }
  | { readonly httpStatus: null; readonly responseBody: null; readonly retryAfterMs: null; readonly failure: string };

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SendOptions {
  readonly policy: DestinationPolicy;
  /** Of all of it: name, connection, answer. */
  readonly timeoutMs: number;
  readonly resolve?: Resolve;
}

/** Of an answer only so much is read and kept. */
export const RESPONSE_BYTES_KEPT = 4_096;

/**
 * One POST to the address that was checked, over a connection of its own. Follows no redirect: a 3xx is an answer like any
 * other. Never throws.
 */
export async function send(message: Message, options: SendOptions): Promise<Sent> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  try {
    const destination = await unlessAborted(resolveDestination(message.url, options.policy, options.resolve), timeout);
    return await exchange(destination, message, timeout);
  } catch (error) {
    const failure = timeout.aborted ? 'timed_out' : failureOf(error);
    return { httpStatus: null, responseBody: null, retryAfterMs: null, failure };
  }
}

function exchange(destination: Destination, message: Message, timeout: AbortSignal): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = open(destination, message, timeout);
    request.on('error', reject);
    request.on('response', (response) => {
      readStart(response).then((responseBody) => {
        const { statusCode: httpStatus = 0, headers } = response;
        const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now());
        resolve({ httpStatus, responseBody, retryAfterMs, failure: null });
        request.destroy();
      }, reject);
    });
    request.end(message.body);
  });
}

/** `host` is an address, so nothing is resolved again; TLS and the Host header still name the URL's host. */
function open({ url, address, family }: Destination, { headers, body }: Message, signal: AbortSignal): ClientRequest {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions = {
    method: 'POST',
    host: address,
    family,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    agent: false,
    signal,
    headers: {
      Host: url.host,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Pesewa-Webhooks/1',
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      ...headers,
    },
  };
  if (url.protocol === 'http:') return httpRequest(options);
  // An address has no name to send; the certificate must then be the address's own.
  return httpsRequest({ ...options, servername: isIP(hostname) === 0 ? hostname : '' });
}

/** Once the status is there it counts: a body that breaks off or never ends takes nothing from it. */
function readStart(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (): void => {
      const text = Buffer.concat(chunks).subarray(0, RESPONSE_BYTES_KEPT).toString('utf8');
      // PostgreSQL's text holds every character but this one.
      resolve(text.replaceAll('\0', '�'));
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= RESPONSE_BYTES_KEPT) finish();
    });
    response.on('end', finish);
    response.on('error', finish);
    response.on('close', finish);
  });
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    work.then(resolve, reject);
  });
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  ENODATA: 'name_not_found',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timed_out',
};

/** A word for the URL's owner; nothing of what an error says of the inside. */
function failureOf(error: unknown): string {
  if (error instanceof DestinationRefused) return 'destination_refused';
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  if (typeof code !== 'string') return 'connection_failed';
  if (FAILURES[code] !== undefined) return FAILURES[code];
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_|HOSTNAME_)/.test(code)
    ? 'tls_failed'
    : 'connection_failed';
}
