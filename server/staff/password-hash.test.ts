import { describe, expect, it } from 'vitest';
import { hashPassword, inTurn, passwordMatches } from './password-hash';

const PASSWORD = 'tidal-quartz-lemur';

describe('a password’s hash', () => {
  it('is argon2id with 19 MiB and two passes, salted', async () => {
    const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(other).not.toBe(one);
  });

  it('matches its password and no other', async () => {
    const hash = await hashPassword(PASSWORD);
    expect(await passwordMatches(hash, PASSWORD)).toBe(true);
    for (const other of ['', ` ${PASSWORD}`, PASSWORD.toUpperCase(), PASSWORD.slice(0, -1)]) {
      expect(await passwordMatches(hash, other)).toBe(false);
    }
  });

  it('matches however accents are composed', async () => {
    expect(await passwordMatches(await hashPassword('caf\u00e9-tidal'), 'cafe\u0301-tidal')).toBe(true);
  });

  it('takes as long where there is none to compare with', async () => {
    const hash = await hashPassword(PASSWORD);
    const fastest = async (against: string | null): Promise<number> => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 15; i++) {
        const startedMs = performance.now();
        await passwordMatches(against, 'wrong-password');
        least = Math.min(least, performance.now() - startedMs);
      }
      return least;
    };
    const [known, nobody, unusable] = [await fastest(hash), await fastest(null), await fastest('!')];
    // The least of many is steady; without the work it would be a fiftieth.
    expect(nobody / known).toBeGreaterThan(0.6);
    expect(unusable / known).toBeGreaterThan(0.6);
    expect(await passwordMatches('!', '!')).toBe(false);
  });
});

describe('turns', () => {
  it('are two at a time, in order, and a bounded queue', async () => {
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const release: (() => void)[] = [];
    const work = (n: number) => () =>
      new Promise<void>((resolve) => {
        running += 1;
        most = Math.max(most, running);
        order.push(n);
        release.push(() => {
          running -= 1;
          resolve();
        });
      });
    const taken = Array.from({ length: 66 }, (_, n) => inTurn(work(n)));
    await expect(inTurn(work(99))).rejects.toMatchObject({ code: 'login_busy', retryAfterSeconds: 1 });
    for (let done = 0; done < 66; done++) {
      while (release.length === 0) await Promise.resolve();
      release.shift()?.();
      await Promise.resolve();
    }
    await Promise.all(taken);
    expect(most).toBe(2);
    expect(order).toEqual(Array.from({ length: 66 }, (_, n) => n));
    // The places are free again, also after work that failed.
    await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn(async () => 'yes')).toBe('yes');
  });
});
