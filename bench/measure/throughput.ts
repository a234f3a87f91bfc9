import { type Figure, figure, median, medianRatio } from '../figures';
import { Histogram } from '../load/histogram';
import type { LoadGenerator } from '../load/load-generator';
import type { Sizes } from '../options';
import type { Pgbench } from '../stage/pgbench';
import type { DebitSlice, Debits } from './debits';

const CONNECTIONS = 64;
/** Wallets in use at a time, of all there are: what the rate is about. The cold ones are all of them, drawn at random. */
const WALLETS_IN_USE = 5_000;

export interface ThroughputRivals {
  readonly emptyNextPort: number;
  readonly pgbench: Pgbench | null;
}

/** Rates in each round, one after the other, and what they come to. */
export async function measureThroughput(
  generator: LoadGenerator,
  debits: Debits,
  { emptyNextPort, pgbench }: ThroughputRivals,
  { rounds, sliceMs, warmUpMs }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const { wallets } = debits.database;
  const hotWallet = wallets.slice(0, 1);
  const inUse = wallets.slice(0, WALLETS_IN_USE);
  const debit = (durationMs: number): Promise<DebitSlice> =>
    debits.run({ wallets: inUse, connections: CONNECTIONS, until: { durationMs } });
  const cold = (durationMs: number): Promise<DebitSlice> =>
    debits.run({ wallets, connections: CONNECTIONS, until: { durationMs } });
  const hot = (durationMs: number): Promise<DebitSlice> =>
    debits.run({ wallets: hotWallet, connections: CONNECTIONS, until: { durationMs } });
  const empty = async (durationMs: number): Promise<number> => {
    const target = { kind: 'empty' as const };
    const until = { durationMs };
    return (await generator.run({ kind: 'http', port: emptyNextPort, connections: CONNECTIONS, until, target }))
      .perSecond;
  };
  const tpcb = async (durationMs: number): Promise<number> =>
    pgbench === null ? Number.NaN : pgbench.run(Math.max(2, Math.round(durationMs / 1_000)));

  await debit(3 * warmUpMs);
  await empty(warmUpMs);
  await tpcb(warmUpMs);
  const slices: DebitSlice[] = [];
  const colds: DebitSlice[] = [];
  const hots: DebitSlice[] = [];
  const empties: number[] = [];
  const tpcbs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    slices.push(await debit(sliceMs));
    empties.push(await empty(sliceMs));
    tpcbs.push(await tpcb(sliceMs));
  }
  // In rounds of their own: a hundred thousand wallets at random push out of memory what the rounds above are about.
  await cold(warmUpMs);
  for (let round = 0; round < rounds; round++) {
    colds.push(await cold(sliceMs));
    hots.push(await hot(sliceMs));
  }

  const rates = slices.map((slice) => slice.perSecond);
  const coldRates = colds.map((slice) => slice.perSecond);
  const hotRates = hots.map((slice) => slice.perSecond);
  const latency = Histogram.merge(slices.map((slice) => slice.histogram));
  const cpu = (part: keyof DebitSlice['microsecondsPerDebit']): number =>
    median(slices.map((slice) => slice.microsecondsPerDebit[part]));
  return {
    figures: [
      figure('durable debits over HTTP, 64 connections', '/s', median(rates)),
      figure('the same over 100 000 cold wallets', '/s', median(coldRates)),
      figure('empty Next.js route handler', '/s', median(empties)),
      figure('pgbench TPC-B', '/s', median(tpcbs)),
      figure('debits ÷ empty Next.js route handler', '×', medianRatio(rates, empties), { atLeast: 5 }),
      figure('debits ÷ pgbench TPC-B', '×', medianRatio(rates, tpcbs), pgbench === null ? null : { atLeast: 1.5 }),
      figure('cold debits ÷ empty Next.js route handler', '×', medianRatio(coldRates, empties)),
      figure('cold debits ÷ pgbench TPC-B', '×', medianRatio(coldRates, tpcbs)),
      figure('one hot wallet ÷ 100 000 cold ones', '×', medianRatio(hotRates, coldRates), { atLeast: 0.9 }),
      figure('debit p50, 64 connections', 'ms', latency.percentileMs(0.5)),
      figure('debit p99, 64 connections', 'ms', latency.percentileMs(0.99)),
      figure('debit p99 ÷ p50', '×', latency.percentileMs(0.99) / latency.percentileMs(0.5), { atMost: 5 }),
      figure('slowest debit', 'ms', latency.maxMs, { atMost: 1_000 }),
      figure('CPU of the server a debit', 'µs', cpu('server')),
      figure('CPU of its PostgreSQL backends a debit', 'µs', cpu('postgres')),
      figure('CPU of the load generator a debit', 'µs', cpu('generator')),
    ],
    series: {
      'debits/s': rates,
      'cold debits/s': coldRates,
      'hot debits/s': hotRates,
      'empty Next.js route handler/s': empties,
      'pgbench tps': tpcbs,
    },
  };
}
