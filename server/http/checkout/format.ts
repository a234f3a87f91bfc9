import { formatMajor } from '@/contracts/money';
import { PLACES } from '@/server/top-ups/networks';

/** Nobody has seen the cents of these for decades, and M-Pesa takes whole shillings only: zeros are left out. */
const WHOLE = new Set(['KES', 'TZS']);

/** `1,250.00` without the currency: for columns that say it once. */
export function plainAmount(amountMinor: bigint, currency: string): string {
  const [whole = '', fraction = ''] = formatMajor(amountMinor, currency).split('.');
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
  const isBare = fraction === '' || (WHOLE.has(currency) && /^0+$/.test(fraction));
  return isBare ? grouped : `${grouped}.${fraction}`;
}

/** `GHS 51.00`: by its code, since cheap phones lack the signs. */
export function amountText(amountMinor: bigint, currency: string): string {
  return `${currency} ${plainAmount(amountMinor, currency)}`;
}

/** Times as the clocks of a country show them; where no country is known, in UTC and saying so. */
export class Clockface {
  readonly #zone: string;
  readonly #suffix: string;
  readonly #locale: string;

  constructor(country: string | null, locale: string) {
    const place = country === null ? undefined : PLACES[country];
    this.#zone = place?.timeZone ?? 'UTC';
    this.#suffix = place === undefined ? ' UTC' : '';
    this.#locale = locale;
  }

  /** `10:47` */
  time(ms: number): string {
    return `${this.#format(ms, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}${this.#suffix}`;
  }

  /** `21 Nov 2026, 10:43` */
  moment(ms: number): string {
    return `${this.#format(ms, { day: 'numeric', month: 'short', year: 'numeric' })}, ${this.time(ms)}`;
  }

  /** `22 November` */
  day(ms: number): string {
    return this.#format(ms, { day: 'numeric', month: 'long' });
  }

  /** `Monday 23 November` */
  weekday(ms: number): string {
    return this.#format(ms, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '');
  }

  /** Whether both are on one day there. */
  isSameDay(aMs: number, bMs: number): boolean {
    return this.moment(aMs).split(',')[0] === this.moment(bMs).split(',')[0];
  }

  /** 0 is Sunday. */
  dayOfWeek(ms: number): number {
    return ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(
      new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: this.#zone }).format(ms),
    );
  }

  #format(ms: number, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: this.#zone }).format(ms);
  }
}

/** `4:12` of what is left; nothing below zero. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function isoDuration(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}

/** Two letters for a badge: `Volta Data` is VD. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0]) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** Whether black reads better than white on a colour (WCAG 2 relative luminance). */
export function isLight(colour: string): boolean {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179;
}
