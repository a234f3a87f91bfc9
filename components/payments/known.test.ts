import { describe, expect, it } from 'vitest';
import { asksOf, whatIsKnown } from './known';
import type { Payment } from './request';

const AT = Date.parse('2026-06-17T16:22:39Z');
const iso = (seconds: number): string => new Date(AT + seconds * 1_000).toISOString();
const time = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

function ask(seconds: number, note: string | null, code: string | null = '500.001.1001'): Payment['timeline'][number] {
  return {
    at: iso(seconds),
    kind: 'observation',
    from: null,
    to: null,
    cause: 'pending',
    source: 'status',
    actor: null,
    outcome: 'pending',
    provider_code: code,
    note,
    raw: null,
  };
}

function payment(changes: Partial<Payment>): Payment {
  return {
    status: 'pending',
    provider: 'daraja',
    currency: 'KES',
    amount_charged: 102_900,
    failure_code: null,
    receipt: null,
    customer_name: 'Samuel Kiptoo',
    phone: '254712345219',
    requested_at: iso(0),
    next_ask_at: iso(3_600),
    stages: [{ stage: 'submitted', whose: 'provider', from: iso(0), to: iso(1), duration_ms: 1_000 }],
    messages: [],
    timeline: [],
    ...changes,
  } as unknown as Payment;
}

describe('whatIsKnown', () => {
  it('counts the questions and quotes the one answer', () => {
    const timeline = [ask(10, 'being processed'), ask(30, 'being processed')];
    const { known, next } = whatIsKnown(payment({ timeline }), { nowMs: AT + 1_920_000, time, arrived: null });
    expect(known).toBe(
      'M-Pesa took it at 16:22:40. No callback came. Asked 2 times, it says “being processed” each time.',
    );
    expect(next).toMatch(/^Asked again at 17:22:39, in 28 min, /);
  });

  it('does not put two answers into one quotation', () => {
    const timeline = [ask(10, 'being processed'), ask(30, 'wrong credentials')];
    expect(whatIsKnown(payment({ timeline }), { nowMs: AT, time, arrived: null }).known).toContain('different things');
  });

  it('says what came in place of what was asked for', () => {
    const { known, next } = whatIsKnown(
      payment({ status: 'in_reconciliation', failure_code: 'amount_mismatch', receipt: 'SS6B', next_ask_at: null }),
      { nowMs: AT, time, arrived: { amount: 90_000, currency: 'KES' } },
    );
    expect(known).toContain('KSh 1,029.00 was asked for, KSh 900.00 came, receipt SS6B.');
    expect(next).toContain('until a person says what it was');
  });
});

describe('asksOf', () => {
  it('has the newest first, and callbacks and transitions not at all', () => {
    const callback = { ...ask(20, 'paid'), source: 'callback' };
    const moved = { ...ask(40, null), kind: 'transition' as const };
    expect(asksOf({ timeline: [ask(10, 'a'), callback, ask(30, 'b'), moved] }).map(({ note }) => note)).toEqual([
      'b',
      'a',
    ]);
  });
});
