import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Upper bounds in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What one operation has answered so far: plain numbers, since a labelled observation costs more than a routing. */
export class OperationMetrics {
  readonly byStatus = new Map<number, number>();
  readonly buckets = new Float64Array(BUCKETS.length + 1);
  sumSeconds = 0;
  count = 0;

  constructor(readonly operationId: string) {}

  observe(status: number, durationMs: number): void {
    const seconds = durationMs / 1_000;
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1);
    this.count += 1;
    this.sumSeconds += seconds;
    let i = 0;
    while (i < BUCKETS.length && seconds > (BUCKETS[i] as number)) i++;
    this.buckets[i] = (this.buckets[i] as number) + 1;
  }
}

/** Figures of other parts of the process, read when somebody asks. */
export interface Gauges {
  ledgerQueue(): number;
  requestLogDropped(): number;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #operations: OperationMetrics[] = [];

  constructor(gauges: Gauges) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const operations = this.#operations;
    new Counter({
      name: 'pesewa_http_requests_total',
      help: 'Answers by operation and status.',
      labelNames: ['operation', 'status'],
      registers,
      collect() {
        this.reset();
        for (const { operationId, byStatus } of operations) {
          for (const [status, count] of byStatus) this.inc({ operation: operationId, status }, count);
        }
      },
    });
    this.gauge('pesewa_ledger_queue_length', 'Commands waiting for the next batch.', gauges.ledgerQueue);
    new Counter({
      name: 'pesewa_request_log_dropped_total',
      help: 'Rows of the request log that were not written.',
      registers,
      collect() {
        this.reset();
        this.inc(gauges.requestLogDropped());
      },
    });
  }

  /** A figure of another part of the process; null while there is none. */
  gauge(name: string, help: string, read: () => number | null): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        const value = read();
        if (value !== null) this.set(value);
      },
    });
  }

  operation(operationId: string): OperationMetrics {
    const metrics = new OperationMetrics(operationId);
    this.#operations.push(metrics);
    return metrics;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    return (await this.#registry.metrics()) + this.#durations();
  }

  /** The histogram in Prometheus' text format, from our own buckets. */
  #durations(): string {
    const name = 'pesewa_http_request_duration_seconds';
    const lines = [`# HELP ${name} Time from the first byte of a request to its answer.`, `# TYPE ${name} histogram`];
    for (const { operationId, buckets, count, sumSeconds } of this.#operations) {
      if (count === 0) continue;
      let below = 0;
      BUCKETS.forEach((bound, i) => {
        below += buckets[i] as number;
        lines.push(`${name}_bucket{operation="${operationId}",le="${bound}"} ${below}`);
      });
      lines.push(`${name}_bucket{operation="${operationId}",le="+Inf"} ${count}`);
      lines.push(
        `${name}_sum{operation="${operationId}"} ${sumSeconds}`,
        `${name}_count{operation="${operationId}"} ${count}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }
}
