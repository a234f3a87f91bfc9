import type { Database } from '@/db/client';
import type { Context } from '@/server/kernel/context';

/** The world outside, as a tenant's books have it in one currency: the other party of every credit and debit. */
export interface SettlementAccount {
  readonly id: string;
  readonly number: string;
}

const REMEMBERED_MAX = 10_000;

/** By database: tests have several in one process. Neither id nor number ever changes. */
const remembered = new WeakMap<Database, Map<string, SettlementAccount>>();

/** EXTERNAL_SETTLEMENT of the context's tenant; it is made with the first account of a currency, so it is there. */
export async function settlementAccount(ctx: Context, currency: string): Promise<SettlementAccount> {
  const key = `${ctx.principal.tenantId}|${currency}`;
  let memory = remembered.get(ctx.db);
  if (memory === undefined) {
    memory = new Map();
    remembered.set(ctx.db, memory);
  }
  const known = memory.get(key);
  if (known !== undefined) return known;
  const { rows } = await ctx.db.pool.query<SettlementAccount>(
    `select id, number from accounts
     where tenant_id = $1 and currency = $2 and type = 'EXTERNAL_SETTLEMENT' and is_system`,
    [ctx.principal.tenantId, currency],
  );
  const found = rows[0];
  if (found === undefined) throw new Error(`The books have no EXTERNAL_SETTLEMENT in ${currency}.`);
  if (memory.size >= REMEMBERED_MAX) memory.clear();
  memory.set(key, found);
  return found;
}
