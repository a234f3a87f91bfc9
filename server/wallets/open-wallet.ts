import { recordChange } from '@/server/audit/record-change';
import type { Context } from '@/server/kernel/context';
import { sqlNow } from '@/server/kernel/sql-time';
import { inTransaction } from '@/server/kernel/transaction';
import { openAccount } from '@/server/ledger/open-account';
import { readWallet, type WalletView } from './read';
import { recordWalletEvent } from './record-event';

export interface OpenWalletInput {
  readonly customerId: string;
  readonly currency: string;
  /** JSON text. */
  readonly metadata: string | null;
}

export interface OpenWalletResult {
  readonly wallet: WalletView;
  /** False when the customer had this wallet already: nothing was changed. */
  readonly created: boolean;
}

/**
 * Issues a wallet to a customer, who is created when unknown. Idempotent on (customer, currency) while it is open
 * (spec decisions 5 and 6).
 */
export function openWallet(ctx: Context, input: OpenWalletInput): Promise<OpenWalletResult> {
  const { tenantId } = ctx.principal;
  const nowMs = ctx.clock.fixedMs();
  return inTransaction(ctx, async (tx) => {
    const nextId = (): string => ctx.ledger.nextId();
    // Guarantee: of two at once one creates the customer; the other waits for it and finds it.
    const customer = await tx.query(
      `insert into customers (tenant_id, id, created_at, updated_at) values ($1, $3, ${sqlNow(2)}, ${sqlNow(2)})
       on conflict (tenant_id, id) do nothing`,
      [tenantId, nowMs, input.customerId],
    );
    if (customer.rowCount === 1) {
      const after = JSON.stringify({ id: input.customerId });
      await recordChange(ctx, tx, { action: 'customer.created', objectId: input.customerId, before: null, after });
    }
    const { created, accountId } = await openAccount(
      tx,
      {
        tenantId,
        id: nextId(),
        type: 'CUSTOMER_WALLET',
        currency: input.currency,
        customerId: input.customerId,
        nowMs,
      },
      nextId,
    );
    if (created) {
      const metadata = input.metadata ?? '{}';
      await tx.query(
        `insert into account_profiles (tenant_id, account_id, metadata, updated_at) values ($1, $3, $4, ${sqlNow(2)})`,
        [tenantId, nowMs, accountId, metadata],
      );
      const facts = JSON.stringify({
        customer_id: input.customerId,
        currency: input.currency,
        metadata: JSON.parse(metadata),
      });
      await recordWalletEvent(ctx, tx, { type: 'wallet.created', walletId: accountId, payload: facts });
      await recordChange(ctx, tx, { action: 'wallet.created', objectId: accountId, before: null, after: facts });
    }
    return { wallet: await readWallet(ctx, accountId, tx), created };
  });
}
