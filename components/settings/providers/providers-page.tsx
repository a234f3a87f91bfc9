'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card } from '@/components/patterns/card';
import { problemOf, TextField } from '@/components/patterns/field';
import { formatAmount } from '@/components/patterns/money';
import { Empty, Failed, Skeleton } from '@/components/patterns/states';
import { Status, wordsOf } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { CHANNEL_NAMES, providerName } from '@/components/payments/names';
import { AMOUNT_MAX } from '@/contracts/money';
import type { ProviderCredentialsObject, ProviderObject } from '@/contracts/providers';
import { SettingsFrame, WhoseSettings } from '../settings-frame';
import { CREDENTIALS_REQUEST, PROVIDERS_REQUEST } from './requests';

/** Where payments can go, whether each provider answers, and whose credentials it is asked with. */
export function ProvidersPage() {
  const { scope } = useConsole();
  return (
    <SettingsFrame>
      {scope.client === 'all' ? (
        <WhoseSettings path="/settings/providers" what="Providers’ credentials" />
      ) : (
        <Providers />
      )}
    </SettingsFrame>
  );
}

function Providers() {
  const { me } = useConsole();
  const providers = useApi('/v1/providers', PROVIDERS_REQUEST, { refreshEveryMs: 30_000 });
  const credentials = useApi('/v1/provider_credentials', CREDENTIALS_REQUEST, { enabled: may(me, 'keys:read') });
  if (providers.error !== null && providers.data === undefined) {
    return (
      <Card label="Payment providers">
        <Failed error={providers.error} retry={() => void providers.refetch()} />
      </Card>
    );
  }
  if (providers.data === undefined) {
    return (
      <Card label="Payment providers" padded>
        <Skeleton width={50} />
      </Card>
    );
  }
  if (providers.data.data.length === 0) {
    return (
      <Card label="Payment providers">
        <Empty kind="first" title="No payment provider">
          This deployment’s configuration names none for these books.
        </Empty>
      </Card>
    );
  }
  return (
    <>
      {providers.data.data.map((provider) => (
        <ProviderCard
          key={provider.id}
          provider={provider}
          own={credentials.data?.data.find((set) => set.provider_id === provider.id && set.revoked_at === null)}
        />
      ))}
    </>
  );
}

const WHOSE: Readonly<Record<ProviderObject['credentials'], string>> = {
  own: 'your own credentials',
  deployment: 'this deployment’s credentials',
  missing: 'credentials are missing',
};

function ProviderCard({
  provider,
  own,
}: {
  readonly provider: ProviderObject;
  readonly own: ProviderCredentialsObject | undefined;
}) {
  const { me } = useConsole();
  const [act, setAct] = useState<'set' | 'remove' | null>(null);
  const name = providerName(provider.provider);
  const can = [
    provider.can_refund && 'gives payments back',
    provider.can_pay_out && 'pays out',
    provider.can_cancel && 'withdraws prompts',
  ].filter((one) => one !== false);
  return (
    <Card
      title={name}
      note={<code>{provider.id}</code>}
      end={
        <>
          <Health provider={provider} />
          {may(me, 'keys:write') && provider.credential_fields.length > 0 && (
            <button type="button" className="btn sm" onClick={() => setAct('set')}>
              {own === undefined ? 'Set credentials' : 'Replace credentials'}
            </button>
          )}
          {may(me, 'keys:write') && own !== undefined && (
            <button type="button" className="btn sm danger" onClick={() => setAct('remove')}>
              Remove
            </button>
          )}
        </>
      }
    >
      <div className="provider">
        <p className="soft">
          Asked with {WHOSE[provider.credentials]}
          {own !== undefined && (
            <>
              , set <Timestamp at={own.updated_at} />
            </>
          )}
          {can.length > 0 && <>; {can.join(', ')}</>}.
        </p>
        {own !== undefined && (
          <ul className="creds">
            {Object.entries(own.fields).map(([field, hint]) => (
              <li key={field}>
                <span className="soft">{wordsOf(spaced(field))}</span> <code>{hint}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Routes provider={provider} />
      <CredentialDialogs provider={provider} act={act} close={() => setAct(null)} />
    </Card>
  );
}

function Health({
  provider: { is_available: isAvailable, circuit, credentials },
}: {
  readonly provider: ProviderObject;
}) {
  if (credentials === 'missing') return <Status of="off" word="No credentials" />;
  if (circuit !== null && circuit.state !== 'closed') {
    return (
      <>
        <Status of="failed" word="Does not answer" />
        <span className="soft small">
          {circuit.retry_at === null ? (
            <>
              since <Timestamp at={circuit.since} />
            </>
          ) : (
            <>
              tried again <Timestamp at={circuit.retry_at} />
            </>
          )}
        </span>
      </>
    );
  }
  return isAvailable ? <Status of="active" word="Answers" /> : <Status of="paused" word="Not available" />;
}

function Routes({ provider }: { readonly provider: ProviderObject }) {
  return (
    <div className="tablewrap">
      <table className="stack cards">
        <caption className="sr">What {providerName(provider.provider)} serves</caption>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Country</th>
            <th scope="col">Currency</th>
            <th scope="col" className="num">
              Least
            </th>
            <th scope="col" className="num">
              Most
            </th>
            <th scope="col" className="num">
              Time to answer
            </th>
            <th scope="col">Used now</th>
          </tr>
        </thead>
        <tbody>
          {provider.routes.map((route) => (
            <tr key={`${route.channel} ${route.country} ${route.currency}`}>
              <th scope="row" className="name">
                {CHANNEL_NAMES[route.channel]}
              </th>
              <td data-l="Country">{route.country}</td>
              <td data-l="Currency">{route.currency}</td>
              <td className="num" data-l="Least">
                {formatAmount(route.minimum, route.currency)}
              </td>
              <td className="num" data-l="Most">
                {route.maximum >= AMOUNT_MAX ? (
                  <span className="soft">no limit</span>
                ) : (
                  formatAmount(route.maximum, route.currency)
                )}
              </td>
              <td className="num" data-l="Time to answer">
                {route.prompt_seconds} s
              </td>
              <td data-l="Used now">{route.is_used ? 'Yes' : <span className="nil">no</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `clientSecret` as words. */
function spaced(field: string): string {
  return field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function CredentialDialogs({
  provider,
  act,
  close,
}: {
  readonly provider: ProviderObject;
  readonly act: 'set' | 'remove' | null;
  readonly close: () => void;
}) {
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const name = providerName(provider.provider);
  const { id } = provider;
  const done = (): void => {
    setGiven({});
    close();
  };
  return (
    <>
      <ActDialog
        open={act === 'set'}
        onOpenChange={done}
        title={`Set credentials at ${name}`}
        description="From now on payments through it go by these. Kept encrypted, and never shown again: of secrets only the end."
        verb="Set credentials"
        ready={provider.credential_fields.every((field) => !field.required || (given[field.name] ?? '').trim() !== '')}
        act={(api, { idempotencyKey }) =>
          api.put(
            '/v1/provider_credentials/{provider}',
            {
              params: { provider: id },
              body: { credentials: Object.fromEntries(Object.entries(given).filter(([, text]) => text.trim() !== '')) },
            },
            { idempotencyKey },
          )
        }
        done={() => `${name} is asked with these from now on`}
      >
        {({ error }) =>
          provider.credential_fields.map((field) => (
            <TextField
              key={field.name}
              label={`${wordsOf(spaced(field.name))}${field.required ? '' : ', if there is one'}`}
              className="input mono"
              type={/secret|key|password|token/i.test(field.name) ? 'password' : 'text'}
              autoComplete="off"
              spellCheck={false}
              value={given[field.name] ?? ''}
              problem={problemOf(error, `credentials.${field.name}`)}
              onChange={(event) => setGiven({ ...given, [field.name]: event.target.value })}
            />
          ))
        }
      </ActDialog>
      <ActDialog
        open={act === 'remove'}
        onOpenChange={close}
        title={`Remove your credentials at ${name}`}
        description="New payments go by this deployment’s own, where it has any. Payments under way are still asked about under these."
        verb="Remove credentials"
        danger
        typed={[id, 'provider’s id']}
        act={(api) => api.delete('/v1/provider_credentials/{provider}', { params: { provider: id } })}
        done={() => 'Credentials removed'}
      />
    </>
  );
}
