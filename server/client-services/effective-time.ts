import { Problem } from '@/server/kernel/problem';

/** @throws Problem parameter_invalid: what has been decided under the rules in force stays decided */
export function requireNotPast(effectiveAtMs: number | null, nowMs: number): void {
  if (effectiveAtMs === null || effectiveAtMs >= nowMs) return;
  throw new Problem('parameter_invalid', '`effective_at` must not be in the past; leave it out for now.', {
    param: 'effective_at',
  });
}
