import { expect, it } from 'vitest';
import { createClock } from './clock';

it('runs tasks at their own moments, in order, and those that they make on the way', async () => {
  const clock = createClock({ source: () => 1_000, ticks: false });
  const ran: [string, number][] = [];
  const note = (name: string) => () => void ran.push([name, clock.now()]);
  clock.after(30, note('c'));
  clock.after(10, note('a'));
  clock.after(10, () => {
    note('b')();
    clock.after(5, note('made'));
    clock.after(500, note('later'));
  });
  const cancel = clock.after(20, note('cancelled'));
  cancel();
  await clock.advance(100);
  expect(ran).toEqual([
    ['a', 1_010],
    ['b', 1_010],
    ['made', 1_015],
    ['c', 1_030],
  ]);
  expect(clock.now()).toBe(1_100);
});

it('keeps any order of arrival', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const clock = createClock({ source: () => 0, ticks: false });
  const ran: number[] = [];
  const due = Array.from({ length: 500 }, () => 1 + random(50));
  const cancels = due.map((at) => clock.after(at, () => void ran.push(at)));
  const gone = new Set(Array.from({ length: 100 }, () => random(500)));
  for (const index of gone) cancels[index]?.();
  await clock.advance(60);
  const expected = due.filter((_, index) => !gone.has(index)).sort((a, b) => a - b);
  expect(ran, `seed ${seed}`).toEqual(expected);
});

it('waits for a task before the next', async () => {
  const clock = createClock({ source: () => 0, ticks: false });
  const ran: string[] = [];
  clock.after(1, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    ran.push('first');
  });
  clock.after(2, () => void ran.push('second'));
  await clock.advance(2);
  expect(ran).toEqual(['first', 'second']);
});

it('runs what is due at once by itself, and ticks when it is to', async () => {
  const still = createClock({ source: () => 0, ticks: false });
  await new Promise<void>((resolve) => still.after(0, resolve));
  const ticking = createClock({ source: Date.now, ticks: true });
  const ran: string[] = [];
  await new Promise<void>((resolve) => {
    ticking.after(30, () => {
      ran.push('later');
      resolve();
    });
    ticking.after(5, () => void ran.push('sooner'));
    // A pending task alone does not keep the process.
    setTimeout(() => undefined, 100);
  });
  expect(ran).toEqual(['sooner', 'later']);
});
