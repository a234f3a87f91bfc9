import { z } from 'zod';

/** What a simulator may be told at the start. Everything else is told to it over the control API. */
export interface Settings {
  /** The merchant's name on prompts. */
  readonly payee: string;
  /** Approves what nobody answered, after so long; null waits for a person. */
  readonly autoApproveMs: number | null;
  /** Where Paystack's dashboard says webhooks go; null sends none. */
  readonly paystackWebhookUrl: string | null;
  /** `sync` holds the answer of a Vodacom payment until the payer has answered; `async` answers at once. */
  readonly vodacomMode: 'sync' | 'async';
  /** Where an asynchronous Vodacom application hears results, as set on its portal; null tells nobody. */
  readonly vodacomResponseUrl: string | null;
  /** How a browser reaches the simulator; null takes what the request says. */
  readonly publicUrl: string | null;
}

export const DEFAULT_SETTINGS: Settings = {
  payee: 'PESEWA DEMO',
  autoApproveMs: null,
  paystackWebhookUrl: null,
  vodacomMode: 'sync',
  vodacomResponseUrl: null,
  publicUrl: null,
};

const URL_RULE = 'must be an http or https URL';
const webUrl = z
  .string(URL_RULE)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), URL_RULE);
const MILLISECONDS_RULE = 'must be a whole number of milliseconds from 0 to 86400000, or off';

const environment = z.object({
  SIMULATOR_PORT: z
    .string()
    .regex(/^[0-9]{1,5}$/, 'must be a whole number from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a whole number from 1 to 65535')
    .default(4010),
  SIMULATOR_HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  SIMULATOR_AUTO_APPROVE_MS: z
    .string()
    .regex(/^(?:off|[0-9]{1,8})$/, MILLISECONDS_RULE)
    .transform((text) => (text === 'off' ? null : Number(text)))
    .refine((ms) => ms === null || ms <= 86_400_000, MILLISECONDS_RULE)
    .default(null),
  SIMULATOR_PAYEE: z
    .string()
    .regex(/^[ -~]{1,40}$/, 'must be 1 to 40 ASCII characters')
    .default(DEFAULT_SETTINGS.payee),
  SIMULATOR_PAYSTACK_WEBHOOK_URL: webUrl.optional(),
  SIMULATOR_VODACOM_MODE: z.enum(['sync', 'async'], 'must be sync or async').default('sync'),
  SIMULATOR_VODACOM_RESPONSE_URL: webUrl.optional(),
  SIMULATOR_URL: webUrl.optional(),
});

export class SettingsError extends Error {}

/** @throws SettingsError with one line for each setting that cannot be used */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Settings & { port: number; host: string } {
  const result = environment.safeParse(env);
  if (!result.success) {
    throw new SettingsError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'));
  }
  const values = result.data;
  return {
    port: values.SIMULATOR_PORT,
    host: values.SIMULATOR_HOST,
    payee: values.SIMULATOR_PAYEE,
    autoApproveMs: values.SIMULATOR_AUTO_APPROVE_MS,
    paystackWebhookUrl: values.SIMULATOR_PAYSTACK_WEBHOOK_URL ?? null,
    vodacomMode: values.SIMULATOR_VODACOM_MODE,
    vodacomResponseUrl: values.SIMULATOR_VODACOM_RESPONSE_URL ?? null,
    publicUrl: values.SIMULATOR_URL?.replace(/\/$/, '') ?? null,
  };
}
