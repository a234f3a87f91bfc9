import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from './differential';
import { MemorySubject } from './memory-subject';
import { BOUNDED_WALLETS, PLAIN_WALLETS, sequencesOf } from './plans';
import { countOf, seedOf } from './seed';

/** The core alone against the reference ledger: the quick half of `reference.db.test.ts`. */
const GROUP = 10;

test.each([
  ['plain wallets', PLAIN_WALLETS],
  ['wallets with minimum balances, and one that may overdraw', BOUNDED_WALLETS],
])(
  'the core decides as the reference ledger does: %s',
  async (name, kinds) => {
    const seed = seedOf(`core against reference, ${name}`);
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(sequencesOf(GROUP, kinds === BOUNDED_WALLETS ? 5_000n : null), async (sequences) => {
        commands += await compare(new MemorySubject(), sequences, kinds);
      }),
      { seed, numRuns: countOf('CORE_SEQUENCES', 500) / GROUP },
    );
    expect(commands).toBeGreaterThan(5_000);
  },
  120_000,
);
