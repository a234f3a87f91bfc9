import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorPosition, parseJsonObject } from './json-body';
import { RateLimiter } from './rate-limit';
import { clientAddress, type IncomingRequest } from './request';

describe('parseJsonObject', () => {
  it.each([
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{', 1],
    ['', 0],
    ['{"a":01}', 6],
    ['{"a":"\u0001"}', 5],
    ['{} x', 3],
    ['{"a":[1,2}', 9],
    ['nul', 0],
  ])('says where %j stops being JSON', (text, position) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonErrorPosition(text)).toBe(position);
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'grapheme' }).filter((key) => !key.includes('\0')),
          fc.integer(),
        ),
        (value) => {
          expect(parseJsonObject(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });
});

describe('clientAddress', () => {
  const request = (forwarded: string | null): IncomingRequest =>
    ({ peer: '10.0.0.1', header: () => forwarded }) as unknown as IncomingRequest;

  it.each([
    [0, '1.2.3.4', '10.0.0.1'],
    [1, null, '10.0.0.1'],
    [1, '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    [2, '6.6.6.6, 1.2.3.4, 10.0.0.9', '1.2.3.4'],
    [3, '1.2.3.4', '1.2.3.4'],
  ])('behind %i proxies with %j is %s', (proxies, forwarded, address) => {
    expect(clientAddress(request(forwarded), proxies)).toBe(address);
  });
});

describe('RateLimiter', () => {
  it('fills steadily and never above its limit', () => {
    let nowMs = 0;
    const limiter = new RateLimiter(60, () => nowMs);
    for (let i = 0; i < 60; i++) limiter.take('k');
    expect(() => limiter.take('k')).toThrow(/60 requests a minute/);
    nowMs += 1_000;
    expect(limiter.take('k')).toMatchObject({ limit: '60', remaining: '0', reset: '60' });
    nowMs += 600_000;
    expect(limiter.peek('k')).toMatchObject({ remaining: '60', reset: '0' });
    expect(new RateLimiter(0).take('k')).toBeNull();
  });
});
