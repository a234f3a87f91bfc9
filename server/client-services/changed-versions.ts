import { Problem } from '@/server/kernel/problem';
import type { ServiceTerms } from '@/server/ledger/core/service-terms';
import { requireNotPast } from './effective-time';
import type { ServiceView } from './read';
import { changedTerms, sameTerms, type TermsChange } from './terms';
import { inForceAt, scheduledAfter, type TimedVersion } from './timeline';

/** Rules that are to be others from a moment on. */
export interface RulesChange {
  readonly terms: TermsChange;
  /** Now when null. */
  readonly effectiveAtMs: number | null;
}

/** Bounds what a posting has to remember and a change to repeat. */
const SCHEDULED_MAX = 20;

export interface ChangedVersion {
  readonly atMs: number;
  readonly base: TimedVersion;
  readonly terms: ServiceTerms;
}

/** What differs from the moment of the change on, in scheduled versions too. */
export function changedVersions(service: ServiceView, input: RulesChange): ChangedVersion[] {
  const { atMs: fromMs } = firstChange(service, input);
  const bases = [
    { atMs: fromMs, base: inForceAt(service.versions, fromMs) },
    ...scheduledAfter(service.versions, fromMs).map((base) => ({ atMs: base.effectiveAtMs, base })),
  ];
  return bases
    .map(({ atMs, base }) => ({ atMs, base, terms: changedTerms(base.terms, input.terms, service.currency) }))
    .filter(({ base, terms }) => !sameTerms(terms, base.terms));
}

/**
 * The change at its own moment, whether or not it differs from what would apply then anyway.
 * @throws Problem parameter_missing, parameter_invalid
 */
export function firstChange(service: ServiceView, input: RulesChange): ChangedVersion {
  const atMs = effectiveFrom(service, input.effectiveAtMs);
  const base = inForceAt(service.versions, atMs);
  return { atMs, base, terms: changedTerms(base.terms, input.terms, service.currency) };
}

/**
 * A service that is still to come changes from its beginning: nothing can take effect before it.
 * @throws Problem parameter_invalid
 */
function effectiveFrom({ versions, scheduled, asOfMs }: ServiceView, effectiveAtMs: number | null): number {
  requireNotPast(effectiveAtMs, asOfMs);
  const beginsAtMs = Math.max(versions[0]?.effectiveAtMs ?? asOfMs, asOfMs);
  if (effectiveAtMs === null) return beginsAtMs;
  if (effectiveAtMs < beginsAtMs) {
    const begins = new Date(beginsAtMs).toISOString();
    invalid(`must not be before the service itself takes effect, ${begins}`);
  }
  if (scheduled.length >= SCHEDULED_MAX && !scheduled.some((version) => version.effectiveAtMs === effectiveAtMs)) {
    invalid(`would be one change more than the ${SCHEDULED_MAX} that may be scheduled`);
  }
  return effectiveAtMs;
}

function invalid(rule: string): never {
  throw new Problem('parameter_invalid', `\`effective_at\` ${rule}.`, { param: 'effective_at' });
}
