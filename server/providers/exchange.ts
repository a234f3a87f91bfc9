/** One HTTP exchange with a provider as the payment's timeline shows it: secrets masked, bodies cut to a bound. */
export interface Exchange {
  readonly provider: string;
  /** What it was for: `token`, `initiate`, `status`, `refund` … */
  readonly operation: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** Null when none came, or none was finished in time. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
  /** Why there is no answer. */
  readonly failure: ExchangeFailure | null;
}

export interface ExchangeFailure {
  /** `never_sent`: certainly nothing reached the provider. `unanswered`: it may have. */
  readonly kind: 'never_sent' | 'unanswered';
  /** `circuit_open`, `dns`, `connection_refused`, `timeout`, `connection_lost`, `too_large` … */
  readonly reason: string;
}
