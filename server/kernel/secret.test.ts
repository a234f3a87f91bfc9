import { describe, expect, it } from 'vitest';
import { isMistyped, makeSecret, sameHash, storedSecret } from './secret';

describe('secrets', () => {
  it('have their shape, and no two are the same', () => {
    const secrets = Array.from({ length: 200 }, () => makeSecret('live'));
    for (const secret of secrets) {
      expect(secret).toMatch(/^sec_live_[0-9A-Za-z]{36}$/);
      expect(isMistyped(secret)).toBe(false);
    }
    expect(new Set(secrets).size).toBe(200);
  });

  it('show a typo in any place, the mode included', () => {
    const secret = makeSecret('test');
    for (let i = 9; i < secret.length; i++) {
      const typo = secret.slice(0, i) + (secret[i] === 'x' ? 'y' : 'x') + secret.slice(i + 1);
      expect(isMistyped(typo), typo).toBe(true);
    }
    expect(isMistyped(secret.replace('test', 'live'))).toBe(true);
  });

  it('of another shape are left to the look-up', () => {
    for (const text of ['letmein', '', 'sec_test_short', `${makeSecret('test')}x`])
      expect(isMistyped(text)).toBe(false);
  });

  it('are stored as a hash and a hint', () => {
    const stored = storedSecret('sec_test_abcdefghijklmnopqrstuvwxyz0123456789');
    expect(stored.lookupId).toBe(stored.hash.toString('hex').slice(0, 16));
    expect(stored.hint).toBe('sec_test_…6789');
    expect(sameHash(stored.hash, storedSecret('sec_test_abcdefghijklmnopqrstuvwxyz0123456789').hash)).toBe(true);
    expect(sameHash(stored.hash, storedSecret('another').hash)).toBe(false);
    expect(sameHash(stored.hash, Buffer.alloc(1))).toBe(false);
  });
});
