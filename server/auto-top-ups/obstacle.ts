import { readCollectionPolicy } from '@/server/payments/policy';
import { paymentPorts } from '@/server/payments/ports';
import type { Facts } from './decide';
import type { WalletOwner } from './owner';
import { isPhoneAllowed } from './phone-allowed';
import type { PaymentMethodView } from './read-methods';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Why a payment method could not be asked now; null where it could. Looked up before anything is written or sent. */
export async function obstacleTo(
  owner: WalletOwner,
  method: PaymentMethodView,
  nowMs: number,
): Promise<Facts['obstacle']> {
  const { ctx, customer } = owner;
  if (!owner.isClientActive) return { reason: 'client_inactive', againAtMs: nowMs + 24 * HOUR_MS };
  if (method.phone !== null && !isPhoneAllowed(await readCollectionPolicy(ctx), method.phone, customer.phone)) {
    return { reason: 'phone_not_allowed', againAtMs: nowMs + 24 * HOUR_MS };
  }
  const { tenantId, mode } = ctx.principal;
  const { channel, country, currency } = method;
  const chosen = await paymentPorts(ctx.db).providers.choose({ tenantId, mode }, { channel, country, currency });
  // A card's token counts where it was made. Elsewhere it is no card, and somebody has to set the provider up again.
  const isElsewhere = method.type === 'card' && chosen?.served.account !== method.providerAccount;
  if (chosen === null || isElsewhere) return { reason: 'provider_unavailable', againAtMs: nowMs + HOUR_MS };
  if (chosen.served.provider.isAvailable()) return null;
  return { reason: 'provider_unavailable', againAtMs: nowMs + 5 * MINUTE_MS };
}
