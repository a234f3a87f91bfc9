import { expect, test, vi } from 'vitest';
import { Divergence } from './differential';
import { groupRace, groupsAgainstReference } from './group-scenarios';

/** The positive control of groups.db.test.ts: atomicity taken out of the core, and each scenario has to see it. */
vi.mock('../core/decide', async (original) => {
  const core = await original<typeof import('../core/decide')>();
  return { ...core, decideTogether: core.decide };
});

test('control: groups that write what was not refused diverge from the reference', async () => {
  const error: unknown = await groupsAgainstReference(40).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).cause).toBeInstanceOf(Divergence);
}, 60_000);

test('control: in a race they are there in part', async () => {
  const { faults } = await groupRace(6, 20);
  expect(faults.some((fault) => fault.endsWith('of a group refused.'))).toBe(true);
}, 60_000);
