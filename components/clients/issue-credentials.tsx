'use client';

import { useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, TextField } from '@/components/patterns/field';
import { Segmented } from '@/components/patterns/segmented';
import { ShownOnce } from '@/components/patterns/shown-once';
import { SCOPES } from '@/contracts/scopes';
import type { AnswerOf } from '@/server/http/api-types';
import type { Client } from './profile';

type Made = AnswerOf<'post', '/api/v1/clients/{client_code}/credentials'>;
type Reach = 'mine' | 'read';

/** What a client's program signs in with, for the books in view. The secret is in this answer and nowhere else. */
export function IssueCredentials({
  client,
  open,
  onOpenChange,
}: {
  readonly client: Client;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { me, scope } = useConsole();
  const [name, setName] = useState('');
  const [reach, setReach] = useState<Reach>('mine');
  const [made, setMade] = useState<Made | null>(null);
  const reads = SCOPES.filter((one) => one.endsWith(':read') && me.scopes.includes(one));
  return (
    <>
      <ActDialog
        open={open}
        onOpenChange={onOpenChange}
        title={`Issue ${scope.mode} credentials to ${client.client_name}`}
        description={
          scope.mode === 'live'
            ? 'They open the live books: whoever has the secret moves real money.'
            : 'They open the test books, where nothing is real.'
        }
        verb="Issue credentials"
        ready={name.trim() !== ''}
        act={(api, { idempotencyKey }) =>
          api.post(
            '/api/v1/clients/{client_code}/credentials',
            {
              params: { client_code: client.client_code },
              body: { mode: scope.mode, name: name.trim(), ...(reach === 'read' && { scopes: [...reads] }) },
            },
            { idempotencyKey },
          )
        }
        done={null}
        onDone={setMade}
      >
        {({ error }) => (
          <>
            <TextField
              label="Name"
              placeholder="Billing server"
              hint="What the key is for. Shown in the log and the audit trail."
              value={name}
              maxLength={100}
              autoComplete="off"
              problem={problemOf(error, 'name')}
              onChange={(event) => setName(event.target.value)}
            />
            <Segmented<Reach>
              label="What it may do"
              value={reach}
              onChange={setReach}
              options={[
                ['mine', 'What my role may'],
                ['read', 'Read alone'],
              ]}
            />
          </>
        )}
      </ActDialog>
      {made !== null && (
        <ShownOnce
          title={`Credentials of ${client.client_name}`}
          what="credentials"
          lines={[`client_id=${made.client_id}`, `client_secret=${made.client_secret ?? 'shown before'}`]}
          note="The user name and the password of Basic, or the secret alone as a Bearer token. Hand them over by a safe way: never by e-mail."
          fileName={`${client.client_code}-${made.mode}.env`}
          close={() => setMade(null)}
        />
      )}
    </>
  );
}
