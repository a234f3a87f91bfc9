'use client';

import { useState } from 'react';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, TextArea } from '@/components/patterns/field';
import type { Wallet } from '../types';
import { possessive } from '../words';

/** What the next person should know. It is never changed. */
export function AddNote({ wallet, close }: { readonly wallet: Wallet; readonly close: () => void }) {
  const [body, setBody] = useState('');
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Add a note to ${possessive(wallet)} wallet`}
      description="Everybody who may see the wallet reads it. It cannot be changed or taken back."
      verb="Add note"
      ready={body.trim() !== ''}
      act={(api, { idempotencyKey }) =>
        api.post(
          '/v1/wallets/{id}/notes',
          { params: { id: wallet.id }, body: { body: body.trim() } },
          { idempotencyKey },
        )
      }
      done={() => 'Note added'}
    >
      {({ error }) => (
        <TextArea
          label="What the next person on this wallet should know"
          rows={4}
          maxLength={2000}
          value={body}
          problem={problemOf(error, 'body')}
          onChange={(event) => setBody(event.target.value)}
        />
      )}
    </ActDialog>
  );
}
