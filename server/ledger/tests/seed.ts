import { crc32 } from 'node:zlib';

/**
 * Random tests print their seed; `SEED=… npm test` runs the same again. Where CI is set and SEED is not, a test's seed comes
 * from its name: there a change is judged by itself, and chance finds its faults on our own machines.
 */
export function seedOf(name: string): number {
  const given = process.env['SEED'] ?? (process.env['CI'] === 'true' ? seedFrom(name) : undefined);
  const seed = given === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error(`SEED must be a whole number, not ${given}.`);
  process.stdout.write(`${name}: SEED=${seed}\n`);
  return seed;
}

function seedFrom(name: string): string {
  return String(crc32(name) >>> 1);
}

/** How much a random test does, unless the environment asks for more or less. */
export function countOf(variable: string, usual: number): number {
  const given = process.env[variable];
  return given === undefined ? usual : Number(given);
}

/** mulberry32: a small generator of numbers in [0, 1) that repeats itself from its seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
