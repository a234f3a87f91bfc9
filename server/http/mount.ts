import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { getServices } from '@/server/services';
import { type App, createApp } from './app';
import type { AnyOperation } from './operation';
import { operations } from './operations';
import { stampedPeer } from './peer';
import type { Services } from './services';

const API_PATH =
  /^\/(?:(?:v1|api\/v1|signin)(?:[/?]|$)|transactions\/|callbacks\/|pay\/|(?:healthz|readyz|metrics|openapi\.json)(?:\?|$))/;

/** Whether a request target is the API's; everything else is Next.js's. */
export function isApiTarget(target: string): boolean {
  return API_PATH.test(target);
}

export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** The API on a Node server, ahead of whatever else the server does. */
export function nodeListener(services: Services, list: readonly AnyOperation[] = operations): NodeListener {
  const { listen, LightResponse } = lightListener((request, env) => app.fetch(request, env));
  const app: App = createApp(services, list, LightResponse);
  return (incoming, outgoing) => {
    // While draining no connection is kept: its next request belongs to the process that comes after.
    if (services.draining) outgoing.setHeader('Connection', 'close');
    void listen(incoming, outgoing);
  };
}

/**
 * Hono's listener with its own Response, which it writes without streams, but without leaving that class in
 * globalThis: Next.js lives in this process too and has patches of its own.
 */
function lightListener(fetch: (request: Request, env: { incoming: IncomingMessage }) => Response | Promise<Response>) {
  const { Request: NativeRequest, Response: NativeResponse } = globalThis;
  const listen = getRequestListener((request, env) => fetch(request, env as { incoming: IncomingMessage }));
  const LightResponse = globalThis.Response;
  const restore = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  };
  restore('Request', NativeRequest);
  restore('Response', NativeResponse);
  return { listen, LightResponse };
}

const holder = globalThis as typeof globalThis & { pesewaApp?: Promise<App> };

/** For Next.js route handlers: the same app on the same services, made at the first request. */
export async function handleFetch(request: Request): Promise<Response> {
  holder.pesewaApp ??= getServices()
    .then((services) => createApp(services, operations))
    .catch((error: unknown) => {
      delete holder.pesewaApp;
      throw error;
    });
  let app: App;
  try {
    app = await holder.pesewaApp;
  } catch {
    return new Response(JSON.stringify({ status: 'not_ready', reasons: ['database_unreachable'] }), {
      status: 503,
      headers: { 'Content-Type': 'application/json', 'Retry-After': '2' },
    });
  }
  return app.fetch(request, { peer: stampedPeer(request) });
}
