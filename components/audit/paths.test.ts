import { expect, it } from 'vitest';
import { formatEntryId, formatId } from '@/contracts/ids';
import { pathOfId, pathOfTarget } from './paths';

it('leads from an object to its page', () => {
  expect(pathOfTarget({ type: 'wallet', id: 'wal_1' })).toBe('/wallets/wal_1');
  expect(pathOfTarget({ type: 'customer', id: 'a b/c' })).toBe('/customers/a%20b%2Fc');
  expect(pathOfTarget({ type: 'hold', id: 'hold_1' })).toBeNull();
  expect(pathOfId('whd_1')).toBe('/developers/deliveries/whd_1');
  expect(pathOfId('set-up')).toBeNull();
});

it('shows an entry in its journal', () => {
  expect(pathOfId(formatEntryId('3200', 2))).toBe(`/journals/${formatId('journal', '3200')}`);
  expect(pathOfTarget({ type: 'transaction', id: '77' })).toBeNull();
});
