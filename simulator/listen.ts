import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener } from './app';

export interface Listening {
  readonly port: number;
  /** Cuts what is open: a simulator has nothing to finish. */
  close(): Promise<void>;
}

export async function listen(listener: Listener, port: number, host: string): Promise<Listening> {
  const server: Server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 10_000 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
