import { describe, expect, it } from 'vitest';
import { backOffMs, type Decision, decide, type Facts, methodAt, type RuleFacts } from './decide';

const NOW = Date.UTC(2026, 10, 21, 10, 42);
const NOTHING = { count: 0, amountMinor: 0n };

function facts(rule: Partial<RuleFacts> = {}, rest: Partial<Facts> = {}): Facts {
  return {
    rule: {
      status: 'active',
      thresholdMinor: 5_000n,
      amountMinor: 30_000n,
      targetMinor: null,
      dailyCountMax: 2,
      monthlyCountMax: 30,
      dailyAmountMaxMinor: null,
      monthlyAmountMaxMinor: 120_000n,
      cooldownUntilMs: null,
      backedOffUntilMs: null,
      ...rule,
    },
    wallet: { status: 'active', availableMinor: 4_999n },
    unitMinor: 100n,
    used: { day: NOTHING, month: NOTHING },
    isInFlight: false,
    obstacle: null,
    nowMs: NOW,
    ...rest,
  };
}

const start = (amountMinor = 30_000n): Decision => ({ kind: 'start', amountMinor });
const skip = (reason: string, againAtMs: number | null = null) => ({ kind: 'skip', reason, againAtMs });
const holding = (availableMinor: bigint, status: Facts['wallet']['status'] = 'active') => ({
  wallet: { status, availableMinor },
});

describe('deciding', () => {
  it('starts under the threshold, and not on it', () => {
    expect(decide(facts())).toEqual(start());
    expect(decide(facts({}, holding(-200n)))).toEqual(start());
    expect(decide(facts({}, holding(5_000n)))).toEqual({ kind: 'rest' });
  });

  it('rests while the rule is off, whatever else is the case', () => {
    for (const status of ['paused', 'disabled'] as const) {
      expect(decide(facts({ status }, { ...holding(0n, 'closed'), isInFlight: true }))).toEqual({ kind: 'rest' });
    }
  });

  it('brings a target, up to the whole unit', () => {
    const target = { amountMinor: null, targetMinor: 10_000n };
    expect(decide(facts(target, holding(4_000n)))).toEqual(start(6_000n));
    expect(decide(facts(target, holding(4_001n)))).toEqual(start(6_000n));
    expect(decide(facts(target, holding(3_999n)))).toEqual(start(6_100n));
    expect(decide(facts(target, { ...holding(3_999n), unitMinor: 1n }))).toEqual(start(6_001n));
    expect(decide(facts(target, holding(-50n)))).toEqual(start(10_100n));
  });

  it('ends with the wallet, and waits while it takes nothing', () => {
    expect(decide(facts({}, holding(0n, 'closed')))).toEqual({ kind: 'end' });
    expect(decide(facts({}, holding(0n, 'frozen')))).toEqual(skip('wallet_frozen'));
    expect(decide(facts({}, holding(0n, 'inactive')))).toEqual(skip('wallet_inactive'));
  });

  it('has one under way at the most, before every other guard', () => {
    const all = { isInFlight: true, used: { day: { count: 9, amountMinor: 0n }, month: NOTHING } };
    expect(decide(facts({ cooldownUntilMs: NOW + 1 }, all))).toEqual(skip('in_flight'));
  });

  it('keeps still until the very millisecond', () => {
    for (const [field, reason] of [
      ['cooldownUntilMs', 'cooldown'],
      ['backedOffUntilMs', 'backed_off'],
    ] as const) {
      expect(decide(facts({ [field]: NOW + 1 }))).toEqual(skip(reason, NOW + 1));
      expect(decide(facts({ [field]: NOW }))).toEqual(start());
    }
  });

  it('stays within a day and a month, in number and in amount, to the last unit', () => {
    const day = Date.UTC(2026, 10, 22);
    const month = Date.UTC(2026, 11, 1);
    const used = (period: 'day' | 'month', count: number, amountMinor: bigint) => ({
      used: { day: NOTHING, month: NOTHING, [period]: { count, amountMinor } },
    });
    expect(decide(facts({}, used('day', 1, 30_000n)))).toEqual(start());
    expect(decide(facts({}, used('day', 2, 0n)))).toEqual(skip('daily_limit', day));
    expect(decide(facts({ dailyAmountMaxMinor: 60_000n }, used('day', 1, 30_000n)))).toEqual(start());
    expect(decide(facts({ dailyAmountMaxMinor: 59_999n }, used('day', 1, 30_000n)))).toEqual(skip('daily_limit', day));
    expect(decide(facts({}, used('month', 3, 90_000n)))).toEqual(start());
    expect(decide(facts({}, used('month', 4, 90_001n)))).toEqual(skip('monthly_limit', month));
    expect(decide(facts({ monthlyCountMax: 4 }, used('month', 4, 0n)))).toEqual(skip('monthly_limit', month));
  });

  it('goes on to the next year', () => {
    const nowMs = Date.UTC(2026, 11, 31, 23, 59);
    const used = { day: { count: 2, amountMinor: 0n }, month: NOTHING };
    expect(decide(facts({}, { nowMs, used }))).toEqual(skip('daily_limit', Date.UTC(2027, 0, 1)));
  });

  it('says last that nobody can be asked', () => {
    const obstacle = { reason: 'provider_unavailable', againAtMs: NOW + 5 } as const;
    expect(decide(facts({}, { obstacle }))).toEqual(skip('provider_unavailable', NOW + 5));
    expect(decide(facts({}, { ...holding(5_000n), obstacle }))).toEqual({ kind: 'rest' });
  });
});

describe('after failures', () => {
  it('asks each method once, then waits longer each round', () => {
    const minutes = (methods: number, count: number) =>
      Array.from({ length: count }, (_, n) => backOffMs(n + 1, methods) / 60_000);
    expect(minutes(1, 6)).toEqual([15, 60, 360, 1_440, 1_440, 1_440]);
    expect(minutes(3, 7)).toEqual([1, 1, 15, 1, 1, 60, 1]);
    expect([0, 1, 2, 3].map((failures) => methodAt(['a', 'b', 'c'], failures))).toEqual(['a', 'b', 'c', 'a']);
    expect(methodAt([], 1)).toBeUndefined();
  });
});
