import type { Bill, CheckoutOwner } from '@/server/top-ups/checkout';
import type { CheckoutSettings } from '@/server/top-ups/checkout-settings';
import { HOME_OF_CURRENCY, spacedNumber } from '@/server/top-ups/networks';
import { paymentNumberOf, type TopUpView } from '@/server/top-ups/read';
import { returnUrl } from '@/server/top-ups/return-url';
import { Clockface } from './format';
import type { Frame } from './page';
import type { Words } from './words/en';

/** What a top-up's pages have around them. */
export function frameOf(
  {
    token,
    owner,
    topUp,
    settings,
    bill,
  }: {
    readonly token: string;
    readonly owner: Pick<CheckoutOwner, 'clientName' | 'customer'>;
    readonly topUp: TopUpView;
    readonly settings: CheckoutSettings;
    readonly bill: Bill;
  },
  words: Words,
): Frame {
  const merchant = settings.displayName ?? owner.clientName;
  const isGivenUp = topUp.status === 'canceled' || topUp.status === 'expired';
  return {
    path: `/pay/${token}`,
    merchant,
    payee: settings.promptName ?? merchant.toUpperCase(),
    help:
      settings.supportPhone === null
        ? null
        : { shown: spacedNumber(settings.supportPhone.slice(1)), dialled: settings.supportPhone },
    brandColour: settings.brandColour,
    livemode: topUp.livemode,
    owner: firstName(owner.customer.name),
    number: paymentNumberOf(topUp),
    currency: topUp.currency,
    amountMinor: bill.amountMinor,
    feeMinor: bill.feeMinor,
    totalMinor: bill.totalMinor,
    backUrl: returnUrl(isGivenUp ? (topUp.cancelUrl ?? topUp.redirectUrl) : topUp.redirectUrl, topUp),
    clock: new Clockface(HOME_OF_CURRENCY[topUp.currency] ?? null, words.locale),
    nowMs: topUp.asOfMs,
    words,
  };
}

/** `Ama Mensah` is Ama: enough to know whose wallet it is. */
function firstName(name: string | null): string | null {
  const first = name?.trim().split(/\s+/)[0] ?? '';
  return first === '' ? null : first.slice(0, 24);
}
