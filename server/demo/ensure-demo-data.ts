import type { Role } from '@/contracts/roles';
import type { Database } from '@/db/client';
import { proveAndRecord } from '@/server/attention/record-proof';
import { insertClient } from '@/server/clients/insert-client';
import { updateClient } from '@/server/clients/update-client';
import { type Clock, databaseClock } from '@/server/kernel/clock';
import type { Context } from '@/server/kernel/context';
import type { Log } from '@/server/kernel/log';
import type { SecretBox } from '@/server/kernel/secret-box';
import { transact } from '@/server/kernel/transaction';
import type { Ledger } from '@/server/ledger/ledger';
import type { SealKey } from '@/server/ledger/seals/seal';
import { sealHeads } from '@/server/ledger/seals/seal-heads';
import { currentMs } from '@/server/payments/observe';
import { findOperator, type OperatorClient } from '@/server/staff/operator';
import { BUSINESSES, type Business, FIRST_ADMIN, OPERATORS_PEOPLE } from './businesses';
import { dayOf, type Plan, planMonth } from './plan';
import { DAY_MS, DAYS } from './plan-business';
import { runPlan } from './run-plan';
import { type Books, contextOf, enter, openStage, requestIdOf, type Stage } from './stage';

export interface DemoDataParts {
  readonly url: string;
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly sealKey: SealKey;
  readonly log: Log;
}

export interface DemoDataOptions {
  /** `auto`: only where no other client is there yet. */
  readonly mode: 'on' | 'auto';
  /** Of everybody that is made. */
  readonly password: string;
  readonly progress: (line: string) => void;
  /** Before the first act. */
  readonly onBegin?: () => Promise<void>;
}

export interface DemoData {
  /** Made by this very start. */
  readonly isNew: boolean;
  readonly journals: number;
  /** Who may sign in, all with one password. */
  readonly people: readonly { readonly of: string; readonly email: string; readonly role: Role }[];
}

/** Names the last act: where it is told, all of it is there. */
const LAST = { key: 'the end' };

/**
 * A month of two businesses in their test books, once. Later starts find it and change nothing; one that was interrupted goes
 * on where it was, on the same month.
 * @returns null where there is none, and none is wanted
 */
export async function ensureDemoData(parts: DemoDataParts, options: DemoDataOptions): Promise<DemoData | null> {
  const operator = await findOperator(parts.db);
  const admin = operator === null ? null : await findAdmin(parts.db, operator);
  if (operator === null || admin === null) return null;
  const lock = await parts.db.pool.connect();
  try {
    // Guarantee: of two starts at once the second waits, and finds it.
    await lock.query(`set statement_timeout = 0`);
    await lock.query(`set lock_timeout = 0`);
    await lock.query(`select pg_advisory_lock(hashtext('pesewa.demo_data'))`);
    const there = await findClients(parts.db);
    if (await isTold(parts.db, there)) return summaryOf(parts.db, there, false);
    if (there.size === 0 && options.mode === 'auto' && (await hasOtherClients(parts.db))) return null;
    await options.onBegin?.();
    await tell(parts, options, { operator, admin, there });
    return summaryOf(parts.db, await findClients(parts.db), true);
  } finally {
    lock.release(true);
  }
}

interface Found extends Books {
  readonly createdAtMs: number;
}

async function findClients(db: Database): Promise<ReadonlyMap<string, Found>> {
  const { rows } = await db.pool.query<{ public_id: string; code: string; tenant_id: string; created_ms: string }>(
    `select c.public_id, c.code, t.id as tenant_id, (extract(epoch from c.created_at) * 1000)::bigint as created_ms
     from clients c join tenants t on t.client_id = c.id and t.mode = 'test' where c.public_id = any ($1::text[])`,
    [BUSINESSES.map(({ id }) => id)],
  );
  return new Map(
    rows.map((row) => [
      row.public_id,
      { clientId: row.public_id, clientCode: row.code, tenantId: row.tenant_id, createdAtMs: Number(row.created_ms) },
    ]),
  );
}

async function isTold(db: Database, there: ReadonlyMap<string, Found>): Promise<boolean> {
  if (there.size < BUSINESSES.length) return false;
  const { rows } = await db.pool.query<{ ended: string }>(
    'select count(distinct tenant_id) as ended from audit_log where tenant_id = any ($1::bigint[]) and request_id = $2',
    [[...there.values()].map(({ tenantId }) => tenantId), requestIdOf(LAST)],
  );
  return Number(rows[0]?.ended) === BUSINESSES.length;
}

/** Besides the operator itself and the one that the documents' examples use. */
async function hasOtherClients(db: Database): Promise<boolean> {
  const { rows } = await db.pool.query<{ others: string }>(
    'select count(*) as others from clients where not is_operator',
  );
  return Number(rows[0]?.others) > 1;
}

async function findAdmin(db: Database, operator: OperatorClient): Promise<string | null> {
  const { rows } = await db.pool.query<{ id: string }>(
    `select u.id from users u join clients c on c.id = u.client_id
     where c.public_id = $1 and u.role = 'admin' and u.status = 'active' order by u.id limit 1`,
    [operator.publicId],
  );
  return rows[0]?.id ?? null;
}

interface Setting {
  readonly operator: OperatorClient;
  readonly admin: string;
  readonly there: ReadonlyMap<string, Found>;
}

async function tell(
  parts: DemoDataParts,
  options: DemoDataOptions,
  { operator, admin, there }: Setting,
): Promise<void> {
  const nowMs = await currentMs(parts);
  const plan = planMonth(endOf(there, nowMs));
  const operatorsBooks = { clientId: operator.publicId, clientCode: '', tenantId: operator.testTenantId };
  const { url, secretBox, sealKey, log } = parts;
  const open = (books: ReadonlyMap<string, Books>): Promise<Stage> =>
    openStage({ url, secretBox, sealKey, log, operator: operatorsBooks, books, password: options.password });
  const first = await open(there);
  enter(first, FIRST_ADMIN, { kind: 'login', id: admin, role: 'admin' });
  try {
    for (const [index, business] of BUSINESSES.entries()) {
      if (!there.has(business.id))
        await makeClient(first, business, operatorsBooks, plan.firstDayMs + (40 + index) * 60_000);
    }
  } finally {
    await first.close();
  }
  const stage = await open(await findClients(parts.db));
  enter(stage, FIRST_ADMIN, { kind: 'login', id: admin, role: 'admin' });
  try {
    const before = there.size === 0 ? null : { requests: await requestsOf(stage) };
    options.progress(`Telling a month of two businesses: ${plan.acts.length} acts`);
    await runPlan(stage, plan.acts, before);
    await finish(parts, stage, plan);
  } finally {
    await stage.close();
  }
}

/** An interrupted month keeps its days. */
function endOf(there: ReadonlyMap<string, Found>, nowMs: number): number {
  const [first] = there.values();
  if (first === undefined) return nowMs;
  const dayMs = dayOf(first.createdAtMs) + DAYS * DAY_MS;
  return Math.min(nowMs, dayMs + DAY_MS - 1);
}

/** The same author as of everything else that the operator's admin does, on no client's books yet. */
async function makeClient(stage: Stage, business: Business, operator: Books, atMs: number): Promise<void> {
  const books = new Map([[business.id, operator]]);
  const ctx = contextOf(
    { ...stage, books },
    { ...actOf(business.id, atMs), key: `client:${business.id}` },
    { onOwnBooks: true },
  );
  const { name, email, phone, address: physicalAddress, country, people } = business;
  const profile = { name, email, phone, physicalAddress, country, contactName: people.admin };
  await transact(stage.db, (tx) =>
    insertClient(ctx, tx, { publicId: business.id, isOperator: false, isActive: true, profile, reason: null }),
  );
}

function actOf(business: string, atMs: number) {
  return { kind: 'night', atMs, business, by: FIRST_ADMIN } as const;
}

/** What an interrupted try has made, by the names of its requests. */
async function requestsOf(stage: Stage): Promise<ReadonlySet<string>> {
  const tenants = [stage.operator, ...stage.books.values()].map(({ tenantId }) => tenantId);
  const { rows } = await stage.db.pool.query<{ request_id: string }>(
    `select request_id from audit_log where tenant_id = any ($1::bigint[])
     union select request_id from journals where tenant_id = any ($1::bigint[])
     union select request_id from payments where tenant_id = any ($1::bigint[])`,
    [tenants],
  );
  return new Set(rows.map(({ request_id: requestId }) => requestId));
}

/** Proved, sealed, and told to be there; this last waits for the disk, and with it everything before. */
async function finish({ db, ledger }: DemoDataParts, stage: Stage, { endMs }: Plan): Promise<void> {
  const { findings } = await proveAndRecord({ db, clock: databaseClock, ledger }, stage.db.pool);
  if (findings.length > 0) {
    const titles = findings.map(({ invariant, title, rows }) => `${invariant}, ${title}: ${JSON.stringify(rows[0])}`);
    throw new Error(`The demo data broke the books: ${titles.join('; ')}.`);
  }
  for (const business of BUSINESSES) {
    const act = { ...actOf(business.id, endMs), ...LAST };
    const ctx: Context = { ...contextOf(stage, act), db };
    await updateClient(ctx, {
      client: business.id,
      profile: { description: business.description },
      isActive: null,
      reason: null,
    });
  }
  for (const { tenantId } of [stage.operator, ...stage.books.values()]) {
    await sealHeads(db.pool, tenantId, stage.sealKey, () => ledger.nextId(), endMs);
  }
}

async function summaryOf(db: Database, there: ReadonlyMap<string, Found>, isNew: boolean): Promise<DemoData> {
  const { rows } = await db.pool.query<{ journals: string }>(
    'select count(*) as journals from journals where tenant_id = any ($1::bigint[])',
    [[...there.values()].map(({ tenantId }) => tenantId)],
  );
  return {
    isNew,
    journals: Number(rows[0]?.journals),
    people: [
      ...OPERATORS_PEOPLE.map(({ email, role }) => ({ of: 'Operator', email, role })),
      ...BUSINESSES.flatMap(({ name, domain }) =>
        (['admin', 'finance'] as const).map((role) => ({ of: name, email: `${role}@${domain}`, role })),
      ),
    ],
  };
}
