import type { IncomingMessage } from 'node:http';
import { Hono, type Context as HonoContext } from 'hono';
import { formatId } from '@/contracts/ids';
import { installApprovalRunner } from '@/server/approvals/runner';
import { Problem } from '@/server/kernel/problem';
import { OperationRunner } from './approval-runner';
import { callbackAnswer } from './callbacks';
import { missing as checkoutMissing, handleCheckout } from './checkout/handle-checkout';
import { type Answer, refuse, startExchange } from './exchange';
import { compile, type RawParams } from './handle';
import { healthz, metricsAnswer, readyz } from './health';
import { openApiDocument } from './openapi';
import type { AnyOperation } from './operation';
import { FetchRequest, type IncomingRequest, NodeRequest } from './request';
import type { Services } from './services';
import { handleSignIn } from './sign-in/handle-sign-in';

/** What a mount gives along: Node's message where there is one, else the peer's address as far as it is known. */
export interface Bindings {
  readonly incoming?: IncomingMessage;
  readonly peer?: string | null;
}

export type App = Hono<{ Bindings: Bindings }>;
type C = HonoContext<{ Bindings: Bindings }>;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const CALLBACK_PATH = '/callbacks/:provider/:token';
const CALLBACK_METHODS = ['POST', 'PUT'] as const;
const NO_PARAMS: RawParams = Object.freeze({});

/**
 * The whole HTTP API as one Hono app. Each path and method has exactly one handler and there is no middleware, so Hono
 * routes straight to it.
 * @param ResponseClass the mount's Response: the Node mount brings a light one that is written without streams
 */
export function createApp(
  services: Services,
  operations: readonly AnyOperation[],
  ResponseClass: typeof Response = Response,
): App {
  const app: App = new Hono();
  const send = (answer: Answer): Response => {
    const { stream } = answer;
    if (stream === undefined) return new ResponseClass(answer.body, answer);
    const headers = new Headers(answer.headers);
    // Headers match whatever the case; two spellings of Content-Type in an object would be sent as two.
    stream.headers.forEach((value, name) => {
      headers.set(name, value);
    });
    return new ResponseClass(stream.body, { status: answer.status, headers });
  };
  const refuseWith = (request: IncomingRequest, problem: Problem, headers: Record<string, string> = {}): Response => {
    const exchange = startExchange(formatId('request', services.ledger.nextId()), request.pathname);
    Object.assign(exchange.headers, headers);
    return send(refuse(problem, exchange, request, services));
  };
  const routeMissing = (c: C): Response => {
    const request = requestOf(c);
    return refuseWith(request, new Problem('route_missing', `There is nothing at ${request.pathname.slice(0, 200)}.`));
  };

  installApprovalRunner(services.db, new OperationRunner(services, operations));
  for (const [path, there] of byPath(operations)) {
    for (const operation of there) {
      const handle = compile(operation, services);
      const hasParams = path.includes('{');
      app.on(operation.method.toUpperCase(), honoPath(path), async (c) =>
        send(await handle(requestOf(c), hasParams ? (c.req.param() as RawParams) : NO_PARAMS)),
      );
    }
    refuseOtherMethods(
      app,
      path,
      there.map((operation) => operation.method.toUpperCase()),
      refuseWith,
    );
  }

  // What providers tell us: no operation of the API, and no credentials but the token in the path.
  app.on([...CALLBACK_METHODS], CALLBACK_PATH, async (c) =>
    send(await callbackAnswer(services, requestOf(c), c.req.param() as { provider: string; token: string })),
  );
  refuseOtherMethods(app, '/callbacks/{provider}/{token}', CALLBACK_METHODS, refuseWith);

  const document = JSON.stringify(openApiDocument(operations, services.config.baseUrl));
  const documentAnswer: Answer = {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' },
    body: document,
  };
  app.get('/openapi.json', () => send(documentAnswer));
  app.get('/healthz', () => send(healthz()));
  app.get('/readyz', async () => send(await readyz(services)));
  app.get('/metrics', async (c) => {
    const answer = await metricsAnswer(requestOf(c), services);
    return answer === null ? routeMissing(c) : send(answer);
  });
  for (const path of ['/openapi.json', '/healthz', '/readyz', '/metrics'])
    refuseOtherMethods(app, path, ['GET'], refuseWith);

  const checkout = async (c: C): Promise<Response> =>
    send(await handleCheckout(services, requestOf(c), c.req.param('token') ?? '', c.req.param('action') ?? ''));
  for (const path of ['/pay/:token', '/pay/:token/:action']) app.on(['GET', 'POST'], path, checkout);
  app.all('/pay/*', (c) => send(checkoutMissing(requestOf(c))));

  // Two paths: `/signin*` alone would take `/signing` too.
  for (const path of ['/signin', '/signin/*']) app.all(path, (c) => handleSignIn(services, requestOf(c)));

  app.notFound(routeMissing);
  app.onError((error, c) => {
    const request = requestOf(c);
    const exchange = startExchange(formatId('request', services.ledger.nextId()), request.pathname);
    return send(refuse(error, exchange, request, services));
  });
  return app;
}

function requestOf(c: C): IncomingRequest {
  // Tests call the app without a mount.
  const { incoming, peer } = (c.env ?? {}) as Bindings;
  return incoming === undefined ? new FetchRequest(c.req.raw, peer ?? null) : new NodeRequest(incoming);
}

/** 405 with `Allow` for what a known path does not take; OPTIONS is answered with the same header. */
function refuseOtherMethods(
  app: App,
  path: string,
  methods: readonly string[],
  refuseWith: (request: IncomingRequest, problem: Problem, headers: Record<string, string>) => Response,
): void {
  const taken = methods.includes('GET') ? [...methods, 'HEAD'] : [...methods];
  const Allow = [...taken, 'OPTIONS'].join(', ');
  for (const method of METHODS) {
    if (taken.includes(method)) continue;
    app.on(method, honoPath(path), (c) => {
      if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow } });
      const problem = new Problem('method_not_allowed', `${path} takes ${taken.join(', ')}, not ${c.req.method}.`);
      return refuseWith(requestOf(c), problem, { Allow });
    });
  }
}

/** Paths without parameters first, so that `/v1/wallets/export` could stand beside `/v1/wallets/{id}`. */
function byPath(operations: readonly AnyOperation[]): [string, AnyOperation[]][] {
  const paths = new Map<string, AnyOperation[]>();
  for (const operation of operations) {
    const there = paths.get(operation.path);
    if (there === undefined) paths.set(operation.path, [operation]);
    else there.push(operation);
  }
  const parameters = (path: string): number => path.split('{').length;
  return [...paths].sort(([a], [b]) => parameters(a) - parameters(b));
}

function honoPath(path: string): string {
  return path.replace(/\{([^}]+)\}/g, ':$1');
}
