'use client';

import Link from 'next/link';
import { lazy, Suspense, useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { SelectField } from '@/components/patterns/field';
import { PageHead } from '@/components/patterns/page-head';
import { Failed, Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { Role } from '@/contracts/roles';
import type { UserObject } from '@/contracts/users';
import { userRequest } from './requests';
import { ROLE_WORDS, rolesToGive } from './role-words';

const ShownOnce = lazy(async () => ({ default: (await import('@/components/patterns/shown-once')).ShownOnce }));

type Act = 'role' | 'status' | 'link' | 'factor' | 'sessions';

/** One person who signs in: what they may do, and what an admin does about their sign-in. */
export function PersonPage({ id }: { readonly id: string }) {
  const { me } = useConsole();
  const href = useHref();
  const user = useApi('/v1/users/{id}', userRequest(id));
  const [act, setAct] = useState<Act | null>(null);
  const crumbs = [
    { label: 'Settings', href: href('/settings') },
    { label: 'People', href: href('/settings/people') },
  ];
  if (user.error !== null && user.data === undefined) return <Failed error={user.error} />;
  const person = user.data;
  if (person === undefined) {
    return (
      <Card label="Person" padded>
        <Skeleton width={50} />
      </Card>
    );
  }
  const isSelf = person.id === me.user.id;
  const isActive = person.status === 'active';
  return (
    <>
      <PageHead
        crumbs={[...crumbs, { label: person.name }]}
        title={titleOf(person)}
        badges={<Status of={person.status} />}
        sub={ROLE_WORDS[person.role].means}
        {...(may(me, 'users:write') &&
          !isSelf && {
            actions: (
              <>
                <button type="button" className="btn" onClick={() => setAct('role')}>
                  Change role
                </button>
                <button type="button" className={`btn ${isActive ? 'danger' : ''}`} onClick={() => setAct('status')}>
                  {isActive ? 'Deactivate' : 'Activate'}
                </button>
              </>
            ),
          })}
      />
      <div className="grid two even">
        <Card title="Who" padded>
          <Facts
            of={[
              ['Name', person.name],
              ['Signs in with', person.email],
              ['Kind', person.kind === 'staff' ? 'A person' : 'A program'],
              ['Role', ROLE_WORDS[person.role].label],
              ['Since', <Timestamp key="since" at={person.created_at} as="exact" />],
              ['Id', <CopyId key="id" id={person.id} />],
            ]}
          />
        </Card>
        <Card title="Sign-in" padded>
          <Facts
            of={[
              [
                'Last',
                person.last_login_at === null ? 'never' : <Timestamp key="l" at={person.last_login_at} as="exact" />,
              ],
              ['Password', <SetAt key="p" at={person.password_changed_at} />],
              ['Second factor', person.has_second_factor ? 'On' : 'Not set up'],
            ]}
          />
          {isSelf && (
            <p className="soft small mt-3">
              This is you.{' '}
              <Link className="link" href={href('/settings/account')}>
                Your account
              </Link>
            </p>
          )}
          {may(me, 'users:write') && !isSelf && (
            <div className="mt-4 flex flex-wrap gap-2">
              <button type="button" className="btn sm" onClick={() => setAct('link')}>
                Make a reset link
              </button>
              {person.has_second_factor && (
                <button type="button" className="btn sm" onClick={() => setAct('factor')}>
                  Reset second factor
                </button>
              )}
              <button type="button" className="btn sm" onClick={() => setAct('sessions')}>
                End sessions
              </button>
            </div>
          )}
        </Card>
      </div>
      {may(me, 'audit:read') && (
        <p className="mt-4 text-13">
          <Link className="link" href={href(`/audit?actor=${person.id}`)} prefetch={false}>
            What {person.name} has done, in the audit trail
          </Link>
        </p>
      )}
      <Acts person={person} act={act} close={() => setAct(null)} />
    </>
  );
}

function titleOf({ name, role, status, kind }: UserObject): string {
  if (kind === 'api_user') return `${name} is a program that logs in`;
  const what = ROLE_WORDS[role].label.toLowerCase();
  return status === 'active' ? `${name} works here as ${what}` : `${name} cannot sign in any more`;
}

function SetAt({ at }: { readonly at: string }) {
  return (
    <>
      set <Timestamp at={at} />
    </>
  );
}

function Acts({
  person,
  act,
  close,
}: {
  readonly person: UserObject;
  readonly act: Act | null;
  readonly close: () => void;
}) {
  const { me } = useConsole();
  const [role, setRole] = useState<Role>(person.role);
  const [link, setLink] = useState<string | null>(null);
  const { id, name, status } = person;
  const isActive = status === 'active';
  const dialog = (one: Act) => ({ open: act === one, onOpenChange: close });
  const why = (reason: string) => (reason === '' ? {} : { reason });
  return (
    <>
      <ActDialog
        {...dialog('role')}
        title={`Change the role of ${name}`}
        description={`${name} is signed out everywhere, and has the new role at the next sign-in.`}
        verb="Change role"
        reason="optional"
        ready={role !== person.role}
        act={(api, { reason }) => api.patch('/v1/users/{id}', { params: { id }, body: { role, ...why(reason) } })}
        done={() => `${name} is ${ROLE_WORDS[role].label.toLowerCase()} now`}
      >
        <SelectField
          label="Role"
          hint={ROLE_WORDS[role].means}
          options={[...new Map([[person.role, ROLE_WORDS[person.role].label], ...rolesToGive(me.scopes)])]}
          value={role}
          onChange={(event) => setRole(event.target.value as Role)}
        />
      </ActDialog>
      <ActDialog
        {...dialog('status')}
        title={`${isActive ? 'Deactivate' : 'Activate'} ${name}`}
        description={
          isActive
            ? `${name} is signed out everywhere within a second and cannot sign in. What they did stays in the books and the audit trail.`
            : `${name} can sign in again, with the password and the role they had.`
        }
        verb={isActive ? 'Deactivate' : 'Activate'}
        danger={isActive}
        reason={isActive ? 'required' : 'optional'}
        act={(api, { reason }) =>
          api.patch('/v1/users/{id}', {
            params: { id },
            body: { status: isActive ? 'inactive' : 'active', ...why(reason) },
          })
        }
        done={() => (isActive ? `${name} is deactivated` : `${name} can sign in again`)}
      />
      <ActDialog
        {...dialog('link')}
        title={`Make a reset link for ${name}`}
        description="With it they choose a new password, which ends their sessions. No e-mail is sent: pass it on yourself, to them alone."
        verb="Make the link"
        reason="optional"
        act={(api, { reason, idempotencyKey }) =>
          api.post('/v1/users/{id}/reset_link', { params: { id }, body: why(reason) }, { idempotencyKey })
        }
        done={null}
        onDone={(made) => {
          if (made.url !== undefined) setLink(made.url);
        }}
      />
      <ActDialog
        {...dialog('factor')}
        title={`Reset the second factor of ${name}`}
        description={`For whoever has lost both the app and the recovery codes. ${name} signs in with the password alone and sets up another. Make sure that it is them who asks.`}
        verb="Reset second factor"
        danger
        reason="required"
        typed={[person.email, 'address']}
        act={(api, { reason }) => api.post('/v1/users/{id}/second_factor/reset', { params: { id }, body: why(reason) })}
        done={() => 'Second factor reset'}
      />
      <ActDialog
        {...dialog('sessions')}
        title={`End the sessions of ${name}`}
        description="They are signed out everywhere within a second. The password stays."
        verb="End sessions"
        reason="optional"
        act={(api, { reason }) => api.post('/v1/users/{id}/sessions/revoke', { params: { id }, body: why(reason) })}
        done={({ sessions_revoked: count }) => `${count} ${count === 1 ? 'session' : 'sessions'} ended`}
      />
      {link !== null && (
        <Suspense>
          <ShownOnce
            title={`Pass this link on to ${name}`}
            what="link"
            lines={[link]}
            note="Whoever opens it chooses the password. It works once, for an hour; an earlier one works no more."
            close={() => setLink(null)}
          />
        </Suspense>
      )}
    </>
  );
}
