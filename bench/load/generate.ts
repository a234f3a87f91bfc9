import pg from 'pg';
import { openSocket, runConnection } from './connection';
import { Histogram } from './histogram';
import type { HttpJob, LoadJob, LoadReply, LoadResult, Until, UpdateJob } from './jobs';
import { requestMaker, requiredText } from './requests';

/** The load generator's process: takes jobs over IPC until its parent is gone. */
export function serveJobs(): void {
  process.on('message', (job: LoadJob) => {
    void run(job).then(
      (result) => reply({ result }),
      (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}

function reply(message: LoadReply): void {
  process.send?.(message);
}

function run(job: LoadJob): Promise<LoadResult> {
  return job.kind === 'http' ? runHttp(job) : runUpdates(job);
}

async function runHttp(job: HttpJob): Promise<LoadResult> {
  const make = requestMaker(job.target, job.port);
  const required = requiredText(job.target);
  const sockets = await Promise.all(Array.from({ length: job.connections }, () => openSocket(job.port)));
  const meter = new Meter(job.until);
  try {
    await Promise.all(
      sockets.map((socket) =>
        runConnection(socket, {
          next: () => (meter.mayStart() ? make(meter.started) : null),
          answered: (status, body, latencyMs) => {
            if (status !== 200 || (required !== null && !body.includes(required)))
              throw new Error(`A request was answered ${status}: ${body.slice(0, 500)}`);
            meter.finished(latencyMs);
          },
        }),
      ),
    );
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return meter.result();
}

async function runUpdates(job: UpdateJob): Promise<LoadResult> {
  const client = new pg.Client({ connectionString: job.url });
  await client.connect();
  try {
    const meter = new Meter(job.until);
    while (meter.mayStart()) {
      const sentAtMs = performance.now();
      await client.query({
        name: 'bare_update',
        text: 'update bench_counter set value = value + 1 where id = $1 returning value',
        values: [1],
      });
      meter.finished(performance.now() - sentAtMs);
    }
    return meter.result();
  } finally {
    await client.end();
  }
}

/** Counts in one place and without an await in between, so that no answer is lost. */
class Meter {
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
