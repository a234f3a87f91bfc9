import { Card } from '@/components/patterns/card';
import { formatAmount } from '@/components/patterns/money';
import { exponentOf } from '@/contracts/money';
import type { Preview } from './use-preview';

/** What the last thirty days would have been charged under the new rules: exact, from the journals. */
export function PastCharges({ preview, greatestFee }: { readonly preview: Preview; readonly greatestFee: string }) {
  const past = preview.last_30_days;
  if (past === null) {
    return (
      <Card title="If it had been so for the last 30 days" padded>
        <p className="soft">There were more than 100,000 transactions: too many to charge again while you wait.</p>
      </Card>
    );
  }
  if (past.transactions === 0) return null;
  const { currency } = preview;
  const charged = minorOf(past.fees_charged, currency);
  const then = minorOf(past.fees_then, currency);
  const difference = then - charged;
  const share = charged === 0n ? null : Number((difference * 10_000n) / charged) / 100;
  const figures: readonly (readonly [string, string, string])[] = [
    ['Fees before tax', formatAmount(then, currency), `${currency}, instead of ${formatAmount(charged, currency)}`],
    [
      'Difference',
      `${difference > 0n ? '+' : ''}${formatAmount(difference, currency)}`,
      share === null
        ? 'nothing was charged'
        : difference === 0n
          ? 'the same'
          : `${Math.abs(share).toFixed(1)} % ${share < 0 ? 'less' : 'more'}`,
    ],
    past.cheaper > 0 && past.dearer === 0
      ? ['Cheaper', past.cheaper.toLocaleString('en-GB'), 'transactions, and none dearer']
      : [
          'Dearer',
          past.dearer.toLocaleString('en-GB'),
          past.cheaper === 0 ? 'transactions' : `transactions; ${past.cheaper.toLocaleString('en-GB')} cheaper`,
        ],
    past.outside_limits > 0
      ? ['Outside the limits', past.outside_limits.toLocaleString('en-GB'), 'transactions, refused from then on']
      : greatestFee === ''
        ? ['At the least fee', past.at_minimum_fee.toLocaleString('en-GB'), 'transactions']
        : ['At the cap', past.at_maximum_fee.toLocaleString('en-GB'), `transactions charged ${greatestFee}`],
  ];
  return (
    <Card
      title="If it had been so for the last 30 days"
      note={
        <span className="wide-only">
          {past.transactions.toLocaleString('en-GB')} transactions, charged again on paper
        </span>
      }
    >
      <dl className="figures">
        {figures.map(([name, value, more]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd className="more">{more}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Four decimals are sent; what is finer than the currency is zeros. */
function minorOf(text: string, currency: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, exponentOf(currency)));
}
