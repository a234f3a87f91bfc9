import { z } from 'zod';

/** What a key may be restricted to. */
export const SCOPES = [
  'wallets:read',
  'wallets:write',
  'customers:read',
  'customers:write',
  'keys:read',
  'keys:write',
  'events:read',
] as const;

export type Scope = (typeof SCOPES)[number];

/** A scope of a key: one of the above, or `*` for every one, now and later. */
export const keyScopeSchema = z.enum(['*', ...SCOPES], `must be * or one of ${SCOPES.join(', ')}`);
