import type { Effect } from '@/server/approvals/effect';
import { requireSecondPerson } from '@/server/approvals/second-person';
import { recordChange } from '@/server/audit/record-change';
import { actOn } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { recordServiceVersion, storedRules } from '@/server/ledger/service-versions';
import { recordEvent } from '@/server/webhooks/record-event';
import { changedVersions } from './changed-versions';
import { readService, type ServiceView, serviceNotFound } from './read';
import { forgetService } from './service-book';
import type { TermsChange } from './terms';
import type { TimedVersion } from './timeline';

export interface UpdateServiceInput {
  /** Its code or its id. */
  readonly service: string;
  readonly name?: string | undefined;
  readonly serviceCode?: string | undefined;
  readonly terms: TermsChange;
  /** Now when null. */
  readonly effectiveAtMs: number | null;
  readonly reason: string | null;
}

/**
 * Changes a service from a moment on. What the change names holds from then on, in scheduled versions too: each becomes a
 * new version, so that a fee announced for next month does not undo what was switched off today. A change that changes
 * nothing makes no version. Name and `service_code` decide nothing and change at once.
 * @throws Problem resource_missing, parameter_missing, parameter_invalid
 */
export async function updateService(ctx: Context, input: UpdateServiceInput): Promise<ServiceView> {
  const { books, id, code } = await readService(ctx, input.service);
  const on = actOn(ctx, books);
  await requireSecondPerson(
    on,
    {
      verb: 'service_change',
      amountMinor: null,
      currency: null,
      reason: input.reason,
      target: { type: 'client_service', id: code },
    },
    async () => effectOf(await readService(on, code), input),
  );
  const service = await inTransaction(on, async (tx) => {
    await lock(on, tx, id, code);
    const before = await readService(on, code, tx);
    const made = await recordVersions(on, tx, before, input);
    const renamed =
      (input.name ?? before.name) !== before.name || (input.serviceCode ?? before.serviceCode) !== before.serviceCode;
    if (made.length === 0 && !renamed) return before;
    await tx.query(
      `update client_services set name = $4, service_code = $5, updated_at = ${sqlNow(2)} where tenant_id = $1 and id = $3`,
      [books.tenantId, on.clock.fixedMs(), id, input.name ?? before.name, input.serviceCode ?? before.serviceCode],
    );
    const after = await readService(on, code, tx);
    await recordChange(on, tx, {
      action: 'client_service.updated',
      objectId: id,
      reason: input.reason,
      before: auditText(before, before.versions),
      after: auditText(after, made),
    });
    if (made.length > 0) {
      const payload = JSON.stringify({ service_code: code });
      await recordEvent(on, tx, { tenantId: books.tenantId, type: 'service.version_created', payload });
    }
    return after;
  });
  forgetService(on, code);
  return service;
}

/** What would become of its rules, by when: null where they would stay as they are. */
function effectOf(service: ServiceView, input: UpdateServiceInput): Effect | null {
  const rulesBefore: Record<string, unknown> = {};
  const rulesAfter: Record<string, unknown> = {};
  for (const { atMs, base, terms } of changedVersions(service, input)) {
    const when = atMs === service.asOfMs ? 'now' : new Date(atMs).toISOString();
    rulesBefore[when] = storedRules(base.terms);
    rulesAfter[when] = storedRules(terms);
  }
  const before = { name: service.name, service_code: service.serviceCode, rules: rulesBefore };
  const after = {
    name: input.name ?? service.name,
    service_code: input.serviceCode ?? service.serviceCode,
    rules: rulesAfter,
  };
  const isSame =
    Object.keys(rulesAfter).length === 0 && after.name === before.name && after.service_code === before.service_code;
  return isSame ? null : { balances: [], before, after };
}

/**
 * `for update`: of two changes at once the second waits, and builds on what the first made. The service is read by a
 * statement after this one, whose snapshot and time are of when the lock was held.
 */
async function lock(ctx: Context, tx: Transaction, id: string, code: string): Promise<void> {
  const { rowCount } = await tx.query('select 1 from client_services where tenant_id = $1 and id = $2 for update', [
    ctx.principal.tenantId,
    id,
  ]);
  if (rowCount === 0) throw serviceNotFound(code);
}

/** @returns the versions made, by effect */
async function recordVersions(
  ctx: Context,
  tx: Transaction,
  service: ServiceView,
  input: UpdateServiceInput,
): Promise<TimedVersion[]> {
  let number = await newestNumber(tx, service);
  const made: TimedVersion[] = [];
  for (const { atMs, terms } of changedVersions(service, input)) {
    number += 1;
    const version = {
      id: ctx.ledger.nextId(),
      serviceId: service.id,
      number,
      terms,
      effectiveAtMs: atMs,
      createdAtMs: service.asOfMs,
      actor: ctx.principal.actor,
    };
    await recordServiceVersion(tx, service.books.tenantId, version);
    made.push(version);
  }
  return made;
}

async function newestNumber(tx: Transaction, service: ServiceView): Promise<number> {
  const { rows } = await tx.query<{ number: number }>(
    'select max(number) as number from service_versions where tenant_id = $1 and service_id = $2',
    [service.books.tenantId, service.id],
  );
  return rows[0]?.number ?? 0;
}

/** What people called it, and its rules by when they take effect. */
function auditText(service: ServiceView, versions: readonly TimedVersion[]): string {
  return JSON.stringify({
    code: service.code,
    name: service.name,
    service_code: service.serviceCode,
    versions: versions.map((version) => ({
      version_id: version.id,
      effective_at: new Date(version.effectiveAtMs).toISOString(),
      rules: storedRules(version.terms),
    })),
  });
}
