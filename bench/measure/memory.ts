import { type Figure, figure, median } from '../figures';
import { Histogram } from '../load/histogram';
import type { Sizes } from '../options';
import { residentMb } from '../stage/process-usage';
import type { Debits } from './debits';

const CONNECTIONS = 64;
const SAMPLE_EVERY_MS = 500;

/** The server's memory over one long run of debits. */
export async function measureMemory(
  debits: Debits,
  { memoryDebits }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(residentMb(debits.server.pid)), SAMPLE_EVERY_MS);
  const { wallets } = debits.database;
  const slice = await debits
    .run({ wallets, connections: CONNECTIONS, until: { requests: memoryDebits } })
    .finally(() => clearInterval(timer));
  const count = memoryDebits.toLocaleString('en').replaceAll(',', ' ');
  const latency = Histogram.merge([slice.histogram]);
  return {
    figures: [
      figure(`debits in a run of ${count}`, '/s', slice.perSecond),
      figure(`slowest of ${count} debits`, 'ms', latency.maxMs, { atMost: 1_000 }),
      figure(`server memory, most in ${count} debits`, 'MB', Math.max(...samples), { atMost: 500 }),
      // Garbage makes a saw of it, so quarters are compared and the first, which warms up, is left out.
      figure('server memory, last quarter ÷ second', '×', quarter(samples, 3) / quarter(samples, 1), { atMost: 1.1 }),
    ],
    series: { 'server memory MB': samples.map((mb) => Math.round(mb)) },
  };
}

function quarter(samples: readonly number[], which: 0 | 1 | 2 | 3): number {
  const length = samples.length / 4;
  return median(samples.slice(Math.floor(which * length), Math.floor((which + 1) * length)));
}
