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
  const plains: number[] = [];
  const chargeds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    plains.push((await plain(sliceMs)).perSecond);
    chargeds.push((await charged(sliceMs)).perSecond);
  }
  return {
    figures: [
      figure('debits with a service’s fee, 64 connections', '/s', median(chargeds)),
      figure('debits without', '/s', median(plains)),
      figure('debits with a fee ÷ without', '×', medianRatio(chargeds, plains), { atLeast: 0.8 }),
    ],
    series: { 'debits/s with a fee': chargeds, 'debits/s without': plains },
  };
}
