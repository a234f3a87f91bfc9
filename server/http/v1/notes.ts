import { formatId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import { addNoteBody, listNotesQuery, type NoteObject, noteListSchema, noteSchema } from '@/contracts/notes';
import { walletParams } from '@/contracts/wallets';
import { actorOf } from '@/server/audit/names';
import { addNote } from '@/server/wallets/add-note';
import { readWallet } from '@/server/wallets/read';
import { readNotes, type WalletNote } from '@/server/wallets/read-notes';
import { defineOperation } from '../operation';
import { afterInteger, walletIdOf } from './arguments';
import { listExample } from './examples';
import { renderTime } from './render-time';

const tag = 'Wallets';

const example: NoteObject = {
  id: 'note_a1b2c3',
  object: 'note',
  wallet_id: 'wal_a1b2c3',
  body: 'Caller verified by ID card, number changed on 3 October',
  author: { type: 'user', id: 'usr_a1b2c3', name: 'Abena Darko' },
  created_at: '2026-05-24T10:20:00Z',
  livemode: false,
};

const addWalletNote = defineOperation({
  operationId: 'addWalletNote',
  method: 'post',
  path: '/v1/wallets/{id}/notes',
  tag,
  summary: 'Add a note',
  description:
    'For the people who work on the wallet; its customer never sees it. A note is neither changed nor taken away.',
  scope: 'notes:write',
  params: walletParams,
  body: addNoteBody,
  requestExample: { body: example.body },
  responses: { 201: { description: 'The note.', schema: noteSchema, example } },
  errors: ['resource_missing'],
  verb: (ctx, { params, body }) => addNote(ctx, { walletId: walletIdOf(params.id), body: body.body }),
  render: (note) => ({ status: 201, body: renderNote(note) }),
});

const listWalletNotes = defineOperation({
  operationId: 'listWalletNotes',
  method: 'get',
  path: '/v1/wallets/{id}/notes',
  tag,
  summary: 'List notes',
  description: 'What was written about a wallet, newest first.',
  scope: 'notes:read',
  params: walletParams,
  query: listNotesQuery,
  responses: { 200: { description: 'A page of notes.', schema: noteListSchema, example: listExample(example) } },
  errors: ['resource_missing'],
  verb: async (ctx, { params, query }) => {
    const { id } = await readWallet(ctx, walletIdOf(params.id));
    return {
      notes: await readNotes(ctx, id, { limit: query.limit, afterId: afterInteger(query.after) }),
      limit: query.limit,
    };
  },
  render: ({ notes, limit }) => ({ status: 200, body: listOf(notes, limit, renderNote, ({ id }) => [id]) }),
});

function renderNote(note: WalletNote): NoteObject {
  return {
    id: formatId('note', note.id),
    object: 'note',
    wallet_id: formatId('wallet', note.walletId),
    body: note.body,
    author: { ...actorOf(note.actor), name: note.actorName },
    created_at: renderTime(note.createdAtMs),
    livemode: note.livemode,
  };
}

export const noteOperations = [addWalletNote, listWalletNotes];
