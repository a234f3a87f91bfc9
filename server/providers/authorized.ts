import { rejected } from './answers';
import type { HttpClient, HttpRequest, HttpResult } from './http';
import { fieldsOf, textOf } from './json';
import type { Call, Initiation } from './provider';
import type { TokenCache, TokenResult } from './token-cache';

/** `refused`: nothing was asked of the payer, for want of a token that works. */
export type Asked =
  | { readonly kind: 'asked'; readonly result: HttpResult }
  | { readonly kind: 'refused'; readonly initiation: Initiation & { status: 'rejected' } };

export interface Authorization {
  readonly http: HttpClient;
  readonly tokens: TokenCache;
  /** Headers of every request, with the token in them. */
  headersOf(token: string): Readonly<Record<string, string>>;
  /** Whether the provider's gateway refused the token, which is before anything was done. */
  isTokenRefused(result: HttpResult & { kind: 'answered' }): boolean;
}

/** Sends with a token; once more with a new one where the old one, and nothing else, was refused. */
export async function sendAuthorized(
  { http, tokens, headersOf, isTokenRefused }: Authorization,
  request: HttpRequest,
  call: Call,
): Promise<Asked> {
  for (let isLast = false; ; isLast = true) {
    const token = await tokens.get(call);
    if (token.kind === 'none') {
      return { kind: 'refused', initiation: rejected(token.code, null, token.message, token.retryable) };
    }
    const headers = { ...request.headers, ...headersOf(token.value) };
    const result = await http.send({ ...request, headers }, call);
    if (result.kind !== 'answered' || !isTokenRefused(result)) return { kind: 'asked', result };
    tokens.forget(token.value);
    if (isLast) {
      const message = 'The provider refuses a token that it has just given.';
      return { kind: 'refused', initiation: rejected('configuration_error', String(result.status), message) };
    }
  }
}

/** The token of an OAuth-like answer, `{ access_token, expires_in }` with seconds as number or text. */
export function tokenOf(result: HttpResult): TokenResult {
  if (result.kind !== 'answered') return noToken(result.reason);
  const fields = fieldsOf(result.json);
  const value = textOf(fields['access_token']);
  const seconds = Number(textOf(fields['expires_in']));
  if (result.status === 200 && value !== null && seconds > 0) {
    return { kind: 'token', value, lifetimeMs: seconds * 1_000 };
  }
  return refusedToken(result.status) ?? noToken(`no token (HTTP ${result.status})`);
}

/** A 4xx says that our credentials are wrong; anything else may be over soon. */
export function refusedToken(status: number): TokenResult | null {
  if (status < 400 || status >= 500 || status === 429) return null;
  const message = `The provider refuses our credentials (HTTP ${status}).`;
  return { kind: 'none', code: 'configuration_error', message, retryable: false };
}

export function noToken(message: string): TokenResult {
  return { kind: 'none', code: 'provider_unavailable', message, retryable: true };
}
