export type Bar = { readonly atLeast: number } | { readonly atMost: number };

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Null where the figure is there to be known and nothing is promised. */
  readonly bar: Bar | null;
  readonly pass: boolean | null;
}

export function figure(name: string, unit: string, value: number, bar: Bar | null = null): Figure {
  return { name, unit, value, bar, pass: bar === null ? null : meets(value, bar) };
}

/** A figure that could not be measured is a bar missed. */
function meets(value: number, bar: Bar): boolean {
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Of each pair measured one after the other, then the median: what slows the machine for a while slows both. */
export function medianRatio(numerators: readonly number[], denominators: readonly number[]): number {
  return median(numerators.map((value, i) => value / (denominators[i] ?? Number.NaN)));
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, value, bar, pass }) => [
    name,
    bar === null ? '' : 'atLeast' in bar ? `≥ ${shown(bar.atLeast)}` : `≤ ${shown(bar.atMost)}`,
    `${shown(value)}${unit === '' ? '' : ` ${unit}`}`,
    pass === null ? '' : pass ? 'pass' : 'MISSED',
  ]);
  const all = [['figure', 'bar', 'measured', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines.join('\n');
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
