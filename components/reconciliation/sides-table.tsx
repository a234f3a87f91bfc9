'use client';

import Link from 'next/link';
import { useConsole, useHref } from '@/components/api/scope';
import { exactTime } from '@/components/patterns/timestamp';
import { providerName } from '@/components/payments/names';
import type { Line, Reconciliation } from './request';
import { sidesOf } from './sides';

/** Both sides of a break beside one another, what differs marked, and the row as it came. */
export function Sides({ line, statement }: { readonly line: Line; readonly statement: Reconciliation }) {
  const { timeZone } = useConsole();
  const rows = sidesOf(line, (iso) => exactTime(Date.parse(iso), timeZone));
  const { theirs, ours } = line;
  return (
    <div className="rec-both">
      {rows.length > 0 && (
        <table>
          <caption className="sr">What both sides say</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">
                {providerName(statement.provider)}
                <span className="dim">{theirs === null ? ', nothing' : `, line ${theirs.line}`}</span>
              </th>
              <th scope="col">
                Our books
                <OurLink line={line} />
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} className={row.differs ? 'rec-differs' : undefined}>
                <th scope="row">{row.name}</th>
                <td>
                  {row.theirs ?? <span className="nil">–</span>}
                  {row.differs && <span className="sr"> (differs)</span>}
                </td>
                <td>{row.ours ?? <span className="nil">–</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Words line={line} />
      {theirs?.raw != null && (
        <details>
          <summary>The row as it came</summary>
          <code>{cellsOf(theirs.raw).join(' · ')}</code>
        </details>
      )}
      {ours?.matched_by === 'payer' && (
        <p className="dim small">Recognised by phone, amount and time alone: the line has no receipt of ours.</p>
      )}
    </div>
  );
}

function OurLink({ line: { ours } }: { readonly line: Line }) {
  const href = useHref();
  if (ours === null) return <span className="dim">, nothing</span>;
  const path =
    ours.refund_id !== null
      ? `/refunds/${ours.refund_id}`
      : ours.payment_id === null
        ? null
        : `/payments/${ours.payment_id}`;
  return (
    <>
      <span className="dim">, {ours.client.name} </span>
      {path !== null && (
        <Link className="link" href={href(path, ours.client.code)} prefetch={false}>
          {ours.refund_id === null ? 'Payment' : 'Refund'}
        </Link>
      )}
    </>
  );
}

function Words({ line: { theirs, ours, outcome } }: { readonly line: Line }) {
  const problem = theirs?.problem ?? null;
  if (problem !== null) {
    return (
      <p>
        Column <b>{problem.field}</b>: {problem.reason}.
      </p>
    );
  }
  if (ours === null && outcome === 'missing_here') {
    return <p>No payment of ours has this receipt or this reference.</p>;
  }
  if (theirs === null) return <p>The statement has no line of it, though its days are within the period.</p>;
  return null;
}

/** A statement's row is kept as JSON; cut or odd, it is shown as it is. */
function cellsOf(raw: string): readonly string[] {
  try {
    const cells: unknown = JSON.parse(raw);
    return Array.isArray(cells) ? cells.map((cell) => (cell === '' ? '–' : String(cell))) : [raw];
  } catch {
    return [raw];
  }
}
