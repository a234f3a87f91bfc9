import type { AnswerOf, Method, PathOf, RequestOf } from '@/server/http/api-types';
import { ApiError } from './error';

/** Whose books a call is about: the mode, and the client's code. `all` names none: the operator's people see every one. */
export interface Scope {
  readonly mode: 'live' | 'test';
  readonly client: string;
}

export interface CallOptions {
  /** The same key for the same intent, so that pressing twice moves money once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Asked by a clock, not by a person: it keeps no session alive. */
  readonly isBackground?: boolean;
}

interface LooseRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: unknown;
}

/** What carries a call: the browser's fetch, or in a server component the API in the same process. */
export type Transport = (path: string, init: RequestInit) => Promise<Response>;

/** The public API, typed by its own definitions (`server/http/operations.ts`). */
export class ApiClient {
  constructor(
    readonly transport: Transport,
    readonly scope: Scope,
  ) {}

  /** The same on one client's books. */
  on(client: string): ApiClient {
    return client === this.scope.client ? this : new ApiClient(this.transport, { ...this.scope, client });
  }

  get<P extends PathOf<'get'>>(path: P, request: RequestOf<'get', P>, options?: CallOptions) {
    return this.#call<AnswerOf<'get', P>>('get', path, request as unknown as LooseRequest, options);
  }

  post<P extends PathOf<'post'>>(path: P, request: RequestOf<'post', P>, options?: CallOptions) {
    return this.#call<AnswerOf<'post', P>>('post', path, request as unknown as LooseRequest, options);
  }

  put<P extends PathOf<'put'>>(path: P, request: RequestOf<'put', P>, options?: CallOptions) {
    return this.#call<AnswerOf<'put', P>>('put', path, request as unknown as LooseRequest, options);
  }

  patch<P extends PathOf<'patch'>>(path: P, request: RequestOf<'patch', P>, options?: CallOptions) {
    return this.#call<AnswerOf<'patch', P>>('patch', path, request as unknown as LooseRequest, options);
  }

  delete<P extends PathOf<'delete'>>(path: P, request: RequestOf<'delete', P>, options?: CallOptions) {
    return this.#call<AnswerOf<'delete', P>>('delete', path, request as unknown as LooseRequest, options);
  }

  async #call<T>(method: Method, path: string, request: LooseRequest, options: CallOptions = {}): Promise<T> {
    const headers: Record<string, string> = { 'Pesewa-Mode': this.scope.mode };
    if (this.scope.client !== 'all') headers['Pesewa-Client'] = this.scope.client;
    // Operations without fields of their own still speak JSON: no form of another site can send that.
    if (method !== 'get') headers['Content-Type'] = 'application/json';
    if (options.isBackground === true) headers['Pesewa-Background'] = '1';
    if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
    const response = await this.transport(targetOf(path, request), {
      method: method.toUpperCase(),
      headers,
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      ...(options.signal !== undefined && { signal: options.signal }),
      cache: 'no-store',
    });
    if (!response.ok) throw await ApiError.of(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}

/** The path with its parameters and its query: lists are joined by commas, what is undefined or empty is left out. */
export function targetOf(path: string, { params = {}, query = {} }: LooseRequest): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}
