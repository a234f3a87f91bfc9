import { expect, it } from 'vitest';
import { auditFilter } from './list-request';

const demo = { mode: 'test', client: 'demo' } as const;

it('takes a day as the reader’s, to its end', () => {
  const query = auditFilter({ from: '2026-06-16', to: '2026-06-17' }, demo, 'Africa/Nairobi');
  expect([query.from, query.to]).toEqual(['2026-06-15T21:00:00.000Z', '2026-06-17T21:00:00.000Z']);
  expect(auditFilter({ from: 'yesterday' }, demo, 'UTC').from).toBe('yesterday');
});

it('finds a request by what it did, everything else by what was done to it', () => {
  expect(auditFilter({ find: ' req_1 ' }, demo, 'UTC')).toMatchObject({ request_id: 'req_1' });
  expect(auditFilter({ find: 'wal_1' }, demo, 'UTC')).toMatchObject({ object_id: 'wal_1' });
});

it('asks for a kind of object by the beginning of its actions, and for all clients where none is named', () => {
  expect(auditFilter({ type: 'wallet' }, demo, 'UTC').action).toBe('wallet.');
  expect(auditFilter({ type: 'wallet', action: 'wallet.freeze' }, demo, 'UTC').action).toBe('wallet.freeze');
  expect(auditFilter({}, demo, 'UTC').all_clients).toBeUndefined();
  expect(auditFilter({}, { mode: 'test', client: 'all' }, 'UTC').all_clients).toBe('true');
});
