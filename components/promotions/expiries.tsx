'use client';

import { useApi } from '@/components/api/queries';
import { useConsole } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import type { Import } from './import-status';
import { type Ending, Month } from './month';
import { byDate, dayOf, dayWords, monthsShown } from './months';
import { calendarRequest } from './requests';

/** When what the file issues will end, beside what ends on other days already. */
export function Expiries({ of: one }: { readonly of: Import }) {
  const { renderedAtMs } = useConsole();
  const calendar = useApi('/v1/promotion_lots/expiry_calendar', calendarRequest(renderedAtMs, 12));
  const today = dayOf(renderedAtMs);
  const dated = one.expiries.filter(
    (expiry): expiry is typeof expiry & { readonly date: string } => expiry.date !== null,
  );
  const endless = one.expiries.filter(({ date }) => date === null);
  const byDay = byDate(dated);
  const endings = new Map<string, Ending>(
    [...byDay].map(([date, of]) => {
      const rows = of.reduce((sum, { rows: count }) => sum + count, 0);
      const amounts = of.map(({ amount, currency }) => formatMoney(amount, currency)).join(' and ');
      return [date, { count: rows, words: `${rows.toLocaleString('en-GB')} of these credits, ${amounts}, expire` }];
    }),
  );
  const earlier = new Set((calendar.data?.days ?? []).map(({ date }) => date));
  const currencies = [...new Set(one.expiries.map(({ currency }) => currency))];
  const sumOf = (rows: readonly { readonly currency: string; readonly amount: number }[], currency: string): number =>
    rows.filter((row) => row.currency === currency).reduce((sum, { amount }) => sum + amount, 0);
  const line = (name: string, rows: readonly Import['expiries'][number][], isTotal = false) => (
    <tr key={name}>
      <th scope="row">{name}</th>
      <td className="num">{rows.reduce((sum, { rows: count }) => sum + count, 0).toLocaleString('en-GB')}</td>
      {currencies.map((currency) => (
        <td key={currency} className={`num ${isTotal ? '' : sumOf(rows, currency) === 0 ? 'nil' : 'promo'}`}>
          {formatAmount(sumOf(rows, currency), currency)}
        </td>
      ))}
    </tr>
  );
  return (
    <Card
      title="When they expire"
      note={<span className="wide-only">Days are UTC. What is left then returns to promotion expense.</span>}
    >
      <div className="expiry">
        <div className="cals">
          {monthsShown(today, [...byDay.keys()], 3).map((month) => (
            <Month key={month} month={month} today={today} endings={endings} earlier={earlier} />
          ))}
        </div>
        <div>
          <div className="tablewrap">
            <table>
              <caption className="sr">Amounts by day of expiry</caption>
              <thead>
                <tr>
                  <th scope="col">Day</th>
                  <th scope="col" className="num">
                    Rows
                  </th>
                  {currencies.map((currency) => (
                    <th key={currency} scope="col" className="num">
                      {currency}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {[...byDay].slice(0, 12).map(([date, rows]) => line(dayWords(date), rows))}
                {byDay.size > 12 &&
                  line(
                    `${byDay.size - 12} later days`,
                    [...byDay].slice(12).flatMap(([, rows]) => rows),
                  )}
                {endless.length > 0 && line('Never', endless)}
              </tbody>
              <tfoot>{line('All rows', one.expiries, true)}</tfoot>
            </table>
          </div>
          <ul className="cal-key">
            <li>
              <i className="swatch ends" />
              Rows expiring
            </li>
            <li>
              <i className="swatch earlier" />
              Earlier credits expire
            </li>
          </ul>
        </div>
      </div>
    </Card>
  );
}
