import type { ErrorEntry } from '@/components/docs/error-table';
import { ERRORS } from '@/contracts/errors';

export function errorEntries(): ErrorEntry[] {
  return Object.entries(ERRORS).map(([code, entry]) => ({ code, ...entry }));
}

/** The entries of some codes, by status; a code that the catalogue lacks fails the build rather than the reader. */
export function errorsFor(codes: string[]): ErrorEntry[] {
  const entries = new Map(errorEntries().map((entry) => [entry.code, entry]));
  return codes
    .map((code) => {
      const entry = entries.get(code);
      if (!entry) throw new Error(`x-errors names ${code}, which contracts/errors.ts does not have`);
      return entry;
    })
    .sort((a, b) => a.status - b.status);
}
