import { formatId } from '@/contracts/ids';
import { formatMinor } from '@/contracts/money';
import type { BalanceChange, Effect } from '@/server/approvals/effect';
import { type Act, needsSecondPerson, requireSecondPerson } from '@/server/approvals/second-person';
import { recordChange } from '@/server/audit/record-change';
import { actOn, booksOfClient, requireActive } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction, type Transaction } from '@/server/kernel/transaction';
import { promotionEnded } from './create-import';
import { findImport, type PromotionImport } from './import-row';
import { findPromotion } from './promotion-row';
import { type ImportView, viewOfImport } from './read-import';

/**
 * Has an import's good rows issued, which a job does from then on. A person whom the policy does not let issue as much alone
 * needs a second one first.
 * @throws Problem resource_missing, import_not_ready, promotion_ended, budget_exceeded
 */
export async function issueImport(ctx: Context, id: string | null): Promise<ImportView> {
  const found = await findImport(ctx, id);
  const books = await booksOfClient(ctx, found.clientCode);
  requireActive(books);
  const on = actOn(ctx, books);
  const view = await viewOfImport(on, found);
  // Asked again, it is what it is.
  if (view.state === 'issuing') return view;
  requireReady(view);
  await askSecondPerson(on, view);
  return inTransaction(on, async (tx) => {
    const locked = await findImport(on, id, tx, true);
    if (locked.state === 'issuing') return viewOfImport(on, locked, tx);
    requireReady(locked);
    const reservedMinor = await reserve(on, tx, view);
    await tx.query(
      `update promotion_imports set state = 'issuing', issued_by = $4, issue_request_id = $5, reserved_minor = $6,
         started_at = ${sqlNow(2)}
       where tenant_id = $1 and id = $3`,
      [locked.tenantId, on.clock.fixedMs(), locked.id, on.principal.actor, on.requestId, String(reservedMinor)],
    );
    const totals = view.totals.map(({ currency, readyMinor }) => ({ currency, amount_minor: String(readyMinor) }));
    await recordChange(on, tx, {
      action: 'promotion_import.issued',
      objectId: locked.id,
      before: JSON.stringify({ state: 'checked' }),
      after: JSON.stringify({ state: 'issuing', rows: locked.readyCount, totals }),
    });
    return viewOfImport(on, await findImport(on, id, tx), tx);
  });
}

function requireReady({ state, readyCount }: PromotionImport): void {
  if (state !== 'checked') {
    throw new Problem('import_not_ready', `The import is ${state}: it is issued once.`, { details: { state } });
  }
  if (readyCount === 0) {
    throw new Problem('import_not_ready', 'No row of the import can be issued.', { details: { state } });
  }
}

/**
 * Takes the import's sum out of what is left of its promotion's budget.
 * Guarantee: under the row's lock, and the table's own check behind it, two imports at once never pass the budget.
 */
async function reserve(ctx: Context, tx: Transaction, view: ImportView): Promise<bigint> {
  if (view.promotionId === null) return 0n;
  const promotion = await findPromotion(ctx, formatId('promotion', view.promotionId), 'id', tx, true);
  if (promotion.status === 'ended') throw promotionEnded(promotion);
  const requiredMinor = view.totals.reduce((sum, { readyMinor }) => sum + readyMinor, 0n);
  const { budgetMinor, reservedMinor, currency, code } = promotion;
  if (budgetMinor !== null && reservedMinor + requiredMinor > budgetMinor) {
    const leftMinor = budgetMinor - reservedMinor;
    throw new Problem(
      'budget_exceeded',
      `This issues ${formatMinor(requiredMinor, currency)}, and ${formatMinor(leftMinor, currency)} is left of the budget of ${code}.`,
      {
        details: {
          currency,
          required: Number(requiredMinor),
          left: Number(leftMinor),
          shortfall: Number(requiredMinor - leftMinor),
        },
      },
    );
  }
  await tx.query('update promotions set reserved_minor = reserved_minor + $3 where tenant_id = $1 and id = $2', [
    view.tenantId,
    promotion.id,
    String(requiredMinor),
  ]);
  return requiredMinor;
}

/** Of several currencies there is no one amount: then any of them that passes its limit asks for a second person. */
async function askSecondPerson(ctx: Context, view: ImportView): Promise<void> {
  const verb = 'promotion' as const;
  const amounts = view.totals.map(({ currency, readyMinor: amountMinor }) => ({ verb, currency, amountMinor }));
  const [only, ...others] = amounts;
  const mixed = { verb, currency: null, amountMinor: null };
  const asked = only === undefined || others.length > 0 ? mixed : only;
  if (asked === mixed && ctx.approval === undefined) {
    const needs: boolean[] = [];
    for (const amount of amounts) needs.push(await needsSecondPerson(ctx, amount));
    if (!needs.includes(true)) return;
  }
  const act: Act = {
    ...asked,
    reason: view.description,
    target: { type: 'promotion_import', id: formatId('promotionImport', view.id) },
  };
  await requireSecondPerson(ctx, act, () => effectOf(ctx, view));
}

async function effectOf({ db }: Context, view: ImportView): Promise<Effect> {
  const { rows } = await db.pool.query<{ id: string; number: string; currency: string; balance_minor: string }>(
    `select id, number, currency, balance_minor from accounts
     where tenant_id = $1 and type = 'PROMOTION_EXPENSE' and is_system and currency = any ($2::text[])`,
    [view.tenantId, view.totals.map(({ currency }) => currency)],
  );
  const balances = rows.map((row): BalanceChange => {
    const beforeMinor = BigInt(row.balance_minor);
    const total = view.totals.find(({ currency }) => currency === row.currency);
    return {
      accountId: row.id,
      number: row.number,
      type: 'PROMOTION_EXPENSE',
      customerId: null,
      name: 'Promotion expense',
      isSystem: true,
      currency: row.currency,
      beforeMinor,
      afterMinor: beforeMinor - (total?.readyMinor ?? 0n),
    };
  });
  const after = {
    state: 'issuing',
    file_name: view.fileName,
    promotion: view.promotionCode,
    rows: view.readyCount,
    totals: view.totals.map(
      ({ currency, rows: count, readyMinor }) => `${count} × ${currency}, ${formatMinor(readyMinor, currency)}`,
    ),
  };
  return { balances, before: { state: 'checked' }, after };
}
