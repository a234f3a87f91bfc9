/** Why a batch failed: `statement` for one of its own commands, else worth the same batch again. */
export type Failure = 'statement' | 'conflict' | 'connection';

/** A command that the core or its renderer fails on: a bug, which must cost its neighbours nothing. */
export class DecisionFault extends Error {
  constructor(cause: unknown) {
    super('The batch could not be decided.', { cause });
  }
}

/** What a batch decided on memory meets when others were there first: a moved account, a used reference. */
export const STALE = new Set(['40001', '40P01', '23505']);
/** Serialization failure, deadlock, lock timeout: rolled back through nobody's fault, worth the same batch again. */
const CONFLICTS = new Set(['40001', '40P01', '55P03']);
/** Shutdown and start-up of the database, idle timeout: as good as a lost connection. */
const AWAY = new Set(['57P01', '57P02', '57P03', '57P05', '53300', '25P03', '57014']);

export function failureOf(error: Error): Failure {
  if (error instanceof DecisionFault) return 'statement';
  if (!isDatabaseError(error)) return 'connection';
  if (CONFLICTS.has(error.code)) return 'conflict';
  return AWAY.has(error.code) || error.code.startsWith('08') ? 'connection' : 'statement';
}

export function isDatabaseError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

export function isUnique(error: Error, constraint: string): boolean {
  return isDatabaseError(error) && error.code === '23505' && 'constraint' in error && error.constraint === constraint;
}
