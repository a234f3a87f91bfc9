import { evaluateDue } from '@/server/auto-top-ups/evaluate';
import { sealHeads } from '@/server/ledger/seals/seal-heads';
import { sweepExpired } from '@/server/ledger/sweep';
import { observe } from '@/server/payments/observe';
import { pollDue } from '@/server/payments/poll';
import { loadPayment } from '@/server/payments/read';
import { jobMover } from '@/server/payments/services';
import { expireDueTopUps } from '@/server/top-ups/expire-due';
import { tellExpiringCredit } from '@/server/wallets/tell-expiring-credit';
import { claimDeliveries } from '@/server/webhooks/claim-deliveries';
import { completeAttempt } from '@/server/webhooks/complete-attempt';
import { fanOut } from '@/server/webhooks/fan-out';
import type { ActOf } from './acts';
import { newsOf } from './scripted-providers';
import { type Stage, servicesAt } from './stage';

/** What nobody does, and what happens all the same: jobs, providers, receivers of webhooks. */

export async function passNight(stage: Stage, act: ActOf<'night' | 'seal'>): Promise<void> {
  const services = servicesAt(stage, act);
  if (act.kind === 'seal') {
    for (const { tenantId } of [stage.operator, ...stage.books.values()]) {
      await sealHeads(stage.db.pool, tenantId, stage.sealKey, () => services.ledger.nextId(), act.atMs);
    }
    return;
  }
  await sweepExpired(stage.db.pool, services.ledger, act.atMs);
  await tellExpiringCredit(services);
  await expireDueTopUps(services);
  await pollDue(services);
}

/** Wallets that ran low are topped up, and their owners agree at once. */
export async function runAutoTopUps(stage: Stage, { business, atMs }: ActOf<'auto_top_ups_run'>): Promise<void> {
  await evaluateDue(servicesAt(stage, { business, atMs }));
  const { rows } = await stage.db.pool.query<{ tenant_id: string; id: string }>(
    `select tenant_id, id from payments
     where tenant_id = any ($1::bigint[]) and state = 'pending' and top_up_id is not null order by id`,
    [[...stage.books.values()].map(({ tenantId }) => tenantId)],
  );
  for (const [index, { tenant_id: tenantId, id }] of rows.entries()) {
    const paidAtMs = atMs + 14_000 + index * 1_700;
    const later = servicesAt(stage, { business, atMs: paidAtMs });
    const payment = await loadPayment(stage.db.pool, tenantId, id);
    const provider =
      payment && (await stage.providers.directory().at({ tenantId, mode: 'test' }, payment.providerAccount));
    if (payment === null || provider === null) throw new Error(`The payment ${id} has nobody to answer it.`);
    const receipt = `9${id.slice(-10)}`;
    await observe(
      later,
      payment,
      newsOf(payment, { kind: 'paid' }, receipt, paidAtMs),
      provider,
      jobMover(later.ledger, 'status'),
    );
  }
}

const LIMITS = { perEndpoint: 50, perFailingEndpoint: 50, leaseMs: 60_000 };

/** Webhooks that are due go out, to receivers that answer what the story says: nothing is sent. */
export async function deliver(stage: Stage, act: ActOf<'deliveries'>): Promise<void> {
  stage.answers.set(act.business, act.status);
  const services = servicesAt(stage, act);
  const parts = { ...services, nextId: () => services.ledger.nextId(), random: () => 0.5 };
  while ((await fanOut(parts)) > 0);
  const claimed = await claimDeliveries(parts, 200, LIMITS);
  for (const delivery of claimed) {
    const { rows } = await stage.db.pool.query<{ url: string }>(
      'select url from webhook_endpoints where tenant_id = $1 and id = $2',
      [delivery.tenantId, delivery.endpointId],
    );
    const business = [...stage.books.values()].find(({ tenantId }) => tenantId === delivery.tenantId);
    const httpStatus = stage.answers.get(business?.clientId ?? '') ?? 200;
    const isTaken = httpStatus < 300;
    await completeAttempt(parts, delivery, {
      url: rows[0]?.url ?? '',
      startedAtMs: act.atMs,
      durationMs: isTaken ? 84 : 1_310,
      sent: {
        httpStatus,
        responseBody: isTaken ? 'ok' : 'Service temporarily unavailable',
        retryAfterMs: null,
        failure: null,
      },
    });
  }
}
