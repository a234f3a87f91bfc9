import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import { readWallet, type WalletView } from './read';
import { problemOf } from './refusal';
import { updateWalletMetadata } from './update-wallet-metadata';

/** What is undefined stays as it is. */
export interface WalletChanges {
  readonly walletId: string;
  /** JSON text; takes the place of all there was. */
  readonly metadata: string | undefined;
  /** Null removes the threshold. */
  readonly lowBalanceMinor: bigint | null | undefined;
}

/**
 * Changes what a client may change of a wallet besides its status. The threshold is the ledger's, since it is what alerts
 * are decided by; metadata is beside it. Each says what shall stand there, so that a repeat completes what was cut short.
 * @throws Problem resource_missing; wallet_closed where a threshold is asked for
 */
export async function updateWallet(ctx: Context, changes: WalletChanges): Promise<WalletView> {
  const { walletId, metadata, lowBalanceMinor } = changes;
  if (lowBalanceMinor !== undefined) await setThreshold(ctx, walletId, lowBalanceMinor);
  return metadata === undefined ? readWallet(ctx, walletId) : updateWalletMetadata(ctx, { walletId, metadata });
}

async function setThreshold(ctx: Context, walletId: string, lowBalanceMinor: bigint | null): Promise<void> {
  const outcome = await ctx.ledger.submit({
    kind: 'change_account',
    accountType: 'CUSTOMER_WALLET',
    tenantId: ctx.principal.tenantId,
    id: ctx.ledger.nextId(),
    origin: originOf(ctx),
    accountId: walletId,
    status: null,
    minimumBalanceMinor: null,
    canOverdraw: null,
    lowBalanceMinor,
    mayEndInactive: true,
    words: null,
    reason: null,
  });
  if (!outcome.ok) throw problemOf(outcome.refusal);
}
