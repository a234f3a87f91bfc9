'use client';

import { BookOpenText, ChevronRight, KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { LANGUAGES, type LanguageId } from '@/components/docs/samples/languages';
import type { SampleRequest } from '@/components/docs/samples/request';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { Segmented } from '@/components/patterns/segmented';
import { Empty } from '@/components/patterns/states';
import { Timestamp } from '@/components/patterns/timestamp';
import { Code } from './code';
import { DevelopersHead } from './developers-head';
import { RequestTable } from './request-table';
import { ENDPOINTS, KEYS, REFUSALS } from './requests';

const DOCS = [
  ['/docs', 'Quick start', 'from nothing to a debit'],
  ['/docs/reference', 'Reference', 'every operation'],
  ['/docs/keys', 'Keys and sign-in', 'scopes, rotation'],
  ['/docs/idempotency', 'Idempotency', 'asking twice'],
  ['/docs/errors', 'Errors', 'every code'],
  ['/docs/events', 'Events, webhooks', 'signatures'],
  ['/docs/pagination', 'Lists', 'pages and cursors'],
] as const;

/** Where a developer begins: an address, a key, a first request, and what was refused lately. */
export function Overview({ baseUrl }: { readonly baseUrl: string }) {
  const { me } = useConsole();
  return (
    <>
      <DevelopersHead section="" />
      <div className="detail">
        <div className="stack-gap">
          <FirstRequests baseUrl={baseUrl} />
          {may(me, 'logs:read') && <Refusals />}
        </div>
        <aside className="rail card">
          <Connection baseUrl={baseUrl} />
          <section>
            <header>
              <h2>Documentation</h2>
            </header>
            <div className="rows">
              {DOCS.map(([path, title, what]) => (
                <a key={path} href={path}>
                  <BookOpenText className="s" aria-hidden="true" />
                  {title}
                  <span className="v">{what}</span>
                </a>
              ))}
            </div>
          </section>
        </aside>
      </div>
    </>
  );
}

/** The two requests that everything else is like: one that reads, one that moves money. */
function FirstRequests({ baseUrl }: { readonly baseUrl: string }) {
  const { me, scope } = useConsole();
  const href = useHref();
  const [language, setLanguage] = useState<LanguageId>('curl');
  const { write } = LANGUAGES.find(({ id }) => id === language) ?? LANGUAGES[0] ?? { write: () => '' };
  const list: SampleRequest = {
    method: 'GET',
    url: `${baseUrl}/v1/wallets`,
    headers: [],
    body: undefined,
    answerName: 'wallets',
    prints: true,
  };
  const debit: SampleRequest = {
    method: 'POST',
    url: `${baseUrl}/v1/wallets/wal_a1b2c3/debit`,
    headers: [],
    body: { amount: 500, description: '10 SMS messages sent', reference: 'sms_batch_8821' },
    answerName: 'transaction',
    prints: true,
  };
  return (
    <Card
      title="Quick start"
      className="starter"
      end={
        <Segmented<LanguageId>
          label="Language"
          hideLabel
          value={language}
          options={LANGUAGES.map(({ id, name }) => [id, name] as const)}
          onChange={setLanguage}
        />
      }
    >
      <ol>
        <li>
          <h3>Put a key where your program reads it</h3>
          <p>
            {may(me, 'keys:read') ? (
              <>
                <Link className="lined" href={href('/developers/keys')} prefetch={false}>
                  Create a {scope.mode} key
                </Link>{' '}
                for each program, with the scopes it needs.
              </>
            ) : (
              'Ask an admin for a key with the scopes that your program needs.'
            )}{' '}
            Its secret begins with <code>sec_{scope.mode}_</code> and works on {scope.mode} books alone.
          </p>
          <Code
            title="Terminal"
            label="the environment variable"
            code={`export PESEWA_KEY=sec_${scope.mode}_…`}
            dialect="shell"
          />
        </li>
        <li>
          <h3>See that it works</h3>
          <Code title="GET /v1/wallets" label="a request that lists wallets" code={write(list)} dialect={language} />
        </li>
        <li>
          <h3>Take money from a wallet</h3>
          <p>
            Amounts are whole minor units: 500 is 5.00. The <code>reference</code> is yours: asked again with the same
            one, nothing moves twice.
          </p>
          <Code
            title="POST /v1/wallets/{id}/debit"
            label="a request that debits"
            code={write(debit)}
            dialect={language}
          />
        </li>
        <li>
          <h3>Be told what happens</h3>
          <p>
            {may(me, 'webhooks:read') ? (
              <Link className="lined" href={href('/developers/webhooks')} prefetch={false}>
                Add an endpoint
              </Link>
            ) : (
              'Have an endpoint added'
            )}{' '}
            and verify each delivery: its signature is the base64 HMAC-SHA256 of{' '}
            <code>webhook-id.webhook-timestamp.body</code> under your secret. Libraries of the Standard Webhooks do it.
          </p>
        </li>
      </ol>
    </Card>
  );
}

function Connection({ baseUrl }: { readonly baseUrl: string }) {
  const { me, scope } = useConsole();
  const href = useHref();
  const keys = useApi('/v1/api_keys', KEYS, { enabled: may(me, 'keys:read') });
  const endpoints = useApi('/v1/webhook_endpoints', ENDPOINTS, { enabled: may(me, 'webhooks:read') });
  const active = keys.data?.data.filter(({ status }) => status === 'active');
  const used = active?.flatMap((key) => key.last_used_at ?? []).sort();
  const lastUsed = used?.at(-1);
  const failing = endpoints.data?.data.filter(({ failing_since: since }) => since !== null) ?? [];
  return (
    <section>
      <header>
        <h2>Connection</h2>
      </header>
      <div className="body">
        <Facts
          of={[
            ['Base URL', <CopyId key="url" id={baseUrl} what="base URL" whole />],
            ['Client', <CopyId key="client" id={scope.client} what="client code" whole />],
            ['Books', scope.mode === 'live' ? 'Live: real money' : 'Test: providers are simulated'],
            ...(active === undefined
              ? []
              : ([
                  [
                    'Keys',
                    <Link key="keys" className="lined" href={href('/developers/keys')} prefetch={false}>
                      {active.length === 1 ? '1 works' : `${active.length} work`}
                    </Link>,
                  ],
                  ['Last used', lastUsed === undefined ? 'never' : <Timestamp key="used" at={lastUsed} />],
                ] as const)),
            ...(endpoints.data === undefined
              ? []
              : ([
                  [
                    'Webhooks',
                    <Link key="webhooks" className="lined" href={href('/developers/webhooks')} prefetch={false}>
                      {endpoints.data.data.length === 0
                        ? 'none'
                        : `${endpoints.data.data.length}${failing.length === 0 ? '' : `, ${failing.length} failing`}`}
                    </Link>,
                  ],
                ] as const)),
          ]}
        />
        {active?.length === 0 && may(me, 'keys:write') && (
          <Link className="btn mt-3" href={href('/developers/keys')} prefetch={false}>
            <KeyRound aria-hidden="true" />
            Create the first key
          </Link>
        )}
      </div>
    </section>
  );
}

function Refusals() {
  const href = useHref();
  const log = useApi('/v1/request_log', REFUSALS);
  return (
    <Card
      title="Refused or failed lately"
      end={
        <Link className="link" href={href('/developers/requests?status=error')} prefetch={false}>
          All of them
          <ChevronRight className="s inline" aria-hidden="true" />
        </Link>
      }
    >
      <RequestTable
        caption="The latest requests that were refused or failed"
        rows={log.data?.data}
        error={log.error}
        skeletonRows={4}
        empty={
          <Empty kind="none" title="Nothing was refused">
            Not in the last 30 days.
          </Empty>
        }
      />
    </Card>
  );
}
