'use client';

import { CornerDownRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole } from '@/components/api/scope';
import { Money } from '@/components/patterns/money';
import { Skeleton } from '@/components/patterns/states';
import { Status } from '@/components/patterns/status';
import { Timestamp } from '@/components/patterns/timestamp';
import { providerName } from '@/components/payments/names';
import type { Line, Reconciliation } from './request';
import { Sides } from './sides-table';

const ResolveDialog = dynamic(() => import('./resolve-dialog').then(({ ResolveDialog: dialog }) => dialog));

/** Lines of a statement; each break opens into both its sides beside one another. */
export function LineTable({
  statement,
  lines,
}: {
  readonly statement: Reconciliation;
  readonly lines: readonly Line[] | undefined;
}) {
  const [answered, setAnswered] = useState<Line | null>(null);
  const heads = ['Line', 'Came to', 'Receipt or reference'];
  const sums = [`${providerName(statement.provider)} says`, 'We say', 'Difference'];
  return (
    <>
      <div className="tablewrap">
        <table className="rec-table">
          <caption className="sr">Lines, in the order of the file</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {sums.map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          {lines === undefined ? (
            <tbody>
              {Array.from({ length: 6 }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows that are not there yet are all alike
                <tr key={index}>
                  {[...heads, ...sums].map((head) => (
                    <td key={head}>
                      <Skeleton width={60} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ) : (
            lines.map((line) => (
              <LineRows key={line.number} line={line} statement={statement} answer={() => setAnswered(line)} />
            ))
          )}
        </table>
      </div>
      {answered !== null && <ResolveDialog line={answered} statement={statement} close={() => setAnswered(null)} />}
    </>
  );
}

function LineRows({
  line,
  statement,
  answer,
}: {
  readonly line: Line;
  readonly statement: Reconciliation;
  readonly answer: () => void;
}) {
  const { theirs, ours } = line;
  const name = theirs?.receipt ?? theirs?.reference ?? ours?.reference ?? ours?.payment_id ?? null;
  const hasMore = line.is_break || theirs?.problem != null;
  return (
    <tbody className={hasMore ? 'rec-break' : undefined}>
      <tr>
        <th scope="row">{theirs === null ? <span className="dim">not in it</span> : theirs.line}</th>
        <td>
          <Status of={line.outcome} />
        </td>
        <td>{name === null ? <span className="nil">–</span> : <code>{name}</code>}</td>
        <td className="num" data-l="They say">
          <Counted minor={line.counted_theirs} currency={theirs?.currency ?? ours?.currency} />
        </td>
        <td className="num" data-l="We say">
          <Counted minor={line.counted_ours} currency={ours?.currency ?? theirs?.currency} />
        </td>
        <td className="num" data-l="Difference">
          {line.difference === null ? (
            <span className="dim">two currencies</span>
          ) : (
            <span className={line.difference === 0 ? undefined : 'rec-off'}>
              <Counted minor={line.difference} currency={theirs?.currency ?? ours?.currency} />
            </span>
          )}
        </td>
      </tr>
      {hasMore && (
        <tr className="rec-sides">
          <td colSpan={6}>
            <div className="rec-body">
              <Sides line={line} statement={statement} />
              <Answer line={line} answer={answer} />
            </div>
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** What a side adds to its total: so a row's figures and the sums over all lines are of one kind. */
function Counted({ minor, currency }: { readonly minor: number; readonly currency: string | null | undefined }) {
  if (currency == null) return <span className="nil">–</span>;
  return <Money minor={minor} currency={currency} code={minor !== 0} />;
}

function Answer({ line, answer }: { readonly line: Line; readonly answer: () => void }) {
  const { me } = useConsole();
  const { resolution } = line;
  if (!line.is_break) return null;
  if (resolution === null) {
    return may(me, 'payments:write') ? (
      <p>
        <button type="button" className="btn sm" onClick={answer}>
          Answer…
        </button>
      </p>
    ) : (
      <p className="dim">Waits for somebody who may answer it.</p>
    );
  }
  return (
    <p className="rec-answer">
      <CornerDownRight className="s" aria-hidden="true" />
      <span>
        <b>{ANSWERED[resolution.action]}</b>
        {resolution.reason !== null && <> “{resolution.reason}”</>}{' '}
        <span className="dim">
          {resolution.by.name ?? 'by itself'}, <Timestamp at={resolution.at} as="minute" />
        </span>
      </span>
    </p>
  );
}

const ANSWERED: Readonly<Record<NonNullable<Line['resolution']>['action'], string>> = {
  noted: 'Answered.',
  payment_resolved: 'Payment resolved as the statement says.',
  matched_later: 'A later statement had it.',
};
