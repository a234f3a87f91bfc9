'use client';

import { useId } from 'react';
import { changesTitle, currencyOf, fieldName, flatChanges } from './fields';
import { Value } from './value';
import type { AuditEntry } from './words';

/** Field by field, from what to what, and why. */
export function Changes({ entry, heading: Heading }: { readonly entry: AuditEntry; readonly heading: 'h2' | 'h3' }) {
  const headingId = useId();
  const { before, after, reason, client } = entry;
  const changes = flatChanges(entry.changes);
  const one = before === null || after === null;
  const where = { currency: currencyOf(entry), ...(client !== undefined && { client: client.code }) };
  return (
    <div>
      <Heading id={headingId}>{changesTitle(entry)}</Heading>
      {changes.length === 0 ? (
        <p className="soft small">This says that it happened, when, and who it was.</p>
      ) : (
        <div className="tablewrap fd">
          <table aria-labelledby={headingId}>
            <thead>
              <tr>
                <th scope="col">Field</th>
                {before !== null && <th scope="col">Before</th>}
                {after !== null && <th scope="col">{one ? 'Value' : 'After'}</th>}
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.field}>
                  <th scope="row">{fieldName(change.field)}</th>
                  {before !== null && (
                    <td>
                      <del>
                        <Value field={change.field} of={change.before} {...where} />
                      </del>
                    </td>
                  )}
                  {after !== null && (
                    <td>
                      <ins>
                        <Value field={change.field} of={change.after} {...where} />
                      </ins>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {reason !== null && (
        <p className="why">
          <span className="dim">Reason given</span> “{reason}”
        </p>
      )}
    </div>
  );
}
