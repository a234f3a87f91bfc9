'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { type Column, DataTable } from '@/components/patterns/data-table';
import { Pager, useCursor } from '@/components/patterns/pager';
import { Empty } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { DevelopersHead } from './developers-head';
import { type ApiKey, isBeingReplaced } from './key-words';
import { keysRequest } from './requests';
import { scopesInShort } from './scope-groups';
import { useSecret } from './use-secret';

const CreateKey = dynamic(() => import('./create-key').then((file) => file.CreateKey), { ssr: false });

const COLUMNS: readonly Column<ApiKey>[] = [
  { id: 'name', head: 'Name', primary: true, cell: (key) => key.name },
  { id: 'hint', head: 'Key', cell: (key) => <code className="soft">{key.hint}</code> },
  { id: 'scopes', head: 'May do', cell: (key) => scopesInShort(key.scopes) },
  {
    id: 'status',
    head: 'Status',
    label: null,
    cell: (key) => (isBeingReplaced(key) ? <Status of="paused" word="Being replaced" /> : <Status of={key.status} />),
  },
  {
    id: 'used',
    head: 'Last used',
    cell: (key) =>
      key.last_used_at === null ? <span className="dim">never</span> : <Timestamp at={key.last_used_at} />,
  },
  {
    id: 'expires',
    head: 'Expires',
    cell: (key) => (key.expires_at === null ? <span className="dim">never</span> : <Timestamp at={key.expires_at} />),
  },
  { id: 'made', head: 'Made', wide: true, cell: (key) => <Timestamp at={key.created_at} as="day" /> },
];

export function KeyList() {
  const { me, scope } = useConsole();
  const href = useHref();
  const { after } = useCursor();
  const keys = useApi('/v1/api_keys', keysRequest({ after }));
  const [creating, setCreating] = useState(false);
  const secret = useSecret();
  const mayWrite = may(me, 'keys:write');
  const create = mayWrite && (
    <button type="button" className="btn primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden="true" />
      Create key
    </button>
  );
  return (
    <>
      <DevelopersHead section="keys" actions={create} />
      <Card label="API keys">
        <DataTable
          caption="API keys, newest first"
          columns={COLUMNS}
          rows={keys.data?.data}
          keyOf={(key) => key.id}
          hrefOf={(key) => href(`/developers/keys/${key.id}`)}
          error={keys.error}
          retry={() => void keys.refetch()}
          empty={
            <Empty kind="first" title={`No ${scope.mode} keys yet`}>
              A program signs in with a key. It works on {scope.mode} books alone; the other books have keys of their
              own.
            </Empty>
          }
        />
        <Pager count={keys.data?.data.length} nextCursor={keys.data?.next_cursor} of="newest first" />
      </Card>
      {creating && <CreateKey close={() => setCreating(false)} show={secret.show} />}
      {secret.dialog}
    </>
  );
}
