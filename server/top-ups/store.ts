import type { EventType } from '@/contracts/events';
import type { TopUpStatus } from '@/contracts/top-ups';
import { followTopUp } from '@/server/auto-top-ups/follow-top-up';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import type { Ledger } from '@/server/ledger/ledger';
import { recordEvent } from '@/server/webhooks/record-event';
import { readTopUp, type TopUpReader, type TopUpView } from './read';
import { renderTopUp } from './render-top-up';

/** Whose top-ups, at which clock, with which ids. */
export interface TopUpWriter extends TopUpReader {
  readonly ledger: Pick<Ledger, 'nextId'>;
}

export interface StatusChange {
  readonly status: TopUpStatus;
  readonly failureCode: string | null;
  /** Undefined leaves it as it is. */
  readonly payment?: { readonly reference: string; readonly publicId: string };
}

/** The events of the catalogue; going back to `created` or on to a refund of its own has none here. */
const EVENT_OF: Partial<Record<TopUpStatus, EventType>> = {
  succeeded: 'topup.succeeded',
  failed: 'topup.failed',
  canceled: 'topup.canceled',
  expired: 'topup.expired',
};

/** Changes a status under the row's lock, and tells it: event and change commit together. */
export async function changeStatus(
  writer: TopUpWriter,
  tx: Queryable,
  topUp: TopUpView,
  { status, failureCode, payment }: StatusChange,
): Promise<TopUpView> {
  await tx.query(
    `update top_ups set status = $4, failure_code = $5, payment_reference = coalesce($6, payment_reference),
       payment_public_id = coalesce($7, payment_public_id), claimed_until = null, updated_at = ${sqlNow(2)}
     where tenant_id = $1 and id = $3`,
    [
      writer.principal.tenantId,
      writer.clock.fixedMs(),
      topUp.id,
      status,
      failureCode,
      payment?.reference ?? null,
      payment?.publicId ?? null,
    ],
  );
  const after = await readTopUp(writer, topUp.id, { tx });
  const event = EVENT_OF[status];
  if (event !== undefined && status !== topUp.status) await recordTopUpEvent(writer, tx, event, after);
  if (after.source === 'automatic' && status !== topUp.status) await followTopUp(writer, tx, topUp.status, after);
  return after;
}

/** The checkout's address is a secret and left out. */
export function recordTopUpEvent(writer: TopUpWriter, tx: Queryable, type: EventType, topUp: TopUpView): Promise<void> {
  return recordEvent(writer, tx, {
    tenantId: writer.principal.tenantId,
    type,
    accountId: topUp.walletId,
    payload: JSON.stringify({ data: renderTopUp(topUp, null) }),
  });
}
