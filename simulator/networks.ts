/** The providers' base paths on the simulator's port, and the networks that ring phones behind them. */
export const PROVIDERS = ['mtn-momo', 'daraja', 'hubtel', 'paystack', 'vodacom-tz'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export function isProvider(text: string | undefined): text is ProviderName {
  return (PROVIDERS as readonly (string | undefined)[]).includes(text);
}

export const PROVIDER_TITLES: Readonly<Record<ProviderName, string>> = {
  'mtn-momo': 'MTN MoMo',
  daraja: 'M-Pesa Kenya',
  hubtel: 'Hubtel',
  paystack: 'Paystack',
  'vodacom-tz': 'M-Pesa Tanzania',
};

export const NETWORKS = ['mtn', 'telecel', 'airteltigo', 'mpesa-ke', 'mpesa-tz'] as const;
export type Network = (typeof NETWORKS)[number];

export interface NetworkFacts {
  /** In the phone's status line. */
  readonly operator: string;
  /** Who the prompt is from. */
  readonly service: string;
  readonly pinName: string;
  /** Wrong PINs until the request ends; M-Pesa ends it at the first. */
  readonly pinTries: number;
}

export const NETWORK_FACTS: Readonly<Record<Network, NetworkFacts>> = {
  mtn: { operator: 'MTN', service: 'MTN MoMo', pinName: 'MoMo PIN', pinTries: 3 },
  telecel: { operator: 'Telecel', service: 'Telecel Cash', pinName: 'Telecel Cash PIN', pinTries: 3 },
  airteltigo: { operator: 'AirtelTigo', service: 'AT Money', pinName: 'AT Money PIN', pinTries: 3 },
  'mpesa-ke': { operator: 'Safaricom', service: 'M-PESA', pinName: 'M-PESA PIN', pinTries: 1 },
  'mpesa-tz': { operator: 'Vodacom', service: 'M-Pesa', pinName: 'M-Pesa PIN', pinTries: 1 },
};

/** Ghana's prefixes as the regulator gives them out; elsewhere the country decides. */
const PREFIXES: readonly (readonly [RegExp, Network])[] = [
  [/^233(?:20|50)/, 'telecel'],
  [/^233(?:26|27|56|57)/, 'airteltigo'],
  [/^254/, 'mpesa-ke'],
  [/^255/, 'mpesa-tz'],
];

/** Whose number it looks like. MTN where nothing else fits: its sandbox takes any number. */
export function networkOf(phone: string): Network {
  return PREFIXES.find(([prefix]) => prefix.test(phone))?.[1] ?? 'mtn';
}

/** What is spent in the country of a number. */
export function currencyOf(phone: string): string {
  const currencies: Readonly<Record<string, string>> = {
    '233': 'GHS',
    '254': 'KES',
    '255': 'TZS',
    '256': 'UGX',
    '225': 'XOF',
    '260': 'ZMW',
    '234': 'NGN',
  };
  return currencies[phone.slice(0, 3)] ?? 'EUR';
}

/** As people write it at home: 024 123 4567 in Ghana, 0712 345 678 further east. */
export function localNumber(phone: string): string {
  const match =
    /^233([0-9]{2})([0-9]{3})([0-9]{4})$/.exec(phone) ?? /^25[456]([0-9]{3})([0-9]{3})([0-9]{3})$/.exec(phone);
  return match === null ? phone : `0${match[1]} ${match[2]} ${match[3]}`;
}
