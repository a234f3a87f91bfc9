import { z } from 'zod';
import { idMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { roleSchema } from './role-schema';
import { readableText, reasonSchema } from './text';
import { emailSchema, userSchema } from './users';

export const createInvitationBody = z.strictObject({
  email: emailSchema,
  name: readableText(100).meta({ description: 'What they are called; they may correct it.', example: 'Ama Mensah' }),
  role: roleSchema.meta({
    description: 'What they will be. You cannot give a role that holds scopes you lack.',
    example: 'finance',
  }),
});

export const invitationParams = z.strictObject({ id: z.string().meta(pathIdMeta('inv', 'invitation')) });
export const revokeInvitationBody = z.strictObject({ reason: reasonSchema.nullish() });
export const listInvitationsQuery = z.strictObject({ ...listQueryShape });

export const invitationSchema = z
  .object({
    id: z.string().meta(idMeta('inv', 'The invitation’s id.')),
    object: z.literal('invitation').meta(objectMeta),
    email: z.string().meta({ description: 'Who is invited.', example: 'ama@example.com' }),
    name: z.string().meta({ description: 'What they are called.', example: 'Ama Mensah' }),
    role: roleSchema.meta({ description: 'What they will be.', example: 'finance' }),
    status: z
      .enum(['open', 'accepted', 'revoked', 'expired'])
      .meta({ description: 'Only an open one works.', example: 'open' }),
    client_id: z.string().meta({ description: 'The client they are invited to.', example: 'cli_a1b2c3' }),
    created_at: z.string().meta(timeMeta('When they were invited.')),
    expires_at: z.string().meta(timeMeta('When the link ends: after 72 hours.', '2026-05-27T10:00:00Z')),
    accepted_at: z.string().nullable().meta(timeMeta('When they accepted. Null until then.')),
    user_id: z
      .string()
      .nullable()
      .meta({ description: 'The user they became. Null until then.', example: 'usr_a1b2c3' }),
  })
  .meta({ id: 'Invitation', description: 'Somebody who may become one of the client’s people.' });

const urlSchema = z.string().optional().meta({
  description:
    'To pass on: this server sends no e-mail. Works once. Shown this once; absent when the answer is replayed.',
  example: 'https://pay.example.com/signin/invitation/…',
});

export const invitedSchema = invitationSchema
  .extend({ url: urlSchema })
  .meta({ id: 'Invited', description: 'An invitation in the one answer that has its link.' });

export const invitationListSchema = listSchema(invitationSchema).meta({ id: 'InvitationList' });

export const resetLinkBody = z.strictObject({ reason: reasonSchema.nullish() });
export const resetLinkSchema = z
  .object({
    object: z.literal('password_reset_link').meta(objectMeta),
    user_id: z.string().meta(idMeta('usr', 'Whose password it is.')),
    url: urlSchema,
    expires_at: z.string().meta(timeMeta('When the link ends: after an hour.', '2026-05-24T11:00:00Z')),
  })
  .meta({ id: 'PasswordResetLink', description: 'A link with which somebody chooses a new password.' });

export const resetSecondFactorBody = z.strictObject({ reason: reasonSchema.nullish() });
export const resetSecondFactorSchema = userSchema;

export type InvitationObject = z.output<typeof invitationSchema>;
