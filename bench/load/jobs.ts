import type { HistogramJson } from './histogram';

/** What the load generator is asked over IPC; it does one job at a time. */
export type LoadJob = HttpJob | UpdateJob | PaymentJob;

/** When to stop sending: what is under way is always waited for. */
export type Until = { readonly durationMs: number } | { readonly requests: number };

export type HttpTarget =
  | DebitTarget
  | { readonly kind: 'page'; readonly wallets: readonly string[]; readonly secret: string }
  | { readonly kind: 'empty' };

export interface DebitTarget {
  readonly kind: 'debit';
  readonly wallets: readonly string[];
  /** Of the references. */
  readonly prefix: string;
  readonly secret: string;
  /** How many a request carries: null is a request of its own for each, a number a batch of as many. */
  readonly batchOf: number | null;
  /** The client service named on each. */
  readonly serviceCode: string | null;
}

export interface HttpJob {
  readonly kind: 'http';
  readonly port: number;
  readonly connections: number;
  readonly until: Until;
  readonly target: HttpTarget;
}

/** `UPDATE … RETURNING`, committed by itself, through the product's own driver: one round trip. */
export interface UpdateJob {
  readonly kind: 'update';
  readonly url: string;
  readonly until: Until;
}

/** Requests for money from people's phones, over the networks in turn. */
export interface PaymentJob {
  readonly kind: 'payments';
  readonly port: number;
  readonly secret: string;
  /** Of the references. */
  readonly prefix: string;
  /** How many are sent each second, whether or not the earlier ones are answered; null sends when one is, on each connection. */
  readonly perSecond: number | null;
  readonly connections: number;
  readonly until: Until;
}

export interface LoadResult {
  /** Answers with status 200. Any other answer fails the job. */
  readonly answers: number;
  readonly elapsedMs: number;
  readonly perSecond: number;
  readonly histogram: HistogramJson;
  /** What the generator itself took. */
  readonly cpuMs: number;
}

export type LoadReply = { readonly result: LoadResult } | { readonly error: string };
