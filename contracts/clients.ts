import { z } from 'zod';
import { countryCodeOf } from './countries';
import { livemodeMeta, objectMeta, timeMeta } from './field-meta';
import { isActiveQuery, isActiveSchema } from './is-active';
import { listQueryShape, listSchema } from './lists';
import { keyScopeSchema } from './scope-schema';
import { SCOPES } from './scopes';
import { instantSchema, readableText, reasonSchema } from './text';

/** The payload of the document (`lipad-wallet-as-a-service.txt`, “Creating a Client Profile”), bounded. */

const emailSchema = z.email().max(254);

const PHONE_RULE = 'must be a phone number with its country code, digits alone, such as 254712345678';

/** Its shape; whether a country has such numbers is for the verb, which knows their plans. */
const phoneSchema = z.string().regex(/^\+?[1-9][0-9]{6,14}$/, PHONE_RULE);

const PIN_RULE = 'must be printable ASCII that neither begins nor ends with a space';

const pinSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[!-~](?:[ -~]*[!-~])?$/, PIN_RULE);

const countrySchema = z
  .string()
  .min(1)
  .max(100)
  .transform((text, context) => {
    const code = countryCodeOf(text);
    if (code !== null) return code;
    context.addIssue({ code: 'custom', message: 'must be a country, by its English name or ISO 3166-1 code' });
    return z.NEVER;
  });

const logoSchema = z.url({ protocol: /^https$/, error: 'must be an https URL' }).max(2000);

const profileShape = {
  client_name: readableText(200).meta({ description: 'Name of the client, a business or a person.', example: 'LIPAD' }),
  client_email: emailSchema.meta({
    description: 'Email address of the client; no two clients have the same, whatever the case of its letters.',
    example: 'admin@lipad.example',
  }),
  client_phone_number: phoneSchema.meta({
    description: 'Phone number of the client with its country code, with or without a plus sign.',
    example: '254712345678',
  }),
  contact_person_name: readableText(200).meta({ description: 'Who manages the account.', example: 'Admin' }),
  contact_person_email: emailSchema.meta({ description: 'Their email address.', example: 'admin@lipad.example' }),
  contact_person_msisdn: phoneSchema.meta({
    description: 'Their phone number with its country code, with or without a plus sign.',
    example: '254712345678',
  }),
  business_pin: pinSchema.meta({
    description: 'Business identification number or PIN; no two clients have the same.',
    example: 'A102035',
  }),
  physical_address: readableText(500).nullish().meta({ description: 'Physical address.', example: '456 Elm St' }),
  country: countrySchema.meta({
    description: 'Country: its English name, or an ISO 3166-1 code of two or three letters.',
    type: 'string',
    example: 'Canada',
  }),
  logo: logoSchema.nullish().meta({
    description: 'Where the client’s logo is, an https URL.',
    example: 'https://example.com/logo2.png',
  }),
  description: readableText(1000)
    .nullish()
    .meta({ description: 'What the client does, in short.', example: 'Bulk payouts' }),
  is_active: isActiveSchema.meta({
    description: 'Whether the client may move money: 1 or 0; true and false are taken too.',
    example: 1,
  }),
};

export const createClientBody = z.strictObject(profileShape);

export const updateClientBody = z
  .strictObject({
    ...z.strictObject(profileShape).partial().shape,
    reason: reasonSchema.nullish(),
  })
  .meta({ description: 'What is left out stays; null empties a field that may be empty.' });

export const clientReasonBody = z.strictObject({ reason: reasonSchema });

export const clientParams = z.strictObject({
  client_code: z
    .string()
    .meta({ description: 'The client’s `client_code`, or its `client_id`.', example: 'LIPNZPMF7O' }),
});

export const listClientsQuery = z.strictObject({
  ...listQueryShape,
  is_active: isActiveQuery.optional().meta({ description: 'Only active (1) or inactive (0) clients.' }),
  search: readableText(100).optional().meta({
    description: 'The beginning of a name, a `client_code` or an email address, in any case.',
    example: 'lip',
  }),
});

/** Fields in the document's order, then ours. Null where a client was made without a profile, by set-up. */
export const clientSchema = z
  .object({
    client_id: z.string().meta({ description: 'The client’s number, in decimal digits.', example: '123' }),
    client_name: z.string().meta({ description: 'Name of the client.', example: 'LIPAD' }),
    client_email: z.string().nullable().meta({ description: 'Email address.', example: 'admin@lipad.example' }),
    client_phone_number: z
      .number()
      .nullable()
      .meta({ description: 'Phone number, country code first, as a JSON number.', example: 254712345678 }),
    contact_person_name: z.string().nullable().meta({ description: 'Who manages the account.', example: 'Admin' }),
    contact_person_email: z
      .string()
      .nullable()
      .meta({ description: 'Their email address.', example: 'admin@lipad.example' }),
    contact_person_msisdn: z
      .number()
      .nullable()
      .meta({ description: 'Their phone number, country code first, as a JSON number.', example: 254712345678 }),
    business_pin: z.string().nullable().meta({ description: 'Business identification number or PIN.', example: '1' }),
    physical_address: z
      .string()
      .nullable()
      .meta({ description: 'Physical address. Null when none was given.', example: '456 Elm St' }),
    country: z.string().nullable().meta({ description: 'The country’s English name.', example: 'Canada' }),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What the client does. Null when nothing was given.', example: 'Bulk payouts' }),
    is_active: z
      .union([z.literal(0), z.literal(1)])
      .meta({ description: '1 when the client may move money, 0 when nothing of it moves.', example: 1 }),
    client_code: z
      .string()
      .meta({ description: 'What other requests name the client by. It never changes.', example: 'LIPNZPMF7O' }),
    logo: z
      .string()
      .nullable()
      .meta({ description: 'Where its logo is. Null when none was given.', example: 'https://example.com/logo2.png' }),
    client_phone_number_e164: z
      .string()
      .nullable()
      .meta({ description: 'The client’s phone number in E.164 form.', example: '+254712345678' }),
    contact_person_msisdn_e164: z
      .string()
      .nullable()
      .meta({ description: 'The contact person’s phone number in E.164 form.', example: '+254712345678' }),
    country_code: z.string().nullable().meta({ description: 'The country’s ISO 3166-1 alpha-2 code.', example: 'CA' }),
    public_id: z
      .string()
      .meta({ description: 'What its programs send as the user name of Basic.', example: 'cli_a1b2c3' }),
    created_at: z.string().meta(timeMeta('When it was made.', '2026-05-24T10:00:00.000Z')),
    updated_at: z.string().meta(timeMeta('When it was last changed.', '2026-05-24T10:00:00.000Z')),
  })
  .meta({ id: 'Client', description: 'A business, or a person, whose money is kept here.' });

export const clientListSchema = listSchema(clientSchema).meta({ id: 'ClientList' });

const modeSchema = z.enum(['live', 'test'], 'must be live or test');

export const createCredentialsBody = z.strictObject({
  mode: modeSchema.meta({ description: 'Which of the client’s two sets of books the key opens.', example: 'test' }),
  name: readableText(100).optional().meta({ description: 'What the key is for.', example: 'Billing server' }),
  scopes: z
    .array(keyScopeSchema)
    .min(1)
    .max(SCOPES.length + 1)
    .optional()
    .meta({
      description: 'What the key may do. When left out, what your own role may; it cannot be more.',
      example: ['wallets:read', 'wallets:write'],
    }),
  expires_at: instantSchema.nullish().meta({ description: 'When the key stops working. Never when left out.' }),
});

export const listCredentialsQuery = z.strictObject({
  ...listQueryShape,
  mode: modeSchema.optional().meta({ description: 'Keys of which books. Those of your log-in’s mode when left out.' }),
});

export const credentialSchema = z
  .object({
    object: z.literal('client_credential').meta(objectMeta),
    client_id: z.string().meta({ description: 'The user name of Basic.', example: 'cli_a1b2c3' }),
    client_code: z.string().meta({ description: 'Whose key it is.', example: 'LIPNZPMF7O' }),
    key_id: z
      .string()
      .meta({ description: 'The key’s id, which is no secret. Begins with `key_`.', example: 'key_a1b2c3' }),
    mode: modeSchema.meta({ description: 'Which of the client’s two sets of books it opens.', example: 'test' }),
    livemode: z.boolean().meta(livemodeMeta),
    name: z.string().meta({ description: 'What the key is for.', example: 'Billing server' }),
    hint: z.string().meta({ description: 'Enough of the secret to know it by.', example: 'sec_test_…9fQz' }),
    scopes: z.array(z.string()).meta({ description: 'What it may do.', example: ['wallets:read', 'wallets:write'] }),
    status: z
      .enum(['active', 'expired', 'revoked'])
      .meta({ description: 'Only an active key works, and only while its client is active.', example: 'active' }),
    created_at: z.string().meta(timeMeta('When it was made.', '2026-05-24T10:00:00.000Z')),
    expires_at: z
      .string()
      .nullable()
      .meta(timeMeta('When it stops working. Null when it never does.', '2030-01-01T00:00:00.000Z')),
    revoked_at: z
      .string()
      .nullable()
      .meta(timeMeta('When it was revoked. Null when it was not.', '2026-06-01T00:00:00.000Z')),
    last_used_at: z
      .string()
      .nullable()
      .meta(timeMeta('Its last request, to the minute. Null before the first.', '2026-06-01T00:00:00.000Z')),
  })
  .meta({ id: 'ClientCredential', description: 'A key that a client’s programs sign in with.' });

export const newCredentialSchema = credentialSchema
  .extend({
    client_secret: z.string().optional().meta({
      description:
        'The password of Basic, or the token of Bearer: shown this once, stored only as a hash. Absent when the answer is replayed.',
      example: 'sec_test_…',
    }),
  })
  .meta({ id: 'NewClientCredential', description: 'A client’s key in the one answer that has its secret.' });

export const credentialListSchema = listSchema(credentialSchema).meta({ id: 'ClientCredentialList' });

export type ClientObject = z.output<typeof clientSchema>;
export type UpdateClientBody = z.output<typeof updateClientBody>;
export type ClientCredentialObject = z.output<typeof credentialSchema>;
