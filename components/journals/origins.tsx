'use client';

import { ChevronRight, Cog, KeyRound, type LucideIcon, RadioTower, UserRound } from 'lucide-react';
import Link from 'next/link';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { CopyId } from '@/components/patterns/copy-id';
import { useZoneName } from '@/components/patterns/timestamp';
import { useClock } from '@/components/payments/use-clock';
import type { JournalObject } from '@/contracts/journals';
import { actorWords } from './actors';
import { KINDS } from './kinds';

type Actor = JournalObject['origin']['actor'];
type Request = NonNullable<JournalObject['origin']['request']>;

interface Deed {
  readonly key: string;
  readonly atMs: number | null;
  readonly actor: Actor;
  readonly did: string;
  readonly request: Request | null;
}

/** Who had it posted, and who asked in the first place. */
export function Origins({ journal }: { readonly journal: JournalObject }) {
  const { me } = useConsole();
  const href = useHref();
  const { exact } = useClock();
  const zone = useZoneName();
  const seesRequests = may(me, 'logs:read');
  return (
    <section className="card" aria-labelledby="h-aud">
      <header className="ch">
        <h2 id="h-aud">Who, and from where</h2>
        {may(me, 'audit:read') && (
          <Link className="btn quiet sm end" href={href(auditPath(journal), journal.client_code)} prefetch={false}>
            Audit trail
            <ChevronRight aria-hidden="true" />
          </Link>
        )}
      </header>
      <div className="tablewrap">
        <table className="stk">
          <caption className="sr">Who did what</caption>
          <thead>
            <tr>
              <th scope="col">Time, {zone}</th>
              <th scope="col">Actor</th>
              <th scope="col">Did</th>
              <th scope="col">From</th>
              <th scope="col" className="r">
                Request
              </th>
            </tr>
          </thead>
          <tbody>
            {deedsOf(journal).map(({ key, atMs, actor, did, request }) => {
              const Icon = iconOf(actor);
              return (
                <tr key={key}>
                  <td data-th="Time">{atMs === null ? <span className="nil">–</span> : exact(atMs)}</td>
                  <td data-th="Actor">
                    <span className="flat">
                      <Icon aria-hidden="true" />
                      {actorWords(actor)}
                    </span>
                  </td>
                  <td data-th="Did">{did}</td>
                  <td data-th="From">
                    {request?.address ?? (request === null ? 'a worker' : <span className="nil">–</span>)}
                  </td>
                  <td className="r" data-th="Request">
                    {request === null ? (
                      <span className="nil">–</span>
                    ) : (
                      <CopyId
                        id={request.id}
                        what="request id"
                        {...(seesRequests && { href: href(`/developers/requests/${request.id}`, journal.client_code) })}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function auditPath({ origin, trail }: JournalObject): string {
  const request = trail.request ?? origin.request;
  return request === null ? '/audit' : `/audit?request_id=${encodeURIComponent(request.id)}`;
}

function deedsOf({ kind, origin, trail, posted_at }: JournalObject): readonly Deed[] {
  const what = trail.payment === null ? KINDS[kind].label.toLowerCase() : 'payment';
  const isOne = trail.request !== null && trail.request.id === origin.request?.id;
  const posted: Deed = {
    key: 'posted',
    atMs: Date.parse(posted_at),
    actor: origin.actor,
    did: `Posted the ${what}`,
    request: origin.request,
  };
  if (trail.request === null || isOne) return [posted];
  const { at, actor } = trail.request;
  return [
    posted,
    {
      key: 'asked',
      atMs: at === null ? null : Date.parse(at),
      actor,
      did: `Asked for the ${what}`,
      request: trail.request,
    },
  ];
}

function iconOf({ type }: Actor): LucideIcon {
  if (type === 'api_key') return KeyRound;
  if (type === 'user') return UserRound;
  return type === 'job' ? Cog : RadioTower;
}
