import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exponentOf } from '@/contracts/money';
import { MemorySubject } from '../tests/memory-subject';
import { countOf, seedOf } from '../tests/seed';
import { type ServiceTerms, serviceVersionIn } from './service-terms';
import type { Command } from './types';

/**
 * Fee and net are the amount, to the minor unit: in currencies of every exponent, at every rounding edge, whoever bears
 * the charges, tax included. The judge shares no arithmetic with the core: it rounds fractions, not minor units.
 */
const CURRENCIES = ['UGX', 'KES', 'KWD'] as const;
const RUNS = countOf('FEE_RUNS', 6_000);

interface Sample {
  readonly currency: (typeof CURRENCIES)[number];
  readonly type: 'CREDIT' | 'DEBIT' | 'TRANSFER';
  readonly amountMinor: bigint;
  readonly terms: ServiceTerms;
}

interface Decided {
  readonly feeMinor: bigint;
  readonly taxMinor: bigint;
  /** What the account's balance changed by, and the other side's: the outside, or a transfer's destination. */
  readonly accountMinor: bigint;
  readonly otherMinor: bigint;
}

const MILLION = 1_000_000n;
/** Rates that halve small amounts exactly, and their neighbours on either side of the half. */
const edgeRate = fc.constantFrom(
  1n,
  5_000n,
  5_000n,
  125_000n,
  250_000n,
  499_999n,
  500_000n,
  500_000n,
  500_001n,
  MILLION,
);
const rate = fc.oneof(
  { weight: 2, arbitrary: edgeRate },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: MILLION }) },
);
/** Odd multiples of what makes a half of those rates. */
const edgeAmount = fc
  .tuple(fc.nat({ max: 40 }), fc.constantFrom(1n, 2n, 4n, 100n))
  .map(([n, by]) => (2n * BigInt(n) + 1n) * by);
/** Decimal text with up to four decimals, fives and nines often, so that each exponent has its edges. */
const edgeText = fc
  .tuple(
    fc.nat({ max: 50 }),
    fc.constantFrom('', '.5', '.05', '.005', '.0005', '.4999', '.0049', '.9999', '.995', '.25'),
  )
  .map(([whole, fraction]) => `${whole}${fraction}`);
const optional = fc.option(edgeText, { freq: 2, nil: null });

const sample: fc.Arbitrary<Sample> = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  type: fc.constantFrom('CREDIT' as const, 'DEBIT' as const, 'TRANSFER' as const),
  amountMinor: fc.oneof(edgeAmount, fc.bigInt({ min: 1n, max: 2_000n }), fc.bigInt({ min: 1n, max: 1n << 40n })),
  terms: fc.record({
    transactionTypes: fc.constant(['CREDIT', 'DEBIT', 'TRANSFER'] as const),
    active: fc.constant(true),
    hasFee: fc.constant(true),
    fee: fc.oneof(
      edgeText.map((amount) => ({ type: 'FIXED' as const, amount })),
      rate.map((partsPerMillion) => ({ type: 'PERCENTAGE' as const, partsPerMillion })),
    ),
    minimumFee: optional,
    maximumFee: optional,
    taxPartsPerMillion: rate,
    feeBearer: fc.constantFrom('client' as const, 'customer' as const),
    refundFeesOnReversal: fc.boolean(),
    minimumAmount: fc.constant('0'),
    maximumAmount: fc.constant('9007199254740991'),
    dailyCap: fc.constant(null),
    monthlyCap: fc.constant(null),
  }),
});

type Round = (numerator: bigint, denominator: bigint) => bigint;
/** `⌊x + ½⌋` as a fraction over twice the denominator. */
const halfUp: Round = (numerator, denominator) => (2n * numerator + denominator) / (2n * denominator);

/** Charges by fractions of minor units: amounts of the terms in ten-thousandths of a major unit. */
function chargesBy(round: Round, { currency, amountMinor, terms }: Sample): { feeMinor: bigint; taxMinor: bigint } {
  const { fee, minimumFee, maximumFee } = terms;
  const minor = (text: string): bigint => {
    const [whole = '', fraction = ''] = text.split('.');
    return round(BigInt(whole + fraction.padEnd(4, '0')), 10n ** BigInt(4 - exponentOf(currency)));
  };
  if (fee === null) throw new Error('Every sample has a fee.');
  let feeMinor = fee.type === 'FIXED' ? minor(fee.amount) : round(amountMinor * fee.partsPerMillion, MILLION);
  if (minimumFee !== null && feeMinor < minor(minimumFee)) feeMinor = minor(minimumFee);
  if (maximumFee !== null && feeMinor > minor(maximumFee)) feeMinor = minor(maximumFee);
  return { feeMinor, taxMinor: round(feeMinor * terms.taxPartsPerMillion, MILLION) };
}

/** What is wrong with a decision, or null. */
function faultOf(given: Sample, { feeMinor, taxMinor, accountMinor, otherMinor }: Decided): string | null {
  const due = chargesBy(halfUp, given);
  if (feeMinor !== due.feeMinor) return `a fee of ${feeMinor} instead of ${due.feeMinor}`;
  if (taxMinor !== due.taxMinor) return `a tax of ${taxMinor} instead of ${due.taxMinor}`;
  const charges = feeMinor + taxMinor;
  if (accountMinor + otherMinor + charges !== 0n) return 'money made or lost';
  const [paid, got] = given.type === 'CREDIT' ? [-otherMinor, accountMinor] : [-accountMinor, otherMinor];
  const payerBears = given.type === 'TRANSFER' || (given.type === 'CREDIT') === (given.terms.feeBearer === 'customer');
  if (payerBears && got !== given.amountMinor) return `${got} arrived of ${given.amountMinor}`;
  if (!payerBears && got + charges !== given.amountMinor) return `net ${got} and charges ${charges} are not the amount`;
  if (paid !== got + charges) return `${paid} paid for ${got} and charges of ${charges}`;
  return null;
}

/** The core, over wallets in memory with enough in them. */
async function core(): Promise<(given: Sample) => Promise<Decided>> {
  const subject = new MemorySubject();
  subject.setNow(Date.UTC(2026, 0, 15));
  const [world] = await subject.open(
    1,
    CURRENCIES.flatMap((currency) => [{ currency }, { currency }]),
  );
  if (world === undefined) throw new Error('No world.');
  const base = (accountId: string) => ({
    tenantId: world.tenantId,
    id: subject.nextId(),
    origin: { actor: 'test', requestId: 'req' },
    accountId,
    currency: null,
    reference: null,
    description: null,
    metadata: null,
    businessAtMs: null,
    service: null,
  });
  const fund = (accountId: string, amountMinor: bigint) =>
    ({
      ...base(accountId),
      kind: 'credit',
      operation: 'transaction',
      amountMinor,
      from: 'EXTERNAL_SETTLEMENT',
      expiresAtMs: null,
      priority: 50,
    }) as const;
  await subject.submit(world.wallets.filter((_, i) => i % 2 === 0).map((wallet) => fund(wallet, 1n << 52n)));

  return async (given) => {
    const at = 2 * CURRENCIES.indexOf(given.currency);
    const [account = '', destination = ''] = world.wallets.slice(at, at + 2);
    const id = subject.nextId();
    const service = serviceVersionIn({ id, serviceId: id, terms: given.terms }, given.currency);
    const { amountMinor, type } = given;
    const command: Command =
      type === 'CREDIT'
        ? { ...fund(account, amountMinor), service }
        : type === 'DEBIT'
          ? {
              ...base(account),
              kind: 'debit',
              operation: 'transaction',
              amountMinor,
              to: 'EXTERNAL_SETTLEMENT',
              service,
            }
          : {
              ...base(account),
              kind: 'transfer',
              sourceAccountId: account,
              destinationAccountId: destination,
              amountMinor,
              service,
            };
    const [outcome] = await subject.submit([command]);
    if (outcome?.ok !== true || outcome.posted === null) throw new Error(`Refused: ${JSON.stringify(given.type)}`);
    const { journal, entries } = outcome.posted;
    const changeOf = (accountId: string | undefined): bigint =>
      entries.filter((entry) => entry.accountId === accountId).reduce((sum, entry) => sum + entry.amountMinor, 0n);
    return {
      feeMinor: journal.feeMinor,
      taxMinor: journal.taxMinor,
      accountMinor: changeOf(entries[0]?.accountId),
      otherMinor: changeOf(entries[1]?.accountId),
    };
  };
}

/** A ledger that rounds as it is told to, and is right otherwise. */
function roundingBy(round: Round): (given: Sample) => Promise<Decided> {
  return (given) => {
    const { feeMinor, taxMinor } = chargesBy(round, given);
    const sign = given.type === 'CREDIT' ? 1n : -1n;
    const charges = feeMinor + taxMinor;
    const accountPays = given.type === 'TRANSFER' || given.terms.feeBearer === 'client';
    return Promise.resolve({
      feeMinor,
      taxMinor,
      accountMinor: sign * given.amountMinor - (accountPays ? charges : 0n),
      otherMinor: -sign * given.amountMinor - (accountPays ? 0n : charges),
    });
  };
}

function property(decide: (given: Sample) => Promise<Decided>) {
  return fc.asyncProperty(sample, async (given) => {
    const fault = faultOf(given, await decide(given));
    if (fault !== null) throw new Error(fault);
  });
}

test('fee, tax and net are the amount, in every exponent, at every edge, for both bearers', async () => {
  const decide = await core();
  const seen = new Set<string>();
  const counted = async (given: Sample): Promise<Decided> => {
    const { fee } = given.terms;
    if (fee?.type === 'PERCENTAGE' && (given.amountMinor * fee.partsPerMillion) % MILLION === MILLION / 2n) {
      seen.add(`${exponentOf(given.currency)} ${given.type} ${given.terms.feeBearer}`);
    }
    return decide(given);
  };
  await fc.assert(property(counted), { seed: seedOf('fee and net'), numRuns: RUNS });
  // An exact half in every exponent, type and bearer, or the edges were not tried.
  expect(seen.size).toBe(18);
});

const floor: Round = (numerator, denominator) => numerator / denominator;
test.each<[string, Round, boolean]>([
  ['half up', halfUp, false],
  ['down', floor, true],
  ['up', (n, d) => (n + d - 1n) / d, true],
  ['half down', (n, d) => (2n * n + d - 1n) / (2n * d), true],
  ['half to even', (n, d) => (2n * (n % d) === d ? floor(n, d) + (floor(n, d) % 2n) : halfUp(n, d)), true],
  ['by a thousandth too much', (n, d) => halfUp(1_000n * n + d, 1_000n * d), true],
])('rounding %s is told from the right one', async (_name, round, isFound) => {
  const found = await fc.check(property(roundingBy(round)), { seed: seedOf('wrong rounding'), numRuns: RUNS });
  expect(found.failed).toBe(isFound);
});

test('a ledger that charges the wrong side is found out', async () => {
  const right = roundingBy(halfUp);
  const wrongSide = (given: Sample): Promise<Decided> =>
    right({
      ...given,
      type: given.type === 'TRANSFER' ? 'DEBIT' : given.type,
      terms: { ...given.terms, feeBearer: given.terms.feeBearer === 'client' ? 'customer' : 'client' },
    });
  expect((await fc.check(property(wrongSide), { seed: seedOf('wrong side'), numRuns: RUNS })).failed).toBe(true);
});
