'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useNow } from '@/components/patterns/use-now';
import { periods } from './periods';

/** Periods that people ask for, in a press. */
export function Presets() {
  const nowMs = useNow();
  const [, set] = useQueryStates({ from: parseAsString, to: parseAsString, after: parseAsString }, { history: 'push' });
  return (
    <div className="presets wide-only">
      {periods(nowMs).map(({ label, from, to }) => (
        <button key={label} type="button" className="link" onClick={() => void set({ from, to, after: null })}>
          {label}
        </button>
      ))}
    </div>
  );
}
