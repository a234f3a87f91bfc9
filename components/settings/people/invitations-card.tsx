'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { InvitationObject } from '@/contracts/invitations';
import { INVITATIONS_REQUEST } from './requests';
import { ROLE_WORDS } from './role-words';

/** Who may still come, and who was asked lately. */
export function InvitationsCard() {
  const { me } = useConsole();
  const [revoked, setRevoked] = useState<InvitationObject | null>(null);
  const invitations = useApi('/v1/invitations', INVITATIONS_REQUEST);
  const rows = invitations.data?.data;
  if (rows?.length === 0 || invitations.error !== null) return null;
  const columns: Column<InvitationObject>[] = [
    {
      id: 'name',
      head: 'Name',
      primary: true,
      cell: ({ name, email }) => (
        <>
          {name} <span className="soft font-normal">{email}</span>
        </>
      ),
    },
    { id: 'role', head: 'Role', cell: ({ role }) => ROLE_WORDS[role].label },
    { id: 'status', head: 'Status', cell: ({ status }) => <InvitationStatus of={status} /> },
    { id: 'created', head: 'Invited', cell: ({ created_at: at }) => <Timestamp at={at} /> },
    {
      id: 'ends',
      head: 'Link ends',
      cell: ({ status, expires_at: at }) =>
        status === 'open' ? <Timestamp at={at} /> : <span className="nil">–</span>,
    },
  ];
  if (may(me, 'users:write')) {
    columns.push({
      id: 'act',
      head: <span className="sr">Action</span>,
      label: null,
      numeric: true,
      cell: (invitation) =>
        invitation.status === 'open' && (
          <button
            type="button"
            className="btn sm"
            aria-label={`Take back the invitation of ${invitation.name}`}
            onClick={() => setRevoked(invitation)}
          >
            Take back
          </button>
        ),
    });
  }
  return (
    <Card title="Invitations">
      <DataTable
        caption="Invitations, newest first"
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        empty={null}
        skeletonRows={2}
      />
      {revoked !== null && (
        <ActDialog
          open
          onOpenChange={() => setRevoked(null)}
          title={`Take back the invitation of ${revoked.name}`}
          description="Its link works no more. Somebody else’s can be made at any time."
          verb="Take it back"
          danger
          reason="optional"
          act={(api, { reason }) =>
            api.post('/v1/invitations/{id}/revoke', {
              params: { id: revoked.id },
              body: reason === '' ? {} : { reason },
            })
          }
          done={() => 'Invitation taken back'}
        />
      )}
    </Card>
  );
}

const WORDS: Readonly<Record<InvitationObject['status'], readonly [string, string]>> = {
  open: ['invited', 'Open'],
  accepted: ['active', 'Accepted'],
  revoked: ['revoked', 'Taken back'],
  expired: ['expired', 'Expired'],
};

function InvitationStatus({ of }: { readonly of: InvitationObject['status'] }) {
  const [look, word] = WORDS[of];
  return <Status of={look} word={word} />;
}
