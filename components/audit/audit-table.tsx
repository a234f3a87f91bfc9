'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment, useState } from 'react';
import { useConsole, useHref } from '@/components/api/scope';
import { shortId } from '@/components/patterns/copy-id';
import { Skeleton } from '@/components/patterns/states';
import { useZoneName, zonedFormat } from '@/components/patterns/timestamp';
import { ActorMark } from './avatar';
import { Changes } from './changes';
import { pathOfTarget } from './paths';
import { Proof } from './proof';
import { Who } from './who';
import { type AuditEntry, actorKind, actorName, did, hasId, isRefusal, targetName } from './words';

const DAY: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };

/** The trail by days; a row opens in place into what it changed, who did it, and its proof. */
export function AuditTable({ rows }: { readonly rows: readonly AuditEntry[] | undefined }) {
  const { scope, timeZone, renderedAtMs } = useConsole();
  const zone = useZoneName();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const isOfAll = scope.client === 'all';
  const columns = isOfAll ? 8 : 7;
  const day = zonedFormat(timeZone, DAY);
  const today = day.format(renderedAtMs);
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <div className="tablewrap">
      <table className="aud">
        <caption className="sr">The audit trail, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="tg">
              <span className="sr">Open</span>
            </th>
            <th scope="col">Time</th>
            <th scope="col">Actor</th>
            <th scope="col">Did</th>
            <th scope="col">Object</th>
            {isOfAll && (
              <th scope="col" className="cl">
                Client
              </th>
            )}
            <th scope="col" className="from">
              From
            </th>
            <th scope="col" className="num seq">
              Row
            </th>
          </tr>
        </thead>
        {rows === undefined && <Skeletons columns={columns} />}
        {groupsOf(rows ?? [], (entry) => day.format(Date.parse(entry.created_at))).map(([name, entries]) => (
          <tbody key={name}>
            <tr className="day">
              <th scope="rowgroup" colSpan={columns}>
                {name}
                <span>{name === today ? `today, times in ${zone}` : `times in ${zone}`}</span>
              </th>
            </tr>
            {entries.map((entry) => (
              <Fragment key={entry.id}>
                <EntryRow entry={entry} isOpen={open.has(entry.id)} toggle={() => toggle(entry.id)} isOfAll={isOfAll} />
                {open.has(entry.id) && (
                  <tr className="exp" id={`x-${entry.id}`}>
                    <td colSpan={columns}>
                      <EntryBody entry={entry} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function EntryRow({
  entry,
  isOpen,
  toggle,
  isOfAll,
}: {
  readonly entry: AuditEntry;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly isOfAll: boolean;
}) {
  const { timeZone } = useConsole();
  const href = useHref();
  const row = entry.sequence === null ? 'without a place' : entry.sequence.toLocaleString('en-GB');
  return (
    <tr className={isOpen ? 'on' : undefined}>
      <td className="tg">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `x-${entry.id}` : undefined}
          aria-label={`${isOpen ? 'Hide' : 'Show'} what row ${row} changed`}
          onClick={toggle}
        >
          <ChevronRight className="s" aria-hidden="true" />
        </button>
      </td>
      <th scope="row" className="at">
        <Link href={href(`/audit/${entry.id}`, entry.client?.code)} prefetch={false} title={entry.created_at}>
          <time dateTime={entry.created_at}>{clockTime(entry.created_at, timeZone)}</time>
        </Link>
      </th>
      <td className="actor">
        <span className="who">
          <ActorMark entry={entry} />
          <span className="cut">
            {actorName(entry)} <span className="dim">{actorKind(entry)}</span>
          </span>
        </span>
      </td>
      <td className={isRefusal(entry.action) ? 'did refused' : 'did'}>{did(entry.action)}</td>
      <td className="object">
        <Target entry={entry} />
      </td>
      {isOfAll && <td className="soft cl">{entry.client?.name}</td>}
      <td className="soft from">{entry.address ?? 'here'}</td>
      <td className="num dim seq">{entry.sequence === null ? 'none' : row}</td>
    </tr>
  );
}

/** The object by name, and a link where it has a page. */
export function Target({ entry }: { readonly entry: AuditEntry }) {
  const href = useHref();
  const path = pathOfTarget(entry.target);
  const { id } = entry.target;
  const name = targetName(entry);
  const text = entry.target.name === null && hasId(entry) ? `${name} ${shortId(id)}` : name;
  if (path === null) return <span title={hasId(entry) ? id : undefined}>{text}</span>;
  return (
    <Link
      className="lined"
      href={href(path, entry.client?.code)}
      title={hasId(entry) ? id : undefined}
      prefetch={false}
    >
      {text}
    </Link>
  );
}

export function EntryBody({ entry }: { readonly entry: AuditEntry }) {
  return (
    <div className="xg">
      <Changes entry={entry} heading="h3" />
      <div>
        <h3>Who, and from where</h3>
        <Who entry={entry} />
      </div>
      <Proof entry={entry} heading="h3" />
    </div>
  );
}

function Skeletons({ columns }: { readonly columns: number }) {
  return (
    <tbody>
      {Array.from({ length: 10 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are not there yet are all alike
        <tr key={index}>
          <td className="tg" />
          {Array.from({ length: columns - 1 }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: so are their cells
            <td key={place}>
              <Skeleton width={40 + ((index * 7 + place * 13) % 5) * 10} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** `14:31:18.402` */
function clockTime(at: string, timeZone: string): string {
  const ms = Date.parse(at);
  const clock = zonedFormat(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
  return `${clock}.${String(ms % 1000).padStart(3, '0')}`;
}

/** Neighbours of one name stand together. */
function groupsOf<Row>(rows: readonly Row[], nameOf: (row: Row) => string): [string, Row[]][] {
  const groups: [string, Row[]][] = [];
  for (const row of rows) {
    const name = nameOf(row);
    const last = groups.at(-1);
    if (last !== undefined && last[0] === name) last[1].push(row);
    else groups.push([name, [row]]);
  }
  return groups;
}
