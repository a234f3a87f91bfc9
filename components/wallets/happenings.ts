import type { Happening } from '@/components/patterns/timeline';
import type { AnswerOf } from '@/server/http/api-types';
import { actionWords, auditActor } from './audit-words';

type Entry = AnswerOf<'get', '/v1/audit'>['data'][number];
type Note = AnswerOf<'get', '/v1/wallets/{id}/notes'>['data'][number];

export interface Told {
  readonly key: string;
  readonly at: string;
  readonly title: string;
  readonly more: string | null;
  readonly tone?: NonNullable<Happening['tone']>;
}

const TONES: Readonly<Record<string, NonNullable<Happening['tone']>>> = {
  'wallet.freeze': 'cold',
  'wallet.close': 'bad',
};

/** What was done and what was written, newest first; a note is told by its words and not once more as an act. */
export function happenings(entries: readonly Entry[], notes: readonly Note[]): readonly Told[] {
  const done = entries
    .filter(({ action }) => action !== 'wallet.note_added')
    .map((entry): Told => {
      const who = auditActor(entry.actor);
      const tone = TONES[entry.action];
      return {
        key: entry.id,
        at: entry.created_at,
        title: actionWords(entry.action),
        more: entry.reason === null ? who : `${who}: “${entry.reason}”`,
        ...(tone !== undefined && { tone }),
      };
    });
  const written = notes.map(
    (note): Told => ({
      key: note.id,
      at: note.created_at,
      title: 'Note',
      more: `${auditActor(note.author)}: “${note.body}”`,
    }),
  );
  return [...done, ...written].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
