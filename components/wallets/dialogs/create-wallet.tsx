'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApiClient } from '@/components/api/client';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { useSettled } from '@/components/console/use-settled';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { CURRENCY_OPTIONS } from '../currency-options';

/** Issues a wallet to a customer: one that is known, or a new one who is written down first. */
export function CreateWallet({
  customerId,
  close,
}: {
  /** Where it is clear for whom. */
  readonly customerId?: string;
  readonly close: () => void;
}) {
  const { me, scope } = useConsole();
  const href = useHref();
  const router = useRouter();
  const [client, setClient] = useState(scope.client === 'all' ? '' : scope.client);
  const [isNew, setIsNew] = useState(false);
  const [id, setId] = useState(customerId ?? '');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [currency, setCurrency] = useState('GHS');
  const isReady = client !== '' && (isNew ? name.trim() !== '' : id.trim() !== '');
  const customer = async (api: ApiClient, idempotencyKey: string): Promise<string> => {
    if (!isNew) return id.trim();
    const body = {
      name: name.trim(),
      ...(phone.trim() !== '' && { phone: phone.replaceAll(/[\s-]/g, '') }),
      ...(id.trim() !== '' && { id: id.trim() }),
    };
    return (await api.post('/v1/customers', { body }, { idempotencyKey: `${idempotencyKey}-customer` })).id;
  };
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title="Create a wallet"
      description="A customer has one open wallet in each currency. If there is one already, you are taken to it."
      verb="Create wallet"
      ready={isReady}
      act={async (api, { idempotencyKey }) => {
        const own = api.on(client);
        const body = { customer_id: await customer(own, idempotencyKey), currency };
        return own.post('/v1/wallets', { body }, { idempotencyKey });
      }}
      done={() => 'Wallet open'}
      onDone={(wallet) => router.push(href(`/wallets/${wallet.id}`, client))}
    >
      {({ error }) => (
        <>
          {scope.client === 'all' && <ChooseClientField value={client} onChange={setClient} />}
          {customerId === undefined && may(me, 'customers:write') && (
            <SelectField
              label="For"
              value={isNew ? 'new' : 'known'}
              options={[
                ['known', 'A customer you have'],
                ['new', 'A new customer'],
              ]}
              onChange={(event) => setIsNew(event.target.value === 'new')}
            />
          )}
          {isNew && (
            <>
              <TextField
                label="Name"
                autoComplete="off"
                maxLength={200}
                value={name}
                problem={problemOf(error, 'name')}
                onChange={(event) => setName(event.target.value)}
              />
              <TextField
                label="Phone, if you have it"
                type="tel"
                autoComplete="off"
                placeholder="+233 24 555 4821"
                value={phone}
                problem={problemOf(error, 'phone')}
                onChange={(event) => setPhone(event.target.value)}
              />
            </>
          )}
          {customerId === undefined && (
            <CustomerField
              isNew={isNew}
              client={client}
              value={id}
              onChange={setId}
              problem={problemOf(error, isNew ? 'id' : 'customer_id')}
            />
          )}
          <SelectField
            label="Currency"
            value={currency}
            options={CURRENCY_OPTIONS}
            problem={problemOf(error, 'currency')}
            onChange={(event) => setCurrency(event.target.value)}
          />
        </>
      )}
    </ActDialog>
  );
}

export function ChooseClientField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (code: string) => void;
}) {
  const clients = useApi('/api/v1/clients', { query: { limit: '100' } });
  const options = (clients.data?.data ?? []).map(({ client_code: code, client_name: name }) => [code, name] as const);
  return (
    <SelectField
      label="Client"
      value={value}
      options={[['', 'Choose a client'], ...options]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** The customer’s own id; customers one has are offered by name. */
function CustomerField({
  isNew,
  client,
  value,
  onChange,
  problem,
}: {
  readonly isNew: boolean;
  readonly client: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly problem: string | null;
}) {
  const search = useSettled(value.trim(), 250);
  const found = useApi(
    '/v1/customers',
    { query: { search, limit: '8' } },
    { enabled: !isNew && client !== '' && search.length >= 2, client },
  );
  return (
    <>
      <TextField
        label={isNew ? 'Your own id of the customer, if you have one' : 'Customer'}
        hint={
          isNew ? 'One that begins with cus_ is made when it is left out.' : 'Their id, or begin with a name or phone.'
        }
        autoComplete="off"
        spellCheck={false}
        list={isNew ? undefined : 'customers-found'}
        maxLength={64}
        value={value}
        problem={problem}
        onChange={(event) => onChange(event.target.value)}
      />
      {!isNew && (
        <datalist id="customers-found">
          {(found.data?.data ?? []).map((customer) => (
            <option key={customer.id} value={customer.id}>
              {[customer.name, customer.phone].filter(Boolean).join(', ')}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}
