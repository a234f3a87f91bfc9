import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../core/decide';
import { LedgerState } from '../core/state';
import type { Command, Lot, PostedJournal } from '../core/types';
import { compare, Divergence } from './differential';
import { MemorySubject } from './memory-subject';
import { PLAIN_WALLETS, sequencesOf } from './plans';
import { seedOf } from './seed';

/**
 * The positive controls of the reference ledger: cores with one rule broken, through the same harness. Each must be
 * found out, or the harness proves nothing about that rule.
 */
class LatestLotFirst extends LedgerState {
  override openLots(accountId: string): Lot[] {
    return super.openLots(accountId).reverse();
  }
}

class Forgetful extends LedgerState {
  override readonly earlier = new Map<string, PostedJournal>();
  constructor() {
    super();
    this.earlier.set = () => this.earlier;
  }
}

class HoldsAnything extends LedgerState {
  override activeHolds(): [] {
    return [];
  }
}

type Decide = typeof decide;

const onEach =
  (change: (command: Command) => Command): Decide =>
  (state, commands, nowMs, nextId) =>
    decide(state, commands.map(change), nowMs, nextId);

const BROKEN: [name: string, makeState: () => LedgerState, broken: Decide][] = [
  ['the latest lot is spent first', () => new LatestLotFirst(), decide],
  ['references are forgotten', () => new Forgetful(), decide],
  ['holds never expire', () => new HoldsAnything(), decide],
  [
    'a lot is spendable until now ≤ expires_at',
    () => new LedgerState(),
    (state, commands, nowMs, nextId) => decide(state, commands, nowMs - 1, nextId),
  ],
  [
    'a reversal does not give lots back',
    () => new LedgerState(),
    onEach((command) =>
      command.kind === 'reverse' ? { ...command, original: { ...command.original, lotUses: [] } } : command,
    ),
  ],
  [
    'a reversal always returns fees',
    () => new LedgerState(),
    onEach((command) => (command.kind === 'reverse' ? { ...command, refundFees: true } : command)),
  ],
  [
    'fees are rounded down',
    () => new LedgerState(),
    onEach((command) => {
      if (!('service' in command) || command.service?.fee.type !== 'PERCENTAGE') return command;
      const amountMinor = (command.amountMinor * command.service.fee.partsPerMillion) / 1_000_000n;
      return { ...command, service: { ...command.service, fee: { type: 'FIXED', amountMinor } } };
    }),
  ],
  [
    'the bearer of fees is the other one',
    () => new LedgerState(),
    onEach((command) => {
      if (!('service' in command) || command.service === null) return command;
      const feeBearer = command.service.feeBearer === 'client' ? 'customer' : 'client';
      return { ...command, service: { ...command.service, feeBearer } };
    }),
  ],
  [
    'caps are not looked at',
    () => new LedgerState(),
    onEach((command) =>
      'service' in command && command.service !== null
        ? { ...command, service: { ...command.service, dailyCapMinor: null, monthlyCapMinor: null } }
        : command,
    ),
  ],
  [
    'a part captured captures the whole',
    () => new LedgerState(),
    onEach((command) => (command.kind === 'capture' ? { ...command, amountMinor: null } : command)),
  ],
  [
    'freezing is not done',
    () => new LedgerState(),
    onEach((command) =>
      command.kind === 'change_account' && command.status === 'frozen' ? { ...command, status: 'active' } : command,
    ),
  ],
  [
    'deactivating is only freezing',
    () => new LedgerState(),
    onEach((command) =>
      command.kind === 'change_account' && command.status === 'inactive' ? { ...command, status: 'frozen' } : command,
    ),
  ],
  [
    'a minimum balance is not kept',
    () => new LedgerState(),
    onEach((command) =>
      command.kind === 'change_account' ? { ...command, minimumBalanceMinor: null, status: command.status } : command,
    ),
  ],
  [
    'commands of a batch are decided backwards',
    () => new LedgerState(),
    (state, commands, nowMs, nextId) => {
      const { outcomes, work } = decide(state, [...commands].reverse(), nowMs, nextId);
      return { outcomes: [...outcomes].reverse(), work };
    },
  ],
];

test.each(BROKEN)(
  'control: %s',
  async (name, makeState, broken) => {
    const run = fc.check(
      fc.asyncProperty(sequencesOf(10), async (sequences) => {
        await compare(new MemorySubject(makeState, broken), sequences, PLAIN_WALLETS);
      }),
      { seed: seedOf(name), numRuns: 100, endOnFailure: true },
    );
    const { failed, errorInstance } = await run;
    expect(failed).toBe(true);
    expect(errorInstance).toBeInstanceOf(Divergence);
  },
  60_000,
);
