'use client';

import { Lock, TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { may } from '@/components/api/me';
import { useConsole, useHref } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { shortId } from '@/components/patterns/copy-id';
import { CheckField, TextField } from '@/components/patterns/field';
import { formatMoney } from '@/components/patterns/money';
import { notify } from '@/components/patterns/notify';
import { useSubmit } from '@/components/patterns/use-submit';
import type { ApprovalObject } from '@/contracts/approvals';
import { nounOf, sumsOf, titleOf } from './act-words';
import { movedSince } from './diff-rows';

interface Waiting {
  readonly approval: ApprovalObject;
  /** As it was when the reader began to read. */
  readonly seen: ApprovalObject;
  /** Reads it again. */
  readonly look: () => void;
  /** What it is now has been seen. */
  readonly looked: () => void;
}

/** The decision, or why it is not the reader's to take. */
export function Decide(waiting: Waiting) {
  const { approval } = waiting;
  if (approval.decidable) return <DecideForm {...waiting} />;
  if (approval.cancelable) return <TakeBack approval={approval} />;
  return <NotYours approval={approval} />;
}

function DecideForm({ approval, seen, look, looked }: Waiting) {
  const href = useHref();
  const router = useRouter();
  const [note, setNote] = useState('');
  const [mayMove, setMayMove] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const { id, state } = approval;
  const changed = state !== seen.state;
  const stay = (): void => router.replace(href(`/approvals/${id}`), { scroll: false });
  const approve = useSubmit(
    (api) =>
      api.post('/v1/approvals/{id}/approve', {
        params: { id },
        body: {
          state: state ?? '',
          ...(mayMove && { balances_may_move: true }),
          ...(note.trim() !== '' && { reason: note.trim() }),
        },
      }),
    {
      done: null,
      onDone: (decided: ApprovalObject) => {
        if (decided.status === 'failed') notify('Approved, and no longer possible: nothing was done.', 'error');
        else notify(decided.status === 'executed' ? 'Approved and done.' : 'Approved.', 'success');
        stay();
      },
    },
  );
  const isStale = approve.error?.code === 'approval_stale';
  const moved = changed ? movedSince(seen, approval) : [];
  // What has changed is shown at once, under the refusal.
  useEffect(() => {
    if (isStale) look();
  }, [isStale, look]);
  return (
    <form
      className="decide"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) looked();
        approve.submit({});
      }}
    >
      {(changed || isStale) && (
        <div className="stale" role="alert">
          <TriangleAlert aria-hidden="true" />
          <div>
            <p className="medium">It has changed since you looked. Nothing was decided.</p>
            {moved.length > 0 && (
              <ul>
                {moved.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
            <p>What stands above is how it is now. Decide again.</p>
            <CheckField
              label="Approve it even if a balance moves again"
              hint="Everything else must still be as it stands above."
              checked={mayMove}
              onChange={(event) => setMayMove(event.target.checked)}
            />
          </div>
        </div>
      )}
      <div className="note">
        <TextField
          label="Note, if there is one"
          placeholder={`Seen by ${approval.maker.name} and in the audit trail`}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {approve.error !== null && !isStale && (
        <p className="problem" role="alert">
          {approve.error.message}
        </p>
      )}
      <div className="row">
        <button type="button" className="btn" onClick={() => setRejecting(true)}>
          Reject
        </button>
        <button type="submit" className="btn primary" aria-disabled={approve.pending}>
          {approve.pending ? 'One moment…' : approveLabel(approval, changed)}
        </button>
      </div>
      <p className="hint">
        <Lock className="s" aria-hidden="true" /> Bound to fingerprint{' '}
        <code title={approval.request_hash}>{shortId(approval.request_hash)}</code>. If what it depends on changes
        first, you decide again.
      </p>
      <ActDialog
        open={rejecting}
        onOpenChange={setRejecting}
        title={`Reject: ${titleOf(approval)}`}
        description={`Nothing happens. ${approval.maker.name} reads your reason.`}
        verb={`Reject ${nounOf(approval.verb)}`}
        danger
        reason="required"
        act={(api, { reason }) => api.post('/v1/approvals/{id}/reject', { params: { id }, body: { reason } })}
        done={() => 'Rejected. Nothing was done.'}
        onDone={stay}
      />
    </form>
  );
}

/** `Approve credit of GHS 350.00`: the button carries the amount. */
function approveLabel(approval: ApprovalObject, changed: boolean): string {
  const sums = sumsOf(approval).map(({ minor, currency }) => formatMoney(minor, currency));
  const what = sums.length === 0 ? nounOf(approval.verb) : `${nounOf(approval.verb)} of ${sums.join(' and ')}`;
  return `Approve ${what}${changed ? ', as it is now' : ''}`;
}

function TakeBack({ approval }: { readonly approval: ApprovalObject }) {
  const [open, setOpen] = useState(false);
  const { id } = approval;
  return (
    <div className="decide">
      <p className="soft">You asked for this, so somebody else decides. Until then you can take it back.</p>
      <div className="row">
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          Take it back
        </button>
      </div>
      <ActDialog
        open={open}
        onOpenChange={setOpen}
        title={`Take back: ${titleOf(approval)}`}
        description="Nothing has happened yet, and nothing will. It can be asked for again."
        verb="Take it back"
        reason="optional"
        act={(api, { reason }) =>
          api.post('/v1/approvals/{id}/cancel', { params: { id }, body: reason === '' ? {} : { reason } })
        }
        done={() => 'Taken back. Nothing was done.'}
      />
    </div>
  );
}

function NotYours({ approval }: { readonly approval: ApprovalObject }) {
  const { me } = useConsole();
  const why = may(me, 'approvals:write')
    ? 'Only somebody who might have asked for it themselves decides: your role does not include this act.'
    : 'Your role reads approvals and decides none.';
  return (
    <div className="decide">
      <p className="soft">
        {why} {approval.maker.name} has been told that it waits.
      </p>
    </div>
  );
}
