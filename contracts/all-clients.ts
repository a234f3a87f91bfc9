import { z } from 'zod';

/** Query field of lists that the operator's people may ask over every client at once. */
export const allClientsSchema = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')
  .meta({
    description:
      'For the operator’s people by log-in, who name no client then: rows of every client in the mode, each with its `client`.',
    type: 'boolean',
    default: false,
  });

/** Whose a row is, where rows of several clients stand together. */
export const rowClientSchema = z
  .object({
    code: z.string().meta({ description: 'Its code.', example: 'KANk3J9sQa' }),
    name: z.string().meta({ description: 'Its name.', example: 'Kaneshie Motors' }),
  })
  .optional()
  .meta({ description: 'Whose it is. Only with `all_clients`.' });

export type RowClient = NonNullable<z.output<typeof rowClientSchema>>;
