'use client';

import dynamic from 'next/dynamic';

export interface Series {
  readonly key: string;
  readonly label: string;
  /** A token: `var(--chart-1)`. */
  readonly color: string;
  /** For what it is compared with. */
  readonly dashed?: boolean;
  /** Its name stands at its end, where there is room for it, and not in the legend. */
  readonly direct?: boolean;
}

export interface SeriesChartProps {
  /** `x` is the label under the axis; the series' values stand by their keys. */
  readonly data: readonly Readonly<Record<string, string | number>>[];
  readonly series: readonly Series[];
  /** A value in the tooltip. */
  readonly format: (value: number) => string;
  /** A value on the axis. */
  readonly compact: (value: number) => string;
  readonly kind?: 'line' | 'bar';
  readonly stacked?: boolean;
  /** Values that are not there every day: each is a dot, and the line goes on to the next. */
  readonly dots?: boolean;
  /** The point of a line that says something, with what it says. */
  readonly mark?: { readonly x: string; readonly of: string; readonly text: string };
}

const Plot = dynamic(() => import('./series-plot'), {
  ssr: false,
  loading: () => <span className="sk" style={{ height: '100%' }} />,
});

/** Lines or bars over time, of a fixed height, so that nothing moves when they come. Always with a table beside. */
export function SeriesChart({ height = 220, ...plot }: SeriesChartProps & { readonly height?: number }) {
  return (
    <div>
      <div className="chart" style={{ height }} aria-hidden="true">
        <Plot {...plot} />
      </div>
      <Legend series={plot.series.filter(({ direct }) => direct !== true)} />
    </div>
  );
}

/** Names of what is not named in the drawing; one alone is named by the title above it. */
function Legend({ series }: { readonly series: readonly Series[] }) {
  if (series.length < 2) return <div className="chart-legend" />;
  return (
    <ul className="legend chart-legend">
      {series.map(({ key, label, color }) => (
        <li key={key}>
          <i className="key" style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}
