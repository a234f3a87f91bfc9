import { type Figure, figure, median, medianRatio } from '../figures';
import type { Sizes } from '../options';
import type { DebitSlice, Debits } from './debits';

const CONNECTIONS = 64;
/** As in the throughput part: the wallets in use at a time. */
const WALLETS_IN_USE = 5_000;

/** Single debits that name a client service, which charges a percentage of each, against those that name none. */
export async function measureFees(
  debits: Debits,
  { rounds, sliceMs, warmUpMs }: Sizes,
): Promise<{ figures: Figure[]; series: Record<string, readonly number[]> }> {
  const wallets = debits.database.wallets.slice(0, WALLETS_IN_USE);
  const { serviceCode } = debits.database;
  const plain = (durationMs: number): Promise<DebitSlice> =>
    debits.run({ wallets, connections: CONNECTIONS, until: { durationMs } });
  const charged = (durationMs: number): Promise<DebitSlice> =>
    debits.run({ wallets, connections: CONNECTIONS, until: { durationMs }, serviceCode });
  await plain(2 * warmUpMs);
  await charged(2 * warmUpMs);
  const plains: DebitSlice[] = [];
  const chargeds: DebitSlice[] = [];
  for (let round = 0; round < rounds; round++) {
    plains.push(await plain(sliceMs));
    chargeds.push(await charged(sliceMs));
  }
  const rates = (slices: readonly DebitSlice[]): number[] => slices.map((slice) => slice.perSecond);
  const cpu = (slices: readonly DebitSlice[], part: 'server' | 'postgres'): number =>
    median(slices.map((slice) => slice.microsecondsPerDebit[part]));
  return {
    figures: [
      figure('debits with a service’s fee, 64 connections', '/s', median(rates(chargeds))),
      figure('debits without', '/s', median(rates(plains))),
      figure('debits with a fee ÷ without', '×', medianRatio(rates(chargeds), rates(plains)), { atLeast: 0.8 }),
      figure('CPU of the server a debit with a fee', 'µs', cpu(chargeds, 'server')),
      figure('CPU of the server a debit without', 'µs', cpu(plains, 'server')),
      figure('CPU of its PostgreSQL backends a debit with a fee', 'µs', cpu(chargeds, 'postgres')),
      figure('CPU of its PostgreSQL backends a debit without', 'µs', cpu(plains, 'postgres')),
    ],
    series: { 'debits/s with a fee': rates(chargeds), 'debits/s without': rates(plains) },
  };
}
