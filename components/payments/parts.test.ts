import { describe, expect, it } from 'vitest';
import { countFunnel, FUNNEL } from './funnel-parts';
import { pretty } from './pretty';
import { refundable } from './refundable';
import { STATUS_WORDS } from './status-words';

describe('countFunnel', () => {
  it('has each status in one part, and adds up over currencies', () => {
    expect(FUNNEL.flatMap(({ statuses }) => statuses).sort()).toEqual(Object.keys(STATUS_WORDS).sort());
    const parts = countFunnel({
      statuses: [
        { status: 'succeeded', currency: 'GHS', payments: 3, amount: 1 },
        { status: 'succeeded', currency: 'KES', payments: 2, amount: 1 },
        { status: 'expired', currency: 'GHS', payments: 1, amount: 1 },
        { status: 'failed', currency: 'GHS', payments: 4, amount: 1 },
      ],
    });
    expect(Object.fromEntries(parts.map(({ key, payments }) => [key, payments]))).toEqual({
      paid: 5,
      under_way: 0,
      unknown: 0,
      unpaid: 5,
      returned: 0,
    });
    expect(parts.find(({ key }) => key === 'unpaid')?.by.map(({ status }) => status)).toEqual(['failed', 'expired']);
  });
});

describe('pretty', () => {
  it('keeps short objects on a line and leaves everything else as it came', () => {
    expect(pretty('{"Item":[{"Name":"Amount","Value":1529}],"Empty":{}}')).toBe(
      '{\n  "Item": [\n    { "Name": "Amount", "Value": 1529 }\n  ],\n  "Empty": {}\n}',
    );
    expect(pretty('<html>')).toBe('<html>');
  });

  it('changes no value', () => {
    const given = { a: [1, 'two', null, true, { b: [] }], c: { d: { e: 'x'.repeat(80) } } };
    expect(JSON.parse(pretty(JSON.stringify(given)))).toEqual(given);
  });
});

describe('refundable', () => {
  it('is what is left of what reached the books, and nothing of what never did', () => {
    expect(refundable({ status: 'partially_refunded', net_amount: 75, amount_refunded: 30 })).toBe(45);
    expect(refundable({ status: 'succeeded', net_amount: 75, amount_refunded: 75 })).toBe(0);
    expect(refundable({ status: 'failed', net_amount: 75, amount_refunded: 0 })).toBe(0);
  });
});
