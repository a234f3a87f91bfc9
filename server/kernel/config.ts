import { z } from 'zod';

const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^[0-9]{1,10}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)
    .default(fallback);

const postgresUrl = z
  .string('must be set, for example postgresql://user:password@host:5432/database')
  .regex(/^postgres(ql)?:\/\/./, 'must look like postgresql://user:password@host:5432/database');

const commaSeparated = (item: RegExp, rule: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every((part) => item.test(part)), rule)
    .default([]);

/** Every environment setting of the server, its bounds and its default. `docs/` and `.env.example` follow this list. */
const environment = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('production'),
  PORT: whole(0, 65_535, 3000),
  HOST: z.string().min(1, 'must not be empty').default('0.0.0.0'),
  DATABASE_URL: postgresUrl,
  /** Connections for everything but posting. */
  DATABASE_POOL_MAX: whole(2, 200, 10),
  DATA_DIR: z.string().min(1, 'must be a path to a directory').default('.data'),
  /** `ahead`: the API answers before Next.js sees the request. `next`: through Next.js route handlers. */
  API_MOUNT: z.enum(['ahead', 'next'], 'must be ahead or next').default('ahead'),
  /** Where this deployment is reached from outside; makes links in answers absolute. */
  BASE_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+$/, 'must be an origin such as https://api.example.com, without a path')
    .optional(),
  /** Which books a log-in opens when it does not say. */
  LOGIN_MODE: z.enum(['test', 'live'], 'must be test or live').default('test'),
  /** What the console's cookies are encrypted with. Made in DATA_DIR otherwise; where LOGIN_MODE is live it must be set. */
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').max(512).optional(),
  /** After so long without a request of its person's a session of the console ends; after twelve hours in any case. */
  SESSION_IDLE_MINUTES: whole(1, 720, 30),
  /** Who needs a second factor to see live books in the console. */
  SECOND_FACTOR: z.enum(['operator', 'everyone', 'nobody'], 'must be operator, everyone or nobody').default('operator'),
  /** Requests a minute for one key; 0 turns the limit off. */
  RATE_LIMIT_PER_MINUTE: whole(0, 1_000_000_000, 600_000),
  LEDGER_QUEUE_MAX: whole(1, 1_000_000, 4_000),
  LEDGER_BATCH_MAX: whole(1, 10_000, 256),
  /** Hash partitions of journals and of entries; counts when the database is first migrated. */
  LEDGER_PARTITIONS: whole(1, 1_024, 4),
  /** How many reverse proxies append to X-Forwarded-For in front of this process. */
  TRUSTED_PROXIES: whole(0, 10, 0),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  /** Who sends this may read /metrics from elsewhere than the machine itself. */
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Ed25519 private key (PKCS 8, PEM) that signs the ledger's seals; one is made in DATA_DIR otherwise. */
  SEAL_PRIVATE_KEY: z.string().min(1, 'must not be empty').optional(),
  /** What webhook secrets and providers' credentials are encrypted with: the first encrypts, all decrypt. Made in DATA_DIR otherwise. */
  ENCRYPTION_KEYS: commaSeparated(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64, or several separated by commas'),
  /** Hosts that webhooks may go to although they are not on the public internet: `host` or `host:port`. */
  WEBHOOK_ALLOWED_HOSTS: commaSeparated(
    /^[a-z0-9.:-]{1,255}$/,
    'must be host names such as localhost:4000, separated by commas',
  ),
  /** Where one-time codes go out: takes `POST {to, text}`. */
  TEXT_MESSAGES_URL: z
    .string()
    .regex(/^https?:\/\/\S+$/, 'must be a URL such as https://gateway.example.com/messages')
    .optional(),
  /** Sent to it as a Bearer token. */
  TEXT_MESSAGES_TOKEN: z.string().min(1, 'must not be empty').optional(),
  /** Payment providers, a JSON list (server/providers/configuration.ts reads it, docs/providers.md explains it). */
  PROVIDERS: z.string().min(1, 'must not be empty').optional(),
  /** A simulator of the providers, for test books. */
  PROVIDERS_SIMULATOR_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+$/, 'must be an origin such as http://127.0.0.1:4010, without a path')
    .optional(),
});

export interface Config {
  readonly nodeEnv: 'development' | 'production' | 'test';
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly dataDir: string;
  readonly apiMount: 'ahead' | 'next';
  readonly baseUrl: string | null;
  readonly loginMode: 'test' | 'live';
  readonly authSecret: string | null;
  readonly sessionIdleMinutes: number;
  readonly secondFactor: 'operator' | 'everyone' | 'nobody';
  readonly rateLimitPerMinute: number;
  readonly ledgerQueueMax: number;
  readonly ledgerBatchMax: number;
  readonly ledgerPartitions: number;
  readonly trustedProxies: number;
  readonly logLevel: string;
  readonly metricsToken: string | null;
  readonly sealPrivateKey: string | null;
  readonly encryptionKeys: readonly string[];
  readonly webhookAllowedHosts: readonly string[];
  readonly textMessagesUrl: string | null;
  readonly textMessagesToken: string | null;
  readonly providers: string | null;
  readonly providersSimulatorUrl: string | null;
}

/** Settings that cannot be used; `message` has one line for each and repeats no value, since some are secret. */
export class ConfigError extends Error {}

/** @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const result = environment.safeParse(env);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    throw new ConfigError(lines.join('\n'));
  }
  const values = result.data;
  if (values.LOGIN_MODE === 'live' && values.AUTH_SECRET === undefined) {
    throw new ConfigError('AUTH_SECRET must be set where LOGIN_MODE is live: 32 random characters or more.');
  }
  return {
    nodeEnv: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    databasePoolMax: values.DATABASE_POOL_MAX,
    dataDir: values.DATA_DIR,
    apiMount: values.API_MOUNT,
    baseUrl: values.BASE_URL ?? null,
    loginMode: values.LOGIN_MODE,
    authSecret: values.AUTH_SECRET ?? null,
    sessionIdleMinutes: values.SESSION_IDLE_MINUTES,
    secondFactor: values.SECOND_FACTOR,
    rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
    ledgerQueueMax: values.LEDGER_QUEUE_MAX,
    ledgerBatchMax: values.LEDGER_BATCH_MAX,
    ledgerPartitions: values.LEDGER_PARTITIONS,
    trustedProxies: values.TRUSTED_PROXIES,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN ?? null,
    sealPrivateKey: values.SEAL_PRIVATE_KEY ?? null,
    encryptionKeys: values.ENCRYPTION_KEYS,
    webhookAllowedHosts: values.WEBHOOK_ALLOWED_HOSTS,
    textMessagesUrl: values.TEXT_MESSAGES_URL ?? null,
    textMessagesToken: values.TEXT_MESSAGES_TOKEN ?? null,
    providers: values.PROVIDERS ?? null,
    providersSimulatorUrl: values.PROVIDERS_SIMULATOR_URL ?? null,
  };
}
