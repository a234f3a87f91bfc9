import { ScriptedProvider } from '@/server/payments/testing';
import type { Attempt, Initiation, Observation } from '@/server/providers/provider';

/** For tests: a scripted provider that takes cards too, and charges them again. */
export class CardProvider extends ScriptedProvider {
  /** What `chargeSaved` was called with, in order. */
  readonly charged: { readonly attempt: Attempt; readonly token: string }[] = [];
  /** What it answers; paid at once unless set. */
  chargeAnswer: ((attempt: Attempt) => Initiation) | null = null;

  constructor() {
    super('paystack', { callbackTrust: 'signed' });
    const [first] = this.capabilities.routes;
    if (first === undefined) throw new Error('The scripted provider serves something.');
    (this.capabilities.routes as (typeof first)[]).push({ ...first, channel: 'CARD' });
  }

  async chargeSaved(attempt: Attempt, token: string): Promise<Initiation> {
    this.charged.push({ attempt, token });
    if (this.chargeAnswer !== null) return this.chargeAnswer(attempt);
    const observation = { ...(await this.fetchStatus(attempt)), ...PAID, source: 'initiation' as const };
    return { status: 'accepted', providerReference: attempt.reference, next: null, observation };
  }
}

export const PAID: Partial<Observation> = { outcome: 'succeeded' };

/** A card that may be charged again, as the provider tells it. */
export const A_CARD: Partial<Observation> = {
  ...PAID,
  savedMethod: {
    token: 'AUTH_canary_4f9a2c',
    brand: 'visa',
    lastFour: '4081',
    expiryMonth: '12',
    expiryYear: '2030',
    email: 'ama@example.com',
  },
};
