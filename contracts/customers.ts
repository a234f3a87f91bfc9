import { z } from 'zod';
import { allClientsSchema, rowClientSchema } from './all-clients';
import { currencySchema } from './amount-schemas';
import { livemodeMeta, objectMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { customerIdSchema, readableText } from './text';

const nameSchema = readableText(200).meta({ description: 'Full name, as a person reads it.', example: 'Ama Mensah' });
const emailSchema = z.email().max(254).meta({ description: 'Email address.', example: 'ama@example.com' });
const phoneSchema = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'must be in E.164 form, such as +233241234567')
  .meta({
    description: 'Phone number in E.164 form: a plus sign, the country code, the number.',
    example: '+233241234567',
  });

export const createCustomerBody = z.strictObject({
  id: customerIdSchema.optional().meta({
    description:
      'Your own id, 1 to 64 visible ASCII characters. One that begins with `cus_` is made when it is left out.',
  }),
  name: nameSchema.nullish(),
  email: emailSchema.nullish(),
  phone: phoneSchema.nullish(),
  metadata: metadataSchema.optional(),
});

export const updateCustomerBody = z
  .strictObject({
    name: nameSchema.nullable().optional(),
    email: emailSchema.nullable().optional(),
    phone: phoneSchema.nullable().optional(),
    metadata: metadataSchema.optional().meta({ description: 'Takes the place of all earlier metadata.' }),
  })
  .meta({ description: 'What is left out stays; null empties a field.' });

const customerPathMeta = { description: 'Your own id of the customer.', example: 'cus_abc123' };

export const customerParams = z.strictObject({ id: z.string().meta(customerPathMeta) });

export const customerWalletParams = z.strictObject({
  id: z.string().meta(customerPathMeta),
  currency: currencySchema.meta({ description: 'Currency of the wallet, an ISO 4217 code.' }),
});

export const listCustomersQuery = z.strictObject({
  search: z
    .string()
    .max(128)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .optional()
    .meta({
      description: 'The beginnings of words of a name, of an id, or of a phone number in any form.',
      example: 'ama men',
    }),
  all_clients: allClientsSchema,
  ...listQueryShape,
});

export const customerSchema = z
  .object({
    id: z.string().meta({
      description: 'Your own id of the customer, or one that was made and begins with `cus_`.',
      example: 'cus_abc123',
    }),
    object: z.literal('customer').meta(objectMeta),
    name: z.string().nullable().meta({ description: 'Full name. Null when you sent none.', example: 'Ama Mensah' }),
    email: z.string().nullable().meta({
      description: 'Email address. Null when you sent none.',
      format: 'email',
      example: 'ama@example.com',
    }),
    phone: z
      .string()
      .nullable()
      .meta({ description: 'Phone number in E.164 form. Null when you sent none.', example: '+233241234567' }),
    metadata: metadataViewSchema,
    livemode: z.boolean().meta(livemodeMeta),
    created_at: z.string().meta(timeMeta('When it was made.')),
    updated_at: z.string().meta(timeMeta('When it was last changed.')),
  })
  .meta({ id: 'Customer', description: 'A person whose wallets you issue.' });

export const listedCustomerSchema = customerSchema
  .extend({ client: rowClientSchema })
  .meta({ id: 'ListedCustomer', description: 'A customer in a list, which may be of several clients.' });
export const customerListSchema = listSchema(listedCustomerSchema).meta({ id: 'CustomerList' });

export type CustomerObject = z.output<typeof customerSchema>;
