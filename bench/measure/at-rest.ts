import { type Figure, figure, median, medianRatio } from '../figures';
import { Histogram } from '../load/histogram';
import type { LoadResult } from '../load/jobs';
import type { LoadGenerator } from '../load/load-generator';
import type { Sizes } from '../options';
import { createDatabase, onServer } from '../stage/bench-database';
import type { DebitSlice, Debits } from './debits';

const AT_REST_SHARE = 0.5;

/** One debit at a time, beside the least that PostgreSQL can do durably through the same driver. */
export async function measureAtRest(
  generator: LoadGenerator,
  debits: Debits,
  serverUrl: string,
  { rounds, sliceMs, warmUpMs }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const url = await createDatabase(serverUrl, 'bench_at_rest');
  await onServer(url, async (client) => {
    await client.query('create table bench_counter (id integer primary key, value bigint not null)');
    await client.query('insert into bench_counter values (1, 0)');
  });
  const until = { durationMs: sliceMs * AT_REST_SHARE };
  // One wallet, as the bare UPDATE has one row.
  const wallets = debits.database.wallets.slice(0, 1);
  const debit = (): Promise<DebitSlice> => debits.run({ wallets, connections: 1, until });
  const update = (): Promise<LoadResult> => generator.run({ kind: 'update', url, until });
  // At a thousand requests a second the just-in-time compiler takes its time.
  await debits.run({ wallets, connections: 1, until: { durationMs: 3 * warmUpMs } });
  await update();
  const debitMs: number[] = [];
  const updateMs: number[] = [];
  const serverMicros: number[] = [];
  const postgresMicros: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const slice = await debit();
    debitMs.push(p50(slice));
    serverMicros.push(slice.microsecondsPerDebit.server);
    postgresMicros.push(slice.microsecondsPerDebit.postgres);
    updateMs.push(p50(await update()));
  }
  return {
    figures: [
      figure('debit at rest, p50', 'ms', median(debitMs)),
      figure('bare UPDATE … RETURNING, p50', 'ms', median(updateMs)),
      figure('debit at rest ÷ bare UPDATE', '×', medianRatio(debitMs, updateMs), { atMost: 4 }),
      // What a noisy machine leaves comparable: CPU time, not time on the clock.
      figure('debit at rest, CPU of the server', 'µs', median(serverMicros)),
      figure('debit at rest, CPU of PostgreSQL', 'µs', median(postgresMicros)),
    ],
    series: { 'debit at rest p50 ms': debitMs, 'bare UPDATE p50 ms': updateMs },
  };
}

function p50(result: LoadResult): number {
  return Histogram.merge([result.histogram]).percentileMs(0.5);
}
