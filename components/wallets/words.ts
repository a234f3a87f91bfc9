import type { Wallet } from './types';

/** What a wallet is called: its customer's name, or their id where none is known. */
export function ownerOf({
  customer_name: name,
  customer_id: id,
}: Pick<Wallet, 'customer_name' | 'customer_id'>): string {
  return name ?? id;
}

/** `Ama Mensah’s`, `Kojo Ampiaas’` */
export function possessive(wallet: Pick<Wallet, 'customer_name' | 'customer_id'>): string {
  const owner = ownerOf(wallet);
  return `${owner}${/s$/i.test(owner) ? '’' : '’s'}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something still lasts: `2 d 8 h`, `28 days`, `40 min`; two units when it is close. */
export function lasts(ms: number): string {
  if (ms <= 0) return 'over';
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`;
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  if (days === 0) return `${hours} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return days < 7 ? `${days} d ${hours} h` : `${days} days`;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** `third`; `24th` further on. */
export function ordinal(place: number): string {
  const word = ORDINALS[place - 1];
  if (word !== undefined) return word;
  const tail = place % 100 > 10 && place % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${tail}`;
}

/** `+233241234821` as `+233 24 123 4821`, the way it is read out. */
export function spokenPhone(phone: string): string {
  const match = /^\+(2[1-69]\d)(\d{2})(\d{3})(\d{3,5})$/.exec(phone);
  return match === null ? phone : `+${match.slice(1).join(' ')}`;
}
