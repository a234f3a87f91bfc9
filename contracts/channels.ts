/**
 * Ways money comes in. The four mobile-money names are the source document's; CARD and BANK go through an aggregator
 * (spec decision 34).
 */
export const MOBILE_CHANNELS = ['MTN', 'TELECEL', 'AIRTELTIGO', 'MPESA'] as const;
export type MobileChannel = (typeof MOBILE_CHANNELS)[number];

export const CHANNELS = [...MOBILE_CHANNELS, 'CARD', 'BANK'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Why money did not come in, in our words; each provider's codes are translated into these in its adapter. Not a list
 * of what a provider may say: a code that no adapter knows makes an outcome unknown, never one of these.
 */
export const FAILURE_CODES = [
  'insufficient_funds',
  'wrong_pin',
  'cancelled',
  'expired',
  'unreachable',
  'busy',
  'limit_reached',
  'payer_not_found',
  'payer_not_allowed',
  'not_allowed',
  'declined',
  'amount_invalid',
  'currency_invalid',
  'duplicate_reference',
  'configuration_error',
  'provider_unavailable',
  'provider_error',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];
