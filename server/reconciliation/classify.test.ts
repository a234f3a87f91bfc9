import { describe, expect, it } from 'vitest';
import { type Compared, classify } from './classify';
import type { OurMovement } from './our-records';
import type { StatementLine } from './parse-statement';

const AT = Date.parse('2026-06-06T12:00:00Z');
let n = 0;

const payment = (rest: Partial<OurMovement> = {}): OurMovement => {
  const id = String(++n);
  return {
    type: 'payment',
    key: `payment:1:${id}`,
    tenantId: '1',
    id,
    state: 'succeeded',
    chargedMinor: 8_000n,
    currency: 'GHS',
    receipt: `R${id}`,
    attemptReference: `00000000-0000-4000-8000-${id.padStart(12, '0')}`,
    providerReference: null,
    publicHex: id.padStart(32, 'a'),
    reference: `ref-${id}`,
    phone: '233200000000',
    createdAtMs: AT - 60_000,
    paidAtMs: AT,
    ofPayment: null,
    ...rest,
  };
};

const line = (rest: Partial<StatementLine> = {}): StatementLine => ({
  fileLine: ++n,
  kind: 'payment',
  receipt: null,
  reference: null,
  payer: null,
  status: 'succeeded',
  amountMinor: 8_000n,
  currency: 'GHS',
  occurredAtMs: AT,
  linkedReceipt: null,
  raw: '[]',
  ...rest,
});

const ours = (
  named: OurMovement[],
  rest: { byPayer?: OurMovement[]; refunds?: OurMovement[]; paid?: OurMovement[] } = {},
) => ({
  named,
  byPayer: [],
  refunds: [],
  paid: named.filter(({ state }) => state === 'succeeded'),
  ...rest,
});

const short = (compared: readonly Compared[]) =>
  compared.map(({ outcome, theirsMinor, oursMinor }) => [outcome, theirsMinor, oursMinor]);

describe('one line and one payment', () => {
  it.each([
    ['succeeded', 'succeeded', 'matched', 8_000n, 8_000n],
    ['succeeded', 'refunded', 'matched', 8_000n, 8_000n],
    ['succeeded', 'failed', 'status_differs', 8_000n, 0n],
    ['succeeded', 'in_reconciliation', 'status_differs', 8_000n, 0n],
    ['succeeded', 'reversed', 'status_differs', 8_000n, 0n],
    ['failed', 'succeeded', 'status_differs', 0n, 8_000n],
    ['pending', 'succeeded', 'status_differs', 0n, 8_000n],
    ['reversed', 'succeeded', 'status_differs', 0n, 8_000n],
    ['reversed', 'reversed', 'matched', 0n, 0n],
    ['failed', 'expired', 'matched', 0n, 0n],
  ] as const)('%s there, %s here: %s', (status, state, outcome, theirs, our) => {
    const one = payment({ state });
    expect(short(classify([line({ receipt: one.receipt, status })], ours([one])))).toEqual([[outcome, theirs, our]]);
  });

  it('another amount, or another currency', () => {
    const one = payment();
    expect(short(classify([line({ receipt: one.receipt, amountMinor: 7_900n })], ours([one])))).toEqual([
      ['amount_differs', 7_900n, 8_000n],
    ]);
    expect(short(classify([line({ receipt: one.receipt, currency: 'KES' })], ours([one])))).toEqual([
      ['amount_differs', 8_000n, 8_000n],
    ]);
  });

  it.each([
    ['our attempt', (one: OurMovement) => one.attemptReference],
    ['our attempt without hyphens', (one: OurMovement) => one.attemptReference?.replaceAll('-', '').toUpperCase()],
    ['the payment’s id', (one: OurMovement) => `pay_${one.publicHex}`],
    ['the provider’s reference', (one: OurMovement) => one.providerReference],
    ['the client’s reference', (one: OurMovement) => one.reference],
  ])('found by %s', (_, nameOf) => {
    const one = payment({ receipt: null, providerReference: 'prov-1' });
    const [compared] = classify([line({ receipt: 'unknown', reference: nameOf(one) ?? null })], ours([one]));
    expect(compared).toMatchObject({ outcome: 'matched', matchedBy: 'reference' });
  });
});

describe('names that are not enough', () => {
  it('a reference of two clients names neither', () => {
    const [one, two] = [payment({ reference: 'same' }), payment({ reference: 'same', tenantId: '2' })];
    const compared = classify([line({ reference: 'same' })], ours([one, two]));
    expect(short(compared)).toEqual([
      ['missing_here', 8_000n, 0n],
      ['missing_there', 0n, 8_000n],
      ['missing_there', 0n, 8_000n],
    ]);
  });

  it('a payer, an amount and a time name a payment without a receipt, if nothing else fits', () => {
    const one = payment({ receipt: null });
    const paidLine = line({ receipt: 'X', payer: one.phone });
    expect(classify([paidLine], ours([], { byPayer: [one] }))).toMatchObject([
      { outcome: 'matched', matchedBy: 'payer' },
    ]);
    const other = payment({ receipt: null });
    expect(classify([paidLine], ours([], { byPayer: [one, other] }))).toMatchObject([{ outcome: 'missing_here' }]);
    const late = line({ receipt: 'X', payer: one.phone, occurredAtMs: AT + 3_600_000 });
    expect(classify([late], ours([], { byPayer: [one] }))).toMatchObject([{ outcome: 'missing_here' }]);
    const twice = [paidLine, line({ receipt: 'Y', payer: one.phone })];
    expect(classify(twice, ours([], { byPayer: [one] }))).toMatchObject([
      { outcome: 'missing_here' },
      { outcome: 'missing_here' },
    ]);
  });

  it('a receipt goes before the reference of an earlier line', () => {
    const one = payment();
    const compared = classify(
      [line({ receipt: 'other', reference: one.reference }), line({ receipt: one.receipt })],
      ours([one]),
    );
    expect(short(compared)).toEqual([
      ['missing_here', 8_000n, 0n],
      ['matched', 8_000n, 8_000n],
    ]);
  });
});

describe('lines that come twice', () => {
  it('the very same counts once; a second receipt for one payment is money that we lack', () => {
    const one = payment();
    const compared = classify(
      [
        line({ receipt: one.receipt, reference: one.reference }),
        line({ receipt: one.receipt, reference: one.reference }),
        line({ receipt: 'second', reference: one.reference }),
      ],
      ours([one]),
    );
    expect(short(compared)).toEqual([
      ['matched', 8_000n, 8_000n],
      ['duplicate', 0n, 0n],
      ['missing_here', 8_000n, 0n],
    ]);
  });

  it('a failed try and a paid one: the payment is the paid one’s', () => {
    const one = payment({ receipt: null });
    const compared = classify(
      [
        line({ receipt: 'a', reference: one.reference, status: 'failed' }),
        line({ receipt: 'b', reference: one.reference, occurredAtMs: AT + 1 }),
      ],
      ours([one]),
    );
    expect(short(compared)).toEqual([
      ['not_compared', 0n, 0n],
      ['matched', 8_000n, 8_000n],
    ]);
  });
});

describe('money that goes back', () => {
  it('a reversal that we know of agrees, and so does what it undid', () => {
    const one = payment({ state: 'reversed' });
    const lines = [
      line({ receipt: one.receipt }),
      line({ kind: 'reversal', receipt: 'rev', linkedReceipt: one.receipt }),
    ];
    expect(short(classify(lines, ours([one])))).toEqual([
      ['matched', 8_000n, 8_000n],
      ['matched', -8_000n, -8_000n],
    ]);
  });

  it('one that nobody told us of does not', () => {
    const one = payment();
    const lines = [
      line({ receipt: one.receipt }),
      line({ kind: 'reversal', receipt: 'rev', linkedReceipt: one.receipt }),
    ];
    expect(short(classify(lines, ours([one])))).toEqual([
      ['matched', 8_000n, 8_000n],
      ['status_differs', -8_000n, 0n],
    ]);
  });

  it('refunds are found by a name of their own or by their payment and amount', () => {
    const one = payment({ state: 'partially_refunded' });
    const refund = payment({
      type: 'refund',
      key: 'refund:1:9',
      receipt: 'RF',
      chargedMinor: 300n,
      ofPayment: one.key,
    });
    const other = payment({
      type: 'refund',
      key: 'refund:1:10',
      receipt: null,
      chargedMinor: 200n,
      ofPayment: one.key,
    });
    const missing = payment({ type: 'refund', key: 'refund:1:11', receipt: 'RG', chargedMinor: 100n });
    const lines = [
      line({ receipt: one.receipt }),
      line({ kind: 'refund', receipt: 'RF', amountMinor: 300n }),
      line({ kind: 'refund', receipt: 'new', linkedReceipt: one.receipt, amountMinor: 200n }),
      line({ kind: 'refund', receipt: 'nobody', amountMinor: 50n }),
    ];
    const compared = classify(lines, ours([one], { refunds: [refund, other], paid: [one, refund, other, missing] }));
    expect(short(compared)).toEqual([
      ['matched', 8_000n, 8_000n],
      ['matched', -300n, -300n],
      ['matched', -200n, -200n],
      ['missing_here', -50n, 0n],
      ['missing_there', 0n, -100n],
    ]);
  });
});

it('charges and what never was paid are compared with nothing', () => {
  const compared = classify([line({ kind: 'other' }), line({ receipt: 'x', status: 'failed' })], ours([]));
  expect(short(compared)).toEqual([
    ['not_compared', 0n, 0n],
    ['not_compared', 0n, 0n],
  ]);
});
