'use client';

import { useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { CheckField, problemOf, SelectField, TextField } from '@/components/patterns/field';
import { localTimeOf, momentOf } from '@/components/patterns/local-time';
import { useZoneName } from '@/components/patterns/timestamp';
import type { EventType } from '@/contracts/events';
import { type Delivery, type Endpoint, hostOf } from './delivery-words';
import { EventTypesField } from './event-types-field';
import type { EventTypeInfo } from './section';
import type { ShownSecret } from './use-secret';

type Types = ['*'] | EventType[];

const VERIFY = 'Your receiver verifies each delivery with it: see “Events and webhooks” in the docs.';

interface Own {
  readonly endpoint: Endpoint;
  readonly close: () => void;
}

const closing = (close: () => void) => (open: boolean) => {
  if (!open) close();
};

/** A new endpoint, or with one the change of it. */
export function EndpointForm({
  endpoint,
  types,
  close,
  show,
}: {
  readonly endpoint?: Endpoint;
  readonly types: readonly EventTypeInfo[];
  readonly close: () => void;
  readonly show?: (secret: ShownSecret) => void;
}) {
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [events, setEvents] = useState<readonly string[]>(endpoint?.events ?? ['*']);
  const { scope } = useConsole();
  const body = {
    url: url.trim(),
    events: events as Types,
    description: description.trim() === '' ? null : description.trim(),
  };
  return (
    <ActDialog<Endpoint & { secret?: string | undefined }>
      open
      onOpenChange={closing(close)}
      wide
      title={endpoint === undefined ? 'Add an endpoint' : `Change ${hostOf(endpoint.url)}`}
      description={
        endpoint === undefined
          ? `It is sent what happens on ${scope.mode} books from now on, signed.`
          : 'What waits to be delivered goes to the new URL. Which events are sent counts from now on.'
      }
      verb={endpoint === undefined ? 'Add endpoint' : 'Save endpoint'}
      ready={body.url !== '' && events.length > 0}
      reason={endpoint === undefined ? 'none' : 'optional'}
      act={async (api, { reason, idempotencyKey }) =>
        endpoint === undefined
          ? api.post('/v1/webhook_endpoints', { body }, { idempotencyKey })
          : api.patch('/v1/webhook_endpoints/{id}', {
              params: { id: endpoint.id },
              body: { ...body, reason: reason === '' ? null : reason },
            })
      }
      done={endpoint === undefined ? null : () => 'Endpoint saved'}
      onDone={(made) => {
        if (endpoint !== undefined) return;
        show?.({ title: `The secret of ${hostOf(made.url)}`, secret: made.secret, note: VERIFY });
      }}
    >
      {({ error }) => (
        <>
          <TextField
            label="URL"
            type="url"
            className="input mono"
            value={url}
            placeholder="https://example.com/webhooks"
            spellCheck={false}
            autoComplete="off"
            hint="https, on the public internet. Redirects are not followed."
            problem={problemOf(error, 'url')}
            onChange={({ target }) => setUrl(target.value)}
          />
          <TextField
            label="What it is for, if that needs saying"
            value={description}
            maxLength={200}
            placeholder="Billing server"
            problem={problemOf(error, 'description')}
            onChange={({ target }) => setDescription(target.value)}
          />
          <EventTypesField types={types} value={events} onChange={setEvents} />
        </>
      )}
    </ActDialog>
  );
}

export function RotateSecret({ endpoint, close, show }: Own & { readonly show: (secret: ShownSecret) => void }) {
  return (
    <ActDialog
      open
      onOpenChange={closing(close)}
      title={`Rotate the secret of ${hostOf(endpoint.url)}`}
      description="For 24 hours deliveries carry a signature of either secret, so that receivers can be moved over one by one."
      verb="Rotate secret"
      act={(api, { idempotencyKey }) =>
        api.post(
          '/v1/webhook_endpoints/{id}/rotate_secret',
          { params: { id: endpoint.id }, body: {} },
          { idempotencyKey },
        )
      }
      done={null}
      onDone={(made) => show({ title: `The new secret of ${hostOf(endpoint.url)}`, secret: made.secret, note: VERIFY })}
    />
  );
}

export function SetStatus({ endpoint, close }: Own) {
  const isOn = endpoint.status === 'enabled';
  const params = { id: endpoint.id };
  return (
    <ActDialog
      open
      onOpenChange={closing(close)}
      title={`${isOn ? 'Disable' : 'Enable'} ${hostOf(endpoint.url)}`}
      description={
        isOn
          ? 'It is sent nothing any more, and what waits for it is canceled. What happens meanwhile can be replayed.'
          : 'It is sent what happens from now on. What it missed can be replayed.'
      }
      verb={isOn ? 'Disable endpoint' : 'Enable endpoint'}
      danger={isOn}
      reason={isOn ? 'required' : 'optional'}
      act={(api, { reason, idempotencyKey }) => {
        const request = { params, body: { reason: reason === '' ? null : reason } };
        return isOn
          ? api.post('/v1/webhook_endpoints/{id}/disable', request, { idempotencyKey })
          : api.post('/v1/webhook_endpoints/{id}/enable', request, { idempotencyKey });
      }}
      done={() => (isOn ? 'Endpoint disabled' : 'Endpoint enabled')}
      onDone={close}
    />
  );
}

export function DeleteEndpoint({ endpoint, close, gone }: Own & { readonly gone: () => void }) {
  const host = hostOf(endpoint.url);
  return (
    <ActDialog
      open
      onOpenChange={closing(close)}
      title={`Delete ${host}`}
      description="For good: it is sent nothing any more, and what waits for it is canceled. Deliveries made so far can still be read."
      verb="Delete endpoint"
      danger
      typed={[host, 'host']}
      act={(api) => api.delete('/v1/webhook_endpoints/{id}', { params: { id: endpoint.id } })}
      done={() => 'Endpoint deleted'}
      onDone={gone}
    />
  );
}

export function SendExample({ endpoint, types, close }: Own & { readonly types: readonly EventTypeInfo[] }) {
  const [type, setType] = useState('wallet.debited');
  return (
    <ActDialog<Delivery>
      open
      onOpenChange={closing(close)}
      title={`Send ${hostOf(endpoint.url)} an example`}
      description="Signed, retried and kept like any delivery. Nothing happened: the ids in it are nobody’s."
      verb="Send example"
      act={(api, { idempotencyKey }) =>
        api.post(
          '/v1/webhook_endpoints/{id}/test',
          { params: { id: endpoint.id }, body: { type: type as EventType } },
          { idempotencyKey },
        )
      }
      done={() => 'Example on its way'}
      onDone={close}
    >
      <SelectField
        label="Event"
        value={type}
        options={types.map((one) => [one.type, one.type] as const)}
        hint={types.find((one) => one.type === type)?.summary}
        onChange={({ target }) => setType(target.value)}
      />
    </ActDialog>
  );
}

const HOUR_MS = 3_600_000;

export function ReplayWindow({
  endpoint,
  types,
  close,
  begun,
}: Own & { readonly types: readonly EventTypeInfo[]; readonly begun: (deliveries: number) => void }) {
  const { timeZone, renderedAtMs } = useConsole();
  const zone = useZoneName();
  const [from, setFrom] = useState(() => localTimeOf(renderedAtMs - 24 * HOUR_MS, timeZone));
  const [to, setTo] = useState(() => localTimeOf(renderedAtMs + HOUR_MS, timeZone));
  const [type, setType] = useState('');
  const [missing, setMissing] = useState(true);
  const [fromMs, toMs] = [momentOf(from, timeZone), momentOf(to, timeZone)];
  return (
    <ActDialog
      open
      onOpenChange={closing(close)}
      title={`Replay events to ${hostOf(endpoint.url)}`}
      description="Sends the events of a window again, or for the first time, oldest first. Each has the id it always has, so a receiver knows those it took. 10,000 at the most."
      verb="Replay events"
      ready={fromMs !== null && toMs !== null && fromMs < toMs}
      act={(api, { idempotencyKey }) =>
        api.post(
          '/v1/webhook_endpoints/{id}/replay',
          {
            params: { id: endpoint.id },
            body: {
              from: new Date(fromMs ?? 0).toISOString(),
              to: new Date(toMs ?? 0).toISOString(),
              undelivered_only: missing,
              ...(type !== '' && { types: [type as EventType] }),
            },
          },
          { idempotencyKey },
        )
      }
      done={null}
      onDone={({ deliveries }) => begun(deliveries)}
    >
      {({ error }) => (
        <>
          <div className="form-grid">
            <TextField
              label={`From (${zone})`}
              type="datetime-local"
              value={from}
              problem={problemOf(error, 'from')}
              onChange={({ target }) => setFrom(target.value)}
            />
            <TextField
              label={`To (${zone})`}
              type="datetime-local"
              value={to}
              problem={problemOf(error, 'to')}
              onChange={({ target }) => setTo(target.value)}
            />
          </div>
          <SelectField
            label="Events"
            value={type}
            options={[['', 'All that it listens to'], ...types.map((one) => [one.type, one.type] as const)]}
            onChange={({ target }) => setType(target.value)}
          />
          <CheckField
            label="Only what it has not taken yet"
            checked={missing}
            onChange={({ target }) => setMissing(target.checked)}
          />
        </>
      )}
    </ActDialog>
  );
}

export function RotateCallbackSecret({
  isSet,
  close,
  show,
}: {
  readonly isSet: boolean;
  readonly close: () => void;
  readonly show: (secret: ShownSecret) => void;
}) {
  return (
    <ActDialog
      open
      onOpenChange={closing(close)}
      title={isSet ? 'Rotate the callback secret' : 'Make the callback secret'}
      description={
        isSet
          ? 'Payment callbacks are signed with the new one; the old one signs beside it for 24 hours.'
          : 'Payment callbacks go to the URL of a request or of your profile. With this secret you verify that they are ours.'
      }
      verb={isSet ? 'Rotate secret' : 'Make secret'}
      act={(api, { idempotencyKey }) => api.post('/v1/callback_secret/rotate', { body: {} }, { idempotencyKey })}
      done={null}
      onDone={(made) => show({ title: 'The callback secret', secret: made.secret, note: VERIFY })}
    />
  );
}
