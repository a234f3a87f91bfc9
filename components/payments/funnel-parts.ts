import type { AnswerOf } from '@/server/http/api-types';
import type { Payment } from './request';

type Report = AnswerOf<'get', '/v1/reports/payments'>;

export interface FunnelPart {
  readonly key: 'paid' | 'under_way' | 'unknown' | 'unpaid' | 'returned';
  readonly label: string;
  readonly statuses: readonly Payment['status'][];
}

/** Where payments end up, in the words of the page; each is a filter too. */
export const FUNNEL: readonly FunnelPart[] = [
  { key: 'paid', label: 'Paid', statuses: ['succeeded'] },
  { key: 'under_way', label: 'Under way', statuses: ['pending', 'submitting', 'created'] },
  { key: 'unknown', label: 'Not known yet', statuses: ['in_reconciliation'] },
  { key: 'unpaid', label: 'Not paid', statuses: ['failed', 'expired', 'canceled'] },
  { key: 'returned', label: 'Given back', statuses: ['refunded', 'partially_refunded', 'reversed'] },
];

export interface Counted extends FunnelPart {
  readonly payments: number;
  /** By status, those that have any, the most first: what a link narrows the list to. */
  readonly by: readonly { readonly status: Payment['status']; readonly payments: number }[];
}

export function countFunnel({ statuses }: Pick<Report, 'statuses'>): readonly Counted[] {
  return FUNNEL.map((part) => {
    const by = part.statuses
      .map((status) => ({
        status,
        payments: statuses.filter((one) => one.status === status).reduce((sum, one) => sum + one.payments, 0),
      }))
      .filter(({ payments }) => payments > 0)
      .sort((one, other) => other.payments - one.payments);
    return { ...part, by, payments: by.reduce((sum, one) => sum + one.payments, 0) };
  });
}
