import { exponentOf } from '@/contracts/money';
import { currencyOf, type Network, networkOf } from './networks';

/** Every phone's PIN. */
export const PIN = '1234';

export interface Phone {
  readonly number: string;
  readonly network: Network;
  readonly owner: string | null;
  isOn: boolean;
  readonly purses: Map<string, bigint>;
  /** Short messages that the network sent, the newest first. */
  messages: { readonly at: number; readonly text: string; readonly kind: 'sent' | 'declined' | 'note' }[];
  /** True while the newest message is on the screen. */
  isMessageOpen: boolean;
}

const MESSAGES_MAX = 20;
const PHONES_MAX = 20_000;

/** Phones to begin with, one of each network: number, owner, balance in minor units. */
const FIRST: readonly (readonly [number: string, owner: string, balanceMinor: bigint])[] = [
  ['233241234567', 'Ama', 31_200n],
  ['233201234567', 'Kofi', 8_850n],
  ['233271234567', 'Efua', 420n],
  ['254712345678', 'Wanjiru', 194_000n],
  ['255754123456', 'Neema', 4_500_000n],
];

/** A phone that nobody set up has this many major units of whatever it is asked for. */
const USUAL_BALANCE_MAJOR = 100_000n;

export class PhoneBook {
  #phones = new Map<string, Phone>();

  constructor() {
    this.reset();
  }

  reset(): void {
    this.#phones.clear();
    for (const [number, owner, balance] of FIRST) {
      this.#phones.set(number, make(number, networkOf(number), owner, new Map([[currencyOf(number), balance]])));
    }
  }

  /** The phone of a number, made on first sight. The network counts only then: a number keeps its own. */
  get(number: string, network: Network = networkOf(number)): Phone {
    const known = this.#phones.get(number);
    if (known !== undefined) return known;
    if (this.#phones.size >= PHONES_MAX) this.#forgetOldest();
    const phone = make(number, network, null, new Map());
    this.#phones.set(number, phone);
    return phone;
  }

  list(): readonly Phone[] {
    return [...this.#phones.values()];
  }

  /** People's phones stay. */
  #forgetOldest(): void {
    for (const phone of this.#phones.values()) {
      if (phone.owner !== null) continue;
      this.#phones.delete(phone.number);
      return;
    }
  }
}

function make(number: string, network: Network, owner: string | null, purses: Map<string, bigint>): Phone {
  return { number, network, owner, isOn: true, purses, messages: [], isMessageOpen: false };
}

export function balanceOf(phone: Phone, currency: string): bigint {
  return phone.purses.get(currency) ?? USUAL_BALANCE_MAJOR * 10n ** BigInt(exponentOf(currency));
}

export function spend(phone: Phone, currency: string, amountMinor: bigint): void {
  phone.purses.set(currency, balanceOf(phone, currency) - amountMinor);
}

export function receive(phone: Phone, currency: string, amountMinor: bigint): void {
  phone.purses.set(currency, balanceOf(phone, currency) + amountMinor);
}

export function tell(phone: Phone, at: number, kind: 'sent' | 'declined' | 'note', text: string): void {
  phone.messages.unshift({ at, text, kind });
  phone.isMessageOpen = true;
  phone.messages.length = Math.min(phone.messages.length, MESSAGES_MAX);
}
