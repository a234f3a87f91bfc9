import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** For tests: the merchant's end, which keeps what providers tell it and answers as told. */
export interface Merchant {
  readonly url: string;
  readonly heard: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string;
  }[];
  /** The status of each answer; the last goes on for ever. */
  answers: number[];
  close(): Promise<void>;
}

export async function startMerchant(): Promise<Merchant> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '' } = incoming;
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      );
      merchant.heard.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
      const status = merchant.answers.length > 1 ? merchant.answers.shift() : merchant.answers[0];
      outgoing.writeHead(status ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const merchant: Merchant = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    answers: [200],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return merchant;
}
