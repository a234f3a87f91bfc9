import { z } from 'zod';

/** `is_active` as the document has it, 1 or 0, and as people expect it (spec decision 27). Parsed to a boolean. */
export const isActiveSchema = z
  .union([z.literal([0, 1]), z.boolean()], 'must be 1 or 0, or true or false')
  .transform((value) => value === 1 || value === true);

/** The same in a query, where everything is text. */
export const isActiveQuery = z
  .enum(['1', '0', 'true', 'false'], 'must be 1 or 0, or true or false')
  .transform((value) => value === '1' || value === 'true');
