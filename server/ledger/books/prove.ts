import type pg from 'pg';
import { eventTypeOf } from '../core/events';
import { type Charges, chargesOf, NO_CHARGES } from '../core/fees';
import { entryHash, GENESIS_HASH, journalDigest } from '../core/hash';
import { type StoredServiceVersion, serviceVersionIn } from '../core/service-terms';
import type { JournalKind, ServiceVersion } from '../core/types';
import { ENTRY_COLUMNS, type EntryRow, JOURNAL_COLUMNS, type JournalRow, toEntry, toJournal } from '../rows';
import { readServiceVersions } from '../service-versions';
import { auditFindings } from './audit-check';
import { CHECKS } from './checks';
import type { Finding } from './finding';
import { PAYMENT_CHECKS } from './payment-checks';
import { REFUND_CHECKS } from './refund-checks';
import { sealFindings } from './seal-check';

export interface Proof {
  readonly findings: readonly Finding[];
  readonly counts: { readonly accounts: number; readonly journals: number; readonly entries: number };
}

type Queryable = Pick<pg.ClientBase, 'query'>;

const ROWS_MAX = 20;
const PAGE = 5_000;

/**
 * Proves the books: every invariant that can be checked, over every tenant. Takes one connection in a transaction that
 * sees one moment (`proveBooks` on a live system), so that work in flight cannot look like a break.
 */
export async function proveBooks(pool: pg.Pool): Promise<Proof> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // A tenant's rows share the first key column: a merge on that alone compares all with all.
    await client.query('set local enable_mergejoin = off');
    return await prove(client);
  } finally {
    await client.query('rollback').catch(() => {});
    client.release();
  }
}

/** The same on a connection whose transaction the caller keeps. */
export async function prove(db: Queryable): Promise<Proof> {
  const findings: Finding[] = [];
  for (const check of [...CHECKS, ...PAYMENT_CHECKS, ...REFUND_CHECKS]) {
    const { rows } = await db.query<Record<string, unknown>>(firstRows(check.sql));
    if (rows.length > 0) findings.push({ invariant: check.invariant, title: check.title, rows });
  }
  findings.push(...(await chainFindings(db)), ...(await journalFindings(db)));
  findings.push(...(await auditFindings(db)), ...(await sealFindings(db)));
  const { rows } = await db.query<{ accounts: string; journals: string; entries: string }>(
    `select (select count(*) from accounts) as accounts, (select count(*) from journals) as journals,
       (select count(*) from entries) as entries`,
  );
  const counts = rows[0];
  return {
    findings: findings.sort((a, b) => a.invariant - b.invariant),
    counts: {
      accounts: Number(counts?.accounts),
      journals: Number(counts?.journals),
      entries: Number(counts?.entries),
    },
  };
}

/** The limit stands outside a materialized query: inside, it makes the planner bet on finding rows early. */
function firstRows(sql: string): string {
  return `with broken as materialized (${sql}) select * from broken limit ${ROWS_MAX}`;
}

type ChainRow = EntryRow & { journal: JournalRow | null };

/** Walks every account from its first entry: sequence, running balance, hash, and the head the account claims. */
async function chainFindings(db: Queryable): Promise<Finding[]> {
  const gaps: Record<string, unknown>[] = [];
  const breaks: Record<string, unknown>[] = [];
  let at = { tenantId: '0', accountId: '0', sequence: 0 };
  let balance = 0n;
  let hash = GENESIS_HASH;
  const note = (list: Record<string, unknown>[], row: Record<string, unknown>): void => {
    if (list.length < ROWS_MAX) list.push(row);
  };
  for (;;) {
    const { rows } = await db.query<ChainRow>(
      `select ${ENTRY_COLUMNS}, case when j.id is null then null else to_jsonb(j) end as journal
       from (
         select * from entries
         where (tenant_id, account_id, sequence) > ($1::bigint, $2::bigint, $3::bigint)
         order by tenant_id, account_id, sequence limit ${PAGE}
       ) e
       left join lateral (
         select ${JOURNAL_TEXT} from journals j where j.tenant_id = e.tenant_id and j.id = e.journal_id
       ) j on true
       order by e.tenant_id, e.account_id, e.sequence`,
      [at.tenantId, at.accountId, at.sequence],
    );
    for (const row of rows) {
      const entry = toEntry(row);
      if (entry.accountId !== at.accountId || entry.tenantId !== at.tenantId) {
        at = { tenantId: entry.tenantId, accountId: entry.accountId, sequence: 0 };
        balance = 0n;
        hash = GENESIS_HASH;
      }
      const where = { tenant_id: entry.tenantId, account_id: entry.accountId, sequence: entry.sequence };
      if (entry.sequence !== at.sequence + 1) note(gaps, { ...where, expected: at.sequence + 1 });
      if (entry.balanceAfterMinor !== balance + entry.amountMinor) {
        note(gaps, {
          ...where,
          balance_after: String(entry.balanceAfterMinor),
          expected: String(balance + entry.amountMinor),
        });
      }
      const digest = row.journal === null ? '' : journalDigest(toJournal(row.journal));
      if (entryHash(hash, entry, digest) !== entry.hash) note(breaks, { ...where, journal_id: entry.journalId });
      at = { ...at, sequence: entry.sequence };
      balance = entry.balanceAfterMinor;
      hash = entry.hash;
    }
    if (rows.length < PAGE) break;
  }
  const { rows: heads } = await db.query<Record<string, unknown>>(
    `select a.tenant_id, a.id as account_id, a.sequence from accounts a
     left join entries e on e.tenant_id = a.tenant_id and e.account_id = a.id and e.sequence = a.sequence
     where a.head_hash is distinct from coalesce(e.hash, case when a.sequence = 0 then decode(repeat('00', 32), 'hex') end)
     limit ${ROWS_MAX}`,
  );
  return [
    { invariant: 4, title: 'sequences are 1…n and each balance follows from the one before', rows: gaps },
    { invariant: 5, title: 'the hash chain recomputes', rows: breaks },
    { invariant: 5, title: 'an account’s head is its last entry’s hash', rows: heads },
  ].filter((finding) => finding.rows.length > 0);
}

/** `JOURNAL_COLUMNS` with ids and amounts as text, since JSON would turn them into floats. */
const JOURNAL_TEXT = JOURNAL_COLUMNS.replace(
  /j\.(tenant_id|id|account_id|amount_minor|fee_minor|tax_minor|service_version_id|reversal_of|hold_id)\b/g,
  'j.$1::text',
).replace(/::bigint as/g, '::bigint::text as');

/** What needs the core's own rules: events by kind, fees by service version. */
async function journalFindings(db: Queryable): Promise<Finding[]> {
  const { rows: kinds } = await db.query<{ kind: JournalKind; type: string }>(
    `select distinct j.kind, a.type from journals j
     join accounts a on a.tenant_id = j.tenant_id and a.id = j.account_id`,
  );
  const missing: Record<string, unknown>[] = [];
  for (const { kind, type } of kinds) {
    const event = eventTypeOf(kind, type);
    if (event === null) continue;
    const { rows } = await db.query<Record<string, unknown>>(
      firstRows(`select j.tenant_id, j.id as journal_id, j.kind from journals j
       join accounts a on a.tenant_id = j.tenant_id and a.id = j.account_id and a.type = $2
       -- A journal's event has its id: the key finds each, whatever the planner takes the table's size to be.
       left join (select tenant_id, id from events where type = $3 and journal_id = id) e
         on e.tenant_id = j.tenant_id and e.id = j.id
       where j.kind = $1 and e.id is null`),
      [kind, type, event],
    );
    missing.push(...rows);
  }
  const findings: Finding[] = [];
  if (missing.length > 0)
    findings.push({ invariant: 18, title: 'every journal whose kind has an event has it', rows: missing });
  const wrong = await feeBreaks(db);
  if (wrong.length > 0)
    findings.push({ invariant: 14, title: 'fees are what the service version in force says', rows: wrong });
  return findings;
}

async function feeBreaks(db: Queryable): Promise<Record<string, unknown>[]> {
  const dueFor = chargesUnder(await readServiceVersions(db));
  const breaks: Record<string, unknown>[] = [];
  let after = { tenantId: '0', id: '0' };
  for (;;) {
    const { rows } = await db.query<JournalRow>(
      `select ${JOURNAL_COLUMNS} from journals j
       where (j.tenant_id, j.id) > ($1::bigint, $2::bigint) and j.kind <> 'reversal'
         and (j.service_version_id is not null or j.fee_minor <> 0 or j.tax_minor <> 0)
       order by j.tenant_id, j.id limit ${PAGE}`,
      [after.tenantId, after.id],
    );
    for (const row of rows) {
      const due = dueFor(row);
      if (due !== null && String(due.feeMinor) === row.fee_minor && String(due.taxMinor) === row.tax_minor) continue;
      breaks.push({
        tenant_id: row.tenant_id,
        journal_id: row.id,
        fee_minor: row.fee_minor,
        due: due === null ? 'no such version' : String(due.feeMinor),
      });
      if (breaks.length >= ROWS_MAX) return breaks;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return breaks;
    after = { tenantId: last.tenant_id, id: last.id };
  }
}

/** What a journal should have charged by the version it names, in its own currency; null where there is no such version. */
function chargesUnder(
  versions: ReadonlyMap<string, StoredServiceVersion>,
): (row: Pick<JournalRow, 'tenant_id' | 'service_version_id' | 'currency' | 'amount_minor'>) => Charges | null {
  const inCurrency = new Map<string, ServiceVersion>();
  return (row) => {
    if (row.service_version_id === null) return NO_CHARGES;
    const stored = versions.get(`${row.tenant_id}|${row.service_version_id}`);
    if (stored === undefined) return null;
    const key = `${row.tenant_id}|${stored.id}|${row.currency}`;
    const version = inCurrency.get(key) ?? serviceVersionIn(stored, row.currency);
    inCurrency.set(key, version);
    return chargesOf(version, BigInt(row.amount_minor));
  };
}
