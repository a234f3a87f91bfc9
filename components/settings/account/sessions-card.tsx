'use client';

import { useState } from 'react';
import { useApi } from '@/components/api/queries';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { SessionObject } from '@/contracts/me';
import { SESSIONS_REQUEST } from './requests';

/** Where one is signed in, each of which can be ended. */
export function SessionsCard() {
  const sessions = useApi('/v1/me/sessions', SESSIONS_REQUEST);
  const [ended, setEnded] = useState<SessionObject | 'others' | null>(null);
  const rows = sessions.data?.data;
  const others = (rows ?? []).filter((session) => !session.is_current).length;
  const columns: readonly Column<SessionObject>[] = [
    {
      id: 'where',
      head: 'Where',
      primary: true,
      cell: (session) => (
        <>
          {nameOf(session)} {session.is_current && <Status of="active" word="Here" />}
        </>
      ),
    },
    { id: 'address', head: 'Address', cell: ({ address }) => <span className="soft">{address ?? '–'}</span> },
    {
      id: 'mode',
      head: 'Books',
      cell: ({ mode }) => (mode === null ? 'Live and test' : mode === 'live' ? 'Live' : 'Test'),
    },
    {
      id: 'seen',
      head: 'Last there',
      cell: ({ last_seen_at: at }) => (at === null ? <span className="nil">–</span> : <Timestamp at={at} />),
    },
    { id: 'created', head: 'Signed in', cell: ({ created_at: at }) => <Timestamp at={at} /> },
    { id: 'ends', head: 'Ends', cell: ({ expires_at: at }) => <Timestamp at={at} /> },
    {
      id: 'act',
      head: <span className="sr">Action</span>,
      label: null,
      numeric: true,
      cell: (session) =>
        !session.is_current && (
          <button
            type="button"
            className="btn sm"
            aria-label={`End the session of ${nameOf(session)}`}
            onClick={() => setEnded(session)}
          >
            End
          </button>
        ),
    },
  ];
  return (
    <Card
      title="Where you are signed in"
      {...(others > 0 && {
        end: (
          <button type="button" className="btn sm" onClick={() => setEnded('others')}>
            End all others
          </button>
        ),
      })}
    >
      <DataTable
        caption="Your sessions, newest first"
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        error={sessions.error}
        retry={() => void sessions.refetch()}
        empty={null}
        skeletonRows={2}
      />
      {ended === 'others' && (
        <ActDialog
          open
          onOpenChange={() => setEnded(null)}
          title="End your other sessions"
          description={`You are signed out everywhere but here: ${others} ${others === 1 ? 'place' : 'places'}.`}
          verb="End sessions"
          act={(api) => api.post('/v1/me/sessions/revoke_others', { body: {} })}
          done={({ sessions_ended: count }) => `${count} ${count === 1 ? 'session' : 'sessions'} ended`}
        />
      )}
      {ended !== null && ended !== 'others' && (
        <ActDialog
          open
          onOpenChange={() => setEnded(null)}
          title={`End the session of ${nameOf(ended)}`}
          description="It is signed out within a second."
          verb="End session"
          act={(api) => api.delete('/v1/me/sessions/{id}', { params: { id: ended.id } })}
          done={() => 'Session ended'}
        />
      )}
    </Card>
  );
}

function nameOf({ kind, browser }: SessionObject): string {
  return kind === 'token' ? 'An access token' : (browser ?? 'A browser');
}
