import { resolveService } from '@/server/client-services/service-book';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { ServiceVersion } from '@/server/ledger/core/types';
import type { BatchItem, WalletName } from './batch-item';

/** What a batch's items name besides wallet ids, asked for once for all of them. */
export interface Lookups {
  /** Account number → id, of the wallets among these books. */
  readonly numbers: ReadonlyMap<string, string>;
  /**
   * The rules of a service for a wallet's currency; null where no service is named.
   * @throws Problem resource_missing, currency_mismatch …
   */
  service(code: string | null, walletId: string): ServiceVersion | null;
}

interface Row {
  id: string;
  number: string;
  currency: string;
}

/** At most one query for wallets, however many items; then each service once per currency. */
export async function lookUp(ctx: Context, items: readonly BatchItem[]): Promise<Lookups> {
  const { numbers, ids } = namesOf(items);
  const rows = numbers.size + ids.size === 0 ? [] : await readWallets(ctx, numbers, ids);
  const idsByNumber = new Map(rows.map((row) => [row.number, row.id]));
  const currencies = new Map(rows.map((row) => [row.id, row.currency]));
  const services = await resolveAll(ctx, items, idsByNumber, currencies);
  return {
    numbers: idsByNumber,
    service(code, walletId) {
      if (code === null) return null;
      const currency = currencies.get(walletId);
      if (currency === undefined) throw new Problem('resource_missing', 'There is no such wallet.');
      const found = services.get(serviceKey(code, currency));
      if (found === undefined) throw new Error('A service was not asked for.');
      if (found instanceof Problem) throw found;
      return found;
    },
  };
}

/** Numbers to find, and ids whose currency a service asks for. */
function namesOf(items: readonly BatchItem[]): { numbers: Set<string>; ids: Set<string> } {
  const numbers = new Set<string>();
  const ids = new Set<string>();
  for (const item of items) {
    for (const wallet of item.type === 'transfer' ? [item.source, item.destination] : [item.wallet]) {
      if (wallet.by === 'number') numbers.add(wallet.number);
    }
    const payer = payerOf(item);
    if (payer?.by === 'id' && payer.id !== null) ids.add(payer.id);
  }
  return { numbers, ids };
}

/** The wallet whose currency decides about the item's service; null where it names none. */
function payerOf(item: BatchItem): WalletName | null {
  if (item.type === 'credit' || item.serviceCode === null) return null;
  return item.type === 'debit' ? item.wallet : item.source;
}

async function readWallets(ctx: Context, numbers: ReadonlySet<string>, ids: ReadonlySet<string>): Promise<Row[]> {
  const { rows } = await ctx.db.pool.query<Row>({
    name: 'batch_wallets',
    text: `select a.id, a.number, a.currency from unnest($2::bigint[]) as w (number)
           cross join lateral (select * from accounts x where x.tenant_id = $1 and x.number = w.number limit 1) a
           where a.type = 'CUSTOMER_WALLET'
           union
           select a.id, a.number, a.currency from unnest($3::bigint[]) as w (id)
           cross join lateral (select * from accounts x where x.tenant_id = $1 and x.id = w.id limit 1) a
           where a.type = 'CUSTOMER_WALLET'`,
    values: [ctx.principal.tenantId, [...numbers], [...ids]],
  });
  return rows;
}

async function resolveAll(
  ctx: Context,
  items: readonly BatchItem[],
  idsByNumber: ReadonlyMap<string, string>,
  currencies: ReadonlyMap<string, string>,
): Promise<Map<string, ServiceVersion | Problem>> {
  const wanted = new Map<string, { code: string; currency: string }>();
  for (const item of items) {
    const payer = payerOf(item);
    if (payer === null || item.type === 'credit' || item.serviceCode === null) continue;
    const id = payer.by === 'id' ? payer.id : idsByNumber.get(payer.number);
    const currency = id === null || id === undefined ? undefined : currencies.get(id);
    if (currency !== undefined) {
      wanted.set(serviceKey(item.serviceCode, currency), { code: item.serviceCode, currency });
    }
  }
  const services = new Map<string, ServiceVersion | Problem>();
  for (const [key, { code, currency }] of wanted) {
    try {
      services.set(key, (await resolveService(ctx, code, currency)).version);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      services.set(key, error);
    }
  }
  return services;
}

function serviceKey(code: string, currency: string): string {
  return `${currency}|${code}`;
}
