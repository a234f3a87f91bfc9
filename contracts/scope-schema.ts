import { z } from 'zod';
import { SCOPES } from './scopes';

/** A scope of a key: one of the above, or `*` for every one, now and later. */
export const keyScopeSchema = z.enum(['*', ...SCOPES], `must be * or one of ${SCOPES.join(', ')}`);
