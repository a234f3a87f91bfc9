'use client';

import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { problemOf, SelectField, TextField } from '@/components/patterns/field';
import { PROVIDER_OPTIONS, providerName } from '@/components/payments/names';
import type { ListedReconciliation } from './request';
import { readStatement, type StatementFile, sizeOf } from './statement-file';

const ZONES = [
  'Africa/Accra',
  'Africa/Abidjan',
  'Africa/Dar_es_Salaam',
  'Africa/Kampala',
  'Africa/Lagos',
  'Africa/Lusaka',
  'Africa/Nairobi',
  'UTC',
];

/** Takes a provider's statement in: the file is read here, and shown before it is sent. */
export function ImportDialog({ close }: { readonly close: () => void }) {
  const router = useRouter();
  const href = useHref();
  const { scope } = useConsole();
  const [provider, setProvider] = useState<ListedReconciliation['provider'] | ''>('');
  const [format, setFormat] = useState<'provider' | 'generic'>('provider');
  const [zone, setZone] = useState('');
  const [currency, setCurrency] = useState('');
  const [firstDay, setFirstDay] = useState('');
  const [lastDay, setLastDay] = useState('');
  const [file, setFile] = useState<StatementFile | null>(null);
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title="Import a provider’s statement"
      description={`It is held against the payments of ${scope.client === 'all' ? 'every client' : 'this client'} in ${scope.mode} books. No balance changes. The same file again is the same import.`}
      verb="Import statement"
      wide
      ready={provider !== '' && file !== null}
      act={(api) => {
        if (provider === '' || file === null)
          throw new Error('Provider and file are chosen before the form can be sent.');
        const body = {
          provider,
          file_name: file.name,
          content: file.content,
          ...(format === 'generic' && { format: 'generic' as const }),
          ...(zone !== '' && { time_zone: zone }),
          ...(currency.trim() !== '' && { currency: currency.trim().toUpperCase() }),
          ...(firstDay !== '' && { first_day: firstDay }),
          ...(lastDay !== '' && { last_day: lastDay }),
        };
        return api.post('/v1/reconciliations', { body });
      }}
      done={({ lines, breaks }) => `${lines} lines read, ${breaks === 0 ? 'no breaks' : `${breaks} to answer`}`}
      onDone={({ id }) => router.push(href(`/reconciliation/${id}`))}
    >
      {({ error }) => (
        <>
          <div className="form-grid">
            <SelectField
              label="Provider"
              value={provider}
              options={[['', 'Choose whose it is'], ...PROVIDER_OPTIONS]}
              problem={problemOf(error, 'provider')}
              onChange={(event) => setProvider(event.target.value as ListedReconciliation['provider'])}
            />
            <SelectField
              label="Written as"
              value={format}
              options={[
                ['provider', `${provider === '' ? 'The provider' : providerName(provider)} exports it`],
                ['generic', 'Our own columns (receipt, reference, amount …)'],
              ]}
              onChange={(event) => setFormat(event.target.value as 'provider' | 'generic')}
            />
          </div>
          <FileField file={file} choose={setFile} problem={problemOf(error, 'content')} />
          <div className="form-grid quad">
            <SelectField
              label="Time zone"
              value={zone}
              options={[['', 'The provider’s own'], ...ZONES.map((name) => [name, name.replaceAll('_', ' ')] as const)]}
              hint="Of times that name none."
              problem={problemOf(error, 'time_zone')}
              onChange={(event) => setZone(event.target.value)}
            />
            <TextField
              label="Currency"
              value={currency}
              maxLength={3}
              placeholder="As the lines say"
              hint="Where no column names it."
              problem={problemOf(error, 'currency')}
              onChange={(event) => setCurrency(event.target.value)}
            />
            <TextField
              label="First day"
              type="date"
              value={firstDay}
              hint="Its first line’s when left out."
              problem={problemOf(error, 'first_day')}
              onChange={(event) => setFirstDay(event.target.value)}
            />
            <TextField
              label="Last day"
              type="date"
              value={lastDay}
              hint="Its last line’s when left out."
              problem={problemOf(error, 'last_day')}
              onChange={(event) => setLastDay(event.target.value)}
            />
          </div>
        </>
      )}
    </ActDialog>
  );
}

function FileField({
  file,
  choose,
  problem,
}: {
  readonly file: StatementFile | null;
  readonly choose: (file: StatementFile | null) => void;
  readonly problem: string | null;
}) {
  const id = useId();
  const [unfit, setUnfit] = useState<string | null>(null);
  const take = async (given: File | undefined): Promise<void> => {
    const read = given === undefined ? null : await readStatement(given);
    setUnfit(typeof read === 'string' ? read : null);
    choose(typeof read === 'string' ? null : read);
  };
  const said = unfit ?? problem;
  return (
    <div className="field">
      <label htmlFor={id}>Statement, CSV</label>
      <input
        id={id}
        className="input rec-pick"
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        aria-invalid={said !== null || undefined}
        aria-describedby={`${id}-said`}
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <div id={`${id}-said`}>
        {said !== null && (
          <p className="problem" role="alert">
            {said}
          </p>
        )}
        {file !== null && (
          <figure className="rec-file">
            <figcaption className="hint">
              {file.lines.toLocaleString('en-GB')} lines, {sizeOf(file.bytes)}. It begins:
            </figcaption>
            <pre>{file.head.join('\n')}</pre>
          </figure>
        )}
      </div>
    </div>
  );
}
