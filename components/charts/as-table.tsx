import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** The figures of a chart, for whoever reads figures: beside every chart. */
export function AsTable({
  caption,
  head,
  rows,
}: {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell names the row; the others are figures. */
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  return (
    <details className="as-table">
      <summary>
        <ChevronRight className="s" aria-hidden="true" />
        View as table
      </summary>
      <div className="tablewrap">
        <table>
          <caption className="sr">{caption}</caption>
          <thead>
            <tr>
              {head.map((name, index) => (
                <th key={name} scope="col" className={index > 0 ? 'num' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr key={String(cells[0])}>
                {cells.map((cell, index) =>
                  index === 0 ? (
                    <th key={head[index]} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={head[index]} className="num">
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
