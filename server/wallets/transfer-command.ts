import { formatId } from '@/contracts/ids';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { ServiceVersion, TransferCommand } from '@/server/ledger/core/types';
import { entryId } from '@/server/ledger/ids';
import { byHand } from './by-hand';

export interface TransferInput {
  readonly sourceWalletId: string;
  readonly destinationWalletId: string;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly reference: string | null;
  /** JSON text, stored and hashed as it is; null when absent. */
  readonly metadata: string | null;
  readonly service?: ServiceVersion | null;
  /** When given it must be both wallets'. */
  readonly currency?: string | null;
}

/** From wallet to wallet of one client; another kind of account is as good as absent. */
export function transferCommand(ctx: Context, input: TransferInput): TransferCommand {
  const id = ctx.ledger.nextId();
  return {
    kind: 'transfer',
    accountType: 'CUSTOMER_WALLET',
    tenantId: ctx.principal.tenantId,
    id,
    ...byHand(ctx, 'transaction.transferred', () => ({
      objectId: entryId(id, 1),
      facts: {
        source_wallet_id: formatId('wallet', input.sourceWalletId),
        destination_wallet_id: formatId('wallet', input.destinationWalletId),
        amount_minor: String(input.amountMinor),
        reference: input.reference,
        description: input.description,
      },
    })),
    origin: originOf(ctx),
    sourceAccountId: input.sourceWalletId,
    destinationAccountId: input.destinationWalletId,
    amountMinor: input.amountMinor,
    currency: input.currency ?? null,
    service: input.service ?? null,
    reference: input.reference,
    description: input.description,
    metadata: input.metadata,
    businessAtMs: null,
  };
}
