'use client';

import { Card } from '@/components/patterns/card';
import { amountText, plain } from './draft';
import type { Preview } from './use-preview';

const WIDTH = 352;
const LEFT = 40;
const RIGHT = 288;
const TOP = 14;
const BOTTOM = 154;

/** Fee by amount under both rules: two lines drawn by hand, and the figures under them. */
export function FeeChart({
  preview,
  line,
  table,
  reach,
  amount,
  currency,
  versions,
}: {
  readonly preview: Preview | undefined;
  /** Amounts between which a fee is straight. */
  readonly line: readonly string[];
  readonly table: readonly string[];
  readonly reach: number;
  readonly amount: string;
  readonly currency: string;
  readonly versions: readonly [string, string | null];
}) {
  const quoteOf = (text: string) => preview?.quotes.find((one) => Number(one.transaction_amount) === Number(text));
  const points = line.flatMap((text) => {
    const quote = quoteOf(text);
    return quote === undefined
      ? []
      : [
          {
            at: Number(text),
            before: Number(quote.before.transaction_fee),
            after: Number(quote.after.transaction_fee),
          },
        ];
  });
  const isOne = versions[1] === null;
  const top = niceTop(Math.max(...points.flatMap(({ before, after }) => (isOne ? [before] : [before, after])), 0));
  const x = (at: number): number => LEFT + ((RIGHT - LEFT) * at) / reach;
  const y = (fee: number): number => BOTTOM - ((BOTTOM - TOP) * fee) / top;
  const pathOf = (key: 'before' | 'after'): string =>
    points.map((point) => `${x(point.at).toFixed(1)},${y(point[key]).toFixed(1)}`).join(' ');
  const last = points.at(-1);
  const typed = Number(plain(amount));
  const typedQuote = quoteOf(plain(amount));
  const ends = last === undefined ? [0, 0] : apart(y(last.before) + 4, y(last.after) + 4);
  return (
    <Card title="Fee by amount" note={`${currency}, before tax`} className="fee-chart">
      <figure aria-hidden="true">
        <svg viewBox={`0 0 ${WIDTH} 182`} role="presentation">
          {[0, 0.25, 0.5, 0.75, 1].map((part) => (
            <g key={part}>
              <line className="rule" x1={LEFT} x2={RIGHT} y1={y(part * top)} y2={y(part * top)} />
              <text x={LEFT - 6} y={y(part * top) + 4} textAnchor="end">
                {axis(part * top)}
              </text>
              <text x={x(part * reach)} y={BOTTOM + 18} textAnchor="middle">
                {axis(part * reach)}
              </text>
            </g>
          ))}
          {typed > 0 && typed <= reach && <line className="mark" x1={x(typed)} x2={x(typed)} y1={TOP} y2={BOTTOM} />}
          <polyline className={isOne ? 'new' : 'was'} points={pathOf('before')} />
          {!isOne && <polyline className="new" points={pathOf('after')} />}
          {typed <= reach && typedQuote !== undefined && (
            <>
              <circle
                className={isOne ? 'new' : 'was'}
                cx={x(typed)}
                cy={y(Number(typedQuote.before.transaction_fee))}
                r="3"
              />
              {!isOne && (
                <circle className="new" cx={x(typed)} cy={y(Number(typedQuote.after.transaction_fee))} r="3" />
              )}
            </>
          )}
          {last !== undefined && (
            <text className={isOne ? 'new' : 'was'} x={RIGHT + 6} y={ends[0]}>
              {versions[0]}
            </text>
          )}
          {last !== undefined && !isOne && (
            <text className="new" x={RIGHT + 6} y={ends[1]}>
              {versions[1]}
            </text>
          )}
        </svg>
      </figure>
      <table className="mini">
        <caption className="sr">Fee by amount, in {currency}</caption>
        <thead>
          <tr>
            <th scope="col">Amount</th>
            <th scope="col" className="num">
              {versions[0]}
            </th>
            {!isOne && (
              <th scope="col" className="num">
                {versions[1]}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {table.map((text) => {
            const quote = quoteOf(text);
            const fee = (cost: { readonly transaction_fee: string } | undefined): string =>
              cost === undefined ? '–' : amountText(Number(cost.transaction_fee), currency);
            return (
              <tr key={text}>
                <th scope="row">{amountText(Number(text), currency)}</th>
                <td className="num soft">{fee(quote?.before)}</td>
                {!isOne && <td className="num medium">{fee(quote?.after)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

/** The top of the axis: four even steps of 1, 2, 2.5 or 5 times a power of ten. */
function niceTop(most: number): number {
  if (!(most > 0)) return 4;
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power * 4 >= most - 1e-9) ?? 10;
  return step * power * 4;
}

function axis(value: number): string {
  return value >= 10_000 ? `${Number((value / 1_000).toFixed(1))} k` : Number(value.toFixed(2)).toLocaleString('en-GB');
}

/** Two labels that would stand on each other are moved apart. */
function apart(a: number, b: number): readonly [number, number] {
  if (Math.abs(a - b) >= 14) return [a, b];
  return a <= b ? [b - 14, b] : [a, a - 14];
}
