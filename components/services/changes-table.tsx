import type { Difference } from './draft';

/** Field by field what differs: what it was, struck out, and what it becomes. */
export function ChangesTable({
  caption,
  before,
  after,
  rows,
}: {
  readonly caption: string;
  readonly before: string;
  readonly after: string;
  readonly rows: readonly Difference[];
}) {
  return (
    <div className="tablewrap changes">
      <table>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field}>
              <th scope="row">{row.field}</th>
              <td>
                <del>{row.before}</del>
              </td>
              <td>
                <ins>{row.after}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
