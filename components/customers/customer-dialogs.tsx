'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApiError } from '@/components/api/error';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, TextArea, TextField } from '@/components/patterns/field';
import { ChooseClientField } from '@/components/wallets/dialogs/create-wallet';
import type { Customer } from '@/components/wallets/types';

interface Profile {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

const NOBODY: Profile = { name: '', phone: '', email: '' };

/** What is empty is null: the field is emptied, or was never told. */
function bodyOf({ name, phone, email }: Profile) {
  return {
    name: name.trim() || null,
    phone: phone.replaceAll(/[\s()-]/g, '') || null,
    email: email.trim() || null,
  };
}

function ProfileFields({
  profile,
  onChange,
  error,
}: {
  readonly profile: Profile;
  readonly onChange: (profile: Profile) => void;
  readonly error: ApiError | null;
}) {
  return (
    <>
      <TextField
        label="Name"
        autoComplete="off"
        maxLength={200}
        value={profile.name}
        problem={problemOf(error, 'name')}
        onChange={(event) => onChange({ ...profile, name: event.target.value })}
      />
      <div className="form-grid">
        <TextField
          label="Phone"
          type="tel"
          autoComplete="off"
          placeholder="+233 24 555 4821"
          hint="With the country code."
          value={profile.phone}
          problem={problemOf(error, 'phone')}
          onChange={(event) => onChange({ ...profile, phone: event.target.value })}
        />
        <TextField
          label="Email"
          type="email"
          autoComplete="off"
          maxLength={254}
          value={profile.email}
          problem={problemOf(error, 'email')}
          onChange={(event) => onChange({ ...profile, email: event.target.value })}
        />
      </div>
    </>
  );
}

export function CreateCustomer({ close }: { readonly close: () => void }) {
  const { scope } = useConsole();
  const href = useHref();
  const router = useRouter();
  const [client, setClient] = useState(scope.client === 'all' ? '' : scope.client);
  const [id, setId] = useState('');
  const [profile, setProfile] = useState(NOBODY);
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title="Add a customer"
      description="Under your own id, so that your systems and this one mean the same person."
      verb="Add customer"
      ready={client !== '' && (profile.name.trim() !== '' || id.trim() !== '')}
      act={(api, { idempotencyKey }) =>
        api
          .on(client)
          .post(
            '/v1/customers',
            { body: { ...bodyOf(profile), ...(id.trim() !== '' && { id: id.trim() }) } },
            { idempotencyKey },
          )
      }
      done={() => 'Customer added'}
      onDone={(customer) => router.push(href(`/customers/${encodeURIComponent(customer.id)}`, client))}
    >
      {({ error }) => (
        <>
          {scope.client === 'all' && <ChooseClientField value={client} onChange={setClient} />}
          <ProfileFields profile={profile} onChange={setProfile} error={error} />
          <TextField
            label="Your own id of the customer, if you have one"
            hint="One that begins with cus_ is made when it is left out."
            className="input mono"
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            value={id}
            problem={problemOf(error, 'id')}
            onChange={(event) => setId(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

export function EditCustomer({ customer, close }: { readonly customer: Customer; readonly close: () => void }) {
  const [profile, setProfile] = useState<Profile>({
    name: customer.name ?? '',
    phone: customer.phone ?? '',
    email: customer.email ?? '',
  });
  const body = bodyOf(profile);
  const isChanged = body.name !== customer.name || body.phone !== customer.phone || body.email !== customer.email;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Edit ${customer.name ?? customer.id}`}
      description="What is left empty is forgotten. The audit trail keeps what stood there before."
      verb="Save changes"
      ready={isChanged}
      act={(api) => api.patch('/v1/customers/{id}', { params: { id: customer.id }, body })}
      done={() => 'Customer changed'}
    >
      {({ error }) => <ProfileFields profile={profile} onChange={setProfile} error={error} />}
    </ActDialog>
  );
}

/** Metadata as a whole, since the API replaces it as a whole. */
export function EditMetadata({ customer, close }: { readonly customer: Customer; readonly close: () => void }) {
  const [text, setText] = useState(() => JSON.stringify(customer.metadata, null, 2));
  const parsed = objectOf(text);
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Edit the metadata of ${customer.name ?? customer.id}`}
      description="A JSON object of your own, one level deep. It takes the place of all that is there."
      verb="Save metadata"
      ready={parsed !== null}
      act={(api) => api.patch('/v1/customers/{id}', { params: { id: customer.id }, body: { metadata: parsed ?? {} } })}
      done={() => 'Metadata changed'}
    >
      {({ error }) => (
        <TextArea
          label="Metadata"
          className="input mono"
          rows={10}
          spellCheck={false}
          value={text}
          problem={
            parsed === null
              ? 'This is not a JSON object of texts, numbers and truth values.'
              : problemOf(error, 'metadata')
          }
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </ActDialog>
  );
}

type Metadata = Record<string, string | number | boolean | null>;

/** One level of texts, numbers and truth values: what the API keeps. */
function objectOf(text: string): Metadata | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.values(value).every((one) => one === null || typeof one !== 'object') ? (value as Metadata) : null;
  } catch {
    return null;
  }
}

export function DetachMethod({
  method,
  close,
}: {
  readonly method: { readonly id: string; readonly label: string };
  readonly close: () => void;
}) {
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Detach ${method.label}`}
      description="For when the customer takes their word back: it is asked no more. Automatic top-ups go on with their other payment methods; one without any is switched off."
      verb="Detach payment method"
      danger
      act={(api, { idempotencyKey }) =>
        api.post('/v1/payment_methods/{id}/detach', { params: { id: method.id } }, { idempotencyKey })
      }
      done={() => 'Payment method detached'}
    />
  );
}
