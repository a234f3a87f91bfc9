import type { IncomingMessage } from 'node:http';
import { Problem } from '@/server/kernel/problem';

/** A body larger than this is refused while it arrives, where the operation says nothing else. */
export const BODY_BYTES_MAX = 65_536;

/**
 * What the frame needs of a request, from either mount. Ahead of Next.js it is read from Node's own message, which
 * saves building a Request with its headers and streams; inside Next.js only the Request is there.
 */
export interface IncomingRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly pathname: string;
  /** Without the question mark; empty when there is none. */
  readonly search: string;
  /** The peer's address as the socket has it, or null where the mount cannot know it. */
  readonly peer: string | null;
  /** @param name in lower case */
  header(name: string): string | null;
  /** @throws Problem body_too_large, as soon as that is known */
  readBody(bytesMax: number): Promise<Uint8Array>;
}

const EMPTY = new Uint8Array(0);

export class NodeRequest implements IncomingRequest {
  readonly method: string;
  readonly pathname: string;
  readonly search: string;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    this.method = incoming.method ?? 'GET';
    const target = incoming.url ?? '/';
    const mark = target.indexOf('?');
    this.pathname = mark === -1 ? target : target.slice(0, mark);
    this.search = mark === -1 ? '' : target.slice(mark + 1);
  }

  get peer(): string | null {
    return this.#incoming.socket.remoteAddress ?? null;
  }

  header(name: string): string | null {
    const value = this.#incoming.headers[name];
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
  }

  readBody(bytesMax: number): Promise<Uint8Array> {
    const incoming = this.#incoming;
    const announced = Number(incoming.headers['content-length'] ?? Number.NaN);
    if (announced === 0) return Promise.resolve(EMPTY);
    if (announced > bytesMax) return Promise.reject(bodyTooLarge(bytesMax));
    return new Promise((resolve, reject) => {
      let first: Buffer | null = null;
      let rest: Buffer[] | null = null;
      let size = 0;
      const onData = (chunk: Buffer): void => {
        size += chunk.length;
        if (size > bytesMax) {
          incoming.off('data', onData);
          incoming.pause();
          reject(bodyTooLarge(bytesMax));
        } else if (first === null) first = chunk;
        else {
          rest ??= [first];
          rest.push(chunk);
        }
      };
      incoming.on('data', onData);
      // A caller who hangs up mid-body gets no answer; the promise must still settle. Taken off at the end, since every
      // request closes and an error that nobody hears costs its stack trace.
      const onClose = (): void => reject(new Problem('body_not_json', 'The connection ended before the body did.'));
      incoming.once('end', () => {
        incoming.off('close', onClose);
        resolve(rest === null ? (first ?? EMPTY) : Buffer.concat(rest));
      });
      incoming.once('error', reject);
      incoming.once('close', onClose);
    });
  }
}

export class FetchRequest implements IncomingRequest {
  readonly method: string;
  readonly pathname: string;
  readonly search: string;
  readonly #request: Request;

  constructor(
    request: Request,
    readonly peer: string | null,
  ) {
    this.#request = request;
    this.method = request.method;
    const url = new URL(request.url);
    this.pathname = url.pathname;
    this.search = url.search.slice(1);
  }

  header(name: string): string | null {
    return this.#request.headers.get(name);
  }

  async readBody(bytesMax: number): Promise<Uint8Array> {
    const { body } = this.#request;
    if (body === null) return EMPTY;
    if (Number(this.header('content-length') ?? 0) > bytesMax) throw bodyTooLarge(bytesMax);
    const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > bytesMax) {
        await reader.cancel();
        throw bodyTooLarge(bytesMax);
      }
      chunks.push(value);
    }
  }
}

function bodyTooLarge(bytesMax: number): Problem {
  return new Problem('body_too_large', `The body is larger than ${bytesMax} bytes.`);
}

/**
 * The client's address: the right-most entry of X-Forwarded-For that our own proxies did not write. With no trusted
 * proxy it is the peer, whatever a header says.
 */
export function clientAddress(request: IncomingRequest, trustedProxies: number): string | null {
  if (trustedProxies === 0) return request.peer;
  const forwarded = request.header('x-forwarded-for');
  if (forwarded === null) return request.peer;
  const hops = forwarded.split(',').map((hop) => hop.trim());
  return hops[hops.length - trustedProxies] ?? hops[0] ?? request.peer;
}
