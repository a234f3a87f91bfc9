import { formatAmount } from '@/components/patterns/money';

/** What an act does to figures: each as it is and as it will be; one that stays says so. */
export function Effect({
  caption,
  currency,
  rows,
}: {
  readonly caption: string;
  readonly currency: string;
  readonly rows: readonly (readonly [name: string, now: number, after: number])[];
}) {
  return (
    <table className="now-after">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{currency}</th>
          <th scope="col" className="num">
            Now
          </th>
          <th scope="col" className="num">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, now, after]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="num">{formatAmount(now, currency)}</td>
            <td className="num">
              {now === after ? <span className="dim">same</span> : <b>{formatAmount(after, currency)}</b>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
