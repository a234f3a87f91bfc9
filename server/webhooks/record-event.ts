import type { EventType } from '@/contracts/events';
import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlNow } from '@/server/kernel/sql-time';

export interface NewEvent {
  readonly tenantId: string;
  readonly type: EventType;
  /** The account it belongs to: its sequence at this moment goes along. Null where there is none. */
  readonly accountId?: string | null;
  /**
   * JSON text: what rendering the event needs (`server/http/v1/event-data.ts`). `{"data":…}` is taken for the whole of
   * `data`, as it was at this moment.
   */
  readonly payload: string;
}

type Parts = Pick<Context, 'clock'> & { readonly ledger: Pick<Context['ledger'], 'nextId'> };

/** Puts an event that no journal says into the outbox, in the transaction of what it tells. */
export async function recordEvent({ clock, ledger }: Parts, tx: Queryable, event: NewEvent): Promise<void> {
  await tx.query({
    name: 'record_event',
    text: `insert into events (tenant_id, id, type, account_id, sequence, payload, created_at)
     select $1, $3, $4, $5::bigint, (select x.sequence from accounts x where x.tenant_id = $1 and x.id = $5), $6, ${sqlNow(2)}`,
    values: [event.tenantId, clock.fixedMs(), ledger.nextId(), event.type, event.accountId ?? null, event.payload],
  });
}
