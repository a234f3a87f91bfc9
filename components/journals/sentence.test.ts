import { describe, expect, it } from 'vitest';
import { JOURNAL_KINDS, type JournalSummaryObject } from '@/contracts/journals';
import { sentenceOf, type Told, titleOf } from './sentence';

type Party = Told['account'];

const party = (name: string, type: string, customer: Party['customer'] = null): Party => ({
  id: 'act_1',
  number: '10000001',
  name,
  type,
  wallet_id: type === 'CUSTOMER_WALLET' ? 'wal_1' : null,
  customer,
});
const ama = party('Ama Mensah', 'CUSTOMER_WALLET', { id: 'cus_1', name: 'Ama Mensah' });
const nameless = party('Wallet GHS of cus_2', 'CUSTOMER_WALLET', { id: 'cus_2', name: null });
const clearing = party('MTN MoMo clearing GHS', 'PROVIDER_CLEARING');
const collections = party('Collections GHS', 'AVAILABLE_COLLECTIONS');
const promotions = party('Promotions GHS', 'PROMOTION_EXPENSE');

const told = (kind: JournalSummaryObject['kind'], rest: Partial<Told> = {}): Told => ({
  kind,
  amount: 50_000,
  fee: 0,
  tax: 0,
  currency: 'GHS',
  account: ama,
  counter_account: clearing,
  channel: null,
  description: null,
  ...rest,
});
const text = (journal: Told): string =>
  sentenceOf(journal)
    .map((part) => part.text)
    .join('');

describe('a journal’s title', () => {
  it('is a sentence that says who did what with how much', () => {
    expect(text(told('topup', { channel: 'MTN' }))).toBe('Ama Mensah topped up GH₵500.00 with MTN MoMo.');
    expect(text(told('topup', { channel: 'CARD', account: clearing, counter_account: ama }))).toBe(
      'Ama Mensah topped up GH₵500.00 by card.',
    );
    expect(text(told('debit', { counter_account: collections, description: 'Clutch cable, fitted' }))).toBe(
      'Ama Mensah was charged GH₵500.00 for “Clutch cable, fitted”.',
    );
    expect(text(told('credit', { counter_account: promotions }))).toBe(
      'Ama Mensah was given GH₵500.00 of promotional credit.',
    );
    expect(text(told('transfer', { counter_account: nameless }))).toBe('Ama Mensah sent GH₵500.00 to cus_2.');
    expect(text(told('payment', { channel: 'TELECEL', account: clearing, counter_account: collections }))).toBe(
      'GH₵500.00 was paid with Telecel Cash to Collections GHS.',
    );
  });

  it.each(JOURNAL_KINDS)('has words for %s, one figure in it and a full stop after', (kind) => {
    const parts = sentenceOf(told(kind));
    expect(parts.filter(({ strong }) => strong === true)).toEqual([{ text: 'GH₵500.00', strong: true }]);
    expect(text(told(kind))).toMatch(/[^.]\.$/);
    expect(titleOf(told(kind))).not.toBe('');
  });
});
