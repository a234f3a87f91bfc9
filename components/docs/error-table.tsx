import { inline } from './rich-text';

export interface ErrorEntry {
  code: string;
  status: number;
  type: string;
  title: string;
  description: string;
  fix: string;
}

export function ErrorTable({ errors, labelledBy }: { errors: ErrorEntry[]; labelledBy: string }) {
  return (
    <table className="errs" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">HTTP</th>
          <th scope="col">Code</th>
          <th scope="col">When</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {errors.map((error) => (
          <tr key={error.code}>
            <td className="tabular-nums">{error.status}</td>
            <td>
              <a href={`/docs/errors#${error.code}`}>
                <code>{error.code}</code>
              </a>
            </td>
            <td>{inline(error.title)}</td>
            <td>{inline(error.fix)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
