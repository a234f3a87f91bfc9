import { describe, expect, it } from 'vitest';
import { metadataSchema } from './metadata';
import { creditBody, debitBody, signedTransactionBody } from './transactions';
import { statementQuery } from './wallets';

const DEBIT = { amount: 500, description: '10 SMS messages sent', reference: 'sms_batch_8821' };

describe('debit', () => {
  it('takes the document’s sample as it is', () => {
    expect(debitBody.parse(DEBIT)).toEqual(DEBIT);
  });

  it.each([
    ['amount', 0],
    ['amount', -1],
    ['amount', 1.5],
    ['amount', 2 ** 53],
    ['amount', '500'],
    ['amount', null],
    ['amount', true],
    ['description', ''],
    ['description', 'x'.repeat(501)],
    ['description', 'a\u0007b'],
    ['description', '\ud800'],
    ['reference', ''],
    ['reference', 'a b'],
    ['reference', 'é'],
    ['reference', 'x'.repeat(129)],
    ['reference', null],
    ['metadata', []],
    ['metadata', 'x'],
    ['metadata', { a: {} }],
    ['extra', 1],
  ])('refuses %s = %j', (field, value) => {
    const result = debitBody.safeParse({ ...DEBIT, [field]: value });
    expect(result.success).toBe(false);
    const issue = result.error?.issues[0];
    expect(issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0]).toBe(field);
  });
});

describe('metadata', () => {
  it('takes fifty scalars and no more', () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
    expect(metadataSchema.safeParse(keys(50)).success).toBe(true);
    expect(metadataSchema.safeParse(keys(51)).success).toBe(false);
  });

  it('counts bytes, not characters', () => {
    const values = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`k${i}`, '₵'.repeat(500)]));
    expect(metadataSchema.safeParse(values).success).toBe(false);
  });

  it('is inert to __proto__', () => {
    const parsed = metadataSchema.parse(JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'));
    expect(Object.keys(parsed)).toEqual(['a']);
    expect((parsed as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('credit', () => {
  it('reads the expiry of the guide’s sample as an instant', () => {
    const body = creditBody.parse({ ...DEBIT, expires_at: '2026-08-01T00:00:00Z' });
    expect(body).toMatchObject({ expires_at: Date.UTC(2026, 7, 1), priority: 50 });
    expect(creditBody.parse({ ...DEBIT, expires_at: '2026-08-01T02:00:00+02:00' }).expires_at).toBe(body.expires_at);
  });

  it.each(['2026-08-01', '2026-08-01T00:00:00', 'tomorrow', '2026-02-29T00:00:00Z', 1785542400000])(
    'refuses %j',
    (expiresAt) => {
      expect(creditBody.safeParse({ ...DEBIT, expires_at: expiresAt }).success).toBe(false);
    },
  );

  it.each([-1, 101, 1.5, '5'])('refuses priority %j', (priority) => {
    expect(creditBody.safeParse({ ...DEBIT, priority }).success).toBe(false);
  });
});

describe('signed transactions', () => {
  it('take both signs and not zero', () => {
    const body = { amount: -1250, currency: 'USD', description: 'API Ingestion Meter drawdown' };
    expect(signedTransactionBody.parse(body)).toEqual(body);
    expect(signedTransactionBody.safeParse({ ...body, amount: 1250 }).success).toBe(true);
    expect(signedTransactionBody.safeParse({ ...body, amount: 0 }).success).toBe(false);
    expect(signedTransactionBody.safeParse({ ...body, currency: 'XXQ' }).success).toBe(false);
  });
});

describe('statements', () => {
  it('take the last day in, and an instant exactly', () => {
    const query = statementQuery.parse({ from: '2026-05-01', to: '2026-05-31' });
    expect(query).toEqual({ from: Date.UTC(2026, 4, 1), to: Date.UTC(2026, 5, 1), format: 'csv' });
    expect(statementQuery.parse({ to: '2026-05-31T18:00:00Z' }).to).toBe(Date.UTC(2026, 4, 31, 18));
    expect(statementQuery.safeParse({ from: 'May' }).success).toBe(false);
  });
});
