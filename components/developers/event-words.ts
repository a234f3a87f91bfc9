import { shortId } from '@/components/patterns/copy-id';
import { formatMoney } from '@/components/patterns/money';
import type { AnswerOf } from '@/server/http/api-types';

type Event = AnswerOf<'get', '/v1/events/{id}'>;

/** Where the object of an event names others, by the fields that do. */
const LINKS = [
  ['wallet_id', 'Wallet'],
  ['customer_id', 'Customer'],
  ['payment_id', 'Payment'],
  ['topup_id', 'Top-up'],
  ['refund_id', 'Refund'],
  ['hold_id', 'Hold'],
  ['transaction_id', 'Transaction'],
  ['journal_id', 'Journal'],
] as const;

/** `GHS 5.00, 10 SMS messages sent`: enough of what an event is about to know it in a list. */
export function aboutEvent({ data }: Pick<Event, 'data'>): string {
  const { amount, currency, description, name, url, reference, customer_id: customer } = data;
  const parts: string[] = [];
  if (typeof amount === 'number' && Number.isSafeInteger(amount) && typeof currency === 'string') {
    parts.push(formatMoney(amount, currency));
  }
  const words = [description, name, url, reference, customer].find((one) => typeof one === 'string' && one !== '');
  if (typeof words === 'string') parts.push(words);
  if (parts.length > 0) return parts.join(', ');
  return typeof data['id'] === 'string' ? shortId(data['id']) : '';
}

/** The object of an event and what it names, each with its id: `[['Transaction', 'txn_…'], ['Wallet', 'wal_…']]`. */
export function recordsOf({ data, type }: Pick<Event, 'data' | 'type'>): readonly (readonly [string, string])[] {
  const kind = (type.split('.')[0] ?? '').replaceAll('_', ' ');
  const own = data['id'];
  const records: [string, string][] = [];
  if (typeof own === 'string') records.push([kindOfId(own) ?? kind.charAt(0).toUpperCase() + kind.slice(1), own]);
  for (const [field, label] of LINKS) {
    const id = data[field];
    if (typeof id === 'string' && id !== own) records.push([label, id]);
  }
  return records;
}

function kindOfId(id: string): string | null {
  if (id.startsWith('txn_')) return 'Transaction';
  if (id.startsWith('wal_')) return 'Wallet';
  return null;
}
