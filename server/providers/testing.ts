import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from './exchange';
import type { Attempt, Call, CallbackRequest } from './provider';

/** For tests of adapters: a local HTTP server that answers as told and remembers what it was asked. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Scripted {
  readonly status?: number;
  readonly body?: unknown;
  /** In place of JSON. */
  readonly text?: string;
  readonly contentType?: string;
  /** `hang`: no answer. `cut`: half of one. `reset`: the connection is closed without one. */
  readonly fault?: 'hang' | 'cut' | 'reset';
  readonly headers?: Readonly<Record<string, string>>;
}

export class FakeProvider {
  readonly heard: Heard[] = [];
  readonly #server: Server;
  readonly #answers = new Map<string, Scripted[]>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<FakeProvider> {
    const fake = new FakeProvider();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers of a route, one for each request; the last goes on for ever. The query is not part of the route. */
  on(route: string, ...answers: Scripted[]): this {
    this.#answers.set(route, answers);
    return this;
  }

  asked(route: string): readonly Heard[] {
    return this.heard.filter(({ method, path }) => `${method} ${path.split('?', 1)[0]}` === route);
  }

  reset(): void {
    this.heard.length = 0;
    this.#answers.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    this.heard.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
    const answers = this.#answers.get(`${method} ${url.split('?', 1)[0]}`);
    const answer = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
    if (answer === undefined) {
      response.writeHead(599).end(`nothing is scripted for ${method} ${url}`);
      return;
    }
    if (answer.fault === 'hang') return;
    if (answer.fault === 'reset') {
      request.socket.destroy();
      return;
    }
    const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
    const contentType = answer.contentType ?? 'application/json';
    if (answer.fault === 'cut') {
      response.writeHead(answer.status ?? 200, { 'content-type': contentType, 'content-length': text.length + 100 });
      response.write(text, () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.status ?? 200, { 'content-type': contentType, ...answer.headers }).end(text);
  }
}

/** Records exchanges as the timeline would. */
export function listen(): { readonly call: Call; readonly exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  return { call: { record: (exchange) => exchanges.push(exchange) }, exchanges };
}

export const CALLBACK_TOKEN = 'tok_Vn3kQz81LmBx40Hs';

export function anAttempt(given: Partial<Attempt> = {}): Attempt {
  return {
    reference: randomUUID(),
    channel: 'MTN',
    country: 'GH',
    currency: 'GHS',
    amountMinor: 5_100n,
    phone: '233241234567',
    payer: { name: 'Ama Mensah', email: null },
    description: 'Top up Ama’s wallet & more!',
    accountReference: 'TOPUP 7K4M-2Q9X',
    callbackUrl: `https://pay.example.com/callbacks/${CALLBACK_TOKEN}`,
    returnUrl: null,
    startedAtMs: Date.parse('2026-06-06T12:00:00Z'),
    providerReference: null,
    ...given,
  };
}

export function aCallback(body: unknown, given: Partial<CallbackRequest> = {}): CallbackRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: 'POST',
    path: `/callbacks/${CALLBACK_TOKEN}`,
    headers: { 'content-type': 'application/json' },
    rawBody: Buffer.from(text, 'utf8'),
    ...given,
  };
}
