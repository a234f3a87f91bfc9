import { Histogram } from './histogram';
import type { LoadResult, Until } from './jobs';

/** Counts in one place and without an await in between, so that no answer is lost. */
export class Meter {
  started = 0;
  #answers = 0;
  #lastAnswerAtMs = 0;
  readonly #histogram = new Histogram();
  readonly #beganAtMs = performance.now();
  readonly #cpuBefore = process.cpuUsage();
  readonly #requestsMax: number;
  readonly #endsAtMs: number;

  constructor(until: Until) {
    this.#requestsMax = 'requests' in until ? until.requests : Number.POSITIVE_INFINITY;
    this.#endsAtMs = 'durationMs' in until ? this.#beganAtMs + until.durationMs : Number.POSITIVE_INFINITY;
  }

  mayStart(): boolean {
    if (this.started >= this.#requestsMax || performance.now() >= this.#endsAtMs) return false;
    this.started += 1;
    return true;
  }

  finished(latencyMs: number): void {
    this.#answers += 1;
    this.#histogram.add(latencyMs);
    this.#lastAnswerAtMs = performance.now();
  }

  result(): LoadResult {
    const elapsedMs = this.#lastAnswerAtMs - this.#beganAtMs;
    const { user, system } = process.cpuUsage(this.#cpuBefore);
    return {
      answers: this.#answers,
      elapsedMs,
      perSecond: (this.#answers * 1_000) / elapsedMs,
      histogram: this.#histogram.toJSON(),
      cpuMs: (user + system) / 1_000,
    };
  }
}
