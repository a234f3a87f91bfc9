import type { Channel } from '@/contracts/channels';

/** Paystack's names of the networks: in a charge (docs, "Mobile money"), and as a "bank" to transfer to (GET /bank). */
const NETWORKS: Readonly<Partial<Record<Channel, { charge: string; bank: string }>>> = {
  MTN: { charge: 'mtn', bank: 'MTN' },
  TELECEL: { charge: 'vod', bank: 'VOD' },
  AIRTELTIGO: { charge: 'atl', bank: 'ATL' },
  MPESA: { charge: 'mpesa', bank: 'MPESA' },
};

export function moneyProviderOf(channel: Channel): string {
  return NETWORKS[channel]?.charge ?? '';
}

export function transferBankOf(channel: Channel): string | null {
  return NETWORKS[channel]?.bank ?? null;
}

/**
 * A phone as Paystack's samples write it: Ghana's in local form, Kenya's with country code and plus sign. Null for a
 * number of another country.
 */
export function localNumber(phone: string, country: string): string | null {
  if (country === 'GH' && phone.startsWith('233')) return `0${phone.slice(3)}`;
  return country === 'KE' && phone.startsWith('254') ? `+${phone}` : null;
}
