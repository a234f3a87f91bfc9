import { z } from 'zod';
import { listQueryShape, listSchema } from './lists';
import { metadataSchema, metadataViewSchema } from './metadata';
import { currencySchema } from './money';
import { customerIdSchema, readableText } from './text';

const nameSchema = readableText(200).meta({ example: 'Ama Mensah' });
const emailSchema = z.email().max(254).meta({ example: 'ama@example.com' });
const phoneSchema = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'must be in E.164 form, such as +233241234567')
  .meta({ example: '+233241234567' });

export const createCustomerBody = z.strictObject({
  id: customerIdSchema.optional().meta({ description: 'Your own id; one is made when it is left out.' }),
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

export const customerParams = z.strictObject({ id: z.string().meta({ example: 'cus_abc123' }) });

export const customerWalletParams = z.strictObject({
  id: z.string().meta({ example: 'cus_abc123' }),
  currency: currencySchema,
});

export const listCustomersQuery = z.strictObject(listQueryShape);

export const customerSchema = z
  .object({
    id: z.string(),
    object: z.literal('customer'),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    metadata: metadataViewSchema,
    livemode: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Customer' });

export const customerListSchema = listSchema(customerSchema).meta({ id: 'CustomerList' });

export type CustomerObject = z.output<typeof customerSchema>;
