'use client';

import { ActDialog } from '@/components/patterns/act-dialog';
import type { JournalObject } from '@/contracts/journals';
import { formatMinor } from '@/contracts/money';
import { Consequences, NowAndAfter, useNeedsTwo } from './consequences';
import { KINDS } from './kinds';
import { nameOf } from './sentence';

/** Undoes a journal whole: every account from now to after once more, a reason, the account’s number typed. */
export function ReverseDialog({
  journal,
  open,
  onOpenChange,
}: {
  readonly journal: JournalObject;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const needsTwo = useNeedsTwo(journal);
  const amount = formatMinor(BigInt(journal.amount), journal.currency);
  const what = `${KINDS[journal.kind].label.toLowerCase()} of ${amount}`;
  // A journal is named by an entry: on a wallet where there is one, in which family the refusals are worded for it.
  const leg = journal.legs.find(({ account }) => account.wallet_id !== null) ?? journal.legs[0];
  if (leg === undefined) return null;
  return (
    <ActDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Reverse the ${what}`}
      description={`${nameOf(journal)}. There is no way back: a reversal cannot be reversed.`}
      verb={needsTwo === null ? `Reverse ${amount}` : `Request reversal of ${amount}`}
      danger
      reason="required"
      typed={[leg.account.number, 'account number']}
      act={(api, { reason, idempotencyKey }): Promise<unknown> => {
        const books = api.on(journal.client_code);
        return leg.account.wallet_id === null
          ? books.post(
              '/api/v1/transactions/{id}',
              { params: { id: leg.id }, query: { command: 'REVERSE' }, body: { reason } },
              { idempotencyKey },
            )
          : books.post(
              '/v1/transactions/{id}/reverse',
              { params: { id: leg.id }, body: { reason } },
              { idempotencyKey },
            );
      }}
      done={() => `The ${what} is reversed`}
    >
      <div className="fate">
        <NowAndAfter journal={journal} />
        <Consequences journal={journal} />
      </div>
    </ActDialog>
  );
}
