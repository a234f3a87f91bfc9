import { describe, expect, it } from 'vitest';
import { changesOf, type Draft, differences, draftOf, feeWords, plain, type Rules } from './draft';
import { bendsOf, lineAmounts, quickAmounts, reachOf, roundDown, tableAmounts } from './points';

const RULES: Rules = {
  has_transaction_fee: true,
  transaction_fee_type: 'PERCENTAGE',
  transaction_fee: 2,
  minimum_transaction_amount: 5,
  maximum_transaction_amount: 5000,
  is_active: 1,
  transaction_types: ['CREDIT'],
  fee_bearer: 'client',
  minimum_transaction_fee: null,
  maximum_transaction_fee: null,
  tax_on_fee_percentage: 15,
  daily_cap: 10000,
  monthly_cap: null,
  refund_fees_on_reversal: true,
};
const BASE = draftOf(RULES, 'GHS');
const NAMES = { currency: 'GHS', client: 'Kaneshie Motors' };
const LOWER: Draft = { ...BASE, rate: '1.50', leastFee: '1.00', greatestFee: '25.00' };

describe('a draft of rules', () => {
  it('reads as it was written, and is no change', () => {
    expect(BASE).toMatchObject({ rate: '2.00', largest: '5,000.00', dayCap: '10,000.00', monthCap: '' });
    expect(changesOf(BASE, BASE)).toEqual({});
    expect(changesOf(BASE, { ...BASE, largest: '5000', rate: '2', tax: '15.0' })).toEqual({});
  });

  it('names what differs, and nothing else', () => {
    expect(changesOf(BASE, LOWER)).toEqual({
      transaction_fee_type: 'PERCENTAGE',
      transaction_fee: '1.5',
      minimum_transaction_fee: '1',
      maximum_transaction_fee: '25',
    });
    expect(changesOf(LOWER, { ...LOWER, leastFee: '', dayCap: ' ', types: ['DEBIT', 'CREDIT'] })).toEqual({
      minimum_transaction_fee: null,
      daily_cap: null,
      transaction_types: ['DEBIT', 'CREDIT'],
    });
    expect(changesOf(BASE, { ...BASE, charged: 'NONE' })).toEqual({ has_transaction_fee: false });
  });

  it('sends type and amount together, so that 2 percent never becomes 2 cedis', () => {
    expect(changesOf(BASE, { ...BASE, charged: 'FIXED', fixed: '2.00' })).toEqual({
      has_transaction_fee: true,
      transaction_fee_type: 'FIXED',
      transaction_fee: '2',
    });
  });

  it('says the difference in the form’s words', () => {
    expect(differences(BASE, LOWER, NAMES)).toEqual([
      { field: 'Rate', before: '2.00 %', after: '1.50 %' },
      { field: 'At least', before: 'none', after: 'GHS 1.00' },
      { field: 'At most', before: 'none', after: 'GHS 25.00' },
    ]);
    expect(differences(BASE, { ...BASE, bearer: 'customer', types: ['CREDIT', 'DEBIT'] }, NAMES)).toEqual([
      { field: 'Borne by', before: 'Kaneshie Motors', after: 'The customer' },
      { field: 'Allowed', before: 'Credit', after: 'Credit, Debit' },
    ]);
  });

  it('has one short word for a fee', () => {
    expect(feeWords(RULES, 'GHS')).toBe('2 %');
    expect(feeWords({ ...RULES, minimum_transaction_fee: 1, maximum_transaction_fee: 25 }, 'GHS')).toBe(
      '2 %, 1.00 to 25.00',
    );
    expect(feeWords({ ...RULES, transaction_fee_type: 'FIXED' }, 'GHS')).toBe('GHS 2.00 fixed');
    expect(feeWords({ ...RULES, has_transaction_fee: false }, null)).toBe('none');
  });

  it('takes a figure as people type it', () => {
    expect([plain('5,000.00'), plain(' 1.50 '), plain('007'), plain(''), plain('abc')]).toEqual([
      '5000',
      '1.5',
      '7',
      '',
      'abc',
    ]);
  });
});

describe('the amounts that are tried', () => {
  it('reach a little beyond the last bend of the line', () => {
    expect(bendsOf(LOWER).map(Math.round)).toEqual([67, 1667]);
    expect(reachOf([BASE, LOWER])).toBe(2000);
    expect(reachOf([BASE])).toBe(5000);
    expect(tableAmounts(2000, 'GHS')).toEqual(['20', '50', '500', '1000', '2000']);
    expect(quickAmounts(2000, 'GHS')).toEqual(['20', '100', '500', '2000']);
    expect(lineAmounts(2000, [BASE, LOWER], 'GHS')).toEqual(['2', '66.67', '1666.67', '2000']);
  });

  it('are amounts of the currency', () => {
    expect(tableAmounts(20, 'UGX')).toEqual(['1', '5', '10', '20']);
    expect([roundDown(0), roundDown(0.7), roundDown(4_999)]).toEqual([1, 0.5, 2000]);
  });
});
