import type { RefundSource } from '@/contracts/refunds';
import { paymentAccounts } from '@/server/payments/books-accounts';
import type { PaymentServices } from '@/server/payments/services';
import type { Refund } from './refund-row';

export interface RefundAccounts {
  readonly dueId: string;
  /** Where the money goes: what the provider holds for us, or the world outside. */
  readonly counterId: string;
  of(source: RefundSource): string;
}

/** Of a refund, or of one that may come to be. */
export type RefundPlace = Pick<Refund, 'tenantId' | 'currency' | 'walletId' | 'publicId' | 'route'>;

/** The accounts that a refund's money is taken from and goes to. */
export async function refundAccounts(services: PaymentServices, refund: RefundPlace): Promise<RefundAccounts> {
  const { walletId } = refund;
  const { dueId, collectionsId, counterId } = await idsOf(services, refund);
  return {
    dueId,
    counterId,
    of: (source) => {
      if (source === 'due') return dueId;
      if (source === 'collections') return collectionsId;
      if (walletId === null) throw new Error(`The refund ${refund.publicId} is of a wallet that it does not name.`);
      return walletId;
    },
  };
}

interface Ids {
  readonly collectionsId: string;
  readonly dueId: string;
  readonly counterId: string;
}

async function idsOf(services: PaymentServices, refund: RefundPlace): Promise<Ids> {
  const { tenantId, currency, route } = refund;
  if (route === null) return ownAccounts(services, refund);
  const accounts = await paymentAccounts(services, { tenantId, currency, provider: route.provider });
  return { ...accounts, counterId: accounts.clearingId };
}

/** Those that no provider is needed for: they are there since the first use of the currency. */
async function ownAccounts(services: PaymentServices, { tenantId, currency }: RefundPlace): Promise<Ids> {
  const { rows } = await services.db.pool.query<{ type: string; id: string }>(
    `select type, id from accounts where tenant_id = $1 and currency = $2 and is_system and provider is null`,
    [tenantId, currency],
  );
  const idOf = (type: string): string => {
    const found = rows.find((row) => row.type === type);
    if (found === undefined) throw new Error(`There is no ${type} in ${currency}.`);
    return found.id;
  };
  return {
    collectionsId: idOf('AVAILABLE_COLLECTIONS'),
    dueId: idOf('REFUNDS_DUE'),
    counterId: idOf('EXTERNAL_SETTLEMENT'),
  };
}
