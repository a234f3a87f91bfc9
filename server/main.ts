import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isApiTarget, nodeListener } from '@/server/http/mount';
import { stampPeer } from '@/server/http/peer';
import type { Services } from '@/server/http/services';
import { renderEvent } from '@/server/http/v1/event-data';
import { startAutoTopUps } from '@/server/jobs/auto-top-ups-loop';
import { startPayments } from '@/server/jobs/payments-loop';
import { startPromotions } from '@/server/jobs/promotions-loop';
import { startWorker } from '@/server/jobs/worker';
import { ConfigError, readConfig } from '@/server/kernel/config';
import { loggableError } from '@/server/kernel/log';
import { getServices } from '@/server/services';
import { ATTEMPT_TIMEOUT_MS, startDeliveries } from '@/server/webhooks/delivery-loop';

/** After this much of a drain the process ends with whatever is still open: every client can repeat by reference. */
const DRAIN_DEADLINE_MS = 2_500;
/** Longer than load balancers keep idle connections (60 s), so that they close first and no request meets a closing end. */
const KEEP_ALIVE_MS = 65_000;

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const services = await getServices();
  const { log } = services;
  process.on('unhandledRejection', (error) => {
    log.fatal({ error: loggableError(error) }, 'unhandled rejection');
    log.flush(() => process.exit(1));
  });
  let brokenInvariants: number | null = null;
  services.metrics.gauge(
    'pesewa_books_broken',
    'Broken invariants at the last proof of the books.',
    () => brokenInvariants,
  );
  const worker = await startWorker({
    ...services,
    onBooksProved: (broken) => {
      brokenInvariants = broken;
    },
  });
  const deliveries = startDeliveries({
    ...services,
    renderEvent,
    allowedHosts: config.webhookAllowedHosts,
    timeoutMs: ATTEMPT_TIMEOUT_MS,
    random: Math.random,
  });
  const payments = startPayments(services);
  const promotions = startPromotions(services);
  const autoTopUps = startAutoTopUps(services);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 30_000, headersTimeout: 10_000 });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('request', await listenerOf(services, server));
  await listen(server, config.port, config.host);

  let ending = false;
  const end = (signal: string): void => {
    if (ending) return;
    ending = true;
    log.info({ signal }, 'draining');
    setTimeout(() => process.exit(0), DRAIN_DEADLINE_MS).unref();
    void drain(server, services, [worker, deliveries, payments, promotions, autoTopUps]).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: loggableError(error) }, 'drain failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  const { port } = server.address() as AddressInfo;
  log.debug({ port, mount: config.apiMount }, 'listening');
  process.send?.({ type: 'ready', port });
}

/** The API ahead of Next.js, or everything to Next.js, whose route handlers mount the same API. */
async function listenerOf(services: Services, server: Server): Promise<Listener> {
  const { nodeEnv, apiMount } = services.config;
  const api = apiMount === 'ahead' ? nodeListener(services) : null;
  const { default: next } = await import('next');
  const pages = next({ dev: nodeEnv === 'development', dir: process.cwd(), httpServer: server });
  await pages.prepare();
  const handlePages = pages.getRequestHandler();
  return (incoming, outgoing) => {
    if (api !== null && isApiTarget(incoming.url ?? '/')) return api(incoming, outgoing);
    if (services.draining) outgoing.setHeader('Connection', 'close');
    stampPeer(incoming);
    handlePages(incoming, outgoing).catch((error: unknown) => {
      services.log.error({ error: loggableError(error) }, 'page failed');
      if (!outgoing.headersSent) outgoing.statusCode = 500;
      outgoing.end();
    });
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Takes no new connection, finishes what is under way, then closes in the order in which things depend on each other. */
async function drain(server: Server, services: Services, workers: readonly { stop(): Promise<void> }[]): Promise<void> {
  services.draining = true;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await Promise.all([closed, ...workers.map((worker) => worker.stop())]);
  await services.close();
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else
    process.stderr.write(`The server could not start: ${error instanceof Error ? error.message : 'unknown reason'}\n`);
  process.exit(1);
});
