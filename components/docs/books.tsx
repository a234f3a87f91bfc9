export interface Leg {
  account: string;
  note?: string;
  debit?: string;
  credit?: string;
}

/** A journal as accountants write it: one line over a total, two under. */
export function Books({
  caption,
  currency,
  legs,
  total,
}: {
  caption: string;
  currency: string;
  legs: Leg[];
  total: string;
}) {
  return (
    <div className="books">
      <table>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col" className="r">
              Debit {currency}
            </th>
            <th scope="col" className="r">
              Credit {currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg) => (
            <tr key={leg.account}>
              <td>
                {leg.account}
                {leg.note && <small>{leg.note}</small>}
              </td>
              <td className="r">{leg.debit}</td>
              <td className="r">{leg.credit}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Total</td>
            <td className="r">
              <span>{total}</span>
            </td>
            <td className="r">
              <span>{total}</span>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
