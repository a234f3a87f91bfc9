import { type Figure, figure, median, medianRatio } from '../figures';
import type { LoadGenerator } from '../load/load-generator';
import type { Sizes } from '../options';
import type { Debits } from './debits';

const DEBIT_CONNECTIONS = 64;
const PAGE_CONNECTIONS = 16;

/** The same wallets over a nearly empty and over a large table, each with a server of its own, in turns. */
export async function measureTableSize(
  generator: LoadGenerator,
  small: Debits,
  large: Debits,
  { rounds, sliceMs, warmUpMs, historyJournals }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const debitRate = async (debits: Debits, durationMs: number): Promise<number> => {
    const { wallets } = debits.database;
    return (await debits.run({ wallets, connections: DEBIT_CONNECTIONS, until: { durationMs } })).perSecond;
  };
  const pageRate = async ({ server, database }: Debits, durationMs: number): Promise<number> => {
    const { wallets, secret } = database;
    const target = { kind: 'page' as const, wallets, secret };
    const until = { durationMs };
    const result = await generator.run({
      kind: 'http',
      port: server.port,
      connections: PAGE_CONNECTIONS,
      until,
      target,
    });
    return result.perSecond;
  };
  for (const debits of [small, large]) {
    await debitRate(debits, warmUpMs);
    await pageRate(debits, warmUpMs);
  }
  const rates = {
    debitSmall: [] as number[],
    debitLarge: [] as number[],
    pageSmall: [] as number[],
    pageLarge: [] as number[],
  };
  // Pages first: a page has as many rows before the debits as after them, but the small table is smaller.
  for (let round = 0; round < rounds; round++) {
    rates.pageSmall.push(await pageRate(small, sliceMs));
    rates.pageLarge.push(await pageRate(large, sliceMs));
    rates.debitSmall.push(await debitRate(small, sliceMs));
    rates.debitLarge.push(await debitRate(large, sliceMs));
  }
  const entries = `${(historyJournals * 2).toLocaleString('en').replaceAll(',', ' ')} entries`;
  return {
    figures: [
      figure('debits, small table', '/s', median(rates.debitSmall)),
      figure(`debits, ${entries}`, '/s', median(rates.debitLarge)),
      figure(`cost of a debit, ${entries} ÷ small`, '×', medianRatio(rates.debitSmall, rates.debitLarge), {
        atMost: 1.2,
      }),
      figure('pages of transactions, small table', '/s', median(rates.pageSmall)),
      figure(`pages of transactions, ${entries}`, '/s', median(rates.pageLarge)),
      figure(`cost of a page, ${entries} ÷ small`, '×', medianRatio(rates.pageSmall, rates.pageLarge), { atMost: 1.2 }),
    ],
    series: {
      'debits/s, small table': rates.debitSmall,
      'debits/s, large table': rates.debitLarge,
      'pages/s, small table': rates.pageSmall,
      'pages/s, large table': rates.pageLarge,
    },
  };
}
