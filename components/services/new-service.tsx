'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { ChooseClient } from '@/components/console/choose-client';
import { Card } from '@/components/patterns/card';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { momentOf } from '@/components/patterns/local-time';
import { PageHead } from '@/components/patterns/page-head';
import { Empty } from '@/components/patterns/states';
import { useZoneName } from '@/components/patterns/timestamp';
import { useSubmit } from '@/components/patterns/use-submit';
import { CURRENCIES } from './currencies';
import { NEW_DRAFT } from './draft';
import { newServiceBody } from './new-service-body';
import { Part, RulesFields } from './rules-fields';
import { useClientName } from './use-client-name';

export function NewService() {
  const { scope, me } = useConsole();
  const href = useHref();
  if (scope.client === 'all') return <ChooseClient title="New service" what="Services" />;
  if (!may(me, 'services:write')) {
    return (
      <>
        <PageHead
          crumbs={[{ label: 'Services', href: href('/services') }, { label: 'New service' }]}
          title="New service"
        />
        <Card label="New service">
          <Empty kind="forbidden" title="Your role does not include this">
            Finance people and admins make services.
          </Empty>
        </Card>
      </>
    );
  }
  return <NewServiceForm clientCode={scope.client} />;
}

function NewServiceForm({ clientCode }: { readonly clientCode: string }) {
  const { timeZone } = useConsole();
  const href = useHref();
  const router = useRouter();
  const zone = useZoneName();
  const clientName = useClientName(clientCode);
  const [name, setName] = useState('');
  const [kind, setKind] = useState('');
  const [currency, setCurrency] = useState('');
  const [atLocal, setAtLocal] = useState('');
  const [draft, setDraft] = useState(NEW_DRAFT);
  const { submit, pending, error } = useSubmit(
    (api, _input: null, idempotencyKey) =>
      api.post(
        '/api/v1/client-services',
        {
          body: newServiceBody(
            { clientCode, name, kind, currency: currency || null, atMs: momentOf(atLocal, timeZone) },
            draft,
          ),
        },
        { idempotencyKey },
      ),
    {
      done: 'Service created',
      onDone: (service) => router.push(href(`/services/${service.client_service_code}`)),
    },
  );
  const ready =
    name.trim() !== '' && kind.trim() !== '' && draft.smallest !== '' && draft.largest !== '' && draft.types.length > 0;
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Services', href: href('/services') }, { label: 'New service' }]}
        title={`New service of ${clientName}`}
        sub="Its rules can be changed at any time: each change makes a version, from a moment of your choice."
      />
      <form
        className="card rules narrow-form"
        aria-label="New service"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) submit(null);
        }}
      >
        <Part title="Service">
          <div className="two">
            <TextField
              label="Name"
              placeholder="Wallet top-up"
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.target.value)}
              problem={problemOf(error, 'client_service_name')}
            />
          </div>
          <TextField
            label="Kind"
            placeholder="CUSTOM_SERVICE"
            className="input mono"
            hint="Your own word for it; several may share one"
            value={kind}
            maxLength={64}
            onChange={(event) => setKind(event.target.value)}
            problem={problemOf(error, 'service_code')}
          />
          <SelectField
            label="Currency"
            value={currency}
            onChange={(event) => setCurrency(event.target.value)}
            options={[['', 'Any'], ...CURRENCIES.map((code) => [code, code] as const)]}
            hint="It never changes"
            problem={problemOf(error, 'currency')}
          />
          <div className="two">
            <TextField
              label={`Takes effect, ${zone}`}
              type="datetime-local"
              value={atLocal}
              onChange={(event) => setAtLocal(event.target.value)}
              hint="At once, when left empty"
              problem={problemOf(error, 'effective_at')}
            />
          </div>
        </Part>
        <RulesFields
          draft={draft}
          base={null}
          onChange={setDraft}
          currency={currency || null}
          clientName={clientName}
          error={error}
        />
        {error !== null && error.param === null && (
          <p className="problem px-5 pb-3" role="alert">
            {error.message}
          </p>
        )}
        <footer>
          <span className="soft">
            {ready ? 'It takes transactions as soon as it takes effect.' : 'Name, kind and both limits are needed.'}
          </span>
          <span className="end">
            <button type="submit" className="btn primary" aria-disabled={!ready || pending}>
              {pending ? 'One moment…' : 'Create service'}
            </button>
          </span>
        </footer>
      </form>
    </>
  );
}
