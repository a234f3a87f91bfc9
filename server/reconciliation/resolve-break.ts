import { recordChange } from '@/server/audit/record-change';
import { actOn, BOOKS_COLUMNS, type BooksRow, toBooks } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { loadPayment } from '@/server/payments/read';
import { resolvePayment } from '@/server/payments/resolve';
import { BREAKS, type ComparedLine, type StatementImport } from './import-row';
import { readImport, readLine } from './read';

export interface ResolveBreakInput {
  readonly importId: string | null;
  readonly number: number;
  /** `note`: nothing moves. `resolve_payment`: says of a payment held unknown what the statement says. */
  readonly action: 'note' | 'resolve_payment';
  readonly reason: string;
}

/**
 * A person's answer to a break. It is given once, and stands beside the break for ever.
 * @throws Problem resource_missing, break_not_open, operator_required, payment_not_in_reconciliation
 */
export async function resolveBreak(
  ctx: Context,
  input: ResolveBreakInput,
): Promise<{ readonly importId: string; readonly line: ComparedLine }> {
  const of = await readImport(ctx, input.importId);
  const line = await readLine(ctx, of, input.number);
  requireOpen(line);
  if (input.action === 'resolve_payment') await answerPayment(ctx, line, input.reason);
  return inTransaction(ctx, async (tx) => {
    // Guarantee: two people's answers at once queue here, and the second is told that there is one.
    const locked = await readLine(ctx, of, input.number, { db: tx, lock: true });
    requireOpen(locked);
    await tx.query(
      `update reconciliation_lines
       set resolution = $5, resolution_reason = $6, resolved_by = $7, resolved_at = ${sqlNow(2)}
       where tenant_id = $1 and import_id = $3 and number = $4`,
      [
        of.tenantId,
        ctx.clock.fixedMs(),
        of.id,
        input.number,
        input.action === 'note' ? 'noted' : 'payment_resolved',
        input.reason,
        ctx.principal.actor,
      ],
    );
    await tx.query('update reconciliation_imports set open_breaks = open_breaks - 1 where tenant_id = $1 and id = $2', [
      of.tenantId,
      of.id,
    ]);
    const after = await readLine(ctx, of, input.number, { db: tx });
    await recordChange(await onBooksOf(ctx, of), tx, {
      action: 'reconciliation.break_resolved',
      objectId: of.id,
      reason: input.reason,
      before: JSON.stringify(stateOf(locked)),
      after: JSON.stringify({ ...stateOf(after), action: input.action }),
    });
    // As a whole: an answer under an Idempotency-Key is made of what the transaction returns.
    return { importId: of.id, line: after };
  });
}

function requireOpen({ outcome, resolution, number }: ComparedLine): void {
  if (!BREAKS.includes(outcome)) {
    throw new Problem('break_not_open', `Line ${number} is ${outcome}: it asks for no answer.`, {
      details: { outcome },
    });
  }
  if (resolution !== null) {
    throw new Problem('break_not_open', `Line ${number} has its answer already.`, {
      details: { outcome, resolution: resolution.action },
    });
  }
}

/**
 * Where the statement knows what nobody did: the payment's own way to an end, with its own audit row. Outside the answer's
 * transaction, since it moves money; a crash between leaves a break that is answered again, and a payment that has its end.
 */
async function answerPayment(ctx: Context, line: ComparedLine, reason: string): Promise<void> {
  if (!ctx.principal.isOperator) {
    throw new Problem('operator_required', 'Only the operator’s own people may do this: log in as one.');
  }
  const { ours } = line;
  if (ours === null || ours.paymentId === null || line.status === null || line.status === 'pending') {
    throw new Problem('break_not_open', 'The line says nothing of a payment of ours that could be answered by it.', {
      param: 'action',
      details: { outcome: line.outcome },
    });
  }
  if (line.amountMinor !== ours.amountMinor || line.currency !== ours.currency) {
    throw new Problem('break_not_open', 'The statement has another amount: resolve the payment itself, or note why.', {
      param: 'action',
      details: { outcome: line.outcome },
    });
  }
  const isPaid = line.status === 'succeeded';
  const books = await actOnPayment(ctx, ours.tenantId);
  try {
    await resolvePayment(
      { ...books, answer: null },
      { payment: ours.paymentId, verdict: isPaid ? 'paid' : 'unpaid', receipt: line.receipt, reason },
    );
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'payment_not_in_reconciliation') throw error;
    const payment = await loadPayment(ctx.db.pool, ours.tenantId, ours.storedPaymentId ?? '0');
    const isPaidNow = payment?.state === 'succeeded';
    const isUnpaidNow = payment?.state === 'failed';
    // It has come to the very end that the statement says, by an answer that was interrupted or by itself.
    if (isPaid ? isPaidNow : isUnpaidNow) return;
    throw error;
  }
}

async function actOnPayment(ctx: Context, tenantId: string): Promise<Context> {
  const { rows } = await ctx.db.pool.query<BooksRow>(
    `select ${BOOKS_COLUMNS} from tenants t join clients c on c.id = t.client_id where t.id = $1`,
    [tenantId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`There are no books ${tenantId}.`);
  return actOn(ctx, toBooks(row));
}

/** The audit row is in the books of whose import it is. */
function onBooksOf(ctx: Context, of: StatementImport): Promise<Context> | Context {
  return of.tenantId === ctx.principal.tenantId ? ctx : actOnPayment(ctx, of.tenantId);
}

function stateOf({ number, outcome, ours, resolution }: ComparedLine): Record<string, unknown> {
  return {
    line: number,
    outcome,
    payment_id: ours?.paymentId ?? null,
    payment_status: ours?.currentStatus ?? null,
    resolution: resolution?.action ?? null,
  };
}
