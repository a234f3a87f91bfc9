import type { Database } from '@/db/client';
import { resolveService } from '@/server/client-services/service-book';
import type { Context } from '@/server/kernel/context';
import type { ServiceVersion } from '@/server/ledger/core/types';
import { walletNotFound } from './read';

const REMEMBERED_MAX = 50_000;

/** Currencies by tenant and wallet, which never change. By database: tests have several in one process. */
const remembered = new WeakMap<Database, Map<string, string>>();

/**
 * The rules of a client service for a wallet, or null where the request names none.
 * @throws Problem resource_missing, currency_mismatch
 */
export async function serviceForWallet(
  ctx: Context,
  walletId: string,
  code: string | undefined,
): Promise<ServiceVersion | null> {
  if (code === undefined) return null;
  const { version } = await resolveService(ctx, code, await currencyOf(ctx, walletId));
  return version;
}

async function currencyOf(ctx: Context, walletId: string): Promise<string> {
  const { tenantId } = ctx.principal;
  const key = `${tenantId}|${walletId}`;
  let memory = remembered.get(ctx.db);
  if (memory === undefined) {
    memory = new Map();
    remembered.set(ctx.db, memory);
  }
  const known = memory.get(key);
  if (known !== undefined) return known;
  const { rows } = await ctx.db.pool.query<{ currency: string }>(
    `select currency from accounts where tenant_id = $1 and id = $2 and type = 'CUSTOMER_WALLET'`,
    [tenantId, walletId],
  );
  const currency = rows[0]?.currency ?? walletNotFound();
  if (memory.size >= REMEMBERED_MAX) memory.clear();
  memory.set(key, currency);
  return currency;
}
