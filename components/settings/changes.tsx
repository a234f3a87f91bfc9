/** What a form would change, field by field: before it is saved, and in the dialog that saves it. */
export function Changes({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly { readonly label: string; readonly before: string; readonly after: string }[];
}) {
  return (
    <div className="tablewrap">
      <table className="was-is">
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Now</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, before, after }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                <del>{before}</del>
              </td>
              <td>
                <ins>{after}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
