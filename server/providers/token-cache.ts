import type { FailureCode } from '@/contracts/channels';
import type { Call } from './provider';

export type TokenResult =
  | { readonly kind: 'token'; readonly value: string; readonly lifetimeMs: number }
  /** No token, so nothing was asked of the payer: the attempt may be made again when `retryable`. */
  | { readonly kind: 'none'; readonly code: FailureCode; readonly message: string; readonly retryable: boolean };

/** A token this much before its end is not used any more: it must outlive the request that carries it. */
const EXPIRY_MARGIN_MS = 60_000;

/** One provider's access token: asked for once, shared by requests that come together, renewed before its end. */
export class TokenCache {
  readonly #ask: (call: Call) => Promise<TokenResult>;
  readonly #nowMs: () => number;
  #kept: { readonly value: string; readonly goodUntilMs: number } | null = null;
  #asking: Promise<TokenResult> | null = null;

  constructor(nowMs: () => number, ask: (call: Call) => Promise<TokenResult>) {
    this.#nowMs = nowMs;
    this.#ask = ask;
  }

  async get(call: Call): Promise<TokenResult> {
    const kept = this.#kept;
    if (kept !== null && this.#nowMs() < kept.goodUntilMs) {
      return { kind: 'token', value: kept.value, lifetimeMs: kept.goodUntilMs - this.#nowMs() };
    }
    this.#asking ??= this.#renew(call);
    return this.#asking;
  }

  /** Of a token that the provider refused: not if another request has renewed it since. */
  forget(value: string): void {
    if (this.#kept?.value === value) this.#kept = null;
  }

  async #renew(call: Call): Promise<TokenResult> {
    try {
      const askedAtMs = this.#nowMs();
      const result = await this.#ask(call);
      if (result.kind === 'token') {
        // A short-lived token keeps half of its life, so that it is used at all.
        const margin = Math.min(EXPIRY_MARGIN_MS, result.lifetimeMs / 2);
        this.#kept = { value: result.value, goodUntilMs: askedAtMs + result.lifetimeMs - margin };
      }
      return result;
    } finally {
      this.#asking = null;
    }
  }
}
