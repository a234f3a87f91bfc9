'use client';

import { useState } from 'react';
import { useConsole } from '@/components/api/scope';
import { ActDialog } from '@/components/patterns/act-dialog';
import { formatMinor } from '@/contracts/money';
import type { Line, Reconciliation } from './request';
import { OUTCOME_MEANS } from './words';

type Action = 'note' | 'resolve_payment';

/** A person's answer to a break: given once, with its reason; where the statement knows, the payment is resolved by it. */
export function ResolveDialog({
  line,
  statement,
  close,
}: {
  readonly line: Line;
  readonly statement: Reconciliation;
  readonly close: () => void;
}) {
  const { me } = useConsole();
  const canResolve = line.can_resolve_payment && me.is_operator;
  const [action, setAction] = useState<Action>(canResolve ? 'resolve_payment' : 'note');
  const which = line.theirs === null ? 'what the statement lacks' : `line ${line.theirs.line}`;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Answer ${which} of ${statement.file_name}`}
      description={`${OUTCOME_MEANS[line.outcome]} The answer is given once and stands beside the break for ever.`}
      verb={action === 'note' ? 'Answer break' : 'Resolve payment'}
      reason="required"
      act={(api, { reason, idempotencyKey }) =>
        api.post(
          '/v1/reconciliations/{id}/lines/{number}/resolve',
          { params: { id: statement.id, number: String(line.number) }, body: { action, reason } },
          { idempotencyKey },
        )
      }
      done={() => (action === 'note' ? 'Break answered' : 'Payment resolved')}
    >
      {canResolve && (
        <fieldset className="pay-options">
          <legend className="sr">What the answer does</legend>
          <label>
            <input
              type="radio"
              name="action"
              checked={action === 'resolve_payment'}
              onChange={() => setAction('resolve_payment')}
            />
            <span>
              <b>Resolve the payment as the statement says</b>
              <small>{consequence(line)}</small>
            </span>
          </label>
          <label>
            <input type="radio" name="action" checked={action === 'note'} onChange={() => setAction('note')} />
            <span>
              <b>Only answer the break</b>
              <small>No balance changes.</small>
            </span>
          </label>
        </fieldset>
      )}
    </ActDialog>
  );
}

function consequence({ theirs, ours }: Line): string {
  if (ours === null) return '';
  const amount = formatMinor(BigInt(ours.amount), ours.currency);
  return theirs?.status === 'succeeded'
    ? `It was paid: ${amount} is credited to ${ours.client.name}’s books.`
    : 'It was not paid: it is marked failed, and nothing is credited.';
}
