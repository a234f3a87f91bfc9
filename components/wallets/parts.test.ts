import { describe, expect, it } from 'vitest';
import { partsOf } from './parts';

const told = (...args: Parameters<typeof partsOf>) => partsOf(...args).map(({ look, minor }) => [look, minor]);

describe('the parts of a balance', () => {
  it('are those of the sketch', () => {
    expect(told({ balance: 95_590, promotional: 19_250, held: 6_000 }, [{ held: 1_250 }, { held: 4_750 }])).toEqual([
      ['paid', 76_340],
      ['lots', 13_250],
      ['held', 6_000],
    ]);
  });

  it('tell held money by what it pins', () => {
    expect(told({ balance: 1_000, promotional: 300, held: 500 }, [{ held: 300 }])).toEqual([
      ['paid', 500],
      ['paid-held', 200],
      ['held', 300],
    ]);
    expect(told({ balance: 1_000, promotional: 0, held: 0 }, [])).toEqual([['paid', 1_000]]);
    expect(told({ balance: 0, promotional: 0, held: 0 }, [])).toEqual([]);
  });

  it('add up to the balance', () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));
    let state = seed;
    const random = (most: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % (most + 1);
    };
    for (let n = 0; n < 500; n++) {
      const balance = random(1_000_000);
      const promotional = random(balance);
      const held = random(balance);
      const pinned = random(Math.min(held, promotional));
      // Paid money that is held is paid money that is there.
      if (held - pinned > balance - promotional) continue;
      const parts = partsOf({ balance, promotional, held }, [{ held: pinned }]);
      expect(
        parts.reduce((sum, { minor }) => sum + minor, 0),
        `seed ${seed}`,
      ).toBe(balance);
    }
  });
});
