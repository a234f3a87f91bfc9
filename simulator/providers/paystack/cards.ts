import type { Failure } from '../../plan';
import type { Simulator } from '../../simulator';

/** Test cards as paystack.com/docs/payments/test-payments lists them, and two of our own for what it has none. */
export interface TestCard {
  readonly number: string;
  readonly cvv: string;
  readonly says: string;
  readonly failure: Failure | null;
  readonly gatewayResponse: string;
  /** Whether it may be charged again without its owner. */
  readonly isReusable: boolean;
}

export const TEST_CARDS: readonly TestCard[] = [
  {
    number: '4084084084084081',
    cvv: '408',
    says: 'pays, and may be saved',
    failure: null,
    gatewayResponse: 'Successful',
    isReusable: true,
  },
  {
    number: '4084080000005408',
    cvv: '001',
    says: 'is declined',
    failure: 'decline',
    gatewayResponse: 'Declined',
    isReusable: false,
  },
  {
    number: '5078507850785078',
    cvv: '081',
    says: 'pays, cannot be saved',
    failure: null,
    gatewayResponse: 'Approved',
    isReusable: false,
  },
  {
    number: '4084080000670037',
    cvv: '787',
    says: 'the bank fails',
    failure: 'internal_error',
    gatewayResponse: 'Transaction failed',
    isReusable: false,
  },
  {
    number: '4000000000000002',
    cvv: '123',
    says: 'not enough funds (ours)',
    failure: 'insufficient_funds',
    gatewayResponse: 'Insufficient Funds',
    isReusable: false,
  },
  {
    number: '5200000000000007',
    cvv: '123',
    says: 'pays, and may be saved; saved, it has no funds (ours)',
    failure: null,
    gatewayResponse: 'Successful',
    isReusable: true,
  },
];

/** This card pays once; charged again as a saved card it has nothing left. */
export const EMPTY_WHEN_SAVED = '5200000000000007';

export interface Card {
  readonly test: TestCard;
  readonly expiryMonth: string;
  readonly expiryYear: string;
}

export interface Authorization {
  readonly code: string;
  readonly signature: string;
  readonly email: string;
  readonly card: Card;
}

/** Reads what a person typed into the card form; text for what is wrong with it. */
export function readCard(number: string, expiry: string, cvv: string, now: number): Card | string {
  const digits = number.replace(/[\s-]/g, '');
  const test = TEST_CARDS.find((card) => card.number === digits);
  if (test === undefined) return 'Use one of the test cards below: no real card is taken here.';
  const match = /^\s*(0[1-9]|1[0-2])\s*\/\s*(?:20)?([0-9]{2})\s*$/.exec(expiry);
  if (match === null) return 'Write the expiry as month and year, such as 12/30.';
  const [, month = '', year = ''] = match;
  if (Date.UTC(2000 + Number(year), Number(month), 1) <= now) return 'This card has expired.';
  if (cvv.trim() !== test.cvv) return `The security code of this test card is ${test.cvv}.`;
  return { test, expiryMonth: month, expiryYear: `20${year}` };
}

/** Cards that may be charged again, by their authorization code; one for each card and person. */
export class Authorizations {
  readonly #simulator: Simulator;
  #byCode = new Map<string, Authorization>();

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
    simulator.onReset.push(() => this.#byCode.clear());
  }

  make(card: Card, email: string): Authorization {
    const signature = `SIG_${Buffer.from(card.test.number).toString('base64url').slice(0, 20)}`;
    for (const known of this.#byCode.values()) {
      if (known.signature === signature && known.email === email) return known;
    }
    const code = `AUTH_${this.#simulator.ids.letters(10).toLowerCase()}`;
    const authorization: Authorization = { code, signature, email, card };
    if (card.test.isReusable) this.#byCode.set(code, authorization);
    return authorization;
  }

  get(code: string): Authorization | undefined {
    return this.#byCode.get(code);
  }
}

export function authorizationFields({ code, signature, card }: Authorization): Record<string, unknown> {
  const { number, isReusable } = card.test;
  const brand = number.startsWith('4') ? 'visa' : number.startsWith('52') ? 'mastercard' : 'verve';
  return {
    authorization_code: code,
    bin: number.slice(0, 6),
    last4: number.slice(-4),
    exp_month: card.expiryMonth,
    exp_year: card.expiryYear,
    channel: 'card',
    card_type: `${brand} `,
    bank: 'TEST BANK',
    country_code: 'GH',
    brand,
    reusable: isReusable,
    signature,
    account_name: null,
    receiver_bank_account_number: null,
    receiver_bank: null,
  };
}
