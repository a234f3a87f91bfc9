import type { ServiceTerms, StoredServiceVersion } from '@/server/ledger/core/service-terms';
import { type StoredRules, toTerms } from '@/server/ledger/service-versions';

/** A version with where it stands in its service's history. */
export interface TimedVersion extends StoredServiceVersion {
  readonly number: number;
  readonly effectiveAtMs: number;
  readonly createdAtMs: number;
  readonly actor: string;
}

/** Columns for `toVersion`, from `service_versions v`: ids and times as text, since JSON numbers are floats. */
export const VERSION_JSON = `json_build_object('id', v.id::text, 'service_id', v.service_id::text, 'number', v.number,
  'rules', v.rules, 'effective_at_ms', (extract(epoch from v.effective_at) * 1000)::bigint,
  'created_at_ms', (extract(epoch from v.created_at) * 1000)::bigint, 'actor', v.actor)`;

export interface VersionJson {
  readonly id: string;
  readonly service_id: string;
  readonly number: number;
  readonly rules: StoredRules;
  readonly effective_at_ms: number;
  readonly created_at_ms: number;
  readonly actor: string;
}

export function toVersion(row: VersionJson): TimedVersion {
  return {
    id: row.id,
    serviceId: row.service_id,
    number: row.number,
    terms: toTerms(row.rules),
    effectiveAtMs: row.effective_at_ms,
    createdAtMs: row.created_at_ms,
    actor: row.actor,
  };
}

/**
 * The versions of service `s` that count at an instant or later, as one JSON array, by when they take effect. What was
 * superseded is left out; where none is in force yet, all are still to come.
 * @param now SQL of the instant
 */
export const liveVersionsSql = (now: string): string => `
  select json_agg(${VERSION_JSON} order by v.effective_at, v.number) as versions
  from service_versions v
  where v.tenant_id = s.tenant_id and v.service_id = s.id
    and (v.effective_at > ${now} or v.number = (
      select f.number from service_versions f
      where f.tenant_id = s.tenant_id and f.service_id = s.id and f.effective_at <= ${now}
      order by f.effective_at desc, f.number desc limit 1))`;

/**
 * What applies at an instant: of the versions in force the one that took effect last, of those of one moment the one
 * made last. Before the first takes effect the service is there and inactive.
 * @param versions by effect, then number; never empty
 */
export function inForceAt<V extends { readonly effectiveAtMs: number; readonly terms: ServiceTerms }>(
  versions: readonly V[],
  nowMs: number,
): V {
  const first = versions[0];
  if (first === undefined) throw new Error('A service has a version at least.');
  // Of what is still to come, the rules it will begin with.
  const atMs = Math.max(nowMs, first.effectiveAtMs);
  let found = first;
  for (const version of versions) {
    if (version.effectiveAtMs > atMs) break;
    found = version;
  }
  return atMs === nowMs ? found : { ...found, terms: { ...found.terms, active: false } };
}

/** What will apply later, by when: the last made of each moment. */
export function scheduledAfter<V extends { readonly effectiveAtMs: number }>(
  versions: readonly V[],
  nowMs: number,
): V[] {
  return versions.filter(
    (version, i) => version.effectiveAtMs > nowMs && versions[i + 1]?.effectiveAtMs !== version.effectiveAtMs,
  );
}
