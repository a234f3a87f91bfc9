import { describe, expect, it } from 'vitest';
import { maskIn, maskPhone } from './names';
import { isUnknown, sentenceOf, type Told } from './sentence';

const AT = Date.parse('2026-06-17T16:41:07.231Z');

function told(changes: Partial<Told> = {}): Told {
  return {
    status: 'succeeded',
    amount: 50_000,
    amount_charged: 50_500,
    amount_refunded: 0,
    currency: 'GHS',
    channel: 'MTN',
    provider: 'mtn-momo',
    phone: '233244123456',
    customer_name: 'Ama Mensah',
    wallet_id: 'wal_a1b2c3',
    failure_code: null,
    prompt_expires_at: '2026-06-17T16:46:07.231Z',
    paid_at: null,
    requested_at: new Date(AT).toISOString(),
    timeline: [],
    stages: [
      {
        stage: 'posted',
        whose: 'us',
        from: new Date(AT + 24_794).toISOString(),
        to: new Date(AT + 24_800).toISOString(),
        duration_ms: 6,
      },
    ],
    ...changes,
  };
}

function text(payment: Told, nowMs = AT + 60_000): string {
  const { before, amount, after, more } = sentenceOf(payment, nowMs);
  return `${before}${amount}${after} ${more}`;
}

describe('sentenceOf', () => {
  it('tells a top-up by what reached the wallet, and how long it took', () => {
    expect(text(told())).toBe(
      'Ama Mensah topped up GH₵500.00 with MTN MoMo. GH₵500.00 is in the wallet, 24.80 s after it was asked for.',
    );
  });

  it('says that a person decided, where one did', () => {
    const timeline = [
      {
        at: new Date(AT + 900_000).toISOString(),
        kind: 'transition' as const,
        from: 'in_reconciliation',
        to: 'succeeded',
        cause: 'resolved_by_hand',
        source: 'person',
        actor: 'user:1',
        outcome: null,
        provider_code: null,
        note: 'On the statement',
        raw: null,
      },
    ];
    expect(text(told({ timeline }))).toContain('GH₵500.00 is in the wallet, since a person decided so.');
  });

  it('tells a collection by what was charged', () => {
    expect(text(told({ wallet_id: null, channel: 'CARD' }))).toContain('Ama Mensah paid GH₵505.00 by card.');
  });

  it('names an unnamed payer by a masked number', () => {
    expect(text(told({ customer_name: null, status: 'pending' }))).toMatch(/^\+233 2•• ••• 456 is being asked for /);
  });

  it('does not say that nothing was paid before anybody knows', () => {
    const late = AT + 31 * 60_000;
    expect(isUnknown(told({ status: 'pending' }), late)).toBe(true);
    expect(isUnknown(told({ status: 'pending' }), AT + 60_000)).toBe(false);
    expect(text(told({ status: 'pending' }), late)).toBe(
      'We do not know yet whether Ama Mensah paid GH₵505.00. Nothing is in the wallet. MTN MoMo has said neither yes nor no for 31 min.',
    );
    expect(text(told({ status: 'in_reconciliation' }), late)).toMatch(/^We do not know yet/);
  });

  it('says of a mismatch that something came', () => {
    const said = text(told({ status: 'in_reconciliation', failure_code: 'amount_mismatch' }));
    expect(said).toContain('and something else came.');
    expect(said).toContain('suspense');
  });

  it('says why not, in words', () => {
    expect(text(told({ status: 'failed', failure_code: 'wrong_pin' }))).toBe(
      'Ama Mensah did not pay GH₵505.00. The PIN was wrong. Nothing was credited.',
    );
    expect(text(told({ status: 'failed', failure_code: 'never_heard_of' }))).toContain('Never heard of.');
  });

  it.each(['created', 'submitting', 'canceled', 'expired', 'partially_refunded', 'refunded', 'reversed'] as const)(
    'has words for %s',
    (status) => {
      expect(text(told({ status, amount_refunded: 10_000 }))).toMatch(/^.+GH₵[0-9.]+.*\. .+\.$/);
    },
  );
});

describe('masks', () => {
  it('leaves enough of a number to know it by', () => {
    expect(maskPhone('254712345218')).toBe('+254 7•• ••• 218');
    expect(maskPhone('22501020304')).toBe('+2250•••304');
  });

  it('hides a number in either of its forms, and nothing else', () => {
    expect(maskIn('{"PartyA":"254712345218","From":"0712345218","Amount":1529}', '254712345218')).toBe(
      '{"PartyA":"2547•••••218","From":"07•••••218","Amount":1529}',
    );
    expect(maskIn('unchanged', null)).toBe('unchanged');
  });
});
