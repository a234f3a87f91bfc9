import { createHash } from 'node:crypto';
import { formatId } from '@/contracts/ids';
import { recordChange } from '@/server/audit/record-change';
import { actsOnAny } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import type { ProviderName } from '@/server/providers/provider';
import { type Compared, classify } from './classify';
import { BREAKS, type StatementImport } from './import-row';
import { findByPayer, findGivenBack, findNamed, findNamedRefunds, findPaid } from './our-records';
import { parseStatement, type Statement, type UnreadableLine } from './parse-statement';
import { readImport } from './read';
import { STATEMENT_FORMATS, type StatementField, type StatementProvider } from './statement-formats';
import { openZone, type Zone } from './statement-time';

export interface ImportStatementInput {
  readonly provider: ProviderName;
  /** How the file is written; as the provider writes it where absent. */
  readonly format: StatementProvider | null;
  readonly providerAccount: string | null;
  readonly fileName: string;
  /** The CSV itself. */
  readonly content: string;
  readonly currency: string | null;
  /** IANA name, of times that name no zone. */
  readonly timeZone: string | null;
  readonly columns: Readonly<Partial<Record<StatementField, string>>>;
  /** First and last local day that the statement is of; its lines' where absent. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

export interface ImportedStatement {
  readonly imported: StatementImport;
  /** The same file had been imported in the same way: this is what came of it then. */
  readonly replayed: boolean;
}

/**
 * Holds a provider's statement against our payments and keeps what came of each line. Nothing else changes: what is to be
 * done about a break is a person's to say.
 * @throws Problem statement_unreadable, parameter_invalid
 */
export async function importStatement(ctx: Context, input: ImportStatementInput): Promise<ImportedStatement> {
  const fileHash = hashOf(input);
  const earlier = await findEarlier(ctx, fileHash);
  if (earlier !== null) return { imported: await readImport(ctx, earlier), replayed: true };
  const format = input.format ?? input.provider;
  const zone = zoneOf(input.timeZone ?? STATEMENT_FORMATS[format].timeZone);
  const reading = { provider: format, zone, currency: currencyOf(input, format), columns: input.columns };
  const statement = await parseStatement(input.content, reading);
  if (statement.lines.length === 0 && statement.unreadable.length === 0) {
    throw new Problem('statement_unreadable', 'The file has no line below the names of its columns.', {
      param: 'content',
    });
  }
  const period = periodOf(input, statement, zone);
  const currencies = [
    ...new Set([...statement.lines.map(({ currency }) => currency), ...given(reading.currency)]),
  ].sort();
  const named = await findNamed(ctx, input, statement.lines);
  const byPayer = await findByPayer(ctx, input, statement.lines);
  const refunds = await findNamedRefunds(ctx, input, statement.lines, named);
  const paid =
    period === null
      ? []
      : [...(await findPaid(ctx, input, period, currencies)), ...(await findGivenBack(ctx, input, period, currencies))];
  const compared = classify(statement.lines, { named, byPayer, refunds, paid });
  return inTransaction(ctx, async (tx) => {
    const rows = rowsOf(compared, statement.unreadable);
    const breaks = rows.filter(({ outcome }) => BREAKS.includes(outcome)).length;
    const id = await insertImport(ctx, tx, input, { fileHash, zone, period, currencies, lines: statement, breaks });
    // Somebody imported the same file a moment ago.
    if (id === null) {
      const first = await findEarlier(ctx, fileHash, tx);
      if (first === null) throw new Error('An import that is in the way is there.');
      return { imported: await readImport(ctx, first, tx), replayed: true };
    }
    await insertLines(ctx, tx, id, rows);
    const answered = await answerAwaited(ctx, tx, id, compared);
    await recordChange(ctx, tx, {
      action: 'reconciliation.imported',
      objectId: id,
      before: null,
      after: JSON.stringify({
        provider: input.provider,
        file_name: input.fileName,
        sha256: fileHash.toString('hex'),
        lines: statement.lines.length + statement.unreadable.length,
        breaks,
        earlier_breaks_answered: answered,
      }),
    });
    return { imported: await readImport(ctx, id, tx), replayed: false };
  });
}

/** Read in another way the same file is another import: who took the wrong zone can do it again. */
function hashOf(input: ImportStatementInput): Buffer {
  const { content, fileName: _, ...how } = input;
  return createHash('sha256').update(JSON.stringify(how)).update('\0').update(content).digest();
}

async function findEarlier(
  ctx: Context,
  fileHash: Buffer,
  db: Pick<Transaction, 'query'> = ctx.db.pool,
): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    'select id from reconciliation_imports where tenant_id = $1 and file_hash = $2',
    [ctx.principal.tenantId, fileHash],
  );
  return rows[0]?.id ?? null;
}

function zoneOf(name: string): Zone {
  const zone = openZone(name);
  if (zone === null) {
    throw new Problem('parameter_invalid', '`time_zone` must be the name of a time zone, such as Africa/Nairobi.', {
      param: 'time_zone',
    });
  }
  return zone;
}

function currencyOf({ currency }: ImportStatementInput, format: StatementProvider): string | null {
  return currency ?? STATEMENT_FORMATS[format].currency;
}

interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

const PERIOD_MAX_MS = 366 * 86_400_000;

/** Whole local days: what the caller says, or from the first line's to the last's. */
function periodOf({ firstDay, lastDay }: ImportStatementInput, { days }: Statement, zone: Zone): Period | null {
  const first = firstDay ?? days?.first ?? lastDay;
  const last = lastDay ?? days?.last ?? firstDay;
  if (first === null || first === undefined || last === null || last === undefined) return null;
  const period = { fromMs: zone.boundsOf(first).fromMs, toMs: zone.boundsOf(last).toMs };
  if (period.toMs <= period.fromMs) {
    throw new Problem('parameter_invalid', '`last_day` must not be before `first_day`.', { param: 'last_day' });
  }
  if (period.toMs - period.fromMs > PERIOD_MAX_MS) {
    throw new Problem('parameter_invalid', 'A statement may be of a year at the most: cut it in parts.', {
      param: firstDay === null && lastDay === null ? 'content' : 'first_day',
    });
  }
  return period;
}

interface NewImport {
  readonly fileHash: Buffer;
  readonly zone: Zone;
  readonly period: Period | null;
  readonly currencies: readonly string[];
  readonly lines: Statement;
  readonly breaks: number;
}

/** Guarantee: of two at once with one file the unique index lets one in; the other waits for it and gets null. */
async function insertImport(
  ctx: Context,
  tx: Transaction,
  input: ImportStatementInput,
  { fileHash, zone, period, currencies, lines, breaks }: NewImport,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into reconciliation_imports (tenant_id, id, provider, covers_all, provider_account, file_name, file_hash,
       file_bytes, time_zone, period_from, period_to, currencies, line_count, break_count, open_breaks, actor, request_id,
       created_at)
     values ($1, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::bigint / 1000.0), to_timestamp($12::bigint / 1000.0),
       $13, $14, $15, $15, $16, $17, ${sqlNow(2)})
     on conflict (tenant_id, file_hash) do nothing
     returning id`,
    [
      ctx.principal.tenantId,
      ctx.clock.fixedMs(),
      ctx.ledger.nextId(),
      input.provider,
      actsOnAny(ctx),
      input.providerAccount,
      input.fileName,
      fileHash,
      Buffer.byteLength(input.content),
      zone.name,
      period?.fromMs ?? null,
      period?.toMs ?? null,
      currencies,
      lines.lines.length + lines.unreadable.length,
      breaks,
      ctx.principal.actor,
      ctx.requestId,
    ],
  );
  return rows[0]?.id ?? null;
}

interface NewLine {
  readonly number: number;
  readonly outcome: Compared['outcome'] | 'unreadable';
  readonly compared: Compared | null;
  readonly unreadable: UnreadableLine | null;
}

/** In the order of the file; what is with us alone comes after it. */
function rowsOf(compared: readonly Compared[], unreadable: readonly UnreadableLine[]): NewLine[] {
  const rows = [
    ...compared.map((one) => ({ outcome: one.outcome, compared: one, unreadable: null, at: one.line?.fileLine })),
    ...unreadable.map((one) => ({ outcome: 'unreadable' as const, compared: null, unreadable: one, at: one.fileLine })),
  ];
  const last = Number.MAX_SAFE_INTEGER;
  return rows
    .sort((a, b) => (a.at ?? last) - (b.at ?? last))
    .map(({ at: _, ...row }, index) => ({ ...row, number: index + 1 }));
}

const SLICE = 5_000;

async function insertLines(ctx: Context, tx: Transaction, importId: string, rows: readonly NewLine[]): Promise<void> {
  for (let at = 0; at < rows.length; at += SLICE) await insertSlice(ctx, tx, importId, rows.slice(at, at + SLICE));
}

async function insertSlice(ctx: Context, tx: Transaction, importId: string, rows: readonly NewLine[]): Promise<void> {
  const column = <T>(of: (row: NewLine) => T): T[] => rows.map(of);
  const line = <T>(of: (line: NonNullable<Compared['line']>) => T): (T | null)[] =>
    column(({ compared }) => (compared?.line == null ? null : of(compared.line)));
  const ours = <T>(of: (payment: NonNullable<Compared['payment']>) => T): (T | null)[] =>
    column(({ compared }) => (compared?.payment == null ? null : of(compared.payment)));
  await tx.query(
    `insert into reconciliation_lines (tenant_id, import_id, number, outcome, kind, file_line, receipt, reference, payer, status,
       amount_minor, currency, occurred_at, problem_field, problem, raw, theirs_minor, matched_by, our_tenant_id,
       our_payment_id, our_refund_id, our_status, our_amount_minor, our_currency, our_at, ours_minor)
     select $1, $2, number, outcome, kind, file_line, receipt, reference, payer, status, amount, currency,
       to_timestamp(occurred_ms / 1000.0), problem_field, problem, raw, theirs, matched_by, our_tenant, our_payment,
       our_refund, our_status, our_amount, our_currency, to_timestamp(our_ms / 1000.0), ours
     from unnest($3::integer[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::text[],
       $11::bigint[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::bigint[], $18::text[],
       $19::bigint[], $20::bigint[], $21::bigint[], $22::text[], $23::bigint[], $24::text[], $25::bigint[], $26::bigint[])
       as l (number, outcome, kind, file_line, receipt, reference, payer, status, amount, currency, occurred_ms, problem_field,
         problem, raw, theirs, matched_by, our_tenant, our_payment, our_refund, our_status, our_amount, our_currency,
         our_ms, ours)`,
    [
      ctx.principal.tenantId,
      importId,
      column(({ number }) => number),
      column(({ outcome }) => outcome),
      column(({ compared, unreadable }) =>
        unreadable !== null ? 'other' : (compared?.line?.kind ?? compared?.payment?.type ?? 'payment'),
      ),
      column(({ compared, unreadable }) => unreadable?.fileLine ?? compared?.line?.fileLine ?? null),
      line(({ receipt }) => receipt),
      line(({ reference }) => reference),
      line(({ payer }) => payer),
      line(({ status }) => status),
      line(({ amountMinor }) => amountMinor),
      line(({ currency }) => currency),
      line(({ occurredAtMs }) => occurredAtMs),
      column(({ unreadable }) => unreadable?.field ?? null),
      column(({ unreadable }) => unreadable?.reason ?? null),
      column(({ compared, unreadable, outcome }) =>
        outcome === 'matched' ? null : (unreadable?.raw ?? compared?.line?.raw ?? null),
      ),
      column(({ compared }) => compared?.theirsMinor ?? 0n),
      column(({ compared }) => compared?.matchedBy ?? null),
      ours(({ tenantId }) => tenantId),
      ours(({ type, id }) => (type === 'payment' ? id : null)),
      ours(({ type, id }) => (type === 'refund' ? id : null)),
      ours(({ state }) => state),
      ours(({ chargedMinor }) => chargedMinor),
      ours(({ currency }) => currency),
      ours(({ paidAtMs, createdAtMs }) => paidAtMs ?? createdAtMs),
      column(({ compared }) => compared?.oursMinor ?? 0n),
    ],
  );
}

/**
 * What an earlier statement lacked and this one has: paid a second before midnight by one clock and after it by the other.
 * The earlier line stays, answered by this import.
 * @returns how many
 */
async function answerAwaited(
  ctx: Context,
  tx: Transaction,
  importId: string,
  compared: readonly Compared[],
): Promise<number> {
  const keys = compared.filter(({ outcome, payment }) => outcome === 'matched' && payment?.type === 'payment');
  if (keys.length === 0) return 0;
  const { rows } = await tx.query<{ import_id: string }>(
    `update reconciliation_lines l
     set resolution = 'matched_later', resolution_reason = $4, resolved_by = $5, resolved_at = ${sqlNow(2)}
     from unnest($6::bigint[], $7::bigint[]) as m (tenant, payment)
     where l.tenant_id = $1 and l.import_id <> $3 and l.outcome = 'missing_there' and l.resolved_at is null
       and l.our_tenant_id = m.tenant and l.our_payment_id = m.payment
     returning l.import_id`,
    [
      ctx.principal.tenantId,
      ctx.clock.fixedMs(),
      importId,
      `In the statement ${formatId('reconciliation', importId)}`,
      ctx.principal.actor,
      keys.map(({ payment }) => payment?.tenantId),
      keys.map(({ payment }) => payment?.id),
    ],
  );
  await tx.query(
    `update reconciliation_imports i set open_breaks = open_breaks - n.answered
     from (select id, count(*)::integer as answered from unnest($2::bigint[]) as x (id) group by id) n
     where i.tenant_id = $1 and i.id = n.id`,
    [ctx.principal.tenantId, rows.map(({ import_id }) => import_id)],
  );
  return rows.length;
}

function given<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}
