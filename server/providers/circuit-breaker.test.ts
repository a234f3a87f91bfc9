import { describe, expect, it } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import { CircuitBreaker } from './circuit-breaker';

const OPTIONS = {
  failuresInARow: 3,
  windowSize: 10,
  failureShare: 0.5,
  openMs: 1_000,
  openMsMax: 3_000,
  trialMsMax: 500,
};

function circuit() {
  const clock = fixedClock(1_000_000);
  return { clock, breaker: new CircuitBreaker(clock.fixedMs, OPTIONS) };
}

function tell(breaker: CircuitBreaker, outcomes: string): void {
  for (const outcome of outcomes) {
    expect(breaker.tryEnter()).toBe(true);
    if (outcome === 'x') breaker.failed();
    else breaker.succeeded();
  }
}

describe('the circuit', () => {
  it('opens after failures in a row, and not one earlier', () => {
    const { breaker } = circuit();
    tell(breaker, 'xx');
    expect(breaker.isClosed()).toBe(true);
    tell(breaker, 'x');
    expect(breaker.isClosed()).toBe(false);
    expect(breaker.tryEnter()).toBe(false);
  });

  it('opens when half of the window failed, never in a row', () => {
    const { breaker } = circuit();
    tell(breaker, '.xx.xx..x');
    expect(breaker.isClosed()).toBe(true);
    tell(breaker, '.');
    tell(breaker, '.');
    // Of the last ten five failed; only a failure opens it.
    expect(breaker.isClosed()).toBe(true);
    tell(breaker, 'x');
    expect(breaker.isClosed()).toBe(false);
  });

  it('lets one trial through when the time is over, and closes on its success', () => {
    const { breaker, clock } = circuit();
    tell(breaker, 'xxx');
    clock.advance(999);
    expect(breaker.tryEnter()).toBe(false);
    clock.advance(1);
    expect(breaker.isClosed()).toBe(true);
    expect(breaker.tryEnter()).toBe(true);
    expect(breaker.isClosed()).toBe(false);
    expect(breaker.tryEnter()).toBe(false);
    breaker.succeeded();
    tell(breaker, 'xx');
    expect(breaker.isClosed()).toBe(true);
  });

  it('stays open twice as long after each failed trial, up to the bound, and begins anew after a success', () => {
    const { breaker, clock } = circuit();
    tell(breaker, 'xxx');
    for (const openMs of [1_000, 2_000, 3_000, 3_000]) {
      clock.advance(openMs - 1);
      expect(breaker.tryEnter()).toBe(false);
      clock.advance(1);
      tell(breaker, 'x');
    }
    clock.advance(3_000);
    tell(breaker, '.xxx');
    clock.advance(1_000);
    expect(breaker.tryEnter()).toBe(true);
  });

  it('does not take late news from before the opening for a trial', () => {
    const { breaker } = circuit();
    expect(breaker.tryEnter()).toBe(true);
    tell(breaker, 'xxx');
    breaker.succeeded();
    expect(breaker.isClosed()).toBe(false);
  });

  it('gives up on a trial that nobody reported back', () => {
    const { breaker, clock } = circuit();
    tell(breaker, 'xxx');
    clock.advance(1_000);
    expect(breaker.tryEnter()).toBe(true);
    clock.advance(500);
    expect(breaker.tryEnter()).toBe(true);
  });
});
