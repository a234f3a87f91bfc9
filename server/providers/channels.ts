import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Channel, MobileChannel } from '@/contracts/channels';

/**
 * Channel, country, currency and phone have to agree (spec decision 23). This is the rule of the networks themselves;
 * whether this deployment serves a combination is the registry's to say.
 */
interface Home {
  readonly country: string;
  readonly currency: string;
}

/** Where each network is (xtopay-direct-receive-money.txt, "Available Channels"). */
const HOMES: Readonly<Record<MobileChannel, readonly Home[]>> = {
  MTN: [
    { country: 'GH', currency: 'GHS' },
    { country: 'UG', currency: 'UGX' },
    { country: 'CI', currency: 'XOF' },
    { country: 'ZM', currency: 'ZMW' },
  ],
  TELECEL: [{ country: 'GH', currency: 'GHS' }],
  AIRTELTIGO: [{ country: 'GH', currency: 'GHS' }],
  MPESA: [
    { country: 'KE', currency: 'KES' },
    { country: 'TZ', currency: 'TZS' },
  ],
};

export const NETWORK_NAMES: Readonly<Record<MobileChannel, string>> = {
  MTN: 'MTN',
  TELECEL: 'Telecel',
  AIRTELTIGO: 'AirtelTigo',
  MPESA: 'M-Pesa',
};

/**
 * First digits of national numbers by the network they were given to, as of 2026-11, from the carrier data of
 * google/libphonenumber (resources/carrier/en), completed for Ghana (025, 053 MTN), Kenya (011x, 074x, 0757-9, 0768-9
 * Safaricom) and Côte d'Ivoire's ten digits. Other networks are named to be refused; what is not listed is nobody's here and
 * is let through. A number keeps its digits when its owner moves to another network, so a prefix may lie.
 */
const PREFIXES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GH: {
    MTN: '24 25 53 54 55 59',
    TELECEL: '20 50',
    AIRTELTIGO: '26 27 56 57',
    Glo: '23',
    Expresso: '28',
  },
  UG: { MTN: '76 77 78', Airtel: '70 74 75', UTL: '71', Lycamobile: '79' },
  CI: { MTN: '05', Orange: '07', Moov: '01' },
  ZM: { MTN: '76 96', Airtel: '77 97', Zamtel: '75 95' },
  KE: {
    MPESA: '70 71 72 740 741 742 743 745 746 748 757 758 759 768 769 79 110 111 112 113 114 115',
    Airtel: '73 750 751 752 753 754 755 756 762 78 100 101 102 103 104 105 106 107 108',
    Telkom: '77',
  },
  TZ: { MPESA: '74 75 76 79', Airtel: '68 69 78', Yas: '65 67 71 77', Halotel: '61 62', TTCL: '73' },
};

/** MTN's sandbox numbers (momodeveloper.mtn.com, "Testing"): of no country, for test books. */
const MTN_SANDBOX = /^467331234[0-9]{2}$/;

export type PayerProblem =
  /** No such network in a country with that currency, or the channel has no phones. */
  | { readonly ok: false; readonly field: 'currency' | 'provider'; readonly kind: 'currency'; readonly message: string }
  | { readonly ok: false; readonly field: 'phone'; readonly kind: 'number' | 'country'; readonly message: string }
  /** The number was given to another network. It may have moved since: a person can be asked, a program is refused. */
  | {
      readonly ok: false;
      readonly field: 'phone';
      readonly kind: 'network';
      readonly message: string;
      /** The channel to propose; null for a network that we do not serve. */
      readonly network: MobileChannel | null;
      readonly networkName: string;
      /** The number, should its owner insist. */
      readonly phone: string;
    };

export interface Payer {
  readonly ok: true;
  readonly country: string;
  readonly currency: string;
  /** E.164 digits without a plus. */
  readonly phone: string;
}

export interface PayerClaim {
  readonly channel: MobileChannel;
  readonly currency: string;
  /** As it was typed. */
  readonly phone: string;
  /** Local forms such as 024 123 4567 are understood: on the checkout page, not in the API. */
  readonly isLocalFormTaken?: boolean;
  /** Its owner was asked once and says that the number is on this network. */
  readonly isNetworkConfirmed?: boolean;
  readonly isTestMode?: boolean;
}

/** Whether a payer can be asked for that currency on that network; what does not agree names the field at fault. */
export function checkPayer(claim: PayerClaim): Payer | PayerProblem {
  const { channel, currency } = claim;
  const name = NETWORK_NAMES[channel];
  const home = HOMES[channel].find((one) => one.currency === currency);
  if (home === undefined) {
    const currencies = HOMES[channel].map((one) => one.currency).join(', ');
    return { ok: false, field: 'currency', kind: 'currency', message: `${name} takes ${currencies}, not ${currency}.` };
  }
  const digits = claim.phone.replace(/^\+/, '');
  if (claim.isTestMode === true && channel === 'MTN' && MTN_SANDBOX.test(digits)) {
    return { ok: true, ...home, phone: digits };
  }
  const number = readPhone(claim.phone, claim.isLocalFormTaken === true ? home.country : null);
  if (number === null) {
    const message = 'must be a phone number with its country code, such as 233241234567';
    return { ok: false, field: 'phone', kind: 'number', message: `\`phone\` ${message}.` };
  }
  if (number.country !== home.country) {
    const message = `${name} in ${currency} is paid from numbers of ${home.country}, and this is one of ${number.country}.`;
    return { ok: false, field: 'phone', kind: 'country', message };
  }
  const network = networkOf(number.country, number.national);
  if (network === null || network === channel || claim.isNetworkConfirmed === true) {
    return { ok: true, ...home, phone: number.phone };
  }
  const served = network in HOMES ? (network as MobileChannel) : null;
  const networkName = served === null ? network : NETWORK_NAMES[served];
  const message = `\`phone\` is a ${networkName} number, and \`provider\` says ${channel}.`;
  return { ok: false, field: 'phone', kind: 'network', message, network: served, networkName, phone: number.phone };
}

/** Countries whose numbers a channel takes; none for cards and bank transfers. */
export function homesOf(channel: Channel): readonly Home[] {
  return channel === 'CARD' || channel === 'BANK' ? [] : HOMES[channel];
}

/** The network that a national number was given to: one of ours by its channel, another by its name; null when unknown. */
export function networkOf(country: string, national: string): string | null {
  const networks = Object.entries(PREFIXES[country] ?? {});
  const found = networks.find(([, prefixes]) => prefixes.split(' ').some((prefix) => national.startsWith(prefix)));
  return found?.[0] ?? null;
}

function readPhone(
  text: string,
  localCountry: string | null,
): { phone: string; country: string; national: string } | null {
  const compact = text.replace(/[\s().-]/g, '');
  const isLocal = localCountry !== null && /^0[0-9]{6,12}$/.test(compact);
  if (!isLocal && !/^\+?[1-9][0-9]{6,14}$/.test(compact)) return null;
  const number = isLocal
    ? parsePhoneNumberFromString(compact, localCountry as CountryCode)
    : parsePhoneNumberFromString(compact.startsWith('+') ? compact : `+${compact}`);
  if (number?.country === undefined || !number.isPossible()) return null;
  return { phone: number.number.slice(1), country: number.country, national: number.nationalNumber };
}
