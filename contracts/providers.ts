import { z } from 'zod';
import { CHANNELS } from './channels';
import { currencyMeta, idMeta, livemodeMeta, minorMeta, objectMeta, timeMeta } from './field-meta';
import { PAYMENT_PROVIDERS } from './payments';

const entryId = z.string().meta({
  description: 'The place in this deployment’s configuration: which provider, where.',
  example: 'mtn-momo-ghana',
});
const contract = z.enum(PAYMENT_PROVIDERS).meta({ description: 'The provider’s contract.', example: 'mtn-momo' });

const servedRoute = z.object({
  channel: z.enum(CHANNELS).meta({ description: 'How people pay.', example: 'MTN' }),
  country: z.string().meta({ description: 'ISO 3166-1 alpha-2.', example: 'GH' }),
  currency: z.string().meta(currencyMeta),
  minimum: z.int().meta(minorMeta('The least it takes.', 10)),
  maximum: z.int().meta(minorMeta('The most it takes.', 100_000_000)),
  multiple_of: z.int().meta(minorMeta('Amounts must be a multiple of this.', 1)),
  prompt_seconds: z.int().meta({ description: 'How long the payer has to answer.', example: 300 }),
  is_used: z.boolean().meta({
    description: 'Whether a payment of this kind would go here now: own credentials first, then what answers.',
    example: true,
  }),
});

export const providerSchema = z
  .object({
    id: entryId,
    object: z.literal('provider').meta(objectMeta),
    provider: contract,
    account: z
      .string()
      .meta({ description: 'As payments name it: the place, and whose credentials.', example: 'daraja' }),
    credentials: z.enum(['own', 'deployment', 'missing']).meta({
      description: 'Whose credentials are used. missing: it serves you once you give your own.',
      example: 'deployment',
    }),
    is_available: z.boolean().meta({ description: 'Whether a request would be sent now.', example: true }),
    circuit: z
      .object({
        state: z.enum(['closed', 'open', 'half_open']).meta({
          description: 'closed: requests go. open: it did not answer, and none goes. half_open: one is tried.',
          example: 'closed',
        }),
        since: z.string().meta(timeMeta('Since when requests go, or none, as this process sees it.')),
        retry_at: z.string().nullable().meta(timeMeta('When the next one is tried; null while they go.')),
      })
      .nullable()
      .meta({ description: 'Null where nothing is sent because credentials are missing.' }),
    can_refund: z.boolean().meta({ description: 'Whether payments can be given back through it.', example: false }),
    can_pay_out: z.boolean().meta({ description: 'Whether money can be sent through it.', example: false }),
    can_cancel: z.boolean().meta({ description: 'Whether an open prompt can be withdrawn.', example: false }),
    routes: z.array(servedRoute).meta({ description: 'What it serves.' }),
    credential_fields: z
      .array(
        z.object({
          name: z.string().meta({ description: 'The field.', example: 'apiKey' }),
          required: z.boolean().meta({ description: 'Whether it must be given.', example: true }),
        }),
      )
      .meta({ description: 'What credentials of your own consist of.' }),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'Provider', description: 'A payment provider as these books may use it, and how it does.' });

export const providerListSchema = z
  .object({
    object: z.literal('list').meta(objectMeta),
    data: z.array(providerSchema).meta({ description: 'In order of precedence.' }),
  })
  .meta({ id: 'ProviderList', description: 'Every provider that these books may use.' });

export type ProviderObject = z.output<typeof providerSchema>;

export const providerCredentialsSchema = z
  .object({
    id: z.string().meta(idMeta('pcr', 'The credentials’ id.')),
    object: z.literal('provider_credentials').meta(objectMeta),
    provider_id: entryId,
    provider: contract,
    fields: z.record(z.string(), z.string()).meta({
      description:
        'What may be shown: names of accounts whole, of secrets the last four characters, of short ones nothing.',
      example: { apiUser: '…2a10', apiKey: '…9f3c', subscriptionKey: '…77b1' },
    }),
    created_at: z.string().meta(timeMeta('When they were first set.')),
    updated_at: z.string().meta(timeMeta('When they were last replaced.')),
    revoked_at: z.string().nullable().meta(timeMeta('When they were taken away; null while they are in use.')),
    livemode: z.boolean().meta(livemodeMeta),
  })
  .meta({ id: 'ProviderCredentials', description: 'Credentials of your own at a provider. Secrets are never shown.' });

export const providerCredentialsListSchema = z
  .object({
    object: z.literal('list').meta(objectMeta),
    data: z.array(providerCredentialsSchema).meta({ description: 'The newest first, revoked ones too.' }),
  })
  .meta({ id: 'ProviderCredentialsList', description: 'Every set there is or was.' });

export type ProviderCredentialsObject = z.output<typeof providerCredentialsSchema>;

export const providerParams = z.strictObject({
  provider: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'The provider’s `id` in `GET /v1/providers`.', example: 'mtn-momo-ghana' }),
});

export const setProviderCredentialsBody = z.strictObject({
  credentials: z.record(z.string().max(64), z.string().max(8_192)).meta({
    description: 'The fields that `credential_fields` of the provider names. Encrypted at rest, never shown again.',
    example: { clientId: 'k3J9sQaX', clientSecret: 'c4f1d2a05e3b49d8', posSalesId: '11684' },
  }),
});
