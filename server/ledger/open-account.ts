import type pg from 'pg';
import { type AccountType, SYSTEM_ACCOUNT_TYPES } from './core/types';

/** These stand on their debit side by nature; fees may take collections there too, which the core decides. */
const OVERDRAWN_BY_NATURE = new Set<AccountType>(['PROMOTION_EXPENSE', 'EXTERNAL_SETTLEMENT', 'PROVIDER_CLEARING']);

export interface OpenAccountInput {
  readonly tenantId: string;
  /** From the ledger's `nextId`. */
  readonly id: string;
  readonly type: AccountType;
  readonly currency: string;
  readonly customerId?: string | null;
  readonly minimumBalanceMinor?: bigint;
  readonly canOverdraw?: boolean;
  readonly status?: 'active' | 'inactive';
  /** Epoch milliseconds; the database's time when absent. */
  readonly nowMs?: number | null;
}

/**
 * Opens an account, and on the first use of a currency the tenant's own accounts in it. A wallet is unique per
 * (customer, currency) while open: where one is there already, its id comes back and nothing is made.
 */
export async function openAccount(
  tx: pg.ClientBase,
  input: OpenAccountInput,
  nextId: () => string,
): Promise<{ created: boolean; accountId: string }> {
  await ensureSystemAccounts(tx, input, nextId);
  // Guarantee: of two at once one inserts; the other waits for it on the unique index and then finds it.
  const { rows } = await tx.query<{ id: string }>(
    `insert into accounts (tenant_id, id, type, currency, customer_id, minimum_balance_minor, can_overdraw, created_at, status)
     values ($1, $2, $3, $4, $5, $6, $7, coalesce(to_timestamp($8::bigint / 1000.0), now()), $9)
     on conflict (tenant_id, customer_id, currency) where type = 'CUSTOMER_WALLET' and status <> 'closed' do nothing
     returning id`,
    [
      input.tenantId,
      input.id,
      input.type,
      input.currency,
      input.customerId ?? null,
      String(input.minimumBalanceMinor ?? 0n),
      input.canOverdraw ?? OVERDRAWN_BY_NATURE.has(input.type),
      input.nowMs ?? null,
      input.status ?? 'active',
    ],
  );
  const made = rows[0];
  if (made !== undefined) return { created: true, accountId: made.id };
  const { rows: existing } = await tx.query<{ id: string }>(
    `select id from accounts
     where tenant_id = $1 and customer_id = $2 and currency = $3 and type = 'CUSTOMER_WALLET' and status <> 'closed'`,
    [input.tenantId, input.customerId, input.currency],
  );
  const found = existing[0];
  // Closed between our insert and our read: as if it had been closed before, so a new one may be made.
  if (found === undefined) return openAccount(tx, input, nextId);
  return { created: false, accountId: found.id };
}

async function ensureSystemAccounts(
  tx: pg.ClientBase,
  { tenantId, currency, nowMs = null }: Pick<OpenAccountInput, 'tenantId' | 'currency' | 'nowMs'>,
  nextId: () => string,
): Promise<void> {
  const { rows } = await tx.query<{ type: string }>(
    'select type from accounts where tenant_id = $1 and currency = $2 and is_system',
    [tenantId, currency],
  );
  const there = new Set(rows.map((row) => row.type));
  const missing = SYSTEM_ACCOUNT_TYPES.filter((type) => !there.has(type));
  if (missing.length === 0) return;
  // Guarantee: one of each per tenant and currency, however many first uses there are at once.
  await tx.query(
    `insert into accounts (tenant_id, id, type, currency, is_system, can_overdraw, created_at)
     select $1, m.id, m.type, $2, true, m.can_overdraw, coalesce(to_timestamp($6::bigint / 1000.0), now())
     from unnest($3::bigint[], $4::text[], $5::boolean[]) as m (id, type, can_overdraw)
     on conflict (tenant_id, currency, type, coalesce(provider, '')) where is_system do nothing`,
    [
      tenantId,
      currency,
      missing.map(() => nextId()),
      missing,
      missing.map((type) => OVERDRAWN_BY_NATURE.has(type)),
      nowMs,
    ],
  );
}

/**
 * The account of the money that a provider holds for the tenant in a currency, opened on first use; and with it, where the
 * currency is new, the tenant's own accounts.
 */
export async function openClearingAccount(
  tx: pg.ClientBase,
  {
    tenantId,
    currency,
    provider,
    nowMs = null,
  }: Pick<OpenAccountInput, 'tenantId' | 'currency' | 'nowMs'> & { readonly provider: string },
  nextId: () => string,
): Promise<void> {
  await ensureSystemAccounts(tx, { tenantId, currency, nowMs }, nextId);
  // Guarantee: one per provider, tenant and currency, by the unique index, however many first uses there are at once.
  await tx.query(
    `insert into accounts (tenant_id, id, type, currency, provider, is_system, can_overdraw, created_at)
     values ($1, $2, 'PROVIDER_CLEARING', $3, $4, true, true, coalesce(to_timestamp($5::bigint / 1000.0), now()))
     on conflict (tenant_id, currency, type, coalesce(provider, '')) where is_system do nothing`,
    [tenantId, nextId(), currency, provider, nowMs],
  );
}
