'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { SelectField, TextField } from '@/components/patterns/field';
import { Failed, Skeleton } from '@/components/patterns/states';
import type { CollectionPolicyObject } from '@/contracts/payments';
import { Changes } from '../changes';
import { changedFields, type Draft, draftOf, FIELDS, type Field, problemIn, shown } from './collection-draft';
import { COLLECTION_POLICY_REQUEST } from './requests';

/** Who may be prompted to pay, how often, what it costs, and who is told. */
export function CollectionPolicyCard() {
  const { me } = useConsole();
  const policy = useApi('/v1/collection_policy', COLLECTION_POLICY_REQUEST);
  const now = policy.data;
  return (
    <Card title="Collecting money" note="how customers are asked to pay by their phone">
      {policy.error !== null && now === undefined && <Failed error={policy.error} />}
      {now === undefined && policy.error === null && (
        <div className="grid gap-4 p-4">
          <Skeleton width={60} />
          <Skeleton width={45} />
        </div>
      )}
      {now !== undefined &&
        (may(me, 'payments:write') ? (
          <CollectionForm key={JSON.stringify(now)} policy={now} />
        ) : (
          <div className="body">
            <Facts of={FIELDS.map(({ name, label }) => [label, shown(name, draftOf(now)[name])])} />
          </div>
        ))}
    </Card>
  );
}

function CollectionForm({ policy }: { readonly policy: CollectionPolicyObject }) {
  const was = draftOf(policy);
  const [draft, setDraft] = useState<Draft>(was);
  const [saving, setSaving] = useState(false);
  const changed = changedFields(was, draft);
  const isSound = FIELDS.every(({ name }) => problemIn(name, draft[name]) === null);
  const rows = changed.map(({ name, label }) => ({
    label,
    before: shown(name, was[name]),
    after: shown(name, draft[name]),
  }));
  const set = (name: Field, value: string): void => setDraft({ ...draft, [name]: value });
  return (
    <>
      <div className="body form-grid">
        <SelectField
          label="Which phones may be prompted"
          hint="So that nobody gets a prompt they did not ask for."
          options={[
            ['locked', 'The customer’s registered phone'],
            ['otp', 'Any phone, after a code sent to it'],
            ...(policy.livemode ? [] : [['off', 'Any phone (test alone)'] as const]),
          ]}
          value={draft.phone_policy}
          onChange={(event) => set('phone_policy', event.target.value)}
        />
        {FIELDS.filter(({ name }) => name !== 'phone_policy').map(({ name, label, hint }) => (
          <TextField
            key={name}
            label={label}
            hint={hint}
            autoComplete="off"
            {...(name.startsWith('prompts') && { inputMode: 'numeric' as const })}
            value={draft[name]}
            problem={problemIn(name, draft[name])}
            onChange={(event) => set(name, event.target.value)}
          />
        ))}
      </div>
      <div className="save-bar">
        <span className="soft small">
          {changed.length === 0
            ? 'Nothing is changed.'
            : 'Payments that have begun go on under the rules they began with.'}
        </span>
        {changed.length > 0 && (
          <button type="button" className="btn" onClick={() => setDraft(was)}>
            Undo
          </button>
        )}
        <button
          type="button"
          className="btn primary"
          aria-disabled={changed.length === 0 || !isSound}
          onClick={() => changed.length > 0 && isSound && setSaving(true)}
        >
          Change policy
        </button>
      </div>
      <ActDialog
        open={saving}
        onOpenChange={setSaving}
        title="Change how money is collected"
        description="Holds at once for payments that begin from now on."
        verb="Change policy"
        wide
        act={(api) =>
          api.patch('/v1/collection_policy', {
            body: Object.fromEntries(changed.map(({ name, sent }) => [name, sent(draft[name])])),
          })
        }
        done={() => 'Policy changed'}
      >
        <Changes caption="What the policy would change" rows={rows} />
      </ActDialog>
    </>
  );
}
