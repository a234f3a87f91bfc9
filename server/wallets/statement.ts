import type { Context } from '@/server/kernel/context';
import { type Period, readStatement as readAccountStatement, type Statement } from '@/server/reports/account-statement';
import { readWallet } from './read';

/**
 * A wallet's statement is its account's.
 * @throws Problem resource_missing, parameter_invalid
 */
export async function readStatement(
  ctx: Context,
  { walletId, ...period }: Period & { readonly walletId: string },
): Promise<Statement> {
  const { id } = await readWallet(ctx, walletId);
  return readAccountStatement(ctx, id, period);
}
