import { expect, it } from 'vitest';
import { happenings } from './happenings';

type Entries = Parameters<typeof happenings>[0];
type Notes = Parameters<typeof happenings>[1];

const entry = (id: string, action: string, at: string, reason: string | null = null) => ({
  id,
  action,
  reason,
  created_at: at,
  actor: { type: 'user', id: 'usr_1', name: 'Abena Darko', email: null },
});

it('tells acts and notes in one line of time, each note once', () => {
  const told = happenings(
    [
      entry('aud_3', 'wallet.note_added', '2026-10-03T11:50:00.000Z'),
      entry('aud_2', 'wallet.freeze', '2026-10-03T11:34:00.000Z', 'SIM swap reported'),
      entry('aud_1', 'wallet.created', '2026-08-28T09:14:00.000Z'),
    ] as unknown as Entries,
    [
      {
        id: 'note_1',
        body: 'Caller verified',
        author: { type: 'api_key', id: 'key_1', name: 'Front office' },
        created_at: '2026-10-03T11:50:00Z',
      },
    ] as unknown as Notes,
  );
  expect(told.map(({ key, title, more, tone }) => [key, title, more, tone])).toEqual([
    ['note_1', 'Note', 'Key Front office: “Caller verified”', undefined],
    ['aud_2', 'Frozen', 'Abena Darko: “SIM swap reported”', 'cold'],
    ['aud_1', 'Wallet opened', 'Abena Darko', undefined],
  ]);
});
