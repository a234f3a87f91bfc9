import type { Charge } from '../charges';
import { money } from '../lifecycle';
import { NETWORK_FACTS, type Network } from '../networks';

/** What phones and tables say. */
export function zoneOf(network: Network | null): string {
  return network === 'mpesa-ke' || network === 'mpesa-tz' ? 'Africa/Nairobi' : 'Africa/Accra';
}

export function clockText(ms: number, network: Network | null): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zoneOf(network), hour: '2-digit', minute: '2-digit' }).format(ms);
}

export function secondsText(ms: number, network: Network | null): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zoneOf(network), timeStyle: 'medium' }).format(ms);
}

export function dayText(ms: number, network: Network | null, length: 'short' | 'long'): string {
  const day = { weekday: length, day: 'numeric', month: length } as const;
  return new Intl.DateTimeFormat('en-GB', { timeZone: zoneOf(network), ...day }).format(ms).replace(',', '');
}

/** As networks word it: M-Pesa names the account, the others the fee and a reference. */
export function promptText(charge: Charge): string {
  const amount = money(charge.amountMinor, charge.currency);
  if (charge.network === 'mpesa-ke' || charge.network === 'mpesa-tz') {
    return `Do you want to pay ${amount} to ${charge.payee}${charge.note === '' ? '' : `, account ${charge.note}`}?`;
  }
  const note = charge.note === '' ? '' : ` ${charge.note}${/[.!?]$/.test(charge.note) ? '' : '.'}`;
  return `Pay ${amount} to ${charge.payee}. Fee ${money(0n, charge.currency)}.${note}`;
}

export function pinText(charge: Charge): string {
  const pin = charge.network === null ? 'PIN' : NETWORK_FACTS[charge.network].pinName;
  const left = (charge.network === null ? 1 : NETWORK_FACTS[charge.network].pinTries) - charge.wrongPins;
  if (charge.wrongPins > 0)
    return `Wrong PIN, ${left === 1 ? 'one try' : `${left} tries`} left. Type your PIN, or 2 to cancel.`;
  return `Type ${pin} to approve, or 2 to cancel.`;
}

export function minutesText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function shortReference(reference: string): string {
  return reference.length <= 16 ? reference : `${reference.slice(0, 6)}…${reference.slice(-5)}`;
}
