import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { type Transaction, transact } from '@/server/kernel/transaction';
import type { CreditCommand, Outcome } from '@/server/ledger/core/types';
import type { Ledger } from '@/server/ledger/ledger';
import { problemOf } from '@/server/wallets/refusal';
import { rowReference } from './create-import';

export interface ImportServices {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** One group is one transaction of the ledger, which has to stay short: others post meanwhile. */
const GROUP_SIZE = 250;
/** Far longer than a group takes. A process that dies leaves its import to another after this. */
const LEASE_MS = 30_000;

interface Lease {
  readonly tenantId: string;
  readonly id: string;
  readonly number: string;
}

interface DueRow {
  line: number;
  account_id: string;
  currency: string;
  amount_minor: string;
  expires_at_ms: string | null;
  note: string | null;
  lot_id: string | null;
}

/**
 * Issues what is to be issued, group by group, until nothing is left or `groupsMax` groups are done. Any number of processes
 * may: an import is held under a lease, and a row's reference has one effect for ever, so a group that a crash left between
 * its posting and its result is asked for again and answered as the first time.
 * @returns how many groups were done
 */
export async function runImports(
  services: ImportServices,
  groupsMax = Number.POSITIVE_INFINITY,
  isEnding: () => boolean = () => false,
): Promise<number> {
  let groups = 0;
  while (groups < groupsMax && !isEnding()) {
    const lease = await claim(services);
    if (lease === null) break;
    while (groups < groupsMax && !isEnding() && (await runGroup(services, lease))) groups += 1;
    await release(services, lease);
  }
  return groups;
}

/** Guarantee: SKIP LOCKED and the lease let one process at a time hold an import. */
async function claim({ db, clock }: ImportServices): Promise<Lease | null> {
  const { rows } = await db.pool.query<{ tenant_id: string; id: string; lease_number: string }>(
    `update promotion_imports i
     set lease_until = ${sqlNow(1)} + $2 * interval '1 millisecond', lease_number = i.lease_number + 1
     from (
       select x.tenant_id, x.id from promotion_imports x
       where x.state in ('issuing', 'stopping') and (x.lease_until is null or x.lease_until <= ${sqlNow(1)})
       order by x.id limit 1 for update skip locked
     ) due
     where i.tenant_id = due.tenant_id and i.id = due.id
     returning i.tenant_id, i.id, i.lease_number`,
    [clock.fixedMs(), LEASE_MS],
  );
  const row = rows[0];
  return row === undefined ? null : { tenantId: row.tenant_id, id: row.id, number: row.lease_number };
}

async function release({ db }: ImportServices, lease: Lease): Promise<void> {
  await db.pool.query(
    'update promotion_imports set lease_until = null where tenant_id = $1 and id = $2 and lease_number = $3',
    [lease.tenantId, lease.id, lease.number],
  );
}

/** @returns false when there is nothing more to do under this lease */
async function runGroup(services: ImportServices, lease: Lease): Promise<boolean> {
  const { db, clock, ledger } = services;
  const { rows: held } = await db.pool.query<{
    state: string;
    issued_by: string;
    issue_request_id: string;
    description: string;
    priority: number;
    promotion: string | null;
  }>(
    `update promotion_imports i set lease_until = ${sqlNow(1)} + $2 * interval '1 millisecond'
     where i.tenant_id = $3 and i.id = $4 and i.lease_number = $5 and i.state in ('issuing', 'stopping')
     returning i.state, i.issued_by, i.issue_request_id, i.description, i.priority, (
       select p.code from promotions p where p.tenant_id = i.tenant_id and p.id = i.promotion_id
     ) as promotion`,
    [clock.fixedMs(), LEASE_MS, lease.tenantId, lease.id, lease.number],
  );
  const terms = held[0];
  // Somebody else holds it now.
  if (terms === undefined) return false;
  const due = await dueRows(services, lease);
  // What has an id may have been posted already: it gets its result before the import ends, stopped or not.
  const group = terms.state === 'stopping' ? due.filter(({ lot_id: lotId }) => lotId !== null) : due;
  if (group.length === 0) {
    await transact(db, (tx) => finish(services, tx, lease, terms.state));
    return false;
  }
  const named = await nameEffects(services, lease, group);
  const commands = named.map(
    (row): CreditCommand => ({
      kind: 'credit',
      accountType: 'CUSTOMER_WALLET',
      tenantId: lease.tenantId,
      id: row.lot_id as string,
      origin: { actor: terms.issued_by, requestId: terms.issue_request_id },
      accountId: row.account_id,
      amountMinor: BigInt(row.amount_minor),
      currency: row.currency,
      from: 'PROMOTION_EXPENSE',
      operation: 'credit',
      expiresAtMs: row.expires_at_ms === null ? null : Number(row.expires_at_ms),
      priority: terms.priority,
      service: null,
      reference: rowReference(lease.id, row.line),
      description: row.note ?? terms.description,
      metadata: terms.promotion === null ? null : JSON.stringify({ promotion: terms.promotion }),
      businessAtMs: null,
    }),
  );
  const outcomes = await ledger.submitEach(commands);
  await transact(db, (tx) => record(services, tx, lease, named, outcomes));
  // Not decided, by no fault of theirs: those rows stay ready, and are tried again when the lease has run out.
  const undecided = outcomes.find((outcome): outcome is Error => outcome instanceof Error);
  if (undecided !== undefined) throw undecided;
  return true;
}

async function dueRows({ db }: ImportServices, { tenantId, id }: Lease): Promise<DueRow[]> {
  const { rows } = await db.pool.query<DueRow>(
    `select line, account_id, currency, amount_minor, ${sqlMs('expires_at')} as expires_at_ms, note, lot_id
     from promotion_import_rows where tenant_id = $1 and import_id = $2 and state = 'ready'
     order by lot_id is null, line limit ${GROUP_SIZE}`,
    [tenantId, id],
  );
  return rows;
}

/** Each row's journal gets its id before the first try, so that a second names the same. */
async function nameEffects(
  { db, ledger }: ImportServices,
  { tenantId, id }: Lease,
  group: readonly DueRow[],
): Promise<DueRow[]> {
  const unnamed = group.filter(({ lot_id: lotId }) => lotId === null);
  if (unnamed.length === 0) return [...group];
  const ids = new Map(unnamed.map(({ line }) => [line, ledger.nextId()]));
  await db.pool.query(
    `update promotion_import_rows r set lot_id = n.lot_id from unnest($3::int[], $4::bigint[]) as n (line, lot_id)
     where r.tenant_id = $1 and r.import_id = $2 and r.line = n.line and r.lot_id is null`,
    [tenantId, id, [...ids.keys()], [...ids.values()]],
  );
  return group.map((row) => ({ ...row, lot_id: row.lot_id ?? (ids.get(row.line) as string) }));
}

interface RowResult {
  readonly line: number;
  readonly lotId: string | null;
  readonly problem: Problem | null;
}

function resultOf(row: DueRow, outcome: Outcome | Error | undefined): RowResult[] {
  if (outcome === undefined || outcome instanceof Error) return [];
  return outcome.ok
    ? [{ line: row.line, lotId: outcome.posted?.journal.id ?? row.lot_id, problem: null }]
    : [{ line: row.line, lotId: null, problem: problemOf(outcome.refusal) }];
}

/** What became of a group's rows, and with it the counts: once for each row, whoever comes second. */
async function record(
  { clock }: ImportServices,
  tx: Transaction,
  { tenantId, id }: Lease,
  group: readonly DueRow[],
  outcomes: readonly (Outcome | Error)[],
): Promise<void> {
  const results = group.flatMap((row, i) => resultOf(row, outcomes[i]));
  const problems = results.map(({ problem }) => problem);
  const { rows } = await tx.query<{ issued: number; failed: number }>(
    `with done as (
       update promotion_import_rows r
       set state = case when n.code is null then 'issued' else 'failed' end, lot_id = n.lot_id, error_code = n.code,
         error_field = n.field, error_message = n.message, handled_at = ${sqlNow(3)}
       from unnest($4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[]) as n (line, lot_id, code, field, message)
       where r.tenant_id = $1 and r.import_id = $2 and r.line = n.line and r.state = 'ready'
       returning r.state
     )
     select count(*) filter (where state = 'issued')::int as issued, count(*) filter (where state = 'failed')::int as failed
     from done`,
    [
      tenantId,
      id,
      clock.fixedMs(),
      results.map(({ line }) => line),
      results.map(({ lotId }) => lotId),
      problems.map((problem) => problem?.code ?? null),
      problems.map((problem) => problem?.param ?? null),
      problems.map((problem) => problem?.message ?? null),
    ],
  );
  const { issued, failed } = rows[0] as { issued: number; failed: number };
  await tx.query(
    `update promotion_imports
     set issued_count = issued_count + $3, failed_count = failed_count + $4, ready_count = ready_count - $3 - $4
     where tenant_id = $1 and id = $2`,
    [tenantId, id, issued, failed],
  );
}

/** The end: what was not issued is left out, and goes back to the promotion's budget. */
async function finish({ clock }: ImportServices, tx: Transaction, lease: Lease, state: string): Promise<void> {
  const { rows } = await tx.query<{ promotion_id: string | null; reserved_minor: string }>(
    `update promotion_imports
     set state = case when $4 = 'stopping' and ready_count > 0 then 'stopped' else 'done' end, ready_count = 0,
       ended_at = ${sqlNow(5)}, lease_until = null
     where tenant_id = $1 and id = $2 and lease_number = $3 and state in ('issuing', 'stopping')
     returning promotion_id, reserved_minor`,
    [lease.tenantId, lease.id, lease.number, state, clock.fixedMs()],
  );
  const ended = rows[0];
  if (ended === undefined) return;
  await tx.query(
    `update promotion_import_rows set state = 'left_out' where tenant_id = $1 and import_id = $2 and state = 'ready'`,
    [lease.tenantId, lease.id],
  );
  if (ended.promotion_id === null) return;
  await tx.query(
    `update promotions p set reserved_minor = p.reserved_minor - ($3::bigint - (
       select coalesce(sum(r.amount_minor), 0) from promotion_import_rows r
       where r.tenant_id = $1 and r.import_id = $4 and r.state = 'issued'
     ))
     where p.tenant_id = $1 and p.id = $2`,
    [lease.tenantId, ended.promotion_id, ended.reserved_minor, lease.id],
  );
}
