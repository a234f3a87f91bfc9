'use client';

import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { SeriesChartProps } from './series-chart';

const TICK = { fontSize: 12, fill: 'var(--ink-3)' } as const;

/** The drawing itself, in a chunk of its own: whoever reads no chart loads no library. */
export default function SeriesPlot({
  data,
  series,
  format,
  compact,
  kind = 'line',
  stacked = false,
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
        <BarChart data={[...data]} margin={margin}>
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
        <LineChart data={[...data]} margin={margin}>
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
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}
