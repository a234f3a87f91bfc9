'use client';

import { useRef, useState } from 'react';
import { ApiError } from '@/components/api/error';
import { ActDialog } from '@/components/patterns/act-dialog';
import { formatMoney } from '@/components/patterns/money';
import { Status } from '@/components/patterns/status';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { sumsInWords } from '../sums';
import type { ListedWallet } from '../types';

interface Outcome {
  readonly wallet: ListedWallet;
  /** Null where it was frozen. */
  readonly problem: string | null;
}

const nameOf = ({ customer_name: name, customer_id: id }: ListedWallet): string => name ?? id;

/** Freezes each by itself, one after another: what fails does not keep the rest from being frozen, and is said. */
export function FreezeSeveral({
  wallets,
  skipped,
  close,
  done,
}: {
  readonly wallets: readonly ListedWallet[];
  /** Picked, but not active. */
  readonly skipped: number;
  readonly close: () => void;
  readonly done: () => void;
}) {
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  // What was picked when it was opened: the list behind is read again meanwhile.
  const [picked] = useState(wallets);
  const hasRun = useRef(false);
  if (outcomes !== null) {
    return (
      <Outcomes
        outcomes={outcomes}
        close={() => {
          done();
          close();
        }}
      />
    );
  }
  const count = picked.length;
  const some = count === 1 ? '1 wallet' : `${count} wallets`;
  return (
    <ActDialog
      open
      onOpenChange={(open) => !open && !hasRun.current && close()}
      title={`Freeze ${some}`}
      description="No money goes out of them any more: debits, holds and transfers are refused. Top-ups and credits still come in. Each can be unfrozen."
      verb={`Freeze ${some}`}
      danger
      reason="required"
      act={async (api, { reason, idempotencyKey }) => {
        const results: Outcome[] = [];
        for (const [index, wallet] of picked.entries()) {
          const own = wallet.client === undefined ? api : api.on(wallet.client.code);
          const problem = await own
            .post(
              '/v1/wallets/{id}/freeze',
              { params: { id: wallet.id }, body: { reason } },
              { idempotencyKey: `${idempotencyKey}-${index}` },
            )
            .then(
              () => null,
              (error: unknown) => (error instanceof ApiError ? error.message : 'No answer came. Look at it again.'),
            );
          results.push({ wallet, problem });
        }
        hasRun.current = true;
        setOutcomes(results);
        return results;
      }}
      done={null}
    >
      <div className="effect">
        <p>
          Available in them{' '}
          <b>{sumsInWords(picked.map(({ available, currency }) => ({ minor: available, currency })))}</b>
        </p>
        {skipped > 0 && (
          <p className="soft">
            {skipped === 1 ? '1 that is picked is' : `${skipped} that are picked are`} not active and left as{' '}
            {skipped === 1 ? 'it is' : 'they are'}.
          </p>
        )}
      </div>
    </ActDialog>
  );
}

function Outcomes({ outcomes, close }: { readonly outcomes: readonly Outcome[]; readonly close: () => void }) {
  const frozen = outcomes.filter(({ problem }) => problem === null).length;
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={frozen === outcomes.length ? `${frozen} frozen` : `${frozen} of ${outcomes.length} frozen`}
        description="What came of each."
        wide
      >
        <div className="tablewrap outcomes">
          <table>
            <caption className="sr">Outcome for each wallet</caption>
            <thead>
              <tr>
                <th scope="col">Customer</th>
                <th scope="col" className="num">
                  Available
                </th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {outcomes.map(({ wallet, problem }) => (
                <tr key={wallet.id}>
                  <th scope="row">{nameOf(wallet)}</th>
                  <td className="num">{formatMoney(wallet.available, wallet.currency)}</td>
                  <td className="wrap">
                    {problem === null ? <Status of="frozen" /> : <span className="problem">{problem}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <footer className="dialog-foot">
          <button type="button" className="btn primary" onClick={close}>
            Done
          </button>
        </footer>
      </DialogContent>
    </Dialog>
  );
}
