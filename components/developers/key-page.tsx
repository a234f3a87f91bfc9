'use client';

import { Ban, RefreshCw } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Empty, Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { History } from './history';
import { type ApiKey, isBeingReplaced } from './key-words';
import { RequestTable } from './request-table';
import { requestsOfKey } from './requests';
import { scopeGroups } from './scope-groups';
import { useSecret } from './use-secret';

const RotateKey = dynamic(() => import('./key-dialogs').then((file) => file.RotateKey), { ssr: false });
const RevokeKey = dynamic(() => import('./key-dialogs').then((file) => file.RevokeKey), { ssr: false });
const EditAddresses = dynamic(() => import('./key-dialogs').then((file) => file.EditAddresses), { ssr: false });

export function KeyPage({ id }: { readonly id: string }) {
  const { me } = useConsole();
  const href = useHref();
  const { data: key, error } = useApi('/v1/api_keys/{id}', { params: { id } });
  const [open, setOpen] = useState<'rotate' | 'revoke' | null>(null);
  const secret = useSecret();
  const close = (): void => setOpen(null);
  if (key === undefined) return error === null ? null : <Failed error={error} />;
  const mayAct = may(me, 'keys:write') && key.status === 'active';
  return (
    <>
      <PageHead
        title={key.name}
        crumbs={[
          { label: 'Developers', href: href('/developers') },
          { label: 'API keys', href: href('/developers/keys') },
          { label: key.name },
        ]}
        badges={isBeingReplaced(key) ? <Status of="paused" word="Being replaced" /> : <Status of={key.status} />}
        facts={[
          <code key="hint">{key.hint}</code>,
          key.last_used_at === null ? (
            'Never used'
          ) : (
            <span key="used">
              Last used <Timestamp at={key.last_used_at} />
            </span>
          ),
          <Ends key="ends" apiKey={key} />,
          <CopyId key="id" id={key.id} what="key id" />,
        ]}
        actions={
          mayAct && (
            <>
              <button type="button" className="btn danger" onClick={() => setOpen('revoke')}>
                <Ban aria-hidden="true" />
                Revoke
              </button>
              <button type="button" className="btn" onClick={() => setOpen('rotate')}>
                <RefreshCw aria-hidden="true" />
                Rotate
              </button>
            </>
          )
        }
      />
      {key.replaced_by !== null && (
        <p className="hint-bar">
          A rotation put{' '}
          <Link className="lined" href={href(`/developers/keys/${key.replaced_by}`)} prefetch={false}>
            another key
          </Link>{' '}
          in its place.
        </p>
      )}
      <div className="detail">
        <div className="stack-gap">
          <MayDo apiKey={key} />
          {may(me, 'logs:read') && <Recent id={key.id} />}
        </div>
        <aside className="rail card">
          <Addresses apiKey={key} mayAct={mayAct} />
          <History id={key.id} />
        </aside>
      </div>
      {open === 'rotate' && <RotateKey apiKey={key} close={close} show={secret.show} />}
      {open === 'revoke' && <RevokeKey apiKey={key} close={close} />}
      {secret.dialog}
    </>
  );
}

function Ends({ apiKey: { status, expires_at: expiresAt, revoked_at: revokedAt } }: { readonly apiKey: ApiKey }) {
  if (revokedAt !== null) {
    return (
      <>
        Revoked <Timestamp at={revokedAt} as="exact" />
      </>
    );
  }
  if (expiresAt === null) return <>Does not expire</>;
  return (
    <>
      {status === 'expired' ? 'Expired' : 'Expires'} <Timestamp at={expiresAt} as="exact" />
    </>
  );
}

function MayDo({ apiKey: { scopes } }: { readonly apiKey: ApiKey }) {
  const isAll = scopes.includes('*');
  const groups = scopeGroups((scope) => scopes.includes(scope));
  return (
    <Card title="May do" note={isAll ? undefined : `${scopes.length} of the API’s scopes`} padded>
      {isAll ? (
        <p className="text-[13px]">Everything, also what is added to the API later.</p>
      ) : (
        <ul className="scope-list">
          {groups.map(({ resource, label, scopes: of }) => (
            <li key={resource}>
              <span>{label}</span>
              <code>{of.map(({ scope }) => scope).join(', ')}</code>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Recent({ id }: { readonly id: string }) {
  const href = useHref();
  const log = useApi('/v1/request_log', requestsOfKey(id));
  return (
    <Card
      title="Lately asked"
      end={
        <Link className="link" href={href(`/developers/requests?api_key_id=${id}`)} prefetch={false}>
          All requests
        </Link>
      }
    >
      <RequestTable
        caption="The key’s latest requests"
        rows={log.data?.data}
        error={log.error}
        skeletonRows={4}
        withCaller={false}
        empty={
          <Empty kind="none" title="Nothing in the log">
            It has asked nothing in the last 30 days.
          </Empty>
        }
      />
    </Card>
  );
}

function Addresses({ apiKey, mayAct }: { readonly apiKey: ApiKey; readonly mayAct: boolean }) {
  const { data } = useApi('/v1/api_keys/{id}/allowed_ips', { params: { id: apiKey.id } });
  const [editing, setEditing] = useState(false);
  const addresses = data?.allowed_ips ?? [];
  return (
    <section>
      <header>
        <h2>Addresses</h2>
        {mayAct && data !== undefined && (
          <button type="button" className="btn sm quiet ml-auto" onClick={() => setEditing(true)}>
            Change
          </button>
        )}
      </header>
      <div className="body text-[13px]">
        {addresses.length > 0 && (
          <ul className="addresses">
            {addresses.map((address) => (
              <li key={address}>
                <code>{address}</code>
              </li>
            ))}
          </ul>
        )}
        <p className="dim small">
          {addresses.length > 0
            ? 'Payers are prompted with this key from here alone; four addresses at the most.'
            : apiKey.livemode
              ? 'None yet, so this live key prompts no payer. Everything else it may do from anywhere.'
              : 'None: a test key prompts payers from anywhere.'}
        </p>
      </div>
      {editing && <EditAddresses apiKey={apiKey} addresses={addresses} close={() => setEditing(false)} />}
    </section>
  );
}
