import type { z } from 'zod';
import { CircuitBreaker, type CircuitOptions } from './circuit-breaker';
import { HttpClient, type HttpClientOptions } from './http';
import type { Provider, ProviderName } from './provider';

/** What an adapter is made with, besides its settings. */
export interface AdapterTools {
  readonly nowMs: () => number;
  /** In place of the adapter's own timeouts; for tests. */
  readonly timeoutMs?: number;
  readonly circuit?: Partial<CircuitOptions>;
}

/** An adapter as the registry knows it. Settings are checked here once; `create` takes what passed. */
export interface Adapter<Endpoints = unknown, Credentials = unknown> {
  readonly name: ProviderName;
  /** Where the provider is: the deployment's alone. */
  readonly endpoints: z.ZodType<Endpoints>;
  /** Who we are to the provider: the deployment's, or a client's own. */
  readonly credentials: z.ZodType<Credentials> & { readonly shape: Readonly<Record<string, z.ZodType>> };
  create(endpoints: Endpoints, credentials: Credentials, tools: AdapterTools): Provider;
}

export function openHttp(
  provider: ProviderName,
  tools: AdapterTools,
  options: Pick<HttpClientOptions, 'secrets' | 'timeoutMs'> & Partial<Pick<HttpClientOptions, 'isOutage'>>,
): HttpClient {
  return new HttpClient({
    provider,
    breaker: new CircuitBreaker(tools.nowMs, tools.circuit),
    nowMs: tools.nowMs,
    ...options,
    timeoutMs: tools.timeoutMs ?? options.timeoutMs,
  });
}

export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
