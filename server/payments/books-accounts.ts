import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import { transact } from '@/server/kernel/transaction';
import type { Ledger } from '@/server/ledger/ledger';
import { openClearingAccount } from '@/server/ledger/open-account';

/** The accounts of one set of books that a payment in a currency through a provider may touch. */
export interface PaymentAccounts {
  readonly clearingId: string;
  readonly collectionsId: string;
  readonly dueId: string;
  readonly suspenseId: string;
  readonly externalId: string;
}

const REMEMBERED_MAX = 20_000;
/** They are opened once and never go away. By database: tests have several in one process. */
const remembered = new WeakMap<Database, Map<string, PaymentAccounts>>();

/** Opened on first use. */
export async function paymentAccounts(
  { db, ledger, clock }: { readonly db: Database; readonly ledger: Ledger; readonly clock: Clock },
  { tenantId, currency, provider }: { readonly tenantId: string; readonly currency: string; readonly provider: string },
): Promise<PaymentAccounts> {
  const memory = remembered.get(db) ?? new Map<string, PaymentAccounts>();
  remembered.set(db, memory);
  const key = `${tenantId}|${currency}|${provider}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const found = (await find(db, tenantId, currency, provider)) ?? (await open());
  if (memory.size >= REMEMBERED_MAX) memory.clear();
  memory.set(key, found);
  return found;

  async function open(): Promise<PaymentAccounts> {
    await transact(db, (tx) =>
      openClearingAccount(tx, { tenantId, currency, provider, nowMs: clock.fixedMs() }, () => ledger.nextId()),
    );
    const made = await find(db, tenantId, currency, provider);
    if (made === null) throw new Error(`The clearing account of ${provider} in ${currency} was not opened.`);
    return made;
  }
}

async function find(
  db: Database,
  tenantId: string,
  currency: string,
  provider: string,
): Promise<PaymentAccounts | null> {
  const { rows } = await db.pool.query<{ type: string; id: string }>(
    `select type, id from accounts
     where tenant_id = $1 and currency = $2 and is_system and (provider is null or provider = $3)`,
    [tenantId, currency, provider],
  );
  const ids = new Map(rows.map((row) => [row.type, row.id]));
  const clearingId = ids.get('PROVIDER_CLEARING');
  const collectionsId = ids.get('AVAILABLE_COLLECTIONS');
  const dueId = ids.get('REFUNDS_DUE');
  const suspenseId = ids.get('SUSPENSE');
  const externalId = ids.get('EXTERNAL_SETTLEMENT');
  if (
    clearingId === undefined ||
    collectionsId === undefined ||
    dueId === undefined ||
    suspenseId === undefined ||
    externalId === undefined
  ) {
    return null;
  }
  return { clearingId, collectionsId, dueId, suspenseId, externalId };
}
