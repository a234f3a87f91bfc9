'use client';

import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Series, SeriesChartProps } from './series-chart';

const TICK = { fontSize: 12, fill: 'var(--ink-3)' } as const;

/** The drawing itself, in a chunk of its own: whoever reads no chart loads no library. */
export default function SeriesPlot({
  data,
  series,
  format,
  compact,
  kind = 'line',
  stacked = false,
  dots = false,
  mark,
}: SeriesChartProps) {
  const axes = (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="x" tick={TICK} tickLine={false} axisLine={false} minTickGap={40} interval="preserveStartEnd" />
      <YAxis tick={TICK} tickLine={false} axisLine={false} width={48} tickFormatter={compact} />
      <Tooltip
        isAnimationActive={false}
        cursor={kind === 'bar' ? { fill: 'var(--sunken)' } : { stroke: 'var(--line-strong)' }}
        contentStyle={{
          background: 'var(--surface)',
          border: '1px solid var(--line-strong)',
          borderRadius: 'var(--radius-control)',
          fontSize: 12,
          color: 'var(--ink)',
        }}
        formatter={(value, name) => [format(Number(value)), String(name)]}
      />
    </>
  );
  const margin = { top: 8, right: 8, bottom: 0, left: 0 };
  return (
    <ResponsiveContainer width="100%" height="100%">
      {kind === 'bar' ? (
        <BarChart data={[...data]} margin={margin} accessibilityLayer={false}>
          {axes}
          {series.map(({ key, label, color }) => (
            <Bar
              key={key}
              dataKey={key}
              name={label}
              fill={color}
              isAnimationActive={false}
              {...(stacked && { stackId: 'all' })}
            />
          ))}
        </BarChart>
      ) : (
        <LineChart data={[...data]} margin={margin} accessibilityLayer={false}>
          {axes}
          {series.map(({ key, label, color, dashed }) => (
            <Line
              key={key}
              type="linear"
              dataKey={key}
              name={label}
              stroke={color}
              strokeWidth={dashed === true ? 1.25 : 1.75}
              {...(dashed === true && { strokeDasharray: '2 3' })}
              dot={dots ? { r: 2, fill: 'var(--surface)' } : false}
              connectNulls={dots}
              isAnimationActive={false}
            />
          ))}
          {series
            .filter(({ direct }) => direct === true)
            .map((one) => (
              <EndLabel key={one.key} one={one} data={data} isUnder={isUnder(one, series, data)} />
            ))}
          {mark !== undefined && <Mark {...mark} data={data} color={colorOf(series, mark.of)} />}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}

type Data = SeriesChartProps['data'];

const colorOf = (series: readonly Series[], key: string): string =>
  series.find((one) => one.key === key)?.color ?? 'var(--ink-2)';

/** Too near to the axis, a name stands above its line. */
const NEAR_AXIS = 0.15;

/** Whether a line ends below the others, and not at the foot: then its name stands under it. */
function isUnder(one: Series, series: readonly Series[], data: Data): boolean {
  const end = data.at(-1);
  if (end === undefined) return true;
  const top = Math.max(...data.flatMap((point) => series.map(({ key }) => Number(point[key]))));
  if (Number(end[one.key]) < top * NEAR_AXIS) return false;
  return series.every(({ key }) => Number(end[one.key]) <= Number(end[key]));
}

interface Box {
  readonly viewBox?: { readonly x?: number; readonly y?: number; readonly width?: number };
}

/** A line's name at its end. */
function EndLabel({
  one,
  data,
  isUnder: under,
}: {
  readonly one: Series;
  readonly data: Data;
  readonly isUnder: boolean;
}) {
  const end = data.at(-1);
  if (end === undefined) return null;
  return (
    <ReferenceDot
      x={String(end['x'])}
      y={Number(end[one.key])}
      r={0}
      label={({ viewBox }: Box) => (
        <text
          x={viewBox?.x ?? 0}
          y={(viewBox?.y ?? 0) + (under ? 18 : -10)}
          textAnchor="end"
          fontSize={12}
          fill="var(--ink-2)"
        >
          {one.label}
        </text>
      )}
    />
  );
}

/** One point, and what it says, on the side that has room. */
function Mark({
  x,
  of,
  text,
  data,
  color,
}: NonNullable<SeriesChartProps['mark']> & { readonly data: Data; readonly color: string }) {
  const place = data.findIndex((point) => point['x'] === x);
  if (place < 0) return null;
  const isRight = place > data.length / 2;
  return (
    <ReferenceDot
      x={x}
      y={Number(data[place]?.[of])}
      r={3}
      fill="var(--surface)"
      stroke={color}
      strokeWidth={1.75}
      label={({ viewBox }: Box) => (
        <text
          x={(viewBox?.x ?? 0) + (isRight ? -8 : 14)}
          y={(viewBox?.y ?? 0) + 4}
          textAnchor={isRight ? 'end' : 'start'}
          fontSize={12}
          fontWeight={500}
          fill={color}
        >
          {text}
        </text>
      )}
    />
  );
}
