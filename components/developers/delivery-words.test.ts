import { expect, it } from 'vitest';
import { type DeliveryDetail, deliverySentence, failureInWords } from './delivery-words';

const detail = (status: DeliveryDetail['status'], attempts: number): DeliveryDetail =>
  ({
    type: 'wallet.debited',
    status,
    attempts,
    attempt_log: Array.from({ length: attempts }, () => ({ url: 'https://example.com/hooks' })),
  }) as DeliveryDetail;

it('says in a sentence how a delivery stands', () => {
  expect(deliverySentence(detail('succeeded', 1))).toBe('wallet.debited was delivered to example.com.');
  expect(deliverySentence(detail('succeeded', 3))).toBe('wallet.debited was delivered to example.com at attempt 3.');
  expect(deliverySentence(detail('failed', 12))).toBe(
    'wallet.debited could not be delivered to example.com: 12 attempts failed.',
  );
  expect(deliverySentence(detail('pending', 0))).toBe('wallet.debited waits to be delivered.');
  expect(deliverySentence(detail('pending', 1))).toBe(
    'wallet.debited is not delivered to example.com yet: 1 attempt failed.',
  );
});

it('has words for a failure, also for one that nobody has named', () => {
  expect(failureInWords('timed_out')).toBe('no answer in time');
  expect(failureInWords('socket_hang_up')).toBe('socket hang up');
});
