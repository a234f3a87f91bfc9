/**
 * Stops asking a provider that does not answer, so that payers are told at once instead of waiting. One for each provider
 * and credentials, in each process.
 *
 * Closed: every request goes. It opens after `failuresInARow`, or when `failureShare` of the last `windowSize` requests
 * failed. Open: none goes, for `openMs`. Half-open: one trial goes; its success closes the circuit, its failure opens
 * it again for twice as long, up to `openMsMax`.
 */
export interface CircuitOptions {
  readonly failuresInARow: number;
  readonly windowSize: number;
  readonly failureShare: number;
  readonly openMs: number;
  readonly openMsMax: number;
  /** A trial that was never reported back counts as lost after it. */
  readonly trialMsMax: number;
}

export const CIRCUIT_DEFAULTS: CircuitOptions = {
  failuresInARow: 5,
  windowSize: 20,
  failureShare: 0.5,
  openMs: 15_000,
  openMsMax: 120_000,
  trialMsMax: 180_000,
};

/** How a circuit stands, as this process sees it. */
export interface CircuitReport {
  /** `half_open`: its time is over, and the next request is the trial, or one is under way. */
  readonly state: 'closed' | 'open' | 'half_open';
  /** Since when it lets requests through, or none. */
  readonly sinceMs: number;
  /** When the next trial goes; null while it is closed. */
  readonly retryAtMs: number | null;
}

export class CircuitBreaker {
  readonly #options: CircuitOptions;
  readonly #nowMs: () => number;
  /** True for a failure; the newest last. */
  #recent: boolean[] = [];
  #openUntilMs: number | null = null;
  #openForMs: number;
  #trialSinceMs: number | null = null;
  /** When it last opened or closed. */
  #changedAtMs: number;

  constructor(nowMs: () => number, options: Partial<CircuitOptions> = {}) {
    this.#nowMs = nowMs;
    this.#options = { ...CIRCUIT_DEFAULTS, ...options };
    this.#openForMs = this.#options.openMs;
    this.#changedAtMs = nowMs();
  }

  report(): CircuitReport {
    const retryAtMs = this.#openUntilMs;
    if (retryAtMs === null) return { state: 'closed', sinceMs: this.#changedAtMs, retryAtMs };
    return { state: this.#nowMs() < retryAtMs ? 'open' : 'half_open', sinceMs: this.#changedAtMs, retryAtMs };
  }

  /** Whether a request would go now. Changes nothing. */
  isClosed(): boolean {
    if (this.#openUntilMs === null) return true;
    const nowMs = this.#nowMs();
    return nowMs >= this.#openUntilMs && !this.#isTrialUnderWay(nowMs);
  }

  /** Takes leave to send; every leave is answered with `succeeded` or `failed`. False: do not send. */
  tryEnter(): boolean {
    if (!this.isClosed()) return false;
    if (this.#openUntilMs !== null) this.#trialSinceMs = this.#nowMs();
    return true;
  }

  succeeded(): void {
    if (this.#openUntilMs !== null) {
      // An answer to a request from before the opening says nothing about now.
      if (this.#trialSinceMs === null) return;
      this.#openUntilMs = null;
      this.#changedAtMs = this.#nowMs();
      this.#trialSinceMs = null;
      this.#openForMs = this.#options.openMs;
      this.#recent = [];
      return;
    }
    this.#remember(false);
  }

  failed(): void {
    if (this.#openUntilMs !== null) {
      if (this.#trialSinceMs === null) return;
      this.#trialSinceMs = null;
      this.#openForMs = Math.min(this.#openForMs * 2, this.#options.openMsMax);
      this.#openUntilMs = this.#nowMs() + this.#openForMs;
      return;
    }
    this.#remember(true);
    if (this.#mustOpen()) {
      this.#changedAtMs = this.#nowMs();
      this.#openUntilMs = this.#nowMs() + this.#openForMs;
      this.#recent = [];
    }
  }

  #isTrialUnderWay(nowMs: number): boolean {
    return this.#trialSinceMs !== null && nowMs < this.#trialSinceMs + this.#options.trialMsMax;
  }

  #remember(isFailure: boolean): void {
    this.#recent.push(isFailure);
    if (this.#recent.length > this.#options.windowSize) this.#recent.shift();
  }

  #mustOpen(): boolean {
    const { failuresInARow, windowSize, failureShare } = this.#options;
    const last = this.#recent.slice(-failuresInARow);
    if (last.length === failuresInARow && last.every(Boolean)) return true;
    const failures = this.#recent.filter(Boolean).length;
    return this.#recent.length === windowSize && failures >= windowSize * failureShare;
  }
}
