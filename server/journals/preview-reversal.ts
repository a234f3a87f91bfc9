import type { ErrorCode } from '@/contracts/errors';
import type { Context } from '@/server/kernel/context';
import { originOf } from '@/server/kernel/origin';
import type { PostedJournal } from '@/server/ledger/core/types';
import { problemOf } from '@/server/wallets/refusal';

export interface ReversalPreview {
  readonly refusal: { readonly code: ErrorCode; readonly message: string } | null;
  readonly returnsFees: boolean;
  readonly accounts: readonly { readonly accountId: string; readonly nowMinor: bigint; readonly afterMinor: bigint }[];
}

/**
 * What undoing a journal would do now, as the ledger itself decides it; nothing is written. Read in one go with nothing
 * locked, so it is a forecast: the reversal decides again.
 */
export async function previewReversal(
  ctx: Context,
  original: PostedJournal,
  returnsFees: boolean,
): Promise<ReversalPreview> {
  const outcome = await ctx.ledger.preview({
    kind: 'reverse',
    tenantId: original.journal.tenantId,
    id: ctx.ledger.nextId(),
    origin: originOf(ctx),
    original,
    refundFees: returnsFees,
    reference: null,
    description: null,
    metadata: null,
    businessAtMs: null,
  });
  if (!outcome.ok) {
    const { code, message } = problemOf(outcome.refusal);
    return { refusal: { code, message }, returnsFees, accounts: [] };
  }
  const before = new Map<string, bigint>();
  const after = new Map<string, bigint>();
  const posted = [...outcome.expiries, ...(outcome.posted === null ? [] : [outcome.posted])];
  const entries = posted.flatMap((journal) => journal.entries).sort((a, b) => a.sequence - b.sequence);
  for (const { accountId, amountMinor, balanceAfterMinor } of entries) {
    if (!before.has(accountId)) before.set(accountId, balanceAfterMinor - amountMinor);
    after.set(accountId, balanceAfterMinor);
  }
  const accounts = [...new Set(original.entries.map(({ accountId }) => accountId))]
    .filter((id) => before.has(id))
    .map((accountId) => ({
      accountId,
      nowMinor: before.get(accountId) as bigint,
      afterMinor: after.get(accountId) as bigint,
    }));
  return { refusal: null, returnsFees, accounts };
}
