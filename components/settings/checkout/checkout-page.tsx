'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { useClientName } from '@/components/console/client-name';
import { Card, Facts } from '@/components/patterns/card';
import { problemOf, TextArea, TextField } from '@/components/patterns/field';
import { Failed, Skeleton } from '@/components/patterns/states';
import { useSubmit } from '@/components/patterns/use-submit';
import type { CheckoutSettingsObject } from '@/contracts/checkout-settings';
import { SettingsFrame, WhoseSettings } from '../settings-frame';
import { bodyOf, type CheckoutDraft, draftOf, isColour, isSame } from './checkout-draft';
import { Preview } from './preview';
import { CHECKOUT_REQUEST } from './requests';

/** How the client's checkout looks, with the page itself beside the form. */
export function CheckoutPage() {
  const { scope } = useConsole();
  return (
    <SettingsFrame>
      {scope.client === 'all' ? <WhoseSettings path="/settings/checkout" what="Checkouts" /> : <Branding />}
    </SettingsFrame>
  );
}

function Branding() {
  const { me, scope } = useConsole();
  const settings = useApi('/v1/checkout_settings', CHECKOUT_REQUEST);
  const client = useClientName(scope.client);
  if (settings.error !== null && settings.data === undefined) {
    return (
      <Card label="Checkout">
        <Failed error={settings.error} />
      </Card>
    );
  }
  if (settings.data === undefined) {
    return (
      <Card title="Branding" padded>
        <Skeleton width={60} />
      </Card>
    );
  }
  if (!may(me, 'checkout:write')) return <ReadOnly settings={settings.data} client={client} />;
  return <BrandingForm key={settings.data.updated_at} settings={settings.data} client={client} />;
}

function ReadOnly({ settings, client }: { readonly settings: CheckoutSettingsObject; readonly client: string }) {
  return (
    <div className="grid two">
      <Card title="Branding" padded>
        <Facts
          of={[
            ['Name', settings.display_name ?? client],
            ['Prompts', settings.prompt_name ?? settings.display_name ?? client],
            ['Help', settings.support_phone ?? 'none'],
            ['Colour', settings.brand_colour ?? 'none'],
            ['Back to', settings.return_hosts.length === 0 ? 'nowhere yet' : settings.return_hosts.join(', ')],
          ]}
        />
      </Card>
      <Preview draft={draftOf(settings)} client={client} />
    </div>
  );
}

function BrandingForm({ settings, client }: { readonly settings: CheckoutSettingsObject; readonly client: string }) {
  const was = draftOf(settings);
  const [draft, setDraft] = useState<CheckoutDraft>(was);
  const { submit, pending, error } = useSubmit(
    (api, body: ReturnType<typeof bodyOf>, idempotencyKey) =>
      api.put('/v1/checkout_settings', { body }, { idempotencyKey }),
    { done: 'Checkout saved', onDone: () => undefined },
  );
  const set = (part: Partial<CheckoutDraft>): void => setDraft({ ...draft, ...part });
  const unchanged = isSame(was, draft);
  return (
    <div className="grid two">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!unchanged) submit(bodyOf(draft));
        }}
        noValidate
      >
        <Card title="Branding" note={settings.livemode ? 'of the live checkout' : 'of the test checkout'}>
          <div className="body grid gap-3.5">
            <TextField
              label="Name"
              hint={`What the checkout calls you. ${client} when empty.`}
              maxLength={60}
              value={draft.displayName}
              problem={problemOf(error, 'display_name')}
              onChange={(event) => set({ displayName: event.target.value })}
            />
            <TextField
              label="Name on the phone’s prompt"
              hint="Where it is another, as an aggregator’s. Customers are told to approve nothing else."
              maxLength={60}
              value={draft.promptName}
              problem={problemOf(error, 'prompt_name')}
              onChange={(event) => set({ promptName: event.target.value })}
            />
            <TextField
              label="Phone for help"
              hint="With the country’s code, such as +233302900148. At the foot of every page."
              type="tel"
              autoComplete="off"
              value={draft.supportPhone}
              problem={problemOf(error, 'support_phone')}
              onChange={(event) => set({ supportPhone: event.target.value })}
            />
            <div className="colour">
              <TextField
                label="Colour behind your initials"
                hint="As #rrggbb. Buttons keep theirs, so that they can be read."
                className="input mono"
                placeholder="#0b5c43"
                autoComplete="off"
                value={draft.brandColour}
                problem={problemOf(error, 'brand_colour')}
                onChange={(event) => set({ brandColour: event.target.value })}
              />
              <input
                type="color"
                aria-label="Pick the colour"
                value={isColour(draft.brandColour) ? draft.brandColour : '#1b1d1a'}
                onChange={(event) => set({ brandColour: event.target.value })}
              />
            </div>
            <TextArea
              label="Hosts that customers may be sent back to"
              hint="One in a line, exact: example.com is not www.example.com. In test localhost works without being listed."
              rows={4}
              className="input mono"
              spellCheck={false}
              value={draft.hosts}
              problem={problemOf(error, 'return_hosts')}
              onChange={(event) => set({ hosts: event.target.value })}
            />
            {error !== null && (
              <p className="problem" role="alert">
                {error.message}
              </p>
            )}
          </div>
          <div className="save-bar">
            <span className="soft small">
              {unchanged ? 'Nothing is changed.' : 'Top-ups made before keep their addresses.'}
            </span>
            {!unchanged && (
              <button type="button" className="btn" onClick={() => setDraft(was)}>
                Undo
              </button>
            )}
            <button type="submit" className="btn primary" aria-disabled={unchanged || pending}>
              {pending ? 'One moment…' : 'Save checkout'}
            </button>
          </div>
        </Card>
      </form>
      <Preview draft={draft} client={client} />
    </div>
  );
}
