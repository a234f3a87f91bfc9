import type { Channel } from '@/contracts/channels';

/** How people call the ways they pay. */
export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  MTN: 'MTN MoMo',
  TELECEL: 'Telecel Cash',
  AIRTELTIGO: 'AirtelTigo Money',
  MPESA: 'M-Pesa',
  CARD: 'Card',
  BANK: 'Bank transfer',
};

const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  'mtn-momo': 'MTN MoMo',
  daraja: 'M-Pesa',
  hubtel: 'Hubtel',
  paystack: 'Paystack',
  'vodacom-tz': 'M-Pesa Tanzania',
};

export const PROVIDER_OPTIONS: readonly (readonly [string, string])[] = [
  ['mtn-momo', 'MTN MoMo'],
  ['daraja', 'M-Pesa Kenya'],
  ['hubtel', 'Hubtel'],
  ['paystack', 'Paystack'],
  ['vodacom-tz', 'M-Pesa Tanzania'],
];

export function providerName(provider: string): string {
  return PROVIDER_NAMES[provider] ?? provider;
}

/** `with MTN MoMo`, `by card`. */
export function byWhich(channel: Channel): string {
  if (channel === 'CARD') return 'by card';
  return channel === 'BANK' ? 'by bank transfer' : `with ${CHANNEL_NAMES[channel]}`;
}

/** `+254 7•• ••• 218`: enough to recognise a number by, not enough to call it. */
export function maskPhone(digits: string): string {
  if (digits.length === 12) return `+${digits.slice(0, 3)} ${digits.slice(3, 4)}•• ••• ${digits.slice(-3)}`;
  return `+${digits.slice(0, 4)}•••${digits.slice(-3)}`;
}

/** The number in a provider's message, its middle hidden; whole numbers are for nobody to read there. */
export function maskIn(text: string, phone: string | null): string {
  if (phone === null) return text;
  const local = phone.slice(3);
  return text
    .replaceAll(phone, `${phone.slice(0, 4)}•••••${phone.slice(-3)}`)
    .replaceAll(`0${local}`, `0${local.slice(0, 1)}•••••${local.slice(-3)}`);
}

const FAILURES: Readonly<Record<string, string>> = {
  insufficient_funds: 'There was not enough money in the account.',
  wrong_pin: 'The PIN was wrong.',
  cancelled: 'The request was declined on the phone.',
  expired: 'Nobody answered the prompt in time.',
  unreachable: 'The phone could not be reached.',
  busy: 'The phone was busy with another request.',
  limit_reached: 'The account’s own limit was reached.',
  payer_not_found: 'The network does not know the number.',
  payer_not_allowed: 'The network lets this number pay nothing.',
  not_allowed: 'The network did not allow it.',
  declined: 'It was declined.',
  amount_invalid: 'The provider does not take this amount.',
  currency_invalid: 'The provider does not take this currency.',
  duplicate_reference: 'The provider knew the reference already.',
  configuration_error: 'The provider refused our credentials or settings.',
  provider_unavailable: 'The provider could not be reached.',
  provider_error: 'The provider had an error of its own.',
  amount_mismatch: 'Another amount came than was asked for.',
  currency_mismatch: 'Another currency came than was asked for.',
  phone_mismatch: 'It was paid from another number.',
  reversed_by_provider: 'The provider took the money back.',
  written_off: 'A person found that it was not paid.',
  canceled_by_request: 'It was called off before anybody was asked.',
};

/** Why money did not come, as one would say it. */
export function failureWords(code: string): string {
  return FAILURES[code] ?? `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}.`;
}
