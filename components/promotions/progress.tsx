'use client';

import { useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { formatAmount } from '@/components/patterns/money';
import { Timestamp } from '@/components/patterns/timestamp';
import type { Import } from './import-status';

/** Step three while it runs: asked again each second. It goes on whoever watches. */
export function Progress({ of: one, seenAtMs }: { readonly of: Import; readonly seenAtMs: number }) {
  const { me } = useConsole();
  const [stopping, setStopping] = useState(false);
  const { issued, failed, ready, refused, total } = one.counts;
  const all = total - refused;
  const handled = issued + failed;
  const seconds = one.started_at === null ? 0 : (seenAtMs - Date.parse(one.started_at)) / 1_000;
  const rate = seconds > 0.5 ? handled / seconds : 0;
  const n = (count: number): string => count.toLocaleString('en-GB');
  return (
    <>
      <h2 className="say apart" aria-live="polite">
        {one.state === 'stopping' ? 'Stopping' : 'Issuing credits'}: {n(handled)} of {n(all)}.{' '}
        <span>
          {one.state === 'stopping' ? 'It stops after the group it is at.' : 'You can leave this page; it goes on.'}
        </span>
      </h2>
      <section className="card run" aria-label="Progress">
        <div
          className="progress"
          role="progressbar"
          aria-label="Rows handled"
          aria-valuemin={0}
          aria-valuemax={all}
          aria-valuenow={handled}
        >
          <span className="good" style={{ width: `${all === 0 ? 0 : (issued / all) * 100}%` }} />
          <span className="bad" style={{ width: `${all === 0 ? 0 : (failed / all) * 100}%` }} />
        </div>
        <div className="run-row">
          <ul className="cal-key plain">
            <li>
              <i className="swatch good" />
              Issued <b>{n(issued)}</b>
            </li>
            <li>
              <i className="swatch bad" />
              Failed <b>{n(failed)}</b>
            </li>
            <li>
              <i className="swatch" />
              To go <b>{n(ready)}</b>
            </li>
          </ul>
          <p className="dim end">
            {rate > 0 &&
              ready > 0 &&
              `${n(Math.round(rate))} rows a second, about ${n(Math.max(1, Math.ceil(ready / rate)))} s left`}
          </p>
          {may(me, 'wallets:write') && one.state === 'issuing' && (
            <button type="button" className="btn" onClick={() => setStopping(true)}>
              Stop after this group
            </button>
          )}
        </div>
        <footer>
          {one.totals.map((sum) => (
            <span key={sum.currency}>
              <span className="dim">{sum.currency}</span>{' '}
              <b className="promo medium">{formatAmount(sum.issued, sum.currency)}</b>{' '}
              <span className="dim">of {formatAmount(sum.amount, sum.currency)}</span>
            </span>
          ))}
          <span className="end dim">
            {one.started_at !== null && (
              <>
                Started <Timestamp at={one.started_at} as="time" />
                {one.issued_by !== null && ` for ${one.issued_by}`}
              </>
            )}
          </span>
        </footer>
      </section>
      <ActDialog
        open={stopping}
        onOpenChange={setStopping}
        title="Stop issuing"
        description={`What was issued stays with the customers; the rows still to go, ${n(ready)} now, are left out for good.`}
        verb="Stop issuing"
        danger
        reason="required"
        act={(api, { reason, idempotencyKey }) =>
          api.post(
            '/v1/promotion_imports/{id}/cancel',
            { params: { id: one.id }, body: { reason } },
            { idempotencyKey },
          )
        }
        done={() => 'Stopping after this group'}
      />
    </>
  );
}
