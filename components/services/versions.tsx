'use client';

import { GitCompare } from 'lucide-react';
import { useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { SelectField } from '@/components/patterns/field';
import { Status } from '@/components/patterns/status';
import { zonedFormat } from '@/components/patterns/timestamp';
import { useNow } from '@/components/patterns/use-now';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { ChangesTable } from './changes-table';
import { differences, draftOf, feeWords, type Version } from './draft';
import { periodsOf } from './periods';

/** Every version there was, is and will be. None is ever edited. */
export function Versions({
  versions,
  currency,
  clientName,
}: {
  readonly versions: readonly Version[];
  readonly currency: string | null;
  readonly clientName: string;
}) {
  const { timeZone } = useConsole();
  const nowMs = useNow();
  const [comparing, setComparing] = useState(false);
  const day = (ms: number): string =>
    zonedFormat(timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
  const minute = (ms: number): string =>
    `${day(ms)}, ${zonedFormat(timeZone, { hour: '2-digit', minute: '2-digit' }).format(ms)}`;
  /** To the minute where it began and ended on one day. */
  const spanWords = (fromMs: number, toMs: number): string =>
    day(fromMs) === day(toMs)
      ? `${minute(fromMs)} to ${minute(toMs).split(', ')[1]}`
      : `${day(fromMs)} to ${day(toMs)}`;
  const periods = periodsOf(versions, nowMs);
  return (
    <Card
      title="Versions"
      className="versions"
      note={<span className="wide-only">A version is never edited. Each journal names the one that charged it.</span>}
      end={
        versions.length > 1 && (
          <button type="button" className="btn quiet sm" onClick={() => setComparing(true)}>
            <GitCompare aria-hidden="true" />
            Compare two
          </button>
        )
      }
    >
      <div className="tablewrap">
        <table className="stack cards">
          <caption className="sr">Versions of the rules, the last made first</caption>
          <thead>
            <tr>
              {['Version', 'State', 'In force', 'Fee'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" className="num">
                Tax
              </th>
              <th scope="col">Borne by</th>
              <th scope="col" className="wide-only">
                Written by
              </th>
              <th scope="col" className="wide-only">
                Written
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => {
              const period = periods.get(version.version_number);
              return (
                <tr key={version.version_id}>
                  <th scope="row" className="name">
                    Version {version.version_number}
                  </th>
                  <td data-l="State">
                    {period?.state === 'in_force' ? (
                      <Status of="active" word="In force" />
                    ) : period?.state === 'scheduled' ? (
                      <Status of="pending" word="Scheduled" />
                    ) : (
                      <Status of="off" word={period?.state === 'replaced' ? 'Replaced' : 'Ended'} />
                    )}
                  </td>
                  <td data-l="In force">
                    {period === undefined || period.state === 'replaced' ? (
                      <span className="nil">never</span>
                    ) : period.state === 'scheduled' ? (
                      `from ${day(period.fromMs)}`
                    ) : period.toMs === null || period.state === 'in_force' ? (
                      `since ${day(period.fromMs)}`
                    ) : (
                      spanWords(period.fromMs, period.toMs)
                    )}
                  </td>
                  <td data-l="Fee">{feeWords(version, currency)}</td>
                  <td data-l="Tax" className="num">
                    {version.tax_on_fee_percentage} %
                  </td>
                  <td data-l="Borne by">{version.fee_bearer === 'client' ? clientName : 'The customer'}</td>
                  <td data-l="Written by" className="wide-only">
                    {version.created_by_name ?? <span className="dim">set-up</span>}
                  </td>
                  <td className="wide-only">{day(Date.parse(version.created_at))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {comparing && (
        <Compare versions={versions} currency={currency} clientName={clientName} onClose={() => setComparing(false)} />
      )}
    </Card>
  );
}

function Compare({
  versions,
  currency,
  clientName,
  onClose,
}: {
  readonly versions: readonly Version[];
  readonly currency: string | null;
  readonly clientName: string;
  readonly onClose: () => void;
}) {
  const [older, setOlder] = useState(String(versions[1]?.version_number));
  const [newer, setNewer] = useState(String(versions[0]?.version_number));
  const find = (number: string): Version | undefined =>
    versions.find((version) => String(version.version_number) === number);
  const [a, b] = [find(older), find(newer)];
  const rows =
    a === undefined || b === undefined
      ? []
      : differences(draftOf(a, currency), draftOf(b, currency), { currency, client: clientName });
  const options = versions.map(({ version_number: number }) => [String(number), `Version ${number}`] as const);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Compare two versions" wide>
        <div className="act-body">
          <div className="form-grid">
            <SelectField
              label="This"
              options={options}
              value={older}
              onChange={(event) => setOlder(event.target.value)}
            />
            <SelectField
              label="With"
              options={options}
              value={newer}
              onChange={(event) => setNewer(event.target.value)}
            />
          </div>
          {rows.length === 0 ? (
            <p className="soft">Their rules are the same.</p>
          ) : (
            <ChangesTable
              caption={`Version ${older} beside version ${newer}`}
              before={`Version ${older}`}
              after={`Version ${newer}`}
              rows={rows}
            />
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
