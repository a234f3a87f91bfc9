import pg from 'pg';
import { openSocket, runConnection } from './connection';
import type { HttpJob, LoadJob, LoadReply, LoadResult, UpdateJob } from './jobs';
import { Meter } from './meter';
import { runPayments } from './payments';
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
  if (job.kind === 'payments') return runPayments(job);
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
