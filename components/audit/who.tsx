'use client';

import Link from 'next/link';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { Facts } from '@/components/patterns/card';
import { CopyId, shortId } from '@/components/patterns/copy-id';
import { Timestamp } from '@/components/patterns/timestamp';
import { pathOfId } from './paths';
import { type AuditEntry, actorKind, actorName } from './words';

/** Who did it, proved by what, from where, in which request. */
export function Who({ entry }: { readonly entry: AuditEntry }) {
  const { me } = useConsole();
  const href = useHref();
  const { actor, credential, address, request_id: requestId, client } = entry;
  const to = (path: string) => href(path, client?.code);
  const kind = actorKind(entry);
  const actorPath = actor.id === null ? null : pathOfId(actor.id);
  return (
    <Facts
      of={[
        [
          'Actor',
          <span key="actor">
            {actorPath === null ? (
              actorName(entry)
            ) : (
              <Link className="lined" href={to(actorPath)} prefetch={false}>
                {actorName(entry)}
              </Link>
            )}
            {kind !== '' && `, ${kind}`}
          </span>,
        ],
        ...(actor.email === null ? [] : ([['E-mail', actor.email]] as const)),
        ['When', <Timestamp key="when" at={entry.created_at} as="exact" />],
        ['Signed in by', credential === null ? 'nothing: the system did it' : <Credential key="by" id={credential} />],
        ['Address', address === null ? 'none' : <code key="from">{address}</code>],
        [
          'Request',
          requestId.startsWith('req_') && may(me, 'logs:read') ? (
            <span key="request" className="id">
              <Link className="lined" href={to(`/developers/requests/${requestId}`)} title={requestId} prefetch={false}>
                <code>{shortId(requestId)}</code>
              </Link>
            </span>
          ) : requestId.startsWith('req_') ? (
            <CopyId key="request" id={requestId} what="request id" />
          ) : (
            requestId
          ),
        ],
        ...(client === undefined ? [] : ([['Client', client.name]] as const)),
      ]}
    />
  );
}

function Credential({ id }: { readonly id: string }) {
  return (
    <span>
      <CopyId id={id} what="credential" />
    </span>
  );
}
