import { z } from 'zod';
import { idMeta, livemodeMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { readableText } from './text';

const body = readableText(2_000).refine((text) => text.trim() !== '', 'must not be blank');
const bodyMeta = {
  description: 'What the next person should know.',
  example: 'Caller verified by ID card, number changed on 3 October',
};

export const addNoteBody = z.strictObject({ body: body.meta(bodyMeta) });

export const noteSchema = z
  .object({
    id: z.string().meta(idMeta('note', 'The note’s id.')),
    object: z.literal('note').meta(objectMeta),
    wallet_id: z.string().meta(idMeta('wal', 'The wallet it is about.')),
    body: z.string().meta(bodyMeta),
    author: z
      .object({
        type: z.string().meta({ description: '`user` or `api_key`.', example: 'user' }),
        id: z.string().nullable().meta({ description: 'The user’s or key’s id.', example: 'usr_a1b2c3' }),
        name: z.string().nullable().meta({ description: 'Their name now.', example: 'Abena Darko' }),
      })
      .meta({ description: 'Who wrote it.' }),
    created_at: z.string().meta(timeMeta('When it was written.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Note', description: 'What somebody wrote about a wallet. It is never changed.' });

export type NoteObject = z.output<typeof noteSchema>;

export const noteListSchema = listSchema(noteSchema).meta({ id: 'NoteList' });

export const listNotesQuery = z.strictObject({ ...listQueryShape });
