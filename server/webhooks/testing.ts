import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `webhook-id`. */
  readonly id: string;
}

export interface Receiver {
  readonly url: string;
  /** As WEBHOOK_ALLOWED_HOSTS names it. */
  readonly host: string;
  readonly received: Received[];
  /** How requests are answered from now on: a status, or whatever it does with the response. */
  answer: number | ((request: Received, response: ServerResponse) => void);
  close(): Promise<void>;
}

/** A customer's server on this machine. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Received = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        id: String(request.headers['webhook-id']),
      };
      receiver.received.push(one);
      if (typeof receiver.answer === 'function') receiver.answer(one, response);
      else response.writeHead(receiver.answer).end(`answered ${receiver.answer}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    host: `127.0.0.1:${port}`,
    received: [],
    answer: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/**
 * Whether the reference library takes a request under a secret. The library's clock is the machine's, so the age of the
 * timestamp, which tests with a clock of their own choose, is not what is asked here.
 */
export function verifies(request: Received, secret: string): boolean {
  const signer = new Webhook(secret);
  const timestamp = new Date(Number(request.headers['webhook-timestamp']) * 1_000);
  const expected = signer.sign(request.id, timestamp, request.body);
  return String(request.headers['webhook-signature']).split(' ').includes(expected);
}
