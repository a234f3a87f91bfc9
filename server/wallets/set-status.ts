import { ledgerAnswer } from '@/server/kernel/answer-slot';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { Outcome } from '@/server/ledger/core/types';
import { readWallet, type WalletView } from './read';
import { problemOf } from './refusal';

export interface StatusInput {
  readonly walletId: string;
  readonly reason: string | null;
}

/**
 * Freeze, unfreeze and close share this. The wallet is read first, for what the ledger does not keep (customer,
 * metadata) and to refuse accounts that are no wallets; its figures afterwards are the ledger's.
 */
export async function setStatus(
  ctx: Context,
  input: StatusInput,
  status: 'active' | 'frozen' | 'closed',
): Promise<WalletView> {
  const before = await readWallet(ctx, input.walletId);
  const toResult = (outcome: Outcome): WalletView => walletAfter(before, outcome);
  const outcome = await ctx.ledger.submit(
    {
      kind: 'change_account',
      accountType: 'CUSTOMER_WALLET',
      tenantId: ctx.principal.tenantId,
      id: ctx.ledger.nextId(),
      origin: originOf(ctx),
      accountId: input.walletId,
      status,
      minimumBalanceMinor: null,
      canOverdraw: null,
      mayEndInactive: false,
      words: null,
      reason: input.reason,
    },
    ledgerAnswer(ctx, toResult),
  );
  return toResult(outcome);
}

function walletAfter(before: WalletView, outcome: Outcome): WalletView {
  if (!outcome.ok) throw problemOf(outcome.refusal);
  const { account, posted } = outcome;
  // A retry that finds its own close in the books has the journal only.
  const closed = account === null ? posted?.journal.kind === 'close' : account.status === 'closed';
  if (closed) {
    return {
      ...before,
      status: 'closed',
      balanceMinor: 0n,
      heldMinor: 0n,
      promotionalMinor: 0n,
      refundableMinor: 0n,
      unpostedExpiryMinor: 0n,
      refundDueMinor: posted === null ? 0n : paidPart(posted),
      closedAtMs: posted?.journal.postedAtMs ?? before.asOfMs,
    };
  }
  if (account === null) return before;
  return { ...before, status: account.status, balanceMinor: account.balanceMinor, heldMinor: account.heldMinor };
}

/** What a close moved out of the wallet without forfeiting a lot: the paid money, owed to the customer. */
function paidPart(posted: NonNullable<Extract<Outcome, { ok: true }>['posted']>): bigint {
  const forfeited = posted.lotUses.reduce((sum, use) => (use.use === 'forfeit' ? sum + use.amountMinor : sum), 0n);
  return posted.journal.amountMinor - forfeited;
}
