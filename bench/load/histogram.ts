/** Buckets 1 % apart: fine enough for ratios, small enough to send, and constant however long a run is. */
const STEP = Math.log(1.01);
const BUCKETS = 2_200;

export interface HistogramJson {
  /** Bucket → count, buckets without any left out. */
  readonly counts: Readonly<Record<string, number>>;
  readonly maxMs: number;
}

/** Latencies from a microsecond up. */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;
  #maxMs = 0;

  static merge(parts: readonly HistogramJson[]): Histogram {
    const all = new Histogram();
    for (const { counts, maxMs } of parts) {
      for (const [bucket, count] of Object.entries(counts)) {
        all.#counts[Number(bucket)] = (all.#counts[Number(bucket)] as number) + count;
        all.#total += count;
      }
      all.#maxMs = Math.max(all.#maxMs, maxMs);
    }
    return all;
  }

  get maxMs(): number {
    return this.#maxMs;
  }

  add(ms: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.round(Math.log(ms * 1_000) / STEP)));
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#total += 1;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  /** @param share 0.5 for the median */
  percentileMs(share: number): number {
    const wanted = this.#total * share;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket] as number;
      if (seen >= wanted && seen > 0) return Math.exp(bucket * STEP) / 1_000;
    }
    return Number.NaN;
  }

  toJSON(): HistogramJson {
    const counts: Record<string, number> = {};
    this.#counts.forEach((count, bucket) => {
      if (count > 0) counts[bucket] = count;
    });
    return { counts, maxMs: this.#maxMs };
  }
}
