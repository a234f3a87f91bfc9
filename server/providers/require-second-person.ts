import { requireSecondPerson } from '@/server/approvals/second-person';
import type { Context } from '@/server/kernel/context';

type Hint = Readonly<Record<string, unknown>> | null;

/**
 * Whose account at a provider is used is where a client's money is paid to, and what its refunds are paid from.
 * @param change what of the credentials may be shown, as it is and as it would be
 * @throws SecondPersonNeeded
 */
export async function requireSecondPersonForCredentials(
  ctx: Context,
  entryId: string,
  reason: string | null,
  change: () => Promise<{ readonly before: Hint; readonly after: Hint }>,
): Promise<void> {
  await requireSecondPerson(
    ctx,
    {
      verb: 'payout_destination',
      amountMinor: null,
      currency: null,
      reason,
      target: { type: 'provider_credentials', id: entryId },
    },
    async () => ({ balances: [], ...(await change()) }),
  );
}
