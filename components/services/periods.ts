import type { Version } from './draft';

export interface Period {
  readonly fromMs: number;
  /** When another took its place; null while none does. */
  readonly toMs: number | null;
  /** Replaced: another was made for the same moment before it came. */
  readonly state: 'in_force' | 'scheduled' | 'ended' | 'replaced';
}

/** When each version applied, by its number: of those of one moment the one made last. */
export function periodsOf(
  versions: readonly Pick<Version, 'version_number' | 'effective_at' | 'is_in_force'>[],
  nowMs: number,
): ReadonlyMap<number, Period> {
  const ordered = versions
    .map((version) => ({ ...version, fromMs: Date.parse(version.effective_at) }))
    .toSorted((a, b) => a.fromMs - b.fromMs || a.version_number - b.version_number);
  return new Map(
    ordered.map((version, index) => {
      const next = ordered[index + 1];
      const { fromMs } = version;
      const isReplaced = next !== undefined && next.fromMs === fromMs;
      const state = isReplaced ? 'replaced' : version.is_in_force ? 'in_force' : fromMs > nowMs ? 'scheduled' : 'ended';
      return [version.version_number, { fromMs, toMs: next?.fromMs ?? null, state }] as const;
    }),
  );
}
