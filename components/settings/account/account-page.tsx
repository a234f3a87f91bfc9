'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { problemOf, TextField } from '@/components/patterns/field';
import { Timestamp } from '@/components/patterns/timestamp';
import type { Role } from '@/contracts/roles';
import { ROLE_WORDS } from '../people/role-words';
import { SettingsFrame } from '../settings-frame';
import { ME_REQUEST } from './requests';
import { SecondFactorCard } from './second-factor-card';
import { SessionsCard } from './sessions-card';

/** One's own sign-in: who one is, the password, the second factor, and where one is signed in. */
export function AccountPage() {
  const { me } = useConsole();
  const now = useApi('/v1/me', ME_REQUEST);
  const role = ROLE_WORDS[me.role as Role];
  const session = now.data?.session ?? me.session;
  const [changing, setChanging] = useState(false);
  return (
    <SettingsFrame>
      <div className="grid two even">
        <Card title="You" note="an admin changes your name, address and role" padded>
          <Facts
            of={[
              ['Name', me.user.name],
              ['Signs in with', me.user.email],
              ['Role', role === undefined ? me.role : `${role.label}. ${role.means}`],
              ['Works for', me.is_operator ? 'the operator' : (me.own_client?.name ?? me.client.name)],
              ['Id', <CopyId key="id" id={me.user.id} />],
            ]}
          />
        </Card>
        <Card title="Password" padded>
          <p className="soft text-13">
            8 to 128 characters, none of the most common ones. A new one ends your other sessions.
          </p>
          {session !== null && session.idle_expires_at !== null && (
            <p className="soft text-13 mt-2">
              This session ends <Timestamp at={session.expires_at} />, or when nobody is here for a while.
            </p>
          )}
          <p className="mt-4">
            <button type="button" className="btn" onClick={() => setChanging(true)}>
              Change password
            </button>
          </p>
        </Card>
      </div>
      <SecondFactorCard factor={now.data?.second_factor ?? me.second_factor} />
      <SessionsCard />
      <PasswordDialog open={changing} onOpenChange={setChanging} />
    </SettingsFrame>
  );
}

function PasswordDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { me } = useConsole();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const forget = (): void => {
    setCurrent('');
    setNext('');
    setAgain('');
  };
  const differs = again !== '' && again !== next;
  return (
    <ActDialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) forget();
        onOpenChange(isOpen);
      }}
      title="Change your password"
      description="Your other sessions end. This one stays."
      verb="Change password"
      ready={current !== '' && next !== '' && next === again}
      act={(api) => api.post('/v1/me/password', { body: { current_password: current, password: next } })}
      done={({ sessions_ended: ended }) =>
        ended === 0
          ? 'Password changed'
          : `Password changed, ${ended} other ${ended === 1 ? 'session' : 'sessions'} ended`
      }
    >
      {({ error }) => (
        <>
          <input type="text" autoComplete="username" value={me.user.email} readOnly hidden />
          <TextField
            label="Password you have"
            type="password"
            autoComplete="current-password"
            value={current}
            problem={problemOf(error, 'current_password')}
            onChange={(event) => setCurrent(event.target.value)}
          />
          <TextField
            label="New password"
            type="password"
            autoComplete="new-password"
            value={next}
            problem={problemOf(error, 'password')}
            onChange={(event) => setNext(event.target.value)}
          />
          <TextField
            label="New password again"
            type="password"
            autoComplete="new-password"
            value={again}
            problem={differs ? 'It is not the same.' : null}
            onChange={(event) => setAgain(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}
