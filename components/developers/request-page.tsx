'use client';

import Link from 'next/link';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Target } from '@/components/audit/audit-table';
import { sameRequestOf } from '@/components/audit/entry-request';
import { pathOfId } from '@/components/audit/paths';
import { did } from '@/components/audit/words';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { PageHead } from '@/components/patterns/page-head';
import { Failed } from '@/components/patterns/states';
import { wordsOf } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import type { AnswerOf } from '@/server/http/api-types';
import { HttpStatus } from './http-status';
import { milliseconds, requestSentence } from './request-words';

type Detail = AnswerOf<'get', '/v1/request_log/{id}'>;

/** A request: how it was answered, who asked, and what it brought about. */
export function RequestPage({ id }: { readonly id: string }) {
  const href = useHref();
  const { data: request, error } = useApi('/v1/request_log/{id}', { params: { id } });
  if (request === undefined) return error === null ? null : <Failed error={error} />;
  const { caller } = request;
  const callerPath = caller.id === null ? null : pathOfId(caller.id);
  return (
    <>
      <PageHead
        title={<span className="wrap-anywhere">{requestSentence(request)}</span>}
        crumbs={[
          { label: 'Developers', href: href('/developers') },
          { label: 'Request log', href: href('/developers/requests') },
          { label: id },
        ]}
        facts={[
          <Timestamp key="at" at={request.created_at} as="exact" />,
          `took ${milliseconds(request.duration_ms)}`,
          <CopyId key="id" id={request.id} what="request id" />,
        ]}
      />
      <div className="detail">
        <div className="stack-gap">
          <Results request={request} />
          <Changed id={request.id} />
        </div>
        <aside className="rail card">
          <section>
            <header>
              <h2>Request</h2>
            </header>
            <div className="body">
              <Facts
                of={[
                  ['Method', request.method],
                  ['Path', <code key="path">{request.path}</code>],
                  ['Answer', <HttpStatus key="status" status={request.status} />],
                  ...(request.error_code === null
                    ? []
                    : ([
                        [
                          'Error',
                          <a key="code" className="lined" href={`/docs/errors#${request.error_code}`}>
                            <code>{request.error_code}</code>
                          </a>,
                        ],
                      ] as const)),
                  [
                    'Asked by',
                    callerPath === null ? (
                      (caller.name ?? 'nobody')
                    ) : (
                      <Link key="by" className="lined" href={href(callerPath)} prefetch={false}>
                        {caller.name ?? caller.id}
                      </Link>
                    ),
                  ],
                  ['From', request.address === null ? 'unknown' : <code key="from">{request.address}</code>],
                ]}
              />
            </div>
          </section>
        </aside>
      </div>
    </>
  );
}

const KINDS = { journal: 'Journal', payment: 'Payment', event: 'Event' } as const;

function Results({ request }: { readonly request: Detail }) {
  const href = useHref();
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return (
    <Card title="Brought about">
      {request.results.length === 0 ? (
        <p className="px-4 pb-4 text-[13px] soft">
          {isRead
            ? 'It only read.'
            : request.status >= 400
              ? 'Nothing: it was refused.'
              : 'No journal, payment or event. What else it changed is below, for those who may read the audit trail.'}
        </p>
      ) : (
        <div className="tablewrap">
          <table>
            <caption className="sr">What the request brought about</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Which</th>
                <th scope="col">Id</th>
              </tr>
            </thead>
            <tbody>
              {request.results.map(({ type, id, title }) => (
                <tr key={`${type}${id}`} className="go">
                  <th scope="row">
                    <Link className="row" href={href(pathOfId(id) ?? '/')} prefetch={false}>
                      {KINDS[type]}
                    </Link>
                  </th>
                  <td>{type === 'journal' ? wordsOf(title) : <code>{title}</code>}</td>
                  <td>
                    <CopyId id={id} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

/** Its rows of the audit trail. */
function Changed({ id }: { readonly id: string }) {
  const { me } = useConsole();
  const href = useHref();
  const isShown = may(me, 'audit:read');
  const audit = useApi('/v1/audit', sameRequestOf(id), { enabled: isShown });
  const rows = audit.data?.data ?? [];
  if (!isShown || rows.length === 0) return null;
  return (
    <Card title="Changed" note="as the audit trail has it">
      <div className="tablewrap">
        <table>
          <caption className="sr">What the request changed</caption>
          <thead>
            <tr>
              <th scope="col">Did</th>
              <th scope="col">Object</th>
              <th scope="col" className="num">
                Row
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link className="lined" href={href(`/audit/${row.id}`)} prefetch={false}>
                    {did(row.action)}
                  </Link>
                </th>
                <td>
                  <Target entry={row} />
                </td>
                <td className="num dim">{row.sequence?.toLocaleString('en-GB')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
