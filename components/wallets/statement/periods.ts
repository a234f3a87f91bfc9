export interface Period {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Days of statements are UTC days; both ends are included. */
export function periods(nowMs: number): readonly Period[] {
  const now = new Date(nowMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return [
    { label: 'This month', from: day(Date.UTC(year, month, 1)), to: day(nowMs) },
    { label: 'Last month', from: day(Date.UTC(year, month - 1, 1)), to: day(Date.UTC(year, month, 0)) },
    { label: 'Past 90 days', from: day(nowMs - 89 * 86_400_000), to: day(nowMs) },
  ];
}
