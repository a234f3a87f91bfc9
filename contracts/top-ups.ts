import { z } from 'zod';
import { pathIdMeta } from './field-meta';
import { listQueryShape } from './lists';
import { metadataSchema } from './metadata';
import { amountSchema } from './money';

export const createTopUpBody = z.strictObject({
  amount: amountSchema.meta({
    description: 'What the customer will pay, in the currency’s minor unit: 500 is GH₵5.00.',
  }),
  redirect_url: z
    .url()
    .max(2048)
    .meta({ description: 'Where the customer goes after paying.', example: 'https://example.com/paid' }),
  cancel_url: z
    .url()
    .max(2048)
    .optional()
    .meta({ description: 'Where the customer goes after giving up.', example: 'https://example.com/cart' }),
  metadata: metadataSchema.optional(),
});

export const topUpParams = z.strictObject({ id: z.string().meta(pathIdMeta('top', 'top-up')) });

export const listTopUpsQuery = z.strictObject(listQueryShape);
