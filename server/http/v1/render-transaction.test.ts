import { describe, expect, it } from 'vitest';
import { transactionSchema } from '@/contracts/transactions';
import type { TransactionView } from '@/server/wallets/transaction-view';
import { renderSignedTransaction, renderTransaction } from './render-transaction';

const DEBIT: TransactionView = {
  journalId: '6400',
  leg: 1,
  walletId: '64',
  kind: 'debit',
  operation: 'debit',
  amountMinor: -500n,
  balanceAfterMinor: 14_500n,
  currency: 'GHS',
  description: '10 SMS messages sent',
  reference: 'sms_batch_8821',
  metadata: null,
  postedAtMs: Date.UTC(2026, 4, 24, 10, 0, 0, 123),
  holdId: null,
  livemode: true,
  lots: [],
};
const DRAWDOWN: TransactionView = {
  ...DEBIT,
  operation: 'drawdown',
  reference: null,
  metadata: '{"request_id":"req_1"}',
};

describe('renderTransaction', () => {
  it('gives the reference’s sample for a debit', () => {
    expect(renderTransaction(DEBIT)).toMatchObject({
      id: expect.stringMatching(/^txn_/),
      type: 'debit',
      amount: 500,
      balance_before: 15_000,
      balance_after: 14_500,
      reference: 'sms_batch_8821',
      created_at: '2026-05-24T10:00:00Z',
    });
  });

  it('gives the product page’s sample for a drawdown', () => {
    expect(renderSignedTransaction(DRAWDOWN)).toMatchObject({
      id: expect.stringMatching(/^wtx_/),
      object: 'wallet_transaction',
      amount: -500,
      type: 'drawdown',
      new_balance: 14_500,
      metadata: { request_id: 'req_1' },
    });
  });

  it('keeps the sign of a drawdown in lists, under the canonical id', () => {
    const listed = renderTransaction(DRAWDOWN);
    expect(listed).toMatchObject({ id: expect.stringMatching(/^txn_/), amount: -500, type: 'drawdown' });
  });

  it('keeps the sign where the type does not say the direction, or the leg goes against it', () => {
    expect(renderTransaction({ ...DEBIT, kind: 'transfer', operation: 'transfer' }).amount).toBe(-500);
    expect(renderTransaction({ ...DEBIT, kind: 'credit', operation: 'credit' }).amount).toBe(-500);
    expect(renderTransaction({ ...DEBIT, kind: 'expiry', operation: 'expiry' }).amount).toBe(500);
  });

  it('fits its schema', () => {
    expect(() => transactionSchema.strict().parse(renderTransaction(DEBIT))).not.toThrow();
  });
});
