import { publicHexOf } from '@/server/payments/ids';
import { attemptOf, type OurMovement, PAYER_AFTER_MS, PAYER_BEFORE_MS } from './our-records';
import type { StatementLine } from './parse-statement';

export type Outcome =
  | 'matched'
  | 'missing_here'
  | 'missing_there'
  | 'amount_differs'
  | 'status_differs'
  | 'duplicate'
  | 'not_compared';

export interface Compared {
  /** Null of what is with us alone. */
  readonly line: StatementLine | null;
  readonly payment: OurMovement | null;
  readonly matchedBy: 'receipt' | 'reference' | 'payer' | null;
  readonly outcome: Outcome;
  /** What counts in the totals, signed, in the line's currency and in the payment's. */
  readonly theirsMinor: bigint;
  readonly oursMinor: bigint;
}

/** Of payments and of refunds. */
const PAID: ReadonlySet<string> = new Set(['succeeded', 'partially_refunded', 'refunded']);

export interface Ours {
  /** Payments that lines may name. */
  readonly named: readonly OurMovement[];
  /** Payments without a receipt, of payers that lines name. */
  readonly byPayer: readonly OurMovement[];
  /** Refunds that lines may name, or the refunds of payments that they name. */
  readonly refunds: readonly OurMovement[];
  /** Payments and refunds that we say succeeded in the statement's period. */
  readonly paid: readonly OurMovement[];
}

/**
 * Holds a statement against our payments. Pure: what comes out depends on the two alone. Each payment answers one line: a
 * second receipt for the same payment is money that the provider has and we do not.
 */
export function classify(lines: readonly StatementLine[], { named, byPayer, refunds, paid }: Ours): Compared[] {
  const found = matchPayments(lines, named, byPayer);
  const givenBack = matchRefunds(lines, named, refunds);
  const linked = linkReversals(lines, named);
  const reversed = new Set([...linked.values()].map(({ key }) => key));
  const seen = new Set<string>();
  const compared = lines.map((line): Compared => {
    const match = found.get(line) ?? null;
    const nothing = { line, payment: null, matchedBy: null, theirsMinor: 0n, oursMinor: 0n };
    if (isRepeated(line, seen)) return { ...nothing, outcome: 'duplicate' };
    if (line.kind === 'reversal') return compareReversal(line, linked.get(line) ?? null);
    if (line.kind === 'refund') return compareRefund(line, givenBack.get(line) ?? null);
    // What is no payment at all: charges, settlements to the bank.
    if (line.kind === 'other') return { ...nothing, outcome: 'not_compared' };
    if (match === null) return comparedWithNothing(line);
    return comparePayment(line, match.payment, match.by, reversed.has(match.payment.key));
  });
  const answered = new Set(compared.flatMap(({ payment }) => (payment === null ? [] : [payment.key])));
  const missing = paid.filter(({ key }) => !answered.has(key));
  return [
    ...compared,
    ...missing.map(
      (payment): Compared => ({
        line: null,
        payment,
        matchedBy: null,
        outcome: 'missing_there',
        theirsMinor: 0n,
        oursMinor: signed(payment),
      }),
    ),
  ];
}

interface Match {
  readonly payment: OurMovement;
  readonly by: 'receipt' | 'reference' | 'payer';
}

/** Receipts first over the whole statement, then references, then payers: a weak name never takes what a strong one names. */
function matchPayments(
  lines: readonly StatementLine[],
  named: readonly OurMovement[],
  byPayer: readonly OurMovement[],
): Map<StatementLine, Match> {
  const matches = new Map<StatementLine, Match>();
  const taken = new Set<string>();
  const receipts = new Set<string>();
  const candidates = lines.filter(({ kind, receipt }) => {
    if (kind !== 'payment') return false;
    // Of a line and its repetition the first stands.
    if (receipt === null) return true;
    const isNew = !receipts.has(receipt);
    receipts.add(receipt);
    return isNew;
  });
  const take = (line: StatementLine, payment: OurMovement | undefined, by: Match['by']): void => {
    if (payment === undefined || taken.has(payment.key) || matches.has(line)) return;
    taken.add(payment.key);
    matches.set(line, { payment, by });
  };
  const byReceipt = indexOf(named, ({ receipt }) => [receipt]);
  for (const line of candidates) take(line, byReceipt.get(line.receipt ?? ''), 'receipt');
  const byReference = referenceIndex(named);
  for (const line of succeededFirst(candidates)) take(line, byReference(line), 'reference');
  const open = candidates.filter((line) => !matches.has(line) && line.status === 'succeeded' && line.payer !== null);
  const free = byPayer.filter(({ key }) => !taken.has(key));
  for (const [line, payment] of onlyPairs(open, free)) take(line, payment, 'payer');
  return matches;
}

/** A failed try and a paid one of the same reference: the payment is the paid one's. */
function succeededFirst(lines: readonly StatementLine[]): StatementLine[] {
  return [...lines].sort((a, b) => Number(b.status === 'succeeded') - Number(a.status === 'succeeded'));
}

/** By the most certain name: ours that nobody else makes, then the provider's, then the client's own where it is one client's. */
function referenceIndex(named: readonly OurMovement[]): (line: StatementLine) => OurMovement | undefined {
  const byAttempt = indexOf(named, ({ attemptReference }) => [attemptReference]);
  const byHex = indexOf(named, ({ publicHex }) => [publicHex]);
  const byProviders = indexOf(named, ({ providerReference }) => [providerReference]);
  const byOwn = indexOf(named, ({ reference }) => [reference]);
  return ({ reference }) => {
    if (reference === null) return undefined;
    const attempt = byAttempt.get(attemptOf(reference) ?? '');
    const hex = byHex.get(publicHexOf(reference) ?? '');
    return attempt ?? hex ?? byProviders.get(reference) ?? byOwn.get(reference);
  };
}

/** Names that two payments share name neither. */
function indexOf(
  payments: readonly OurMovement[],
  namesOf: (payment: OurMovement) => readonly (string | null)[],
): Map<string, OurMovement> {
  const index = new Map<string, OurMovement>();
  const shared = new Set<string>();
  for (const payment of payments) {
    for (const name of namesOf(payment)) {
      if (name === null || name === '' || shared.has(name)) continue;
      if (index.has(name)) {
        index.delete(name);
        shared.add(name);
      } else index.set(name, payment);
    }
  }
  return index;
}

/** A line and a payment of the same payer, amount and time, where neither has another that fits as well. */
function onlyPairs(
  lines: readonly StatementLine[],
  payments: readonly OurMovement[],
): (readonly [StatementLine, OurMovement])[] {
  const ofPhone = new Map<string, OurMovement[]>();
  for (const payment of payments) {
    if (payment.receipt !== null || payment.phone === null) continue;
    ofPhone.set(payment.phone, [...(ofPhone.get(payment.phone) ?? []), payment]);
  }
  const pairs: [StatementLine, OurMovement][] = [];
  const claims = new Map<string, number>();
  for (const line of lines) {
    const fitting = (ofPhone.get(line.payer ?? '') ?? []).filter((payment) => fits(line, payment));
    for (const { key } of fitting) claims.set(key, (claims.get(key) ?? 0) + 1);
    const [only] = fitting;
    if (fitting.length === 1 && only !== undefined) pairs.push([line, only]);
  }
  return pairs.filter(([, payment]) => claims.get(payment.key) === 1);
}

function fits({ amountMinor, currency, occurredAtMs }: StatementLine, payment: OurMovement): boolean {
  return (
    payment.chargedMinor === amountMinor &&
    payment.currency === currency &&
    occurredAtMs >= payment.createdAtMs - PAYER_AFTER_MS &&
    occurredAtMs <= payment.createdAtMs + PAYER_BEFORE_MS
  );
}

/** The payments that reversals speak of: by the receipt they are linked to, or their own. */
function linkReversals(
  lines: readonly StatementLine[],
  named: readonly OurMovement[],
): Map<StatementLine, OurMovement> {
  const byReceipt = indexOf(named, ({ receipt }) => [receipt]);
  const byReference = referenceIndex(named);
  const linked = new Map<StatementLine, OurMovement>();
  for (const line of lines) {
    if (line.kind !== 'reversal' || line.status !== 'succeeded') continue;
    const payment =
      byReceipt.get(line.linkedReceipt ?? '') ?? byReceipt.get(line.receipt ?? '') ?? byReference(line) ?? null;
    if (payment !== null) linked.set(line, payment);
  }
  return linked;
}

/** The very same movement written twice. A reversal may bear its payment's receipt. */
function isRepeated(
  { kind, receipt, reference, status, occurredAtMs, amountMinor }: StatementLine,
  seen: Set<string>,
): boolean {
  const key = JSON.stringify(
    receipt === null ? [kind, reference, status, occurredAtMs, String(amountMinor)] : [kind, receipt],
  );
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function comparedWithNothing(line: StatementLine): Compared {
  const isMoney = line.status === 'succeeded';
  return {
    line,
    payment: null,
    matchedBy: null,
    outcome: isMoney ? 'missing_here' : 'not_compared',
    theirsMinor: isMoney ? line.amountMinor : 0n,
    oursMinor: 0n,
  };
}

function comparePayment(
  line: StatementLine,
  payment: OurMovement,
  matchedBy: Match['by'],
  isReversedThere: boolean,
): Compared {
  const isPaidThere = line.status === 'succeeded';
  // What was taken back later was paid first: the statement shows both movements, and so it is counted here.
  const isPaidHere = PAID.has(payment.state) || (payment.state === 'reversed' && isPaidThere && isReversedThere);
  const isSame = line.amountMinor === payment.chargedMinor && line.currency === payment.currency;
  // Two ways of not having been paid are one: neither side has the money.
  const outcome = isPaidThere !== isPaidHere ? 'status_differs' : isPaidThere && !isSame ? 'amount_differs' : 'matched';
  return {
    line,
    payment,
    matchedBy,
    outcome,
    theirsMinor: isPaidThere ? line.amountMinor : 0n,
    oursMinor: isPaidHere ? payment.chargedMinor : 0n,
  };
}

/** By a name of its own, or as the refund of the payment it names that has its amount. */
function matchRefunds(
  lines: readonly StatementLine[],
  named: readonly OurMovement[],
  refunds: readonly OurMovement[],
): Map<StatementLine, Match> {
  const matches = new Map<StatementLine, Match>();
  const taken = new Set<string>();
  const take = (line: StatementLine, refund: OurMovement | undefined, by: Match['by']): void => {
    if (refund === undefined || taken.has(refund.key) || matches.has(line)) return;
    taken.add(refund.key);
    matches.set(line, { payment: refund, by });
  };
  const back = lines.filter(({ kind }) => kind === 'refund');
  const byReceipt = indexOf(refunds, ({ receipt }) => [receipt]);
  for (const line of back) take(line, byReceipt.get(line.receipt ?? ''), 'receipt');
  const byReference = referenceIndex(refunds);
  for (const line of back) take(line, byReference(line), 'reference');
  const paymentByReceipt = indexOf(named, ({ receipt }) => [receipt]);
  const paymentByReference = referenceIndex(named);
  for (const line of back) {
    const payment =
      paymentByReceipt.get(line.linkedReceipt ?? '') ??
      paymentByReceipt.get(line.receipt ?? '') ??
      paymentByReference(line);
    if (payment === undefined) continue;
    const fitting = refunds.filter(
      ({ ofPayment, chargedMinor, key }) =>
        ofPayment === payment.key && chargedMinor === line.amountMinor && !taken.has(key),
    );
    take(line, fitting[0], 'reference');
  }
  return matches;
}

function compareRefund(line: StatementLine, match: Match | null): Compared {
  const isMoney = line.status === 'succeeded';
  const theirsMinor = isMoney ? -line.amountMinor : 0n;
  if (match === null) {
    const outcome = isMoney ? 'missing_here' : 'not_compared';
    return { line, payment: null, matchedBy: null, outcome, theirsMinor, oursMinor: 0n };
  }
  const { payment, by } = match;
  const isMoneyHere = PAID.has(payment.state);
  const isSame = line.amountMinor === payment.chargedMinor && line.currency === payment.currency;
  return {
    line,
    payment,
    matchedBy: by,
    outcome: isMoney !== isMoneyHere ? 'status_differs' : isMoney && !isSame ? 'amount_differs' : 'matched',
    theirsMinor,
    oursMinor: isMoneyHere ? signed(payment) : 0n,
  };
}

function signed({ type, chargedMinor }: OurMovement): bigint {
  return type === 'refund' ? -chargedMinor : chargedMinor;
}

function compareReversal(line: StatementLine, payment: OurMovement | null): Compared {
  const isMoney = line.status === 'succeeded';
  if (!isMoney)
    return { line, payment: null, matchedBy: null, outcome: 'not_compared', theirsMinor: 0n, oursMinor: 0n };
  if (payment === null) {
    return { line, payment, matchedBy: null, outcome: 'missing_here', theirsMinor: -line.amountMinor, oursMinor: 0n };
  }
  const isReversedHere = payment.state === 'reversed';
  const isSame = line.amountMinor === payment.chargedMinor && line.currency === payment.currency;
  return {
    line,
    payment,
    matchedBy: 'receipt',
    outcome: !isReversedHere ? 'status_differs' : isSame ? 'matched' : 'amount_differs',
    theirsMinor: -line.amountMinor,
    oursMinor: isReversedHere ? -payment.chargedMinor : 0n,
  };
}
