import { expect, it } from 'vitest';
import { shortId } from '@/components/patterns/copy-id';
import { aboutEvent, recordsOf } from './event-words';

const data = { id: 'txn_1', wallet_id: 'wal_1', amount: 500, currency: 'GHS', description: '10 SMS messages sent' };

it('says enough of an event to know it by', () => {
  expect(aboutEvent({ data })).toBe('GHS 5.00, 10 SMS messages sent');
  expect(aboutEvent({ data: { id: 'we_06y0967dg3000', url: 'https://example.com' } })).toBe('https://example.com');
  expect(aboutEvent({ data: { id: 'hold_06y0967dg3000' } })).toBe(shortId('hold_06y0967dg3000'));
});

it('names the records that an event is about', () => {
  expect(recordsOf({ type: 'wallet.debited', data })).toEqual([
    ['Transaction', 'txn_1'],
    ['Wallet', 'wal_1'],
  ]);
});
