'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import type { ApiKey } from './key-words';
import type { ShownSecret } from './use-secret';

const ADDRESSES_MAX = 4;

const OVERLAPS: readonly (readonly [string, string])[] = [
  ['0', 'At once'],
  ['3600', 'In an hour'],
  ['86400', 'In a day'],
  ['604800', 'In a week'],
];

/** A new secret beside the old one, which goes on for a while, so that programs can be moved over one by one. */
export function RotateKey({
  apiKey,
  close,
  show,
}: {
  readonly apiKey: ApiKey;
  readonly close: () => void;
  readonly show: (secret: ShownSecret) => void;
}) {
  const [overlap, setOverlap] = useState('86400');
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Rotate ${apiKey.name}`}
      description="Makes a new key with the same name and scopes in its place."
      verb="Rotate key"
      act={(api, { idempotencyKey }) =>
        api.post(
          '/v1/api_keys/{id}/rotate',
          { params: { id: apiKey.id }, body: { overlap_seconds: Number(overlap) } },
          { idempotencyKey },
        )
      }
      done={null}
      onDone={(key) =>
        show({
          title: `The new secret of ${key.name}`,
          secret: key.secret,
          note:
            overlap === '0'
              ? 'The old secret has stopped working.'
              : 'The old one goes on working for the time you chose. Move your programs over, and watch when it was last used.',
        })
      }
    >
      {({ error }) => (
        <SelectField
          label="The old secret stops working"
          value={overlap}
          options={OVERLAPS}
          hint={overlap === '0' ? 'Whatever still uses it is refused from that moment on.' : 'Until then both work.'}
          problem={problemOf(error, 'overlap_seconds')}
          onChange={({ target }) => setOverlap(target.value)}
        />
      )}
    </ActDialog>
  );
}

export function RevokeKey({ apiKey, close }: { readonly apiKey: ApiKey; readonly close: () => void }) {
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Revoke ${apiKey.name}`}
      description="Within a second every request with it is refused, everywhere. There is no way back: what still uses it needs another key."
      verb="Revoke key"
      danger
      reason="required"
      typed={[apiKey.name, 'name']}
      act={(api, { reason, idempotencyKey }) =>
        api.post('/v1/api_keys/{id}/revoke', { params: { id: apiKey.id }, body: { reason } }, { idempotencyKey })
      }
      done={(key) => `${key.name} is revoked`}
      onDone={close}
    />
  );
}

/** Where its direct debits may come from: the whole list is replaced. */
export function EditAddresses({
  apiKey,
  addresses,
  close,
}: {
  readonly apiKey: ApiKey;
  readonly addresses: readonly string[];
  readonly close: () => void;
}) {
  const [rows, setRows] = useState<readonly string[]>(addresses.length === 0 ? [''] : addresses);
  const given = rows.map((row) => row.trim()).filter((row) => row !== '');
  const set = (index: number, text: string): void => setRows(rows.map((row, at) => (at === index ? text : row)));
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Addresses of ${apiKey.name}`}
      description="Payments are received with the key from these addresses alone. Other operations do not look at them."
      verb="Save addresses"
      ready={given.join() !== addresses.join()}
      act={(api) =>
        api.put('/v1/api_keys/{id}/allowed_ips', { params: { id: apiKey.id }, body: { allowed_ips: given } })
      }
      done={({ allowed_ips: set }) => (set.length === 0 ? 'The addresses are taken away' : 'Addresses saved')}
      onDone={close}
    >
      {({ error }) => (
        <>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <div key={index} className="address-row">
              <TextField
                label={`Address ${index + 1}`}
                className="input mono"
                value={row}
                placeholder="203.0.113.9"
                spellCheck={false}
                autoComplete="off"
                problem={index === 0 ? problemOf(error, 'allowed_ips') : null}
                onChange={({ target }) => set(index, target.value)}
              />
              <button
                type="button"
                className="btn square"
                aria-label={`Take address ${index + 1} away`}
                onClick={() => setRows(rows.filter((_, at) => at !== index))}
              >
                <X aria-hidden="true" />
              </button>
            </div>
          ))}
          {rows.length < ADDRESSES_MAX ? (
            <button type="button" className="btn sm justify-self-start" onClick={() => setRows([...rows, ''])}>
              <Plus aria-hidden="true" />
              Add an address
            </button>
          ) : (
            <p className="dim small">Four at the most.</p>
          )}
          {given.length === 0 && (
            <p className="soft text-[13px]">
              {apiKey.livemode
                ? 'A live key without addresses prompts nobody.'
                : 'A test key without addresses prompts from anywhere.'}
            </p>
          )}
        </>
      )}
    </ActDialog>
  );
}
