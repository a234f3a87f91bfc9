'use client';

import { Power, PowerOff } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { Card, Facts } from '@/components/patterns/card';
import { CopyId } from '@/components/patterns/copy-id';
import { TextArea, TextField } from '@/components/patterns/field';
import { localTimeOf, momentOf } from '@/components/patterns/local-time';
import { PageHead } from '@/components/patterns/page-head';
import { Failed } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { exactTime, relativeTime, Timestamp, useZoneName } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { useSubmit } from '@/components/patterns/use-submit';
import { Calculator } from './calculator';
import { ChangesTable } from './changes-table';
import { CURRENCIES } from './currencies';
import {
  amountText,
  changesOf,
  type Draft,
  differences,
  draftOf,
  feeWords,
  plain,
  type Service,
  type Version,
} from './draft';
import { FeeChart } from './fee-chart';
import { versionsRequest } from './list-request';
import { PastCharges } from './past-charges';
import { lineAmounts, quickAmounts, reachOf, tableAmounts } from './points';
import { Part, RulesFields } from './rules-fields';
import { useClientName } from './use-client-name';
import { usePreview } from './use-preview';
import { Versions } from './versions';

/** A service: its rules as a form that says what they were, a calculator beside, and every version under it. */
export function ServicePage({ code }: { readonly code: string }) {
  const service = useApi('/api/v1/client-services/{client_service_code}', { params: { client_service_code: code } });
  const versions = useApi('/api/v1/client-services/{client_service_code}/versions', versionsRequest(code));
  if (service.data === undefined) return service.error === null ? null : <Failed error={service.error} />;
  return <Loaded service={service.data} versions={versions.data?.data ?? []} />;
}

function Loaded({ service, versions }: { readonly service: Service; readonly versions: readonly Version[] }) {
  const { me } = useConsole();
  const href = useHref();
  const clientName = useClientName(service.client_code);
  const [switching, setSwitching] = useState(false);
  const mayWrite = may(me, 'services:write');
  const held = useApi(
    '/v1/approvals',
    { query: { status: 'pending', verb: 'service_change', limit: '100' } },
    { enabled: may(me, 'approvals:read') },
  );
  const waiting = (held.data?.data ?? []).filter(({ target }) => target?.id === service.client_service_code);
  const isOn = service.is_active === 1;
  const [next] = service.scheduled_versions;
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Services', href: href('/services') }, { label: service.client_service_name }]}
        above={
          <>
            {isOn ? (
              <Status of="active" word={`Version ${service.version_number} in force`} />
            ) : (
              <Status of="off" word="Switched off" />
            )}{' '}
            {next !== undefined && <Status of="pending" word={`Version ${next.version_number} is scheduled`} />}{' '}
            {waiting.length > 0 && (
              <Link href={href(`/approvals/${waiting[0]?.id}`)}>
                <Status of="pending" word="A change waits for approval" />
              </Link>
            )}
          </>
        }
        title={service.client_service_name}
        facts={[
          <>
            Client <span className="medium">{clientName}</span>
          </>,
          <span key="code" className="inline-flex items-center gap-1">
            Code <CopyId id={service.client_service_code} whole what="service code" />
          </span>,
          <>
            Kind <code>{service.service_code}</code>
          </>,
          <>Currency {service.currency ?? 'any'}</>,
        ]}
        actions={
          mayWrite && (
            <button type="button" className="btn" onClick={() => setSwitching(true)}>
              {isOn ? <PowerOff aria-hidden="true" /> : <Power aria-hidden="true" />}
              {isOn ? 'Switch off…' : 'Switch on…'}
            </button>
          )
        }
      />
      <Workbench
        key={`${service.version_id}/${versions[0]?.version_id}`}
        service={service}
        newest={versions[0] ?? null}
        clientName={clientName}
        mayWrite={mayWrite}
      />
      {versions.length > 0 && <Versions versions={versions} currency={service.currency} clientName={clientName} />}
      <ActDialog
        open={switching}
        onOpenChange={setSwitching}
        title={isOn ? `Switch off ${service.client_service_name}` : `Switch on ${service.client_service_name}`}
        description={
          isOn
            ? 'From within a second on every transaction under it is refused. Nothing that was posted changes, and no balance moves.'
            : 'Transactions under it are taken again, by the rules in force.'
        }
        verb={isOn ? 'Switch off service' : 'Switch on service'}
        danger={isOn}
        reason="required"
        act={(api, { reason }) =>
          api.patch('/api/v1/client-services/{client_service_code}', {
            params: { client_service_code: service.client_service_code },
            body: { is_active: isOn ? 0 : 1, reason },
          })
        }
        done={() => (isOn ? 'Service switched off' : 'Service switched on')}
      />
    </>
  );
}

/** The form and what it would come to. Made anew when the rules are others. */
function Workbench({
  service,
  newest,
  clientName,
  mayWrite,
}: {
  readonly service: Service;
  readonly newest: Version | null;
  readonly clientName: string;
  readonly mayWrite: boolean;
}) {
  const { timeZone } = useConsole();
  const base = draftOf(service, service.currency);
  const [draft, setDraft] = useState<Draft>(base);
  const [name, setName] = useState(service.client_service_name);
  const [atLocal, setAtLocal] = useState('');
  const [reason, setReason] = useState('');
  const [currency, setCurrency] = useState(service.currency ?? 'GHS');
  const allowed = draft.types.length === 0 ? service.transaction_types : draft.types;
  const [type, setType] = useState(allowed[0] ?? 'CREDIT');
  const shownType = allowed.includes(type) ? type : (allowed[0] ?? 'CREDIT');
  const atMs = momentOf(atLocal, timeZone);
  const effective_at = atMs === null ? null : new Date(atMs).toISOString();
  const changes = changesOf(base, draft);
  const reach = reachOf([base, draft]);
  const quick = quickAmounts(reach, currency);
  const [amount, setAmount] = useState(() => amountText(Number(quick[2] ?? quick[0] ?? '1'), currency));
  const line = lineAmounts(reach, [base, draft], currency);
  const table = tableAmounts(reach, currency);
  const typed = /^\d+(\.\d+)?$/.test(plain(amount)) && Number(plain(amount)) > 0 ? [plain(amount)] : [];
  const preview = usePreview(service.client_service_code, {
    changes,
    ...(effective_at !== null && { effective_at }),
    transaction_type: shownType,
    currency,
    transaction_amounts: [...new Set([...typed, ...quick, ...table, ...line])].slice(0, 20),
  });
  const hasChanges = Object.keys(changes).length > 0;
  const number = (newest?.version_number ?? service.version_number) + 1;
  const versions = [`Version ${service.version_number}`, hasChanges ? `Version ${number}` : null] as const;
  const reset = (): void => {
    setDraft(base);
    setName(service.client_service_name);
    setAtLocal('');
    setReason('');
  };
  const rows = [
    ...(name === service.client_service_name
      ? []
      : [{ field: 'Name', before: service.client_service_name, after: name }]),
    ...differences(base, draft, { currency: service.currency, client: clientName }),
    ...(hasChanges
      ? [
          {
            field: 'Takes effect',
            before: exactTime(Date.parse(service.effective_at), timeZone),
            after: atMs === null ? 'at once' : exactTime(atMs, timeZone),
          },
        ]
      : []),
  ];
  return (
    <div className="workbench">
      <div className="stack-gap">
        {mayWrite ? (
          <EditForm
            {...{ service, base, draft, setDraft, name, setName, atLocal, setAtLocal, atMs, reason, setReason }}
            {...{ changes, rows, reset, number, clientName, effective_at }}
            previewError={preview.error}
          />
        ) : (
          <RulesCard service={service} clientName={clientName} />
        )}
        {hasChanges && preview.data?.is_change === true && (
          <PastCharges preview={preview.data} greatestFee={draft.charged === 'PERCENTAGE' ? draft.greatestFee : ''} />
        )}
      </div>
      <div className="stack-gap beside">
        <Calculator
          amount={amount}
          onAmount={setAmount}
          quick={quick}
          currency={currency}
          currencies={service.currency === null ? CURRENCIES : null}
          onCurrency={setCurrency}
          type={shownType}
          types={allowed}
          onType={setType}
          preview={preview.data}
          versions={versions}
          taxes={[plain(base.tax), plain(draft.tax)]}
          clientName={clientName}
        />
        <FeeChart
          preview={preview.data}
          line={line}
          table={table}
          reach={reach}
          amount={amount}
          currency={currency}
          versions={versions}
        />
      </div>
    </div>
  );
}

function EditForm({
  service,
  base,
  draft,
  setDraft,
  name,
  setName,
  atLocal,
  setAtLocal,
  atMs,
  reason,
  setReason,
  changes,
  rows,
  reset,
  number,
  clientName,
  effective_at,
  previewError,
}: {
  readonly service: Service;
  readonly base: Draft;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly atLocal: string;
  readonly setAtLocal: (local: string) => void;
  readonly atMs: number | null;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly changes: ReturnType<typeof changesOf>;
  readonly rows: ReturnType<typeof differences>;
  readonly reset: () => void;
  readonly number: number;
  readonly clientName: string;
  readonly effective_at: string | null;
  readonly previewError: ReturnType<typeof usePreview>['error'];
}) {
  const { me, timeZone, renderedAtMs } = useConsole();
  const zone = useZoneName();
  const nowMs = useNow();
  const policy = useApi('/v1/approval_policy', {}, { enabled: may(me, 'approvals:read') });
  const needsSecond = policy.data?.rules.some(({ verb }) => verb === 'service_change') === true;
  const hasRules = Object.keys(changes).length > 0;
  const { submit, pending, error } = useSubmit(
    (api, _input: null) =>
      api.patch('/api/v1/client-services/{client_service_code}', {
        params: { client_service_code: service.client_service_code },
        body: {
          ...changes,
          ...(name !== service.client_service_name && { client_service_name: name }),
          ...(effective_at !== null && hasRules && { effective_at }),
          reason: reason.trim(),
        },
      }),
    { done: hasRules ? `Version ${number} made` : 'Name changed', onDone: reset },
  );
  const shown = error ?? previewError;
  const ready = rows.length > 0 && reason.trim() !== '' && draft.types.length > 0 && name.trim() !== '';
  const isNameAlone = !hasRules && rows.length > 0;
  const what = isNameAlone ? 'the new name' : `version ${number}`;
  const named = shown?.param?.replace('changes.', '') ?? null;
  return (
    <form
      className="card rules"
      aria-label={`Version ${number}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) submit(null);
      }}
    >
      <Part title="When">
        <div className={`whole takes-effect ${atLocal === '' ? '' : 'changed-field'}`}>
          <TextField
            label={`Takes effect, ${zone}`}
            type="datetime-local"
            value={atLocal}
            min={localTimeOf(renderedAtMs, timeZone)}
            onChange={(event) => setAtLocal(event.target.value)}
            problem={named === 'effective_at' ? (shown?.message ?? null) : null}
            hint={
              atMs === null
                ? 'At once, when left empty. Transactions before keep the version that decided them.'
                : `${relativeTime(atMs, nowMs).replace(/^in/, 'In')}. Transactions before keep version ${service.version_number}.`
            }
          />
        </div>
      </Part>
      <RulesFields
        draft={draft}
        base={base}
        onChange={setDraft}
        currency={service.currency}
        clientName={clientName}
        error={shown}
      />
      <Part title="Name">
        <div className="whole">
          <TextField
            label="Service name"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
      </Part>
      <Part title="Reason">
        <div className="whole">
          <TextArea
            label="Reason for the change"
            hint="Kept in the audit trail with your name."
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      </Part>
      <Part title="Changes">
        <div className="whole">
          {rows.length === 0 ? (
            <p className="dim">None yet. What you change shows here, beside what it was.</p>
          ) : (
            <ChangesTable
              caption={`What version ${number} changes`}
              before={`Version ${service.version_number}`}
              after={`Version ${number}`}
              rows={rows}
            />
          )}
        </div>
      </Part>
      {error !== null && named === null && (
        <p className="problem px-5 pb-3" role="alert">
          {error.message}
        </p>
      )}
      <footer>
        <span className="soft">
          {needsSecond
            ? 'A second person approves before it takes effect.'
            : rows.length > 0 && reason.trim() === ''
              ? 'A reason is needed before it can be saved.'
              : 'Nothing changes until it is saved.'}
        </span>
        <span className="end">
          <button type="button" className="btn" disabled={rows.length === 0} onClick={reset}>
            Discard
          </button>
          <button type="submit" className="btn primary" aria-disabled={!ready || pending}>
            {pending
              ? 'One moment…'
              : needsSecond
                ? `Send ${what} for approval`
                : isNameAlone
                  ? 'Save the new name'
                  : `Make version ${number}`}
          </button>
        </span>
      </footer>
    </form>
  );
}

/** For those who may look and not change. */
function RulesCard({ service, clientName }: { readonly service: Service; readonly clientName: string }) {
  const amount = (value: number | null): string =>
    value === null
      ? 'none'
      : `${service.currency === null ? '' : `${service.currency} `}${amountText(value, service.currency)}`;
  return (
    <Card title={`Version ${service.version_number}`} note="Your role may look at it, and not change it" padded>
      <Facts
        of={[
          ['In force', <Timestamp key="at" at={service.effective_at} as="exact" />],
          ['Fee', feeWords(service, service.currency)],
          ['Tax on it', `${service.tax_on_fee_percentage} %`],
          ['Borne by', service.fee_bearer === 'client' ? clientName : 'The customer'],
          ['On reversal', service.refund_fees_on_reversal ? 'The fee is given back' : 'The fee stays'],
          ['Smallest', amount(service.minimum_transaction_amount)],
          ['Largest', amount(service.maximum_transaction_amount)],
          ['A day', amount(service.daily_cap)],
          ['A month', amount(service.monthly_cap)],
          ['Allowed', service.transaction_types.join(', ').toLowerCase()],
        ]}
      />
    </Card>
  );
}
