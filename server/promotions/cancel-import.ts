import { recordChange } from '@/server/audit/record-change';
import { actOn, booksOfClient } from '@/server/clients/act-on';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { findImport } from './import-row';
import { type ImportView, viewOfImport } from './read-import';

/**
 * Discards an import that nobody has had issued; has one that is under way stop after the group it is at. What was issued
 * stays issued.
 * @throws Problem resource_missing, import_not_ready at its end
 */
export async function cancelImport(ctx: Context, id: string | null, reason: string | null): Promise<ImportView> {
  const { clientCode } = await findImport(ctx, id);
  const on = actOn(ctx, await booksOfClient(ctx, clientCode));
  return inTransaction(on, async (tx) => {
    const locked = await findImport(on, id, tx, true);
    const { tenantId, state } = locked;
    if (state === 'discarded' || state === 'stopping' || state === 'stopped') return viewOfImport(on, locked, tx);
    if (state === 'done') {
      throw new Problem('import_not_ready', 'The import is done: what it issued is reversed one by one.', {
        details: { state },
      });
    }
    const next = state === 'checked' ? 'discarded' : 'stopping';
    await tx.query(
      `update promotion_imports set state = $4, ended_at = case when $4 = 'discarded' then ${sqlNow(2)} end
       where tenant_id = $1 and id = $3`,
      [tenantId, on.clock.fixedMs(), locked.id, next],
    );
    if (next === 'discarded') {
      await tx.query(
        `update promotion_import_rows set state = 'left_out' where tenant_id = $1 and import_id = $2 and state = 'ready'`,
        [tenantId, locked.id],
      );
      await tx.query('update promotion_imports set ready_count = 0 where tenant_id = $1 and id = $2', [
        tenantId,
        locked.id,
      ]);
    }
    await recordChange(on, tx, {
      action: 'promotion_import.canceled',
      objectId: locked.id,
      reason,
      before: JSON.stringify({ state, issued: locked.issuedCount }),
      after: JSON.stringify({ state: next, issued: locked.issuedCount }),
    });
    return viewOfImport(on, await findImport(on, id, tx), tx);
  });
}
