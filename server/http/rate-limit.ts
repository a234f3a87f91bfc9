import { Problem } from '@/server/kernel/problem';

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

export interface Allowance {
  readonly limit: string;
  readonly remaining: string;
  /** Seconds until the whole allowance is back. */
  readonly reset: string;
}

const BUCKETS_MAX = 100_000;

/**
 * A token bucket for each key, in memory: a minute's allowance that fills steadily. Per process, so a deployment of
 * several lets each key have several times as much; it protects the process, it does not meter.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #perMs: number;
  readonly #limitText: string;

  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#perMs = perMinute / 60_000;
    this.#limitText = String(perMinute);
  }

  /**
   * Takes one token. Null when limits are off.
   * @throws Problem rate_limited
   */
  take(keyId: string): Allowance | null {
    if (this.perMinute === 0) return null;
    const bucket = this.#bucket(keyId);
    if (bucket.tokens < 1) {
      throw new Problem('rate_limited', `More than ${this.perMinute} requests a minute with this key.`, {
        retryAfterSeconds: Math.max(1, Math.ceil((1 - bucket.tokens) / this.#perMs / 1_000)),
      });
    }
    bucket.tokens -= 1;
    return this.#allowance(bucket);
  }

  /** What headers say of a key that was refused. */
  peek(keyId: string): Allowance | null {
    return this.perMinute === 0 ? null : this.#allowance(this.#bucket(keyId));
  }

  #bucket(keyId: string): Bucket {
    const nowMs = this.nowMs();
    let bucket = this.#buckets.get(keyId);
    if (bucket === undefined) {
      if (this.#buckets.size >= BUCKETS_MAX) this.#buckets.clear();
      bucket = { tokens: this.perMinute, filledAtMs: nowMs };
      this.#buckets.set(keyId, bucket);
    }
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + (nowMs - bucket.filledAtMs) * this.#perMs);
    bucket.filledAtMs = nowMs;
    return bucket;
  }

  #allowance({ tokens }: Bucket): Allowance {
    return {
      limit: this.#limitText,
      remaining: String(Math.floor(tokens)),
      reset: String(Math.ceil((this.perMinute - tokens) / this.#perMs / 1_000)),
    };
  }
}
