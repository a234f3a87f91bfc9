import type { MobileChannel } from '@/contracts/channels';

/** What a person has to know of a network on the checkout. Menus are named, not numbered: their numbers change. */
export interface Network {
  readonly channel: MobileChannel;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Who asks for the PIN. */
  readonly name: string;
  /** What holds the money. */
  readonly wallet: string;
  /** As its owners know their numbers' beginnings; shown, not judged by. */
  readonly prefixes: readonly string[];
  /** Where a request that did not show up is found. */
  readonly missed:
    | { readonly kind: 'menu'; readonly dial: string; readonly menus: readonly [string, string] }
    /** Nothing lists requests: whether its menu opens tells whether the network works. */
    | { readonly kind: 'open'; readonly dial: string }
    /** An old SIM card may not show it: how to update it. */
    | { readonly kind: 'sim'; readonly dial: string; readonly menus: readonly [string, string] }
    | null;
  /** Its own people, who can unlock a PIN; null where we do not know. */
  readonly helpline: string | null;
  /** When this was last looked at. To be confirmed with each network; menus and numbers change. */
  readonly checkedOn: string;
}

/** As of 2026-11, from the providers' own help pages and handsets; see `checkedOn`. */
export const NETWORKS: readonly Network[] = [
  {
    channel: 'MTN',
    country: 'GH',
    name: 'MTN',
    wallet: 'MTN MoMo',
    prefixes: ['024', '054', '055', '059'],
    missed: { kind: 'menu', dial: '*170#', menus: ['My Wallet', 'My Approvals'] },
    helpline: '100',
    checkedOn: '2026-11-21',
  },
  {
    channel: 'TELECEL',
    country: 'GH',
    name: 'Telecel',
    wallet: 'Telecel Cash',
    prefixes: ['020', '050'],
    missed: { kind: 'open', dial: '*110#' },
    helpline: null,
    checkedOn: '2026-11-21',
  },
  {
    channel: 'AIRTELTIGO',
    country: 'GH',
    name: 'AirtelTigo',
    wallet: 'AirtelTigo Money',
    prefixes: ['026', '027', '056'],
    missed: { kind: 'open', dial: '*110#' },
    helpline: null,
    checkedOn: '2026-11-21',
  },
  {
    channel: 'MPESA',
    country: 'KE',
    name: 'M-Pesa',
    wallet: 'M-Pesa',
    prefixes: ['07', '011'],
    missed: { kind: 'sim', dial: '*234#', menus: ['M-PESA Products', 'SIM Card Update'] },
    helpline: null,
    checkedOn: '2026-11-21',
  },
  {
    channel: 'MPESA',
    country: 'TZ',
    name: 'M-Pesa',
    wallet: 'M-Pesa',
    prefixes: ['074', '075', '076'],
    missed: null,
    helpline: null,
    checkedOn: '2026-11-21',
  },
  ...(['UG', 'CI', 'ZM'] as const).map(
    (country): Network => ({
      channel: 'MTN',
      country,
      name: 'MTN',
      wallet: 'MTN MoMo',
      prefixes: { UG: ['076', '077', '078'], CI: ['05'], ZM: ['076', '096'] }[country],
      missed: null,
      helpline: null,
      checkedOn: '2026-11-21',
    }),
  ),
];

export function networkAt(channel: MobileChannel, country: string): Network | null {
  return NETWORKS.find((one) => one.channel === channel && one.country === country) ?? null;
}

/** How numbers are written where people live, and which clock they read. */
export interface Place {
  readonly callingCode: string;
  readonly timeZone: string;
  /** A number nobody has been given for sure; only its form counts. */
  readonly example: string;
  /** Digits of a local number, its leading zero counted. */
  readonly digits: number;
  /** How many digits are shown before and after the dots. */
  readonly shown: readonly [before: number, after: number];
  /** Where it is cut when all of it is shown. */
  readonly groups: readonly number[];
}

export const PLACES: Readonly<Record<string, Place>> = {
  GH: place('233', 'Africa/Accra', '024 123 4567', 10, [3, 4]),
  KE: place('254', 'Africa/Nairobi', '0712 345 678', 10, [4, 3]),
  TZ: place('255', 'Africa/Dar_es_Salaam', '0754 123 456', 10, [4, 3]),
  UG: place('256', 'Africa/Kampala', '0772 123 456', 10, [4, 3]),
  ZM: place('260', 'Africa/Lusaka', '096 123 4567', 10, [3, 4]),
  CI: { ...place('225', 'Africa/Abidjan', '05 12 34 56 78', 10, [2, 4]) },
  NG: place('234', 'Africa/Lagos', '0803 123 4567', 11, [4, 4]),
};

function place(
  callingCode: string,
  timeZone: string,
  example: string,
  digits: number,
  shown: readonly [number, number],
): Place {
  return { callingCode, timeZone, example, digits, shown, groups: example.split(' ').map((group) => group.length) };
}

/** The form in which its owner says a number: `0241234567`. Numbers of places that we do not know keep their code. */
export function localNumber(digits: string): string {
  const country = countryOfNumber(digits);
  const place = country === null ? undefined : PLACES[country];
  if (place === undefined) return `+${digits}`;
  const national = digits.slice(place.callingCode.length);
  // Côte d’Ivoire’s ten digits begin with their own zero.
  return national.length === place.digits ? national : `0${national}`;
}

/** `024 ••• 4567`: enough for its owner to know it by, too little for anybody else to call. */
export function maskedNumber(digits: string): string {
  const local = localNumber(digits);
  const country = countryOfNumber(digits);
  const [before, after] = (country === null ? undefined : PLACES[country]?.shown) ?? [4, 3];
  return `${local.slice(0, before)} ••• ${local.slice(-after)}`;
}

/** `030 290 0148`, as people of the place write it. */
export function spacedNumber(digits: string): string {
  const country = countryOfNumber(digits);
  const place = country === null ? undefined : PLACES[country];
  const local = localNumber(digits);
  if (place === undefined || local.length !== place.digits) return local;
  let at = 0;
  return place.groups
    .map((length) => {
      at += length;
      return local.slice(at - length, at);
    })
    .join(' ');
}

function countryOfNumber(digits: string): string | null {
  return Object.keys(PLACES).find((country) => digits.startsWith(PLACES[country]?.callingCode ?? '-')) ?? null;
}

/** Where a currency is spent: whose numbers and whose clock the checkout speaks of until the payer's own is known. */
export const HOME_OF_CURRENCY: Readonly<Record<string, string>> = {
  GHS: 'GH',
  KES: 'KE',
  TZS: 'TZ',
  UGX: 'UG',
  ZMW: 'ZM',
  XOF: 'CI',
  NGN: 'NG',
};
