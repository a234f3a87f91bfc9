import { z } from 'zod';
import { idMeta, objectMeta, pathIdMeta, timeMeta } from './field-meta';
import { listQueryShape, listSchema } from './lists';
import { modeSchema } from './login';

/** What a person does about their own sign-in. */

export const emptyBody = z.strictObject({});

const givenPassword = z.string().min(1).max(256);
const codeSchema = z.string().min(6).max(64).meta({
  description: 'A code of the authenticator app, or a recovery code.',
  example: '123456',
});

export const stepUpBody = z
  .strictObject({
    password: givenPassword.optional().meta({ description: 'The person’s password.', format: 'password' }),
    code: codeSchema.optional(),
  })
  .refine(({ password, code }) => (password === undefined) !== (code === undefined), {
    message: 'must be given, or `code`, and not both',
    path: ['password'],
  });

export const stepUpSchema = z
  .object({
    object: z.literal('step_up').meta(objectMeta),
    proved_until: z.string().meta(timeMeta('Until then the session is not asked again.', '2026-05-24T10:10:00Z')),
  })
  .meta({ id: 'StepUp', description: 'A session that may do what asks for a proof.' });

export const changePasswordBody = z.strictObject({
  current_password: givenPassword.meta({ description: 'The password there is.', format: 'password' }),
  password: givenPassword.meta({
    description: '8 to 128 characters, none of the most common ones, without the name in the e-mail address.',
    format: 'password',
  }),
});

export const endedSchema = z
  .object({
    object: z.literal('sessions_ended').meta(objectMeta),
    sessions_ended: z.number().int().meta({ description: 'How many other sessions were open.', example: 1 }),
  })
  .meta({ id: 'SessionsEnded', description: 'The end of one’s other sessions.' });

export const secondFactorSetUpSchema = z
  .object({
    object: z.literal('second_factor_set_up').meta(objectMeta),
    secret: z.string().meta({ description: 'To type into the app, in base32.', example: 'JBSWY3DPEHPK3PXP' }),
    otpauth_uri: z.string().meta({
      description: 'What the QR code says.',
      example: 'otpauth://totp/Pesewa:ama%40example.com?issuer=Pesewa&secret=JBSWY3DPEHPK3PXP',
    }),
    qr_svg: z.string().meta({ description: 'The QR code as SVG, black on white.', example: '<svg …></svg>' }),
  })
  .meta({ id: 'SecondFactorSetUp', description: 'A second factor that counts once a code of it was given.' });

export const confirmSecondFactorBody = z.strictObject({
  code: z
    .string()
    .regex(/^[0-9]{6}$/, 'must be six digits')
    .meta({ description: 'What the app shows now.', example: '123456' }),
});

export const withCodeBody = z.strictObject({ code: codeSchema });

export const recoveryCodesSchema = z
  .object({
    object: z.literal('recovery_codes').meta(objectMeta),
    codes: z
      .array(z.string())
      .optional()
      .meta({
        description: 'Ten, each good for one sign-in. Shown this once; absent when the answer is replayed.',
        example: ['k7vq-2hx8-9tdw-b3gs'],
      }),
  })
  .meta({ id: 'RecoveryCodes', description: 'For whoever loses the app.' });

export const secondFactorOffSchema = z
  .object({
    object: z.literal('second_factor').meta(objectMeta),
    enabled: z.literal(false).meta({ description: 'The app is asked for no more.' }),
  })
  .meta({ id: 'SecondFactorOff', description: 'The end of a second factor.' });

export const sessionParams = z.strictObject({ id: z.string().meta(pathIdMeta('ses', 'session')) });

export const listSessionsQuery = z.strictObject({ ...listQueryShape });

export const sessionSchema = z
  .object({
    id: z.string().meta(idMeta('ses', 'The session’s id.')),
    object: z.literal('session').meta(objectMeta),
    kind: z.enum(['console', 'token']).meta({ description: 'A browser at the console, or an access token.' }),
    is_current: z.boolean().meta({ description: 'Whether this request came with it.', example: true }),
    mode: modeSchema.nullable().meta({
      description: 'Which books a token opens; null for the console, which opens both.',
      example: null,
    }),
    address: z.string().nullable().meta({ description: 'Where it was opened from.', example: '203.0.113.7' }),
    browser: z.string().nullable().meta({ description: 'What it was opened with.', example: 'Firefox on Linux' }),
    created_at: z.string().meta(timeMeta('When it was opened.')),
    last_seen_at: z
      .string()
      .nullable()
      .meta(timeMeta('When somebody was last there, to half a minute. Null for a token.')),
    expires_at: z.string().meta(timeMeta('When it ends in any case.', '2026-05-24T22:00:00Z')),
  })
  .meta({ id: 'Session', description: 'Somewhere that one is signed in.' });

export const sessionListSchema = listSchema(sessionSchema).meta({ id: 'SessionList' });

export const sessionRevokedSchema = z
  .object({
    id: z.string().meta(idMeta('ses', 'The session’s id.')),
    object: z.literal('session').meta(objectMeta),
    revoked: z.literal(true).meta({ description: 'It works no more.' }),
  })
  .meta({ id: 'SessionRevoked', description: 'The end of a session.' });

export type SessionObject = z.output<typeof sessionSchema>;
