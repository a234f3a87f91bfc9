import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../tests/differential';
import { MemorySubject } from '../tests/memory-subject';
import { sequencesOf, type WalletKind } from '../tests/plans';
import { countOf, seedOf } from '../tests/seed';
import { decide } from './decide';
import type { LedgerEvent } from './events';
import type { Account } from './types';

const ALERTS = new Set(['wallet.balance_low', 'wallet.balance_recovered', 'wallet.depleted']);
const GROUP = 5;

/** Thresholds that the amounts of random plans meet from both sides, one on each sort of wallet. */
const WALLETS: readonly WalletKind[] = [
  { currency: 'GHS', lowBalance: 250n },
  { currency: 'GHS', lowBalance: 1_000n, minimum: 100n },
  { currency: 'GHS', lowBalance: 49n, canOverdraw: true },
  { currency: 'KES' },
];

/** As the words have it, computed apart: balance less holds less minimum, before and after one command. */
const availableIn = ({ balanceMinor, heldMinor, minimumBalanceMinor }: Account): bigint =>
  balanceMinor - heldMinor - minimumBalanceMinor;

class Told {
  readonly counts = new Map<string, number>();
  private readonly last = new Map<string, string>();

  /** Decides one command after the other, and holds the alerts of each against what it did to every account. */
  readonly decideAndCheck: typeof decide = (state, commands, nowMs, nextId) => {
    const accounts = [...state.accounts.values()];
    let work: ReturnType<typeof decide>['work'] | undefined;
    const outcomes = commands.map((command) => {
      const before = new Map(accounts.map((account) => [account, { ...account }]));
      const decision = decide(state, [command], nowMs, nextId);
      const alerts = decision.work.events.filter(({ type }) => ALERTS.has(type));
      const expected = accounts.flatMap((account) => crossingsOf(before.get(account) as Account, account));
      expect(alerts.map(nameOf).sort(), JSON.stringify(command, textOfBigint)).toEqual(expected.sort());
      for (const alert of alerts) this.note(alert);
      work = decision.work;
      return decision.outcomes[0] as (typeof decision.outcomes)[number];
    });
    return { outcomes, work: work as NonNullable<typeof work> };
  };

  private note({ type, accountId }: LedgerEvent): void {
    this.counts.set(type, (this.counts.get(type) ?? 0) + 1);
    if (type === 'wallet.depleted') return;
    const first = this.last.get(accountId) === undefined;
    // A wallet begins empty, which is under its threshold: the first to be told is that it rose to it.
    expect(type).toBe(
      first || this.last.get(accountId) === 'wallet.balance_low' ? 'wallet.balance_recovered' : 'wallet.balance_low',
    );
    this.last.set(accountId, type);
  }
}

const nameOf = ({ type, accountId }: LedgerEvent): string => `${type} ${accountId}`;
const textOfBigint = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function crossingsOf(before: Account, after: Account): string[] {
  if (after.type !== 'CUSTOMER_WALLET' || after.status === 'closed') return [];
  const [from, to] = [availableIn(before), availableIn(after)];
  const threshold = after.lowBalanceMinor;
  const names: string[] = [];
  if (threshold !== null && from >= threshold !== to >= threshold) {
    names.push(to < threshold ? 'balance_low' : 'balance_recovered');
  }
  if (!after.canOverdraw && from > 0n && to <= 0n) names.push('depleted');
  return names.map((name) => `wallet.${name} ${after.id}`);
}

test('over random sequences each alert is a crossing, each crossing an alert, and low and recovered take turns', async () => {
  const told = new Told();
  await fc.assert(
    fc.asyncProperty(sequencesOf(GROUP, 5_000n), async (sequences) => {
      await compare(new MemorySubject(undefined, told.decideAndCheck), sequences, WALLETS);
    }),
    { seed: seedOf('alerts'), numRuns: countOf('ALERT_SEQUENCES', 200) / GROUP },
  );
  for (const type of ALERTS) expect(told.counts.get(type), type).toBeGreaterThan(50);
}, 120_000);

describe('a threshold', () => {
  async function open(lowBalance?: bigint) {
    const events: LedgerEvent[] = [];
    const subject = new MemorySubject(undefined, (...args) => {
      const decision = decide(...args);
      events.push(...decision.work.events.filter(({ type }) => ALERTS.has(type)));
      return decision;
    });
    subject.setNow(Date.UTC(2026, 0, 15));
    const [world] = await subject.open(1, [{ currency: 'GHS', ...(lowBalance !== undefined && { lowBalance }) }]);
    if (world === undefined) throw new Error('No world.');
    const base = () => ({
      tenantId: world.tenantId,
      id: subject.nextId(),
      origin: { actor: 'test', requestId: 'req' },
      accountId: world.wallets[0] as string,
    });
    const money = (amountMinor: bigint) => ({
      ...base(),
      amountMinor,
      currency: null,
      reference: null,
      description: null,
      metadata: null,
      businessAtMs: null,
      service: null,
    });
    const credit = (amountMinor: bigint) =>
      ({
        ...money(amountMinor),
        kind: 'credit',
        operation: 'credit',
        from: 'EXTERNAL_SETTLEMENT',
        expiresAtMs: null,
        priority: 50,
      }) as const;
    const debit = (amountMinor: bigint) =>
      ({ ...money(amountMinor), kind: 'debit', operation: 'debit', to: 'AVAILABLE_COLLECTIONS' }) as const;
    const set = (lowBalanceMinor: bigint | null) =>
      ({
        ...base(),
        kind: 'change_account',
        status: null,
        minimumBalanceMinor: null,
        canOverdraw: null,
        lowBalanceMinor,
        mayEndInactive: true,
        words: null,
        reason: null,
      }) as const;
    const types = (): string[] => events.splice(0).map(({ type }) => type.slice('wallet.'.length));
    return { subject, credit, debit, set, types };
  }

  test('exactly at it is not under it; at it again is recovered', async () => {
    const { subject, credit, debit, types } = await open(100n);
    await subject.submit([credit(150n)]);
    types();
    await subject.submit([debit(50n)]);
    expect(types()).toEqual([]);
    await subject.submit([debit(1n)]);
    expect(types()).toEqual(['balance_low']);
    await subject.submit([debit(1n), debit(1n)]);
    expect(types()).toEqual([]);
    await subject.submit([credit(3n)]);
    expect(types()).toEqual(['balance_recovered']);
  });

  test('two commands of one batch that cross and cross back are both told', async () => {
    const { subject, credit, debit, types } = await open(100n);
    await subject.submit([credit(100n), debit(100n), credit(100n)]);
    expect(types()).toEqual(['balance_recovered', 'balance_low', 'depleted', 'balance_recovered']);
  });

  test('setting one, or taking it away, crosses nothing', async () => {
    const { subject, credit, debit, set, types } = await open();
    await subject.submit([credit(100n), set(500n)]);
    await subject.submit([set(50n)]);
    await subject.submit([set(500n), set(null)]);
    expect(types()).toEqual([]);
    await subject.submit([set(50n), debit(60n)]);
    expect(types()).toEqual(['balance_low']);
  });

  test('without one the last of the money is told all the same', async () => {
    const { subject, credit, debit, types } = await open();
    await subject.submit([credit(100n), debit(99n)]);
    expect(types()).toEqual([]);
    await subject.submit([debit(1n)]);
    expect(types()).toEqual(['depleted']);
  });
});
