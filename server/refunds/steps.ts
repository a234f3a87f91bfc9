import type { EventType } from '@/contracts/events';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';
import type { Transaction } from '@/server/kernel/transaction';
import type { Mover, PaymentServices } from '@/server/payments/services';
import type { Observation } from '@/server/providers/provider';
import { recordEvent } from '@/server/webhooks/record-event';
import { refundObject } from './refund-object';
import type { Refund, RefundState } from './refund-row';

/** A line of the refund's history, in the transaction of what it tells. */
export async function recordStep(
  services: PaymentServices,
  db: Queryable,
  refund: Pick<Refund, 'tenantId' | 'id'>,
  step: {
    readonly from: RefundState | null;
    readonly to: RefundState;
    readonly cause: string;
    readonly mover: Mover;
    readonly note?: string | null;
  },
): Promise<void> {
  await db.query(
    `insert into refund_steps (tenant_id, id, refund_id, kind, from_state, to_state, cause, source, actor, note, created_at)
     values ($1, $3, $4, 'transition', $5, $6, $7, $8, $9, $10, ${sqlNow(2)})`,
    [
      refund.tenantId,
      services.clock.fixedMs(),
      services.ledger.nextId(),
      refund.id,
      step.from,
      step.to,
      step.cause,
      step.mover.source,
      step.mover.actor,
      step.note ?? null,
    ],
  );
}

/** Keeps what the provider said, before anything is made of it. */
export async function recordObservation(
  services: PaymentServices,
  refund: Pick<Refund, 'tenantId' | 'id'>,
  observation: Observation,
): Promise<void> {
  await services.db.pool.query(
    `insert into refund_steps (tenant_id, id, refund_id, kind, cause, source, note, raw, created_at)
     values ($1, $3, $4, 'observation', $5, $6, $7, $8, ${sqlNow(2)})`,
    [
      refund.tenantId,
      services.clock.fixedMs(),
      services.ledger.nextId(),
      refund.id,
      observation.code ?? observation.outcome,
      observation.source,
      observation.message,
      observation.raw.replaceAll('\0', ''),
    ],
  );
}

/** Tells it with the refund as it is at this moment, and the sequence of the wallet it is of. */
export async function recordRefundEvent(
  services: PaymentServices,
  tx: Transaction,
  refund: Refund,
  type: EventType & `refund.${string}`,
): Promise<void> {
  const payload = JSON.stringify({ data: refundObject(refund) });
  await recordEvent(services, tx, { tenantId: refund.tenantId, type, accountId: refund.walletId, payload });
}
