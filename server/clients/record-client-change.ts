import { type Change, recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import type { Transaction } from '@/server/kernel/transaction';
import type { ClientTenants } from './read';

/**
 * A client's profile and status belong to both of its sets of books, so their changes are in the audit trails of both,
 * whoever made them and in whichever mode. Live before test, always: two changes at once queue and do not deadlock.
 */
export async function recordClientChange(
  ctx: Context,
  tx: Transaction,
  tenants: ClientTenants,
  change: Change,
): Promise<void> {
  for (const tenantId of [tenants.live, tenants.test]) {
    await recordChange({ ...ctx, principal: { ...ctx.principal, tenantId } }, tx, change);
  }
}
