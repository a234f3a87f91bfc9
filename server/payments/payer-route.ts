import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Channel } from '@/contracts/channels';
import { Problem } from '@/server/kernel/problem';
import { checkPayer } from '@/server/providers/channels';

export interface PayerPhone {
  /** E.164 without the plus. */
  readonly digits: string;
  /** ISO 3166-1 alpha-2 of the numbering plan. */
  readonly country: string;
}

/**
 * A number in international form, with or without the plus (spec decision 23). It must be possible in its country's plan,
 * not known to be given out: networks open new ranges, and test numbers are in none.
 * @throws Problem parameter_invalid
 */
export function payerPhone(text: string, param = 'phone'): PayerPhone {
  const number = parsePhoneNumberFromString(text.startsWith('+') ? text : `+${text}`);
  const country = number?.country ?? countryOfCallingCode(number?.countryCallingCode);
  if (number === undefined || country === null || !number.isPossible()) {
    throw new Problem(
      'parameter_invalid',
      `\`${param}\` must be a possible phone number in international form, such as 233244123456.`,
      { param },
    );
  }
  return { digits: number.number.slice(1), country };
}

/** Calling codes of the countries that are served: a number outside every known range still has its country. */
const CALLING_CODES: Readonly<Record<string, string>> = {
  '233': 'GH',
  '256': 'UG',
  '225': 'CI',
  '260': 'ZM',
  '254': 'KE',
  '255': 'TZ',
};

function countryOfCallingCode(code: string | undefined): string | null {
  return code === undefined ? null : (CALLING_CODES[code] ?? null);
}

export interface PayerRoute {
  readonly channel: Channel;
  readonly country: string;
  readonly currency: string;
  readonly phone: string | null;
}

/**
 * Channel, country, currency and phone must agree (spec decision 23); what does not is named.
 * @throws Problem parameter_invalid, parameter_missing, currency_mismatch
 */
export function requireRoute(
  input: {
    readonly channel: Channel;
    readonly country: string | null;
    readonly currency: string;
    readonly phone: string | null;
  },
  { isNetworkConfirmed, isTestMode }: { readonly isNetworkConfirmed: boolean; readonly isTestMode: boolean },
): PayerRoute {
  const { channel, currency } = input;
  if (channel === 'CARD' || channel === 'BANK') {
    return { channel, country: input.country ?? COUNTRY_OF_CURRENCY[currency] ?? 'GH', currency, phone: null };
  }
  if (input.phone === null) {
    throw new Problem('parameter_missing', '`phone` is missing; this channel needs a phone.', { param: 'phone' });
  }
  const payer = checkPayer({ channel, currency, phone: input.phone, isNetworkConfirmed, isTestMode });
  if (!payer.ok) {
    const message = payer.message.startsWith('`') ? payer.message : `\`${payer.field}\` does not fit: ${payer.message}`;
    throw new Problem('parameter_invalid', message, { param: payer.field });
  }
  if (input.country !== null && input.country !== payer.country) {
    throw new Problem('parameter_invalid', `\`country\` must be ${payer.country} for ${channel} in ${currency}.`, {
      param: 'country',
    });
  }
  return { channel, country: payer.country, currency, phone: payer.phone };
}

/** Where an aggregator's cards and transfers of a currency are taken, where the request does not say. */
const COUNTRY_OF_CURRENCY: Readonly<Record<string, string>> = { GHS: 'GH', NGN: 'NG', KES: 'KE', USD: 'KE' };
