import { z } from 'zod';
import { idMeta, livemodeMeta } from './field-meta';
import { roleSchema } from './role-schema';

export const modeSchema = z.enum(['test', 'live'], 'must be test or live');

export const loginBody = z.strictObject({
  username: z.string().min(1).max(254).meta({
    description: 'The user’s e-mail address, in either case.',
    example: 'operator@example.com',
  }),
  password: z.string().min(1).max(256).meta({
    description: 'The user’s password.',
    format: 'password',
    example: 'k7vqm-2hx8r-9tdwn-b3gsz',
  }),
  code: z.string().min(6).max(64).optional().meta({
    description: 'A code of the authenticator app, or a recovery code, of a user who has set one up.',
    example: '123456',
  }),
  mode: modeSchema.optional().meta({
    description: 'Which books the token opens. When left out, what the deployment’s `LOGIN_MODE` says, usually `test`.',
    example: 'test',
  }),
});

export const accessTokenSchema = z
  .object({
    access_token: z.string().meta({
      description: 'Send it as `Authorization: Bearer …`. Shown this once, stored only as a hash.',
      example: 'acc_…',
    }),
    token_type: z.literal('Bearer').meta({ description: 'How the token is sent.' }),
    expires_in: z.number().int().meta({ description: 'Seconds until the token ends.', example: 43_200 }),
    livemode: z.boolean().meta(livemodeMeta),
    user_id: z.string().meta(idMeta('usr', 'Who logged in.')),
    role: roleSchema.meta({ description: 'What they are.', example: 'admin' }),
    client_code: z.string().meta({ description: 'The client they belong to.', example: 'LIPNZPMF7O' }),
  })
  .meta({ id: 'AccessToken', description: 'What a log-in hands out.' });

export const logoutBody = z.strictObject({});

export const loggedOutSchema = z
  .object({ status: z.literal('logged_out').meta({ description: 'The token works no more.' }) })
  .meta({ id: 'LoggedOut', description: 'The end of a session.' });

export type AccessTokenObject = z.output<typeof accessTokenSchema>;
