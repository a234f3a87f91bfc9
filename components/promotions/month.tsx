import type { Route } from 'next';
import Link from 'next/link';
import { monthWords, weeksOf } from './months';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export interface Ending {
  /** In the small print under the day. */
  readonly count: number;
  /** Heard and seen on hover: `700 credits, GHS 7,000.00, expire`. */
  readonly words: string;
  readonly href?: Route;
}

/** A month as a wall calendar has it: gold where credits end, a dot where others end that were issued before. */
export function Month({
  month,
  today,
  endings,
  earlier,
}: {
  readonly month: string;
  readonly today: string;
  readonly endings: ReadonlyMap<string, Ending>;
  readonly earlier?: ReadonlySet<string>;
}) {
  return (
    <table className="cal">
      <caption>{monthWords(month, today.slice(0, 4))}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col" abbr={name}>
              <span aria-hidden="true">{name.charAt(0)}</span>
              <span className="sr">{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, index) =>
              day === null ? (
                <td key={WEEKDAYS[index]} />
              ) : (
                <Day
                  key={day}
                  day={day}
                  isToday={day === today}
                  ending={endings.get(day)}
                  isEarlier={earlier?.has(day) === true}
                />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({
  day,
  isToday,
  ending,
  isEarlier,
}: {
  readonly day: string;
  readonly isToday: boolean;
  readonly ending: Ending | undefined;
  readonly isEarlier: boolean;
}) {
  const number = Number(day.slice(8));
  const classes = [isToday && 'today', ending !== undefined && 'ends', isEarlier && 'earlier']
    .filter(Boolean)
    .join(' ');
  const inside =
    ending === undefined ? (
      <>
        {number}
        {isEarlier && <span className="sr"> earlier credits expire</span>}
      </>
    ) : (
      <>
        <b>{number}</b>
        <small aria-hidden="true">{ending.count.toLocaleString('en-GB')}</small>
        <span className="sr"> {ending.words}</span>
      </>
    );
  return (
    <td className={classes} title={ending?.words}>
      {ending?.href === undefined ? inside : <Link href={ending.href}>{inside}</Link>}
      {isToday && <span className="sr"> today</span>}
    </td>
  );
}
