import type { Database } from '@/db/client';
import type { Clock } from '@/server/kernel/clock';
import type { SecretBox } from '@/server/kernel/secret-box';
import type { CircuitOptions } from './circuit-breaker';
import { readProviders } from './configuration';
import { openCredentialsSource } from './credentials';
import { ProviderRegistry } from './registry';
import { simulatedProviders } from './simulated';

export interface RegistrySettings {
  /** `PROVIDERS`: a JSON list of entries; null for none. */
  readonly providers: string | null;
  /** `PROVIDERS_SIMULATOR_URL`: adds the simulator's entries after them, for test books; null for none. */
  readonly simulatorUrl: string | null;
}

/**
 * The process's providers. Throws what is wrong with the settings before anything is served.
 * @throws ProviderConfigurationError
 */
export function openProviderRegistry(
  parts: { db: Database; secretBox: SecretBox; clock: Clock; circuit?: Partial<CircuitOptions> },
  settings: RegistrySettings,
): ProviderRegistry {
  const entries = [
    ...(settings.providers === null ? [] : readProviders(settings.providers)),
    ...(settings.simulatorUrl === null ? [] : simulatedProviders(settings.simulatorUrl)),
  ];
  return new ProviderRegistry(entries, openCredentialsSource(parts.db.pool, parts.secretBox), {
    nowMs: () => parts.clock.fixedMs() ?? Date.now(),
    ...(parts.circuit === undefined ? {} : { circuit: parts.circuit }),
  });
}
