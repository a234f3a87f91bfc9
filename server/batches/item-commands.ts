import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Command } from '@/server/ledger/core/types';
import { creditCommand } from '@/server/wallets/credit-wallet';
import { debitCommand } from '@/server/wallets/debit-wallet';
import { transferCommand } from '@/server/wallets/transfer-command';
import type { BatchItem, WalletName } from './batch-item';
import { type Lookups, lookUp } from './look-up';

/** The commands of a batch's items, in order; for an item that names something that is not there, what to say of it. */
export async function commandsOf(ctx: Context, items: readonly BatchItem[]): Promise<(Command | Problem)[]> {
  const lookups = await lookUp(ctx, items);
  return items.map((item, index) => {
    try {
      return commandOf(ctx, item, lookups);
    } catch (error) {
      if (error instanceof Problem) return ofItem(error, index);
      throw error;
    }
  });
}

function commandOf(ctx: Context, item: BatchItem, lookups: Lookups): Command {
  switch (item.type) {
    case 'debit': {
      const walletId = idOf(item.wallet, lookups);
      const service = lookups.service(item.serviceCode, walletId);
      return debitCommand(ctx, { ...item, walletId, service });
    }
    case 'credit':
      return creditCommand(ctx, { ...item, walletId: idOf(item.wallet, lookups) });
    case 'transfer': {
      const sourceWalletId = idOf(item.source, lookups);
      const destinationWalletId = idOf(item.destination, lookups);
      const service = lookups.service(item.serviceCode, sourceWalletId);
      return transferCommand(ctx, { ...item, sourceWalletId, destinationWalletId, service });
    }
  }
}

/** @throws Problem resource_missing. Whether an id that can be one is a wallet's, the ledger says. */
function idOf(wallet: WalletName, { numbers }: Lookups): string {
  const id = wallet.by === 'id' ? wallet.id : numbers.get(wallet.number);
  if (id !== null && id !== undefined) return id;
  const message = wallet.by === 'id' ? 'There is no such wallet.' : `There is no wallet ${wallet.number}.`;
  throw new Problem('resource_missing', message, { param: wallet.field });
}

/** The same, naming the field by its place in the request. */
export function ofItem(problem: Problem, index: number): Problem {
  const { code, message, param, details, retryAfterSeconds } = problem;
  return new Problem(code, message, {
    param: param === null ? null : `items.${index}.${param}`,
    details,
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
}
