import { type Figure, figure, median, medianRatio } from '../figures';
import { Histogram } from '../load/histogram';
import type { Sizes } from '../options';
import type { DebitSlice, Debits } from './debits';

const SINGLE_CONNECTIONS = 64;
export const BATCH_CONNECTIONS = 3;
export const BATCH_OF = 1_000;
/** As in the throughput part: the wallets in use at a time. */
const WALLETS_IN_USE = 5_000;

/** Debits through batches of a thousand on a few connections against as many single requests as the server takes. */
export async function measureBatches(
  debits: Debits,
  { rounds, sliceMs, warmUpMs }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const wallets = debits.database.wallets.slice(0, WALLETS_IN_USE);
  const single = (durationMs: number, connections: number): Promise<DebitSlice> =>
    debits.run({ wallets, connections, until: { durationMs } });
  const batch = (durationMs: number, connections: number): Promise<DebitSlice> =>
    debits.run({ wallets, connections, until: { durationMs }, batchOf: BATCH_OF });
  await single(3 * warmUpMs, SINGLE_CONNECTIONS);
  await batch(2 * warmUpMs, BATCH_CONNECTIONS);
  const most: DebitSlice[] = [];
  const singles: DebitSlice[] = [];
  const batches: DebitSlice[] = [];
  const alone: DebitSlice[] = [];
  for (let round = 0; round < rounds; round++) {
    singles.push(await single(sliceMs, BATCH_CONNECTIONS));
    batches.push(await batch(sliceMs, BATCH_CONNECTIONS));
    most.push(await single(sliceMs, SINGLE_CONNECTIONS));
    alone.push(await batch(sliceMs / 2, 1));
  }
  const rates = (slices: readonly DebitSlice[]): number[] => slices.map((slice) => slice.debitsPerSecond);
  const cpu = (part: keyof DebitSlice['microsecondsPerDebit']): number =>
    median(batches.map((slice) => slice.microsecondsPerDebit[part]));
  const latency = Histogram.merge(alone.map((slice) => slice.histogram));
  return {
    figures: [
      figure(`debits in batches of 1 000, ${BATCH_CONNECTIONS} connections`, '/s', median(rates(batches))),
      figure(`single debits, ${BATCH_CONNECTIONS} connections`, '/s', median(rates(singles))),
      figure('debits in batches ÷ single debits, same connections', '×', medianRatio(rates(batches), rates(singles)), {
        atLeast: 5,
      }),
      figure(`single debits, ${SINGLE_CONNECTIONS} connections`, '/s', median(rates(most))),
      figure(
        `debits in batches ÷ single debits on ${SINGLE_CONNECTIONS} connections`,
        '×',
        medianRatio(rates(batches), rates(most)),
      ),
      figure('debits in batches of 1 000, one connection', '/s', median(rates(alone))),
      figure('batch of 1 000 debits p50, one connection', 'ms', latency.percentileMs(0.5)),
      figure('CPU of the server a debit in a batch', 'µs', cpu('server')),
      figure('CPU of its PostgreSQL backends a debit in a batch', 'µs', cpu('postgres')),
      figure('CPU of the load generator a debit in a batch', 'µs', cpu('generator')),
    ],
    series: {
      'debits/s in batches': rates(batches),
      'debits/s in batches, one connection': rates(alone),
      'single debits/s, as many connections': rates(singles),
      [`single debits/s, ${SINGLE_CONNECTIONS} connections`]: rates(most),
    },
  };
}
