import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAYMENT_STATUSES } from '@/contracts/payments';
import type { Observation } from '@/server/providers/provider';
import { EXPIRY_GRACE_MS, type PaymentFacts, reduce } from './reduce';
import { observation } from './testing';
import type { PaymentState } from './types';

const NOW = Date.UTC(2026, 5, 6, 12);
const PHONE = '233241234567';

const facts = (given: Partial<PaymentFacts> = {}): PaymentFacts => ({
  state: 'pending',
  chargedMinor: 80n,
  currency: 'GHS',
  phone: PHONE,
  hasMoney: false,
  isGivenBack: false,
  promptExpiresAtMs: NOW + 300_000,
  callbackTrust: 'checked',
  ...given,
});
const paid = (given: Partial<Observation> = {}): Observation =>
  observation({ outcome: 'succeeded', amountMinor: 80n, currency: 'GHS', phone: PHONE, receipt: 'R1', ...given });
const failed = (given: Partial<Observation> = {}): Observation =>
  observation({ outcome: 'failed', code: 'wrong_pin', ...given });

describe('what is believed', () => {
  test('the provider’s own answer, also without an amount', () => {
    expect(reduce(facts(), paid({ amountMinor: null, phone: null }), NOW)).toMatchObject({
      to: 'succeeded',
      posting: { kind: 'credit' },
    });
  });

  test('a hint is never believed, whatever it says', () => {
    for (const one of [paid(), failed(), observation({}), paid({ isReversed: true })]) {
      const verdict = reduce(facts({ callbackTrust: 'hint' }), { ...one, source: 'callback' }, NOW);
      expect(verdict).toMatchObject({ to: null, posting: null, mustAsk: true });
    }
  });

  test('an unsigned callback has to say how much and who', () => {
    const callback = (given: Partial<Observation>) => reduce(facts(), paid({ source: 'callback', ...given }), NOW);
    expect(callback({})).toMatchObject({ to: 'succeeded' });
    expect(callback({ amountMinor: null })).toMatchObject({ to: null, posting: null, mustAsk: true });
    expect(callback({ phone: null })).toMatchObject({ to: null, posting: null, mustAsk: true });
    expect(reduce(facts({ callbackTrust: 'signed' }), paid({ source: 'callback', phone: null }), NOW)).toMatchObject({
      to: 'succeeded',
    });
  });

  test('an unsigned reversal takes nothing away', () => {
    const said = paid({ outcome: 'failed', isReversed: true, source: 'callback' });
    expect(reduce(facts({ state: 'succeeded', hasMoney: true }), said, NOW)).toMatchObject({ to: null, mustAsk: true });
  });
});

describe('what is not what was asked for', () => {
  test.each([
    ['amount_mismatch', { amountMinor: 79n }],
    ['amount_mismatch', { amountMinor: 81n }],
    ['currency_mismatch', { currency: 'KES' }],
    ['phone_mismatch', { phone: '233249999999' }],
  ] as const)('%s goes to suspense', (failure, given) => {
    expect(reduce(facts(), paid(given), NOW)).toMatchObject({
      to: 'in_reconciliation',
      failure,
      posting: { kind: 'suspend', failure },
    });
  });

  test('and stays with a person, whatever comes after', () => {
    const suspended = facts({ state: 'in_reconciliation', hasMoney: true });
    expect(reduce(suspended, paid(), NOW)).toMatchObject({ to: null, posting: null });
    expect(reduce(suspended, failed(), NOW)).toMatchObject({ to: null, posting: null });
  });
});

describe('time', () => {
  test('an open prompt is never an end before its time, and is one only by the provider’s answer', () => {
    const at = (ms: number, one: Observation) => reduce(facts({ promptExpiresAtMs: NOW }), one, ms).to;
    expect(at(NOW + EXPIRY_GRACE_MS - 1, observation({}))).toBeNull();
    expect(at(NOW + EXPIRY_GRACE_MS, observation({}))).toBe('expired');
    expect(at(NOW + EXPIRY_GRACE_MS, observation({ source: 'initiation' }))).toBeNull();
    expect(at(NOW + 86_400_000, observation({ outcome: 'unknown' }))).toBeNull();
  });

  test('late success after any end', () => {
    for (const state of ['failed', 'canceled', 'expired'] as const) {
      expect(reduce(facts({ state }), paid(), NOW)).toMatchObject({ to: 'succeeded', cause: 'late_success' });
    }
  });
});

const anObservation = fc.record({
  outcome: fc.constantFrom('succeeded', 'failed', 'pending', 'unknown'),
  code: fc.constantFrom(null, 'wrong_pin', 'expired', 'cancelled', 'insufficient_funds'),
  source: fc.constantFrom('status', 'callback', 'initiation'),
  amountMinor: fc.constantFrom(null, 80n, 80n, 79n),
  currency: fc.constantFrom(null, 'GHS', 'GHS', 'KES'),
  phone: fc.constantFrom(null, PHONE, '233249999999'),
  isReversed: fc.constantFrom(false, false, false, true),
});

describe('whatever the order', () => {
  const trust = fc.constantFrom('hint', 'checked', 'signed') as fc.Arbitrary<PaymentFacts['callbackTrust']>;

  test('one credit at most, and nothing unknown becomes a failure', () => {
    fc.assert(
      fc.property(
        trust,
        fc.array(anObservation, { maxLength: 12 }),
        fc.infiniteStream(fc.boolean()),
        (callbackTrust, seen, crashes) => {
          const books = { credits: 0, suspended: 0, clawbacks: 0 };
          let payment = facts({ state: 'submitting', callbackTrust });
          let nowMs = NOW;
          for (const one of seen) {
            nowMs += 60_000;
            const before = payment.state;
            const said = observation(one as Partial<Observation>);
            const verdict = reduce(payment, said, nowMs);
            // The books are unique per payment: the second posting of any kind of receipt is the first.
            const placed = books.credits + books.suspended > 0;
            if (verdict.posting?.kind === 'credit' && !placed) books.credits += 1;
            if (verdict.posting?.kind === 'suspend' && !placed) books.suspended += 1;
            if (verdict.posting?.kind === 'claw_back') books.clawbacks = 1;
            if (verdict.posting?.kind === 'credit') expect(books.suspended).toBeLessThanOrEqual(1);
            // A crash between the books and the state: the state stays behind.
            if (crashes.next().value === true) continue;
            if (verdict.to === null) continue;
            const isSuspended = verdict.to === 'succeeded' && books.suspended > 0;
            const to = isSuspended ? 'in_reconciliation' : verdict.to;
            if (said.outcome === 'unknown' && !said.isReversed) throw new Error(`unknown moved ${before} to ${to}`);
            if (PAID.has(before) && !['reversed'].includes(to)) throw new Error(`${before} became ${to}`);
            payment = {
              ...payment,
              state: to,
              hasMoney: payment.hasMoney || (verdict.posting !== null && verdict.posting.kind !== 'claw_back'),
            };
          }
          expect(books.credits).toBeLessThanOrEqual(1);
          expect(books.credits + books.suspended).toBeLessThanOrEqual(1);
          if (payment.state === 'succeeded') expect(books.credits).toBe(1);
        },
      ),
      { numRuns: 3_000, verbose: 1 },
    );
  });

  test('exactly one credit once the provider itself says paid, in every order with a failure, copies and crashes', () => {
    const pieces = fc.shuffledSubarray(['paid', 'paid', 'paid', 'failed', 'pending', 'unknown', 'late_paid'] as const, {
      minLength: 1,
    });
    fc.assert(
      fc.property(trust, pieces, fc.infiniteStream(fc.boolean()), (callbackTrust, order, crashes) => {
        let payment = facts({ state: 'submitting', callbackTrust });
        let credits = 0;
        const see = (said: Observation, crashed: boolean): void => {
          const verdict = reduce(payment, said, NOW);
          if (verdict.posting?.kind === 'credit' && credits === 0) credits = 1;
          if (crashed || verdict.to === null) return;
          payment = { ...payment, state: verdict.to, hasMoney: payment.hasMoney || verdict.posting !== null };
        };
        const SAID = {
          paid: paid(),
          late_paid: paid(),
          failed: failed(),
          pending: observation({}),
          unknown: observation({ outcome: 'unknown' }),
        };
        for (const piece of order) see(SAID[piece], crashes.next().value === true);
        // What a crash left behind is looked at again.
        for (const piece of order) see(SAID[piece], false);
        const wasPaid = order.includes('paid') || order.includes('late_paid');
        expect(credits).toBe(wasPaid ? 1 : 0);
        expect(payment.state === 'succeeded').toBe(wasPaid);
      }),
      { numRuns: 3_000, verbose: 1 },
    );
  });

  test('every state takes every observation without a throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYMENT_STATUSES),
        fc.boolean(),
        trust,
        anObservation,
        (state, hasMoney, callbackTrust, one) => {
          const verdict = reduce(
            facts({ state, hasMoney, callbackTrust }),
            observation(one as Partial<Observation>),
            NOW,
          );
          if (verdict.mustAsk) expect(verdict).toMatchObject({ to: null, posting: null });
        },
      ),
    );
  });
});

const PAID: ReadonlySet<PaymentState> = new Set(['succeeded', 'partially_refunded', 'refunded', 'reversed']);
