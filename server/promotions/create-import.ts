import { formatId } from '@/contracts/ids';
import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlMs, sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { PAID_PRIORITY } from '@/server/ledger/core/lots';
import { onBooks } from './create-promotion';
import { findImport } from './import-row';
import { type JudgedRow, judgeRow, readDirectory } from './judge-rows';
import type { GivenRow } from './parse-import';
import { findPromotion, type Promotion } from './promotion-row';
import { type ImportView, viewOfImport } from './read-import';

export interface CreateImportInput {
  /** Id or code; null for none. */
  readonly promotion: string | null;
  readonly fileName: string | null;
  readonly description: string;
  readonly priority: number | null;
  readonly rows: readonly GivenRow[];
}

/**
 * Judges every row of a file and keeps what it found; nothing moves. What can be issued is judged again by the ledger when
 * it is.
 * @throws Problem resource_missing, promotion_ended
 */
export async function createImport(ctx: Context, input: CreateImportInput): Promise<ImportView> {
  const promotion =
    input.promotion === null ? null : await findPromotion(onBooks(ctx), input.promotion, 'promotion_id');
  if (promotion?.status === 'ended') throw promotionEnded(promotion);
  const directory = await readDirectory(ctx, input.rows);
  const nowMs = await currentMs(ctx);
  const judged = input.rows.map((row) => judgeRow(row, directory, { promotion, nowMs }));
  const id = ctx.ledger.nextId();
  return inTransaction(ctx, async (tx) => {
    await insertImport(ctx, tx, id, input, promotion, judged);
    await insertRows(ctx, tx, id, judged);
    const ready = judged.filter(({ problem }) => problem === null).length;
    const after = { file_name: input.fileName, promotion: promotion?.code ?? null, rows: judged.length, ready };
    await recordChange(ctx, tx, {
      action: 'promotion_import.created',
      objectId: id,
      before: null,
      after: JSON.stringify(after),
    });
    return viewOfImport(ctx, await findImport(onBooks(ctx), id, tx), tx);
  });
}

export function promotionEnded({ code }: Promotion): Problem {
  return new Problem('promotion_ended', `The promotion ${code} has ended.`, { param: 'promotion_id' });
}

async function insertImport(
  ctx: Context,
  tx: Transaction,
  id: string,
  input: CreateImportInput,
  promotion: Promotion | null,
  judged: readonly JudgedRow[],
): Promise<void> {
  const ready = judged.filter(({ problem }) => problem === null).length;
  await tx.query(
    `insert into promotion_imports (tenant_id, id, promotion_id, file_name, description, priority, state, row_count,
       ready_count, refused_count, actor, request_id, created_at)
     values ($1, $3, $4, $5, $6, $7, 'checked', $8, $9, $10, $11, $12, ${sqlNow(2)})`,
    [
      ctx.principal.tenantId,
      ctx.clock.fixedMs(),
      id,
      promotion?.id ?? null,
      input.fileName,
      input.description,
      input.priority ?? promotion?.priority ?? PAID_PRIORITY,
      judged.length,
      ready,
      judged.length - ready,
      ctx.principal.actor,
      ctx.requestId,
    ],
  );
}

async function insertRows(ctx: Context, tx: Transaction, id: string, judged: readonly JudgedRow[]): Promise<void> {
  const column = <T>(of: (row: JudgedRow) => T): T[] => judged.map(of);
  await tx.query(
    `insert into promotion_import_rows (tenant_id, import_id, line, given, account_id, customer_id, customer_name, currency,
       amount_minor, expires_at, note, state, error_code, error_field, error_value, error_message)
     select $1, $2, r.line, r.given, r.account, r.customer, r.name, r.currency, r.amount,
       timestamptz 'epoch' + r.expires_ms * interval '1 millisecond', r.note,
       case when r.code is null then 'ready' else 'refused' end, r.code, r.field, r.value, r.message
     from unnest($3::int[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[],
       $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
       as r (line, given, account, customer, name, currency, amount, expires_ms, note, code, field, value, message)`,
    [
      ctx.principal.tenantId,
      id,
      column(({ row }) => row.line),
      column(({ row }) => JSON.stringify(row.cells)),
      column(({ wallet }) => wallet?.id ?? null),
      column(({ wallet }) => wallet?.customerId ?? null),
      column(({ wallet }) => wallet?.customerName ?? null),
      column(({ wallet }) => wallet?.currency ?? null),
      column(({ amountMinor }) => (amountMinor === null ? null : String(amountMinor))),
      column(({ expiresAtMs }) => expiresAtMs),
      column(({ note }) => note),
      column(({ problem }) => problem?.code ?? null),
      column(({ problem }) => problem?.field ?? null),
      column(({ problem }) => problem?.value ?? null),
      column(({ problem }) => problem?.message ?? null),
    ],
  );
}

async function currentMs({ db, clock }: Context): Promise<number> {
  const { rows } = await db.pool.query<{ ms: string }>(`select ${sqlMs(sqlNow(1))} as ms`, [clock.fixedMs()]);
  return Number(rows[0]?.ms);
}

/** The reference of a row's journal: one effect per row, whoever tries how often. */
export function rowReference(importId: string, line: number): string {
  return `${formatId('promotionImport', importId)}:${line}`;
}
