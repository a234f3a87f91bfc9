import { z } from 'zod';
import { CHANNELS } from '@/contracts/channels';
import { ADAPTERS } from './adapters';
import { PROVIDER_NAMES, type ProviderName, type Route } from './provider';

/** One place of the deployment where money can come from: an adapter, its endpoints, and who we are there. */
export interface ProviderEntry {
  /** Names it for ever, in payments and in clients' credentials: `mtn-momo-gh`. */
  readonly id: string;
  readonly adapter: ProviderName;
  readonly mode: 'live' | 'test';
  readonly endpoints: unknown;
  /** Null: serves only clients with credentials of their own. */
  readonly credentials: unknown;
  /** What of the adapter's routes it serves; all where null. */
  readonly only: readonly RouteFilter[] | null;
}

/** What is given must fit; the bounds narrow those of the adapter. */
export interface RouteFilter {
  readonly channel?: Route['channel'] | undefined;
  readonly country?: string | undefined;
  readonly currency?: string | undefined;
  readonly leastMinor?: bigint | undefined;
  readonly greatestMinor?: bigint | undefined;
}

/** Settings that cannot be used. Names places, never values: some are secret. */
export class ProviderConfigurationError extends Error {}

const minorSchema = z
  .string('must be minor units as digits in quotes')
  .regex(/^[0-9]{1,16}$/, 'must be minor units as digits in quotes')
  .transform(BigInt);

const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be 1 to 64 of a-z 0-9 -'),
  adapter: z.enum(PROVIDER_NAMES),
  mode: z.enum(['live', 'test']),
  endpoints: z.record(z.string(), z.unknown()),
  credentials: z.record(z.string(), z.unknown()).optional(),
  only: z
    .array(
      z.strictObject({
        channel: z.enum(CHANNELS).optional(),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code')
          .optional(),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
          .optional(),
        leastMinor: minorSchema.optional(),
        greatestMinor: minorSchema.optional(),
      }),
    )
    .min(1)
    .optional(),
});

/**
 * The entries of `PROVIDERS`, a JSON list. Their order is their precedence.
 * @throws ProviderConfigurationError
 */
export function readProviders(text: string): ProviderEntry[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProviderConfigurationError('PROVIDERS must be a JSON list.');
  }
  const parsed = z.array(entrySchema).safeParse(json);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path, message }) => `PROVIDERS[${path.map(String).join('.')}] ${message}.`,
    );
    throw new ProviderConfigurationError(lines.join('\n'));
  }
  const entries = parsed.data.map((entry) => ({
    ...entry,
    credentials: entry.credentials ?? null,
    only: entry.only ?? null,
  }));
  const problems = entries.flatMap(problemsOfEntry);
  const ids = entries.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  for (const id of repeated) problems.push(`The id ${id} is there twice.`);
  if (problems.length > 0)
    throw new ProviderConfigurationError(problems.map((line) => `PROVIDERS: ${line}`).join('\n'));
  return entries;
}

/** What is wrong with credentials, a client's or the deployment's, for an entry. */
export function problemsOfCredentials(entry: ProviderEntry, credentials: unknown): readonly string[] {
  const problems = [...ADAPTERS[entry.adapter].problemsOfCredentials(credentials)];
  if (problems.length === 0 && entry.adapter === 'paystack') {
    const { secretKey } = credentials as { secretKey: string };
    if (!secretKey.startsWith(`sk_${entry.mode}_`)) problems.push(`secretKey: must be a ${entry.mode} key`);
  }
  return problems;
}

function problemsOfEntry(entry: ProviderEntry): string[] {
  const problems = [...ADAPTERS[entry.adapter].problemsOfEndpoints(entry.endpoints)].map((line) => `endpoints.${line}`);
  if (entry.credentials !== null) {
    problems.push(...problemsOfCredentials(entry, entry.credentials).map((line) => `credentials.${line}`));
  }
  const isPlain = Object.values(entry.endpoints as object).some((value) => String(value).startsWith('http:'));
  if (entry.mode === 'live' && isPlain) problems.push('endpoints: live providers are reached by https alone');
  return problems.map((line) => `${entry.id}: ${line}.`);
}
