import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENESIS_HASH } from './hash';
import { compareIds, compareLots, freePaidMinor, planConsumption } from './lots';
import type { Account, Lot } from './types';

function anAccount(parts: Partial<Account>): Account {
  return {
    tenantId: '1',
    id: '2',
    type: 'CUSTOMER_WALLET',
    currency: 'GHS',
    isSystem: false,
    status: 'active',
    balanceMinor: 0n,
    minimumBalanceMinor: 0n,
    canOverdraw: false,
    lowBalanceMinor: null,
    sequence: 0,
    headHash: GENESIS_HASH,
    heldMinor: 0n,
    ...parts,
  };
}

const aLot = fc.record({
  id: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String),
  remainingMinor: fc.bigInt({ min: 0n, max: 500n }),
  heldMinor: fc.bigInt({ min: 0n, max: 50n }),
  priority: fc.constantFrom(0, 49, 50, 51, 100),
  expiresAtMs: fc.option(fc.constantFrom(1, 1_000, 2_000), { freq: 3 }),
});

const someLots = fc.uniqueArray(aLot, { selector: (lot) => lot.id, maxLength: 12 }).map((parts) =>
  parts.map(
    (part): Lot => ({
      ...part,
      accountId: '2',
      grantedMinor: part.remainingMinor + part.heldMinor,
      usedMinor: 0n,
      expiredMinor: 0n,
      forfeitedMinor: 0n,
    }),
  ),
);

/** A wallet with lots, paid money, and a hold that pins parts of both. */
const aWallet = fc
  .record({ lots: someLots, paid: fc.bigInt({ min: 0n, max: 800n }), paidHeld: fc.bigInt({ min: 0n, max: 90n }) })
  .map(({ lots, paid, paidHeld }) => {
    const total = (part: 'remainingMinor' | 'heldMinor'): bigint => lots.reduce((sum, lot) => sum + lot[part], 0n);
    const account = anAccount({
      balanceMinor: total('remainingMinor') + total('heldMinor') + paid + paidHeld,
      heldMinor: total('heldMinor') + paidHeld,
    });
    return { account, lots: [...lots].sort(compareLots), paid, spendable: total('remainingMinor') + paid };
  });

test('paid money that is free is what neither lots nor holds account for', () => {
  fc.assert(
    fc.property(aWallet, ({ account, lots, paid }) => {
      expect(freePaidMinor(account, lots)).toBe(paid);
    }),
  );
});

test('what is taken adds up, and no lot gives more than it has', () => {
  fc.assert(
    fc.property(aWallet, fc.bigInt({ min: 1n, max: 8_000n }), ({ account, lots, paid, spendable }, amount) => {
      const shares = planConsumption(account, lots, amount);
      expect(shares.reduce((sum, share) => sum + share.amountMinor, 0n)).toBe(amount);
      const named = shares.filter((share) => share.lotId !== null);
      expect(new Set(named.map((share) => share.lotId)).size).toBe(named.length);
      for (const { lotId, amountMinor } of named) {
        expect(amountMinor > 0n && amountMinor <= (lots.find((lot) => lot.id === lotId)?.remainingMinor ?? 0n)).toBe(
          true,
        );
      }
      const paidTaken = amount - named.reduce((sum, share) => sum + share.amountMinor, 0n);
      // Beyond what is there it is an overdraft of paid money, and only then.
      if (amount <= spendable) expect(paidTaken <= paid).toBe(true);
      else expect(paidTaken).toBe(amount - (spendable - paid));
    }),
  );
});

test('the order is priority, then soonest expiry, then promotional before paid, then oldest', () => {
  fc.assert(
    fc.property(aWallet, fc.bigInt({ min: 1n, max: 8_000n }), ({ account, lots, paid }, amount) => {
      const pots = lots
        .filter((lot) => lot.remainingMinor > 0n)
        .map((lot) => ({
          lotId: lot.id as string | null,
          free: lot.remainingMinor,
          key: [BigInt(lot.priority), BigInt(lot.expiresAtMs ?? 2 ** 50), 0n, BigInt(lot.id)],
        }));
      pots.push({ lotId: null, free: paid, key: [50n, 2n ** 50n, 1n, 0n] });
      pots.sort((a, b) => {
        const at = a.key.findIndex((part, i) => part !== b.key[i]);
        return at === -1 ? 0 : (a.key[at] as bigint) < (b.key[at] as bigint) ? -1 : 1;
      });
      const expected: string[] = [];
      let left = amount;
      for (const { lotId, free } of pots) {
        const part = free < left ? free : left;
        if (part > 0n) expected.push(`${lotId} ${part}`);
        left -= part;
      }
      if (left > 0n) expected.push(`null ${left}`);
      expect(planConsumption(account, lots, amount).map((share) => `${share.lotId} ${share.amountMinor}`)).toEqual(
        expected,
      );
    }),
  );
});

test('ids are compared as the numbers they are', () => {
  const id = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(id, id, (a, b) => {
      expect(Math.sign(compareIds(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
