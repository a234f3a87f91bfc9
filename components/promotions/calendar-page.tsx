'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/queries';
import { useConsole, useHref } from '@/components/api/scope';
import { Card } from '@/components/patterns/card';
import { formatAmount, formatMoney } from '@/components/patterns/money';
import { Empty, Failed } from '@/components/patterns/states';
import { type Ending, Month } from './month';
import { byDate, dayOf, dayWords, monthOf, monthsFrom } from './months';
import { PromotionsHead } from './promotion-tabs';
import { calendarRequest } from './requests';

const MONTHS = 12;

/** What is open, by the day on which it ends: a year of it, and the days one by one. */
export function CalendarPage() {
  const { renderedAtMs } = useConsole();
  const href = useHref();
  const calendar = useApi('/v1/promotion_lots/expiry_calendar', calendarRequest(renderedAtMs, MONTHS));
  const today = dayOf(renderedAtMs);
  const days = calendar.data?.days ?? [];
  const byDay = byDate(days);
  const endings = new Map<string, Ending>(
    [...byDay].map(([date, of]) => {
      const lots = of.reduce((sum, one) => sum + one.lots, 0);
      const amounts = of.map(({ amount, currency }) => formatMoney(amount, currency)).join(' and ');
      return [
        date,
        {
          count: lots,
          words: `${lots.toLocaleString('en-GB')} ${lots === 1 ? 'credit' : 'credits'}, ${amounts}, expire`,
          href: `${href('/promotions/credits')}?expires_from=${date}&expires_to=${date}` as Ending['href'] & string,
        } as Ending,
      ];
    }),
  );
  const currencies = [...new Set(days.map(({ currency }) => currency))].toSorted();
  return (
    <>
      <PromotionsHead />
      {calendar.error !== null && calendar.data === undefined ? (
        <Card label="Expiry calendar" className="mt-4">
          <Failed error={calendar.error} retry={() => void calendar.refetch()} />
        </Card>
      ) : (
        <Card
          title="When open credits expire"
          note={
            <span className="wide-only">
              Spendable until the time they carry; days are UTC. What is left then returns to promotion expense.
            </span>
          }
          className="mt-4"
        >
          <div className="expiry">
            <div className="cals">
              {monthsFrom(monthOf(today), MONTHS).map((month) => (
                <Month key={month} month={month} today={today} endings={endings} />
              ))}
            </div>
            <div>
              {calendar.data !== undefined && days.length === 0 ? (
                <Empty kind="none" title="Nothing expires in the next twelve months" />
              ) : (
                <div className="tablewrap">
                  <table>
                    <caption className="sr">Amounts by day of expiry</caption>
                    <thead>
                      <tr>
                        <th scope="col">Day</th>
                        <th scope="col" className="num">
                          Credits
                        </th>
                        {currencies.map((currency) => (
                          <th key={currency} scope="col" className="num">
                            {currency}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {[...byDay].map(([date, of]) => (
                        <tr key={date} className="go">
                          <th scope="row" className="name">
                            <Link className="row" href={endings.get(date)?.href ?? href('/promotions/credits')}>
                              {dayWords(date)}
                            </Link>
                          </th>
                          <td className="num">{endings.get(date)?.count.toLocaleString('en-GB')}</td>
                          {currencies.map((currency) => {
                            const amount = of.find((one) => one.currency === currency)?.amount;
                            return (
                              <td key={currency} className={`num ${amount === undefined ? 'nil' : 'promo'}`}>
                                {amount === undefined ? '–' : formatAmount(amount, currency)}
                              </td>
                            );
                          })}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </div>
          </div>
        </Card>
      )}
    </>
  );
}
