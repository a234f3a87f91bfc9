'use client';

import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { type Filter, FilterBar, useFilters } from '@/components/patterns/filters';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { ROLES } from '@/contracts/roles';
import type { UserObject } from '@/contracts/users';
import { SettingsFrame } from '../settings-frame';
import { InvitationsCard } from './invitations-card';
import { InviteDialog } from './invite-dialog';
import { userListRequest } from './requests';
import { ROLE_WORDS } from './role-words';
import { RolesCard } from './roles-card';

const FILTERS: readonly Filter[] = [
  { name: 'role', label: 'Role', options: ROLES.map((role) => [role, ROLE_WORDS[role].label]) },
  {
    name: 'status',
    label: 'Status',
    options: [
      ['active', 'Active'],
      ['inactive', 'Inactive'],
    ],
  },
  {
    name: 'kind',
    label: 'Kind',
    options: [
      ['staff', 'People'],
      ['api_user', 'Programs'],
    ],
  },
];

const COLUMNS: readonly Column<UserObject>[] = [
  { id: 'name', head: 'Name', primary: true, cell: ({ name }) => name },
  { id: 'email', head: 'Signs in with', cell: ({ email }) => <span className="soft">{email}</span> },
  {
    id: 'role',
    head: 'Role',
    cell: ({ role, kind }) => (kind === 'api_user' ? `${ROLE_WORDS[role].label}, a program` : ROLE_WORDS[role].label),
  },
  {
    id: 'factor',
    head: 'Second factor',
    cell: ({ has_second_factor: has, kind }) =>
      kind === 'api_user' ? (
        <span className="nil">–</span>
      ) : has ? (
        <Status of="on" />
      ) : (
        <Status of="paused" word="Not set up" />
      ),
  },
  {
    id: 'seen',
    head: 'Last signed in',
    cell: ({ last_login_at: at }) => (at === null ? <span className="nil">never</span> : <Timestamp at={at} />),
  },
  { id: 'status', head: 'Status', cell: ({ status }) => <Status of={status} /> },
];

export function PeoplePage() {
  const { me, scope } = useConsole();
  const href = useHref();
  const filters = useFilters(FILTERS);
  const { after } = useCursor();
  const [inviting, setInviting] = useState(false);
  const users = useApi('/v1/users', userListRequest({ ...filters.values, after }));
  const whose = scope.client === 'all' ? 'the operator’s own; a client’s people stand under that client' : undefined;
  return (
    <SettingsFrame>
      <FilterBar filters={FILTERS} {...filters} />
      <Card
        title="People"
        {...(whose !== undefined && { note: whose })}
        {...(may(me, 'users:write') && {
          end: (
            <button type="button" className="btn sm primary" onClick={() => setInviting(true)}>
              <UserRoundPlus aria-hidden="true" />
              Invite somebody
            </button>
          ),
        })}
      >
        <DataTable
          caption="People and programs that sign in, newest first"
          columns={COLUMNS}
          rows={users.data?.data}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => href(`/settings/people/${id}`)}
          error={users.error}
          retry={() => void users.refetch()}
          empty={
            filters.isFiltered ? (
              <Empty kind="none" title="Nobody matches">
                Take a filter off to see everybody.
              </Empty>
            ) : (
              <Empty kind="first" title="Nobody yet">
                Invite the first of this client’s people: they choose their own password.
              </Empty>
            )
          }
        />
        {users.data?.data.length !== 0 && (
          <Pager count={users.data?.data.length} nextCursor={users.data?.next_cursor} of="newest first" />
        )}
      </Card>
      <InvitationsCard />
      <RolesCard />
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </SettingsFrame>
  );
}
