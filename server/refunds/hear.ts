import type { PaymentServices } from '@/server/payments/services';
import type { Callback, ProviderName } from '@/server/providers/provider';
import { refundMover } from './poll';
import { loadRefund } from './read';
import type { Refund } from './refund-row';
import { ask } from './send';

type Heard = Extract<Callback, { kind: 'observation' }>;

/** A payment has few refunds; a message that names it alone has each of them asked about. */
const REFUNDS_MAX = 20;

/**
 * A provider's own message about a refund or a payout: each one that it may be about is asked about, and what the provider
 * answers is taken in. The message itself is believed in nothing, so that it may come twice, late, or from anybody.
 * @returns how many were asked about; 0 is a message about nothing here
 */
export async function hearOfRefund(services: PaymentServices, provider: ProviderName, heard: Heard): Promise<number> {
  const refunds = await find(services, provider, heard);
  for (const refund of refunds) await ask(services, refund, refundMover(services, 'callback'));
  return refunds.length;
}

async function find(services: PaymentServices, provider: ProviderName, heard: Heard): Promise<Refund[]> {
  const { subject, reference } = heard;
  if (reference === null || !/^[0-9a-f-]{36}$/.test(reference)) return [];
  // Until it was sent there is nothing to ask about; a success may still be taken back.
  const { rows } = await services.db.pool.query<{ tenant_id: string; id: string }>(
    subject === 'payout'
      ? `select tenant_id, id from refunds where attempt_reference = $1 and provider = $2 and submitted_at is not null`
      : `select r.tenant_id, r.id from payments p
         join refunds r on r.tenant_id = p.tenant_id and r.payment_id = p.id
         where p.attempt_reference = $1 and r.provider = $2 and r.way = 'refund' and r.submitted_at is not null
         order by r.id desc limit ${REFUNDS_MAX}`,
    [reference, provider],
  );
  const found = await Promise.all(rows.map((row) => loadRefund(services.db.pool, row.tenant_id, row.id)));
  return found.filter((refund) => refund !== null);
}
