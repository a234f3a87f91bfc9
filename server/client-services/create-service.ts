import { recordChange } from '@/server/audit/record-change';
import { actOn, booksOfClient } from '@/server/clients/act-on';
import { makeCode } from '@/server/clients/code';
import type { Context } from '@/server/kernel/context';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { recordServiceVersion, storedRules } from '@/server/ledger/service-versions';
import { recordEvent } from '@/server/webhooks/record-event';
import { requireNotPast } from './effective-time';
import { readService, type ServiceView } from './read';
import { changedTerms, NO_TERMS, type TermsChange } from './terms';

export interface CreateServiceInput {
  readonly clientCode: string;
  readonly name: string;
  readonly serviceCode: string;
  /** The only currency it takes, or null. */
  readonly currency: string | null;
  readonly terms: TermsChange;
  /** Now when null. */
  readonly effectiveAtMs: number | null;
}

const CODE_TRIES_MAX = 5;

/**
 * Makes a client service and its first version.
 * @throws Problem resource_missing for a client that is not there, parameter_missing, parameter_invalid
 */
export async function createService(ctx: Context, input: CreateServiceInput): Promise<ServiceView> {
  const terms = changedTerms(NO_TERMS, input.terms, input.currency);
  const on = actOn(ctx, await booksOfClient(ctx, input.clientCode));
  return inTransaction(on, async (tx) => {
    const { id, code, nowMs } = await insertService(on, tx, input);
    requireNotPast(input.effectiveAtMs, nowMs);
    const version = {
      id: on.ledger.nextId(),
      serviceId: id,
      number: 1,
      terms,
      effectiveAtMs: input.effectiveAtMs ?? nowMs,
      createdAtMs: nowMs,
      actor: on.principal.actor,
    };
    await recordServiceVersion(tx, on.principal.tenantId, version);
    await recordChange(on, tx, {
      action: 'client_service.created',
      objectId: id,
      before: null,
      after: JSON.stringify({
        code,
        name: input.name,
        service_code: input.serviceCode,
        currency: input.currency,
        version_id: version.id,
        effective_at: new Date(version.effectiveAtMs).toISOString(),
        rules: storedRules(terms),
      }),
    });
    const payload = JSON.stringify({ service_code: code });
    await recordEvent(on, tx, { tenantId: on.principal.tenantId, type: 'service.version_created', payload });
    return readService(on, code, tx);
  });
}

/** Guarantee: the unique index on the code decides; a code that chance has made before is made anew. */
async function insertService(
  ctx: Context,
  tx: Transaction,
  input: CreateServiceInput,
): Promise<{ id: string; code: string; nowMs: number }> {
  const id = ctx.ledger.nextId();
  for (let tries = 1; tries <= CODE_TRIES_MAX; tries++) {
    const code = makeCode(input.name, 'SRV');
    const { rows } = await tx.query<{ now_ms: string }>(
      `insert into client_services (tenant_id, id, code, name, service_code, currency, created_at, updated_at)
       values ($1, $3, $4, $5, $6, $7, ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (code, tenant_id) do nothing
       returning ${sqlMs('created_at')} as now_ms`,
      [ctx.principal.tenantId, ctx.clock.fixedMs(), id, code, input.name, input.serviceCode, input.currency],
    );
    if (rows[0] !== undefined) return { id, code, nowMs: Number(rows[0].now_ms) };
  }
  throw new Error('No free code was found for a client service.');
}
