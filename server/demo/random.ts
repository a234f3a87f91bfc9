import { createHash } from 'node:crypto';

/** Draws that are the same for the same seed, on every machine. */
export interface Draws {
  /** From 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from `least` to `greatest`, both included. */
  whole(least: number, greatest: number): number;
  /** True so often. */
  chance(share: number): boolean;
  one<T>(of: readonly T[]): T;
  /** By the weights of its members. */
  weighted<T extends { readonly weight: number }>(of: readonly T[]): T;
}

const TWO_TO_32 = 2 ** 32;

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded with a hash: small, fast and even enough for stories. */
export function drawsOf(seed: string): Draws {
  const bytes = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)) as [number, number, number, number];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const fraction = (): number => next() / TWO_TO_32;
  const whole = (least: number, greatest: number): number => least + Math.floor(fraction() * (greatest - least + 1));
  const one = <T>(of: readonly T[]): T => of[whole(0, of.length - 1)] as T;
  return {
    fraction,
    whole,
    chance: (share) => fraction() < share,
    one,
    weighted: (of) => {
      let left = fraction() * of.reduce((sum, { weight }) => sum + weight, 0);
      for (const member of of) {
        left -= member.weight;
        if (left < 0) return member;
      }
      return of.at(-1) as (typeof of)[number];
    },
  };
}
