'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { momentOf } from '@/components/patterns/local-time';
import { Segmented } from '@/components/patterns/segmented';
import { grants, type Scope } from '@/contracts/scopes';
import { scopeGroups } from './scope-groups';
import type { ShownSecret } from './use-secret';

type Kind = 'all' | 'read' | 'chosen';

const DAY_MS = 86_400_000;
const LIVES: readonly (readonly [string, string])[] = [
  ['', 'Never'],
  ['30', 'In 30 days'],
  ['90', 'In 90 days'],
  ['365', 'In a year'],
  ['date', 'On a day'],
];

/** Name, scopes, expiry; then the secret, once. One can give a key what one may do oneself. */
export function CreateKey({
  close,
  show,
}: {
  readonly close: () => void;
  readonly show: (secret: ShownSecret) => void;
}) {
  const { me, scope, timeZone } = useConsole();
  const groups = scopeGroups((one) => may(me, one));
  const mayAll = grants(me.scopes, '*');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('chosen');
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(new Set());
  const [life, setLife] = useState('');
  const [day, setDay] = useState('');
  const reads = groups.flatMap(({ scopes }) => scopes.map((one) => one.scope)).filter((one) => one.endsWith(':read'));
  const scopes = kind === 'all' ? ['*' as const] : kind === 'read' ? reads : [...chosen];
  const toggle = (one: Scope): void => {
    const next = new Set(chosen);
    if (!next.delete(one)) next.add(one);
    setChosen(next);
  };
  const expiresAt = (): string | null => {
    const ms =
      life === 'date' ? momentOf(`${day}T00:00`, timeZone) : life === '' ? null : Date.now() + Number(life) * DAY_MS;
    return ms === null ? null : new Date(ms).toISOString();
  };
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      wide
      title={`Create a ${scope.mode} key`}
      description={`A program signs in with it, on ${scope.mode} books alone.`}
      verb="Create key"
      ready={name.trim() !== '' && scopes.length > 0 && (life !== 'date' || day !== '')}
      act={(api, { idempotencyKey }) =>
        api.post('/v1/api_keys', { body: { name: name.trim(), scopes, expires_at: expiresAt() } }, { idempotencyKey })
      }
      done={null}
      onDone={(key) =>
        show({
          title: `The secret of ${key.name}`,
          secret: key.secret,
          note: 'Put it where your program reads it, such as an environment variable: never into a repository or a browser.',
        })
      }
    >
      {({ error }) => (
        <>
          <div className="form-grid">
            <TextField
              label="Name"
              hint="What it is for. Shown in the log and the audit trail."
              value={name}
              maxLength={100}
              autoComplete="off"
              placeholder="Billing server"
              problem={problemOf(error, 'name')}
              onChange={({ target }) => setName(target.value)}
            />
            <div className="expiry-field">
              <SelectField
                label="Expires"
                value={life}
                options={LIVES}
                problem={problemOf(error, 'expires_at')}
                onChange={({ target }) => setLife(target.value)}
              />
              {life === 'date' && (
                <TextField
                  label="The day it stops working"
                  type="date"
                  value={day}
                  onChange={({ target }) => setDay(target.value)}
                />
              )}
            </div>
          </div>
          <Segmented<Kind>
            label="What it may do"
            value={kind}
            options={[
              ['chosen', 'What I choose'],
              ['read', 'Read everything'],
              ...(mayAll ? ([['all', 'Everything']] as const) : []),
            ]}
            onChange={setKind}
          />
          {kind === 'chosen' && <ScopeBoxes groups={groups} chosen={chosen} toggle={toggle} />}
          {kind === 'all' && (
            <p className="soft text-[13px]">
              Also what is added to the API later. A key that may do less is lost more safely.
            </p>
          )}
        </>
      )}
    </ActDialog>
  );
}

function ScopeBoxes({
  groups,
  chosen,
  toggle,
}: {
  readonly groups: ReturnType<typeof scopeGroups>;
  readonly chosen: ReadonlySet<Scope>;
  readonly toggle: (scope: Scope) => void;
}) {
  return (
    <fieldset className="scopes">
      <legend className="sr">Scopes</legend>
      {groups.map(({ resource, label, scopes }) => (
        <div key={resource}>
          <span>{label}</span>
          {scopes.map(({ scope, label: verb }) => (
            <label key={scope} title={scope}>
              <input type="checkbox" checked={chosen.has(scope)} onChange={() => toggle(scope)} />
              {verb}
              <span className="sr"> {label}</span>
            </label>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
