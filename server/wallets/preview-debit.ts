import type { Context } from '@/server/kernel/context';
import type { Problem } from '@/server/kernel/problem';
import { debitCommand } from './debit-wallet';
import { availableOf, readWallet, type WalletView } from './read';
import { type LotView, OPEN_LOTS_MAX, readOpenLots } from './read-lots';
import { problemOf } from './refusal';

export interface DebitPreview {
  readonly wallet: WalletView;
  readonly amountMinor: bigint;
  /** The lots it would use, in order. Empty when it would be refused. */
  readonly lots: readonly { readonly lot: LotView; readonly amountMinor: bigint }[];
  readonly paidMinor: bigint;
  readonly balanceAfterMinor: bigint;
  readonly availableAfterMinor: bigint;
  /** What a debit of this amount would meet now; null when it would succeed. */
  readonly refusal: Problem | null;
}

/**
 * What a debit would do, decided by the ledger itself over the wallet as of now and thrown away. Changes nothing and
 * promises nothing: only the debit itself counts.
 */
export async function previewDebit(
  ctx: Context,
  input: { readonly walletId: string; readonly amountMinor: bigint },
): Promise<DebitPreview> {
  const { amountMinor } = input;
  const wallet = await readWallet(ctx, input.walletId);
  const lots = await readOpenLots(ctx, input.walletId, { limit: OPEN_LOTS_MAX, after: null });
  const command = debitCommand(ctx, { ...input, description: 'Preview', reference: null, metadata: null });
  const outcome = await ctx.ledger.preview(command);
  const base = { wallet, amountMinor };
  if (!outcome.ok) {
    return {
      ...base,
      lots: [],
      paidMinor: 0n,
      balanceAfterMinor: wallet.balanceMinor,
      availableAfterMinor: availableOf(wallet),
      refusal: problemOf(outcome.refusal),
    };
  }
  const byId = new Map(lots.map((lot) => [lot.id, lot]));
  const used = (outcome.posted?.lotUses ?? []).flatMap((use) => {
    const lot = byId.get(use.lotId);
    return lot === undefined ? [] : [{ lot, amountMinor: use.amountMinor }];
  });
  return {
    ...base,
    lots: used,
    paidMinor: used.reduce((left, use) => left - use.amountMinor, amountMinor),
    balanceAfterMinor: wallet.balanceMinor - amountMinor,
    availableAfterMinor: availableOf(wallet) - amountMinor,
    refusal: null,
  };
}
