import fc from 'fast-check';
import type { AccountType, ServiceVersion } from '../core/types';
import { aService } from '../testing';

/**
 * What a random sequence does, before there are accounts and ids. Wallets, references, journals and holds are named by
 * small numbers, so that commands meet each other often and a failing sequence shrinks to a readable one.
 */
export interface Plan {
  readonly kind: PlanKind;
  readonly wallet: number;
  readonly other: number;
  readonly amount: bigint;
  readonly reference: number | null;
  readonly expiresInMs: number | null;
  readonly priority: number;
  readonly service: number | null;
  /** Which of the journals or holds so far. */
  readonly pick: number;
  readonly flag: boolean;
  readonly currency: string | null;
}

type PlanKind =
  | 'debit'
  | 'drawdown'
  | 'pay_out'
  | 'fund'
  | 'promote'
  | 'transfer'
  | 'reverse'
  | 'collect'
  | 'claw_back'
  | 'refund'
  | 'hold'
  | 'capture'
  | 'capture_part'
  | 'void'
  | 'freeze'
  | 'unfreeze'
  | 'close'
  | 'deactivate'
  | 'activate'
  | 'retire'
  | 'limit'
  | 'sweep'
  | 'unknown_account';

/** Commands of one step are submitted at once, at one moment. */
export interface Step {
  readonly advanceMs: number;
  readonly plans: readonly Plan[];
}

export interface Sequence {
  readonly opening: readonly bigint[];
  readonly steps: readonly Step[];
}

export interface WalletKind {
  readonly currency: string;
  readonly minimum?: bigint;
  readonly canOverdraw?: boolean;
  /** Its threshold for alerts; in the core's own tests alone. */
  readonly lowBalance?: bigint;
  /** A wallet unless said. */
  readonly type?: AccountType;
}

/** Three wallets that meet each other, and one in a currency of its own. */
export const PLAIN_WALLETS: readonly WalletKind[] = [
  { currency: 'GHS' },
  { currency: 'GHS' },
  { currency: 'GHS' },
  { currency: 'KES' },
];

export const BOUNDED_WALLETS: readonly WalletKind[] = [
  { currency: 'GHS' },
  { currency: 'GHS', minimum: 100n },
  { currency: 'GHS', canOverdraw: true },
  { currency: 'GHS', minimum: 1n, type: 'FLOAT_ACCOUNT' },
];

const HOUR = 3_600_000;

/** Rules of every sort; ids are given when a tenant is made. */
export const SERVICES: readonly Partial<ServiceVersion>[] = [
  { fee: { type: 'PERCENTAGE', partsPerMillion: 20_000n }, taxPartsPerMillion: 160_000n },
  { fee: { type: 'PERCENTAGE', partsPerMillion: 15_000n }, taxPartsPerMillion: 175_000n, feeBearer: 'customer' },
  { fee: { type: 'FIXED', amountMinor: 25n }, feeBearer: 'customer', refundFeesOnReversal: false },
  { fee: { type: 'FIXED', amountMinor: 3n }, taxPartsPerMillion: 500_000n, refundFeesOnReversal: false },
  { fee: { type: 'PERCENTAGE', partsPerMillion: 10_000n }, minimumFeeMinor: 5n, maximumFeeMinor: 9n },
  { minimumAmountMinor: 50n, maximumAmountMinor: 900n },
  { dailyCapMinor: 1_500n, monthlyCapMinor: 4_000n, fee: { type: 'FIXED', amountMinor: 1n } },
  { active: false },
  { transactionTypes: ['TRANSFER'] },
];

export function servicesFor(nextId: () => string): ServiceVersion[] {
  return SERVICES.map((rules) => aService(nextId(), rules));
}

const amount = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(1n, 7n, 49n, 50n, 100n, 250n, 999n, 1_000n) },
  { weight: 5, arbitrary: fc.bigInt({ min: 1n, max: 2_500n }) },
  { weight: 1, arbitrary: fc.constantFrom(9_007_199_254_740_991n, 9_007_199_254_739_000n) },
);

const kind = fc.oneof(
  ...(
    [
      [6, 'debit'],
      [2, 'drawdown'],
      [2, 'pay_out'],
      [4, 'fund'],
      [6, 'promote'],
      [4, 'transfer'],
      [5, 'reverse'],
      [4, 'collect'],
      [2, 'claw_back'],
      [2, 'refund'],
      [4, 'hold'],
      [2, 'capture'],
      [2, 'capture_part'],
      [2, 'void'],
      [1, 'freeze'],
      [2, 'unfreeze'],
      [1, 'close'],
      [1, 'deactivate'],
      [2, 'activate'],
      [1, 'retire'],
      [3, 'limit'],
      [1, 'sweep'],
      [1, 'unknown_account'],
    ] as const
  ).map(([weight, value]) => ({ weight, arbitrary: fc.constant<PlanKind>(value) })),
);

const plan: fc.Arbitrary<Plan> = fc.record({
  kind,
  wallet: fc.nat({ max: 3 }),
  other: fc.nat({ max: 3 }),
  amount,
  reference: fc.option(fc.nat({ max: 4 }), { freq: 2 }),
  // Often a boundary that the steps below hit to the millisecond.
  expiresInMs: fc.option(fc.constantFrom(-1, 0, 1, 2, 500, 1_000, HOUR, 24 * HOUR), { freq: 4 }),
  priority: fc.constantFrom(50, 50, 50, 0, 49, 51, 100),
  service: fc.option(fc.nat({ max: SERVICES.length - 1 }), { freq: 2 }),
  pick: fc.nat({ max: 40 }),
  flag: fc.boolean(),
  currency: fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('GHS', 'KES') },
  ),
});

const step: fc.Arbitrary<Step> = fc.record({
  advanceMs: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.constantFrom(1, 2, 499, 500, 998) },
    { weight: 1, arbitrary: fc.constantFrom(HOUR, 12 * HOUR, 24 * HOUR) },
  ),
  plans: fc.array(plan, { minLength: 1, maxLength: 5 }),
});

/** Ten to forty commands after the opening. */
const sequence: fc.Arbitrary<Sequence> = fc.record({
  opening: fc.tuple(amountOf(5_000n), amountOf(1_000n), amountOf(300n), amountOf(2_000n)),
  steps: fc
    .array(step, { minLength: 7, maxLength: 14, size: 'max' })
    .filter((steps) => steps.reduce((n, { plans }) => n + plans.length, 0) >= 10),
});

function amountOf(max: bigint): fc.Arbitrary<bigint> {
  return fc.bigInt({ min: 1n, max });
}

/**
 * Sequences that run side by side, each on a tenant of its own, so that batches hold commands of many.
 * @param largest amounts above it become it: wallets that may overdraw leave the range of a column else
 */
export function sequencesOf(count: number, largest: bigint | null = null): fc.Arbitrary<readonly Sequence[]> {
  const cut = (plan: Plan): Plan => (largest !== null && plan.amount > largest ? { ...plan, amount: largest } : plan);
  const each =
    largest === null
      ? sequence
      : sequence.map(({ opening, steps }) => ({
          opening,
          steps: steps.map(({ advanceMs, plans }) => ({ advanceMs, plans: plans.map(cut) })),
        }));
  return fc.array(each, { minLength: count, maxLength: count, size: 'max' });
}
