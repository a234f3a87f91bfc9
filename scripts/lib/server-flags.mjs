/**
 * What the garbage collector is told, measured with `npm run bench` on two cores (docs/decisions/0015):
 * - Old space: from 2 048 MB on V8 lets garbage pile up to four times what is alive; bounded at 320 MB it collected every
 *   second. Just below the first it lets it double. Nothing comes near the bound itself.
 * - Young space: requests in flight are copied once instead of three times.
 * - One thread for young collections: a helper that waits for a core of PostgreSQL's makes everybody wait.
 */
export const serverFlags = [
  '--enable-source-maps',
  '--max-old-space-size=2000',
  '--max-semi-space-size=32',
  '--no-parallel-scavenge',
];
