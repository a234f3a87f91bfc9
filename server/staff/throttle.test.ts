import { describe, expect, it } from 'vitest';
import { network, throttleKeys } from './throttle';

describe('the address that failures are counted by', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ])('of %s is %s', (address, counted) => expect(network(address)).toBe(counted));
});

describe('the account that failures are counted by', () => {
  it('is a hash, and apart where the address is familiar', () => {
    const strange = throttleKeys('ama@example.com', '203.0.113.7', false);
    expect(strange.account).toMatch(/^account:[\w-]{32}$/);
    expect(throttleKeys('ama@example.com', '198.51.100.1', false).account).toBe(strange.account);
    expect(throttleKeys('ama@example.com', '203.0.113.7', true).account).not.toBe(strange.account);
    expect(throttleKeys('kofi@example.com', '203.0.113.7', false).account).not.toBe(strange.account);
    expect(throttleKeys('ama@example.com', null, false).address).toBeNull();
  });
});
