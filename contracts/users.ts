import { z } from 'zod';
import { idMeta, livemodeMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { modeSchema } from './login';
import { roleSchema } from './role-schema';
import { readableText, reasonSchema } from './text';

const EMAIL_RULE = 'must be an e-mail address such as ama@example.com';

/** In lower case from here on: the address is the name to log in with, and case is no difference there. */
export const emailSchema = z
  .string()
  .max(254)
  .regex(
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/,
    EMAIL_RULE,
  )
  .transform((text) => text.toLowerCase())
  .meta({
    description: 'The name to log in with; one address is one user in the whole deployment.',
    format: 'email',
    type: 'string',
    example: 'ama@example.com',
  });

export const userKindSchema = z.enum(['staff', 'api_user'], 'must be staff or api_user');
const statusSchema = z.enum(['active', 'inactive'], 'must be active or inactive');
const nameSchema = readableText(100);

const passwordSchema = z.string().min(1).max(256).meta({
  description:
    '8 to 128 characters, none of the most common ones, without the name in the e-mail address. When left out, one is made and shown once.',
  format: 'password',
});

export const createUserBody = z.strictObject({
  email: emailSchema,
  name: nameSchema.meta({ description: 'What they are called.', example: 'Ama Mensah' }),
  role: roleSchema.meta({
    description: 'What they may do. You cannot give a role that holds scopes you lack.',
    example: 'finance',
  }),
  kind: userKindSchema.default('staff').meta({
    description: '`staff` is a person; `api_user` a program that logs in.',
    default: 'staff',
  }),
  password: passwordSchema.optional(),
});

export const updateUserBody = z.strictObject({
  name: nameSchema.optional().meta({ description: 'What they are called.', example: 'Ama Mensah' }),
  role: roleSchema.optional().meta({ description: 'Another role ends their sessions.', example: 'ops' }),
  status: statusSchema.optional().meta({
    description: 'Deactivating somebody ends their sessions; nobody is deleted.',
    example: 'inactive',
  }),
  reason: reasonSchema.nullish(),
});

export const setPasswordBody = z.strictObject({
  password: passwordSchema.optional(),
  reason: reasonSchema.nullish(),
});

export const revokeSessionsBody = z.strictObject({ reason: reasonSchema.nullish() });

export const userParams = z.strictObject({ id: z.string().meta(pathIdMeta('usr', 'user')) });

export const listUsersQuery = z.strictObject({
  ...listQueryShape,
  role: roleSchema.optional().meta({ description: 'Only users of this role.' }),
  kind: userKindSchema.optional().meta({ description: 'Only people, or only programs.' }),
  status: statusSchema.optional().meta({ description: 'Only users of this status.' }),
});

export const userSchema = z
  .object({
    id: z.string().meta(idMeta('usr', 'The user’s id.')),
    object: z.literal('user').meta(objectMeta),
    email: z.string().meta({ description: 'The name to log in with, in lower case.', example: 'ama@example.com' }),
    name: z.string().meta({ description: 'What they are called.', example: 'Ama Mensah' }),
    kind: userKindSchema.meta({ description: '`staff` is a person; `api_user` a program that logs in.' }),
    role: roleSchema.meta({ description: 'What they may do.', example: 'finance' }),
    status: statusSchema.meta({ description: 'Only an active user can log in.', example: 'active' }),
    client_id: z.string().meta({ description: 'The client they belong to.', example: 'cli_a1b2c3' }),
    created_at: z.string().meta(timeMeta('When they were made.')),
    updated_at: z.string().meta(timeMeta('When they were last changed.')),
    password_changed_at: z.string().meta(timeMeta('When their password was set.')),
    last_login_at: z.string().nullable().meta(timeMeta('Their last log-in. Null before the first.')),
    has_second_factor: z
      .boolean()
      .meta({ description: 'Whether signing in takes a code of an authenticator app.', example: true }),
  })
  .meta({ id: 'User', description: 'A person or program that logs in, and what they may do. The same in both modes.' });

export const userWithPasswordSchema = userSchema
  .extend({
    password: z.string().optional().meta({
      description: 'The password that was made: shown this once. Absent when you chose it or the answer is replayed.',
      example: 'k7vqm-2hx8r-9tdwn-b3gsz',
    }),
  })
  .meta({ id: 'UserWithPassword', description: 'A user in the one answer that may have their password.' });

export const userLoggedOutSchema = userSchema
  .extend({ sessions_revoked: z.number().int().meta({ description: 'How many sessions were open.', example: 2 }) })
  .meta({ id: 'UserLoggedOut', description: 'A user whose sessions were ended.' });

export const userListSchema = listSchema(userSchema).meta({ id: 'UserList' });

export const meSchema = z
  .object({
    object: z.literal('credential').meta(objectMeta),
    kind: z.enum(['api_key', 'login']).meta({ description: 'A secret key, or the token of a log-in.' }),
    id: z.string().meta({ description: 'The key’s id, `key_…`, or the session’s, `ses_…`.', example: 'ses_a1b2c3' }),
    user: z
      .object({
        id: z.string().meta(idMeta('usr', 'The user’s id.')),
        email: z.string().meta({ description: 'The name they logged in with.', example: 'ama@example.com' }),
        name: z.string().meta({ description: 'What they are called.', example: 'Ama Mensah' }),
      })
      .nullable()
      .meta({ description: 'Who logged in. Null for a key.' }),
    role: z.string().nullable().meta({ description: 'Of who logged in. Null for a key.', example: 'admin' }),
    scopes: z
      .array(z.string())
      .meta({ description: 'What the credential may do; `*` is everything.', example: ['wallets:read'] }),
    client: z
      .object({
        id: z.string().meta({ description: 'The client’s id.', example: 'cli_a1b2c3' }),
        code: z.string().meta({ description: 'The client’s code.', example: 'LIPNZPMF7O' }),
        name: z.string().meta({ description: 'The client’s name.', example: 'Lipad' }),
      })
      .meta({ description: 'Whose books the request acts on: with `Pesewa-Client`, the client named there.' }),
    mode: modeSchema.meta({ description: 'Which of its books.', example: 'test' }),
    livemode: z.boolean().meta(livemodeMeta),
    is_operator: z.boolean().meta({ description: 'Whether they are one of the operator’s people.', example: false }),
    acts_on_client: z
      .boolean()
      .meta({ description: 'Whether one of the operator’s people has named a client to act on.', example: false }),
    own_client: z
      .object({
        id: z.string().meta({ description: 'The client’s id.', example: 'cli_a1b2c3' }),
        code: z.string().meta({ description: 'The client’s code.', example: 'LIPNZPMF7O' }),
        name: z.string().meta({ description: 'The client’s name.', example: 'Lipad' }),
      })
      .nullable()
      .meta({ description: 'Whose people they are, whichever client they act on. Null for a key.' }),
    second_factor: z
      .object({
        enabled: z.boolean().meta({ description: 'Whether signing in takes a code.', example: true }),
        needed_for_live: z
          .boolean()
          .meta({ description: 'Whether the console shows them live books only with one.', example: true }),
        recovery_codes_left: z.number().int().meta({ description: 'How many are unused.', example: 10 }),
      })
      .nullable()
      .meta({ description: 'Of who logged in. Null for a key.' }),
    session: z
      .object({
        kind: z.enum(['console', 'token']).meta({ description: 'A browser at the console, or an access token.' }),
        created_at: z.string().meta(timeMeta('When it was opened.')),
        expires_at: z.string().meta(timeMeta('When it ends in any case.', '2026-05-24T22:00:00Z')),
        idle_expires_at: z
          .string()
          .nullable()
          .meta(timeMeta('When it ends if nobody is there until then. Null for a token.', '2026-05-24T10:30:00Z')),
        proved_until: z
          .string()
          .nullable()
          .meta(timeMeta('Until when it is not asked to confirm. Null for a token.', '2026-05-24T10:10:00Z')),
      })
      .nullable()
      .meta({ description: 'Of who logged in. Null for a key.' }),
  })
  .meta({ id: 'Me', description: 'Who the credential is.' });

export type UserObject = z.output<typeof userSchema>;
export type MeObject = z.output<typeof meSchema>;
