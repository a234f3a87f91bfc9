import { describe, expect, it } from 'vitest';
import { reasonsToBelieve } from './believed';
import { type Stage, stagesOf } from './stages';
import type { TimelineEntry } from './types';

const line = (atMs: number, given: Partial<TimelineEntry>): TimelineEntry => ({
  atMs,
  kind: 'transition',
  from: null,
  to: null,
  cause: '',
  source: 'status',
  actor: null,
  note: null,
  raw: null,
  outcome: null,
  providerCode: null,
  ...given,
});
const heard = (atMs: number, outcome: string): TimelineEntry => line(atMs, { kind: 'observation', outcome });
const facts = { createdAtMs: 0, initiatedAtMs: 900, promptExpiresAtMs: 60_000 };
const shown = (stages: readonly Stage[]) => stages.map(({ whose, fromMs, toMs }) => [whose, fromMs, toMs]);

describe('whose time it was', () => {
  it('of a payment that was approved, told by a callback and confirmed', () => {
    const timeline = [
      line(0, { to: 'submitting' }),
      heard(900, 'pending'),
      line(905, { from: 'submitting', to: 'pending' }),
      heard(24_000, 'succeeded'),
      heard(24_450, 'succeeded'),
      line(24_456, { from: 'pending', to: 'succeeded' }),
    ];
    expect(shown(stagesOf(facts, timeline, 20))).toEqual([
      ['us', 0, 20],
      ['provider', 20, 900],
      ['customer', 900, 24_000],
      ['provider', 24_000, 24_450],
      ['us', 24_450, 24_456],
    ]);
  });

  it('while the payer has not answered: theirs, and open', () => {
    const timeline = [line(0, { to: 'submitting' }), line(905, { to: 'pending' }), heard(10_900, 'pending')];
    expect(shown(stagesOf(facts, timeline, 20)).at(-1)).toEqual(['customer', 900, null]);
  });

  it('once the prompt is over and nobody knows: the provider’s, and open', () => {
    const timeline = [line(905, { to: 'pending' }), heard(90_000, 'pending')];
    expect(shown(stagesOf(facts, timeline, 20)).slice(-2)).toEqual([
      ['customer', 900, 60_000],
      ['provider', 60_000, null],
    ]);
  });

  it('refused at once: nobody waited for a customer', () => {
    const timeline = [heard(400, 'failed'), line(401, { to: 'failed' })];
    expect(shown(stagesOf({ ...facts, initiatedAtMs: null }, timeline, 20))).toEqual([
      ['us', 0, 20],
      ['provider', 20, 401],
    ]);
  });

  it('never runs backwards, whatever the clocks say', () => {
    const timeline = [heard(500, 'succeeded'), line(400, { to: 'succeeded' })];
    for (const { fromMs, toMs } of stagesOf(facts, timeline, -50))
      expect(toMs ?? fromMs).toBeGreaterThanOrEqual(fromMs);
  });
});

describe('why it was believed', () => {
  const payment = { chargedMinor: 80n, currency: 'GHS', phone: '233200000000' };
  const paid = {
    source: 'callback' as const,
    outcome: 'succeeded',
    amountMinor: 80n,
    currency: 'GHS',
    phone: '233200000000',
    isReversed: false,
  };

  it('an unsigned callback on a secret URL that the provider confirms', () => {
    const asked = { ...paid, source: 'status' as const, amountMinor: null, phone: null };
    expect(reasonsToBelieve(payment, [paid, asked], 'hint')).toEqual([
      'callback_url_secret',
      'amount_agrees',
      'currency_agrees',
      'phone_agrees',
      'provider_confirmed',
    ]);
  });

  it('a signed one by itself; and nothing of what does not agree', () => {
    expect(reasonsToBelieve(payment, [{ ...paid, phone: null }], 'signed')).toEqual([
      'callback_signed',
      'amount_agrees',
      'currency_agrees',
    ]);
    expect(reasonsToBelieve(payment, [{ ...paid, amountMinor: 79n }], 'signed')).not.toContain('amount_agrees');
  });

  it('nothing where no news of money came', () => {
    expect(reasonsToBelieve(payment, [{ ...paid, outcome: 'failed' }], 'hint')).toEqual([]);
    expect(reasonsToBelieve(payment, [{ ...paid, isReversed: true }], 'hint')).toEqual([]);
  });
});
