import { describe, expect, it } from 'vitest';
import { formatEntryId, formatId } from '@/contracts/ids';
import { problemOf } from './refusal';

describe('problemOf', () => {
  it('names what is there, what was asked and what is short', () => {
    const details = { account_id: '64', currency: 'GHS', available: 30n, required: 150_000n, shortfall: 149_970n };
    const problem = problemOf({ code: 'insufficient_funds', details });
    expect(problem.message).toBe('The wallet has GH₵0.30 available and this takes GH₵1,500.00: GH₵1,499.70 short.');
    expect(problem).toMatchObject({
      code: 'insufficient_funds',
      param: 'amount',
      details: {
        wallet_id: formatId('wallet', '64'),
        available: 30,
        required: 150_000,
        shortfall: 149_970,
        currency: 'GHS',
      },
    });
  });

  it('names the first transaction of a reference in its public form', () => {
    const problem = problemOf({ code: 'reference_conflict', details: { journal_id: '64', reference: 'r' } });
    expect(problem.details).toEqual({ transaction_id: formatEntryId('64', 1), reference: 'r' });
  });

  it('says a hold or an account that is not there is missing, never more', () => {
    expect(problemOf({ code: 'account_not_found', details: {} }).code).toBe('resource_missing');
    expect(problemOf({ code: 'hold_not_found', details: {} }).code).toBe('resource_missing');
  });
});
