'use client';

import { lazy, Suspense, useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import type { Role } from '@/contracts/roles';
import { ROLE_WORDS, rolesToGive } from './role-words';

const ShownOnce = lazy(async () => ({ default: (await import('@/components/patterns/shown-once')).ShownOnce }));

/** Makes the link with which somebody becomes one of the people here; they choose their own password. */
export function InviteDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { me } = useConsole();
  const roles = rolesToGive(me.scopes);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>(roles.at(-1)?.[0] ?? 'auditor');
  const [link, setLink] = useState<string | null>(null);
  return (
    <>
      <ActDialog
        open={open}
        onOpenChange={onOpenChange}
        title="Invite somebody"
        description="You get a link to pass on: no e-mail is sent. They choose their own password, which nobody else ever knows."
        verb="Make the link"
        ready={name.trim() !== '' && email.trim() !== ''}
        act={(api, { idempotencyKey }) =>
          api.post('/v1/invitations', { body: { name: name.trim(), email: email.trim(), role } }, { idempotencyKey })
        }
        done={null}
        onDone={(invited) => {
          setName('');
          setEmail('');
          if ('url' in invited && invited.url !== undefined) setLink(invited.url);
        }}
      >
        {({ error }) => (
          <>
            <TextField
              label="Name"
              autoComplete="off"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
              problem={problemOf(error, 'name')}
            />
            <TextField
              label="E-mail address"
              hint="What they sign in with."
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              problem={problemOf(error, 'email')}
            />
            <SelectField
              label="Role"
              hint={ROLE_WORDS[role].means}
              options={roles}
              value={role}
              onChange={(event) => setRole(event.target.value as Role)}
            />
          </>
        )}
      </ActDialog>
      {link !== null && (
        <Suspense>
          <ShownOnce
            title="Pass this link on"
            what="link"
            lines={[link]}
            note="Whoever opens it first takes the place. It works once, for 72 hours."
            close={() => setLink(null)}
          />
        </Suspense>
      )}
    </>
  );
}
