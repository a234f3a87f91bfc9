import { renderSVG } from 'uqr';
import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  changePasswordBody,
  confirmSecondFactorBody,
  emptyBody,
  endedSchema,
  listSessionsQuery,
  recoveryCodesSchema,
  type SessionObject,
  secondFactorOffSchema,
  secondFactorSetUpSchema,
  sessionListSchema,
  sessionParams,
  sessionRevokedSchema,
  stepUpBody,
  stepUpSchema,
  withCodeBody,
} from '@/contracts/me';
import { defineOperation } from '@/server/http/operation';
import { browserName } from '@/server/staff/browser-name';
import { changeOwnPassword } from '@/server/staff/change-own-password';
import { listOwnSessions, revokeOtherSessions, revokeOwnSession, type Session } from '@/server/staff/own-sessions';
import { proveAgain } from '@/server/staff/prove-again';
import {
  beginSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  renewRecoveryCodes,
} from '@/server/staff/set-up-second-factor';
import { renderTime } from './render-time';

const TAG = 'Own sign-in';

const sessionExample: SessionObject = {
  id: 'ses_a1b2c3',
  object: 'session',
  kind: 'console',
  is_current: true,
  mode: null,
  address: '203.0.113.7',
  browser: 'Firefox on Linux',
  created_at: '2026-05-24T10:00:00Z',
  last_seen_at: '2026-05-24T10:04:30Z',
  expires_at: '2026-05-24T22:00:00Z',
};
const codesExample = { object: 'recovery_codes' as const, codes: ['k7vq-2hx8-9tdw-b3gs', 'm2p4-xq7c-0a9e-t6hn'] };

const stepUp = defineOperation({
  operationId: 'stepUp',
  method: 'post',
  path: '/v1/me/step_up',
  tag: TAG,
  summary: 'Confirm that it is you',
  description:
    'A session of the console gives its password or a code again, and may for ten minutes do what asks for it (`step_up_required`). Keys and access tokens are never asked.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  endsLogIns: true,
  secretFields: ['password', 'code'],
  body: stepUpBody,
  requestExample: { code: '123456' },
  responses: {
    200: {
      description: 'Until when.',
      schema: stepUpSchema,
      example: { object: 'step_up', proved_until: '2026-05-24T10:10:00Z' },
    },
  },
  errors: ['login_required', 'session_required', 'confirmation_wrong', 'login_throttled', 'login_busy'],
  verb: (ctx, { body }) => proveAgain(ctx, { password: body.password ?? null, code: body.code ?? null }),
  render: (untilMs) => ({ status: 200, body: { object: 'step_up', proved_until: renderTime(untilMs) } }),
});

const changePassword = defineOperation({
  operationId: 'changeOwnPassword',
  method: 'post',
  path: '/v1/me/password',
  tag: TAG,
  summary: 'Change your password',
  description: 'Takes the password there is and another one, and ends your other sessions.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  endsLogIns: true,
  secretFields: ['current_password', 'password'],
  body: changePasswordBody,
  requestExample: { current_password: 'k7vqm-2hx8r-9tdwn-b3gsz', password: 'volta lake sunrise 1965' },
  responses: {
    200: {
      description: 'Done.',
      schema: endedSchema,
      example: { object: 'sessions_ended', sessions_ended: 1 },
    },
  },
  errors: ['login_required', 'confirmation_wrong', 'password_unsuitable', 'login_throttled', 'login_busy'],
  verb: (ctx, { body }) => changeOwnPassword(ctx, { current: body.current_password, password: body.password }),
  render: (ended) => ({ status: 200, body: { object: 'sessions_ended', sessions_ended: ended } }),
});

const listSessions = defineOperation({
  operationId: 'listOwnSessions',
  method: 'get',
  path: '/v1/me/sessions',
  tag: TAG,
  summary: 'List your sessions',
  description: 'Where you are signed in: browsers at the console, and access tokens. Newest first.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  query: listSessionsQuery,
  responses: {
    200: {
      description: 'A page of sessions.',
      schema: sessionListSchema,
      example: { object: 'list', data: [sessionExample], has_more: false, next_cursor: null },
    },
  },
  errors: ['login_required'],
  verb: async (ctx, { query }) => ({
    sessions: await listOwnSessions(ctx, { limit: query.limit, after: query.after }),
    limit: query.limit,
  }),
  render: ({ sessions, limit }) => ({
    status: 200,
    body: listOf(sessions, limit, renderSession, (session) => [session.id]),
  }),
});

const revokeSession = defineOperation({
  operationId: 'revokeOwnSession',
  method: 'delete',
  path: '/v1/me/sessions/{id}',
  tag: TAG,
  summary: 'End one of your sessions',
  description: 'Signs that browser, or that program, out, everywhere within a second. Repeating it changes nothing.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  endsLogIns: true,
  params: sessionParams,
  responses: {
    200: {
      description: 'Done.',
      schema: sessionRevokedSchema,
      example: { id: 'ses_a1b2c3', object: 'session', revoked: true },
    },
  },
  errors: ['login_required'],
  verb: async (ctx, { params }) => {
    await revokeOwnSession(ctx, parseId('session', params.id));
    return params.id;
  },
  render: (id) => ({ status: 200, body: { id, object: 'session', revoked: true } }),
});

const revokeOthers = defineOperation({
  operationId: 'revokeOtherSessions',
  method: 'post',
  path: '/v1/me/sessions/revoke_others',
  tag: TAG,
  summary: 'End your other sessions',
  description: 'Signs you out everywhere but here.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  endsLogIns: true,
  responses: {
    200: {
      description: 'How many there were.',
      schema: endedSchema,
      example: { object: 'sessions_ended', sessions_ended: 2 },
    },
  },
  body: emptyBody,
  errors: ['login_required'],
  verb: (ctx) => revokeOtherSessions(ctx),
  render: (ended) => ({ status: 200, body: { object: 'sessions_ended', sessions_ended: ended } }),
});

const begin = defineOperation({
  operationId: 'beginSecondFactor',
  method: 'post',
  path: '/v1/me/second_factor',
  tag: TAG,
  summary: 'Begin a second factor',
  description:
    'Makes a secret and its QR code. Nothing changes until a first code confirms that the app has it; beginning again makes another secret.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  stepUp: true,
  body: emptyBody,
  responses: {
    201: {
      description: 'The secret, shown this once.',
      schema: secondFactorSetUpSchema,
      example: {
        object: 'second_factor_set_up',
        secret: 'JBSWY3DPEHPK3PXP',
        otpauth_uri: 'otpauth://totp/Pesewa:ama%40example.com?issuer=Pesewa&secret=JBSWY3DPEHPK3PXP',
        qr_svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37">…</svg>',
      },
    },
  },
  errors: ['login_required', 'second_factor_exists'],
  verb: (ctx) => beginSecondFactor(ctx),
  render: ({ secret, uri }) => ({
    status: 201,
    body: { object: 'second_factor_set_up', secret, otpauth_uri: uri, qr_svg: qrOf(uri) },
  }),
  renderStored: () => ({
    status: 201,
    body: { object: 'second_factor_set_up', secret: '', otpauth_uri: '', qr_svg: '' },
  }),
});

const confirm = defineOperation({
  operationId: 'confirmSecondFactor',
  method: 'post',
  path: '/v1/me/second_factor/confirm',
  tag: TAG,
  summary: 'Confirm a second factor',
  description:
    'Takes a first code of the app. From then on signing in takes a code, your other sessions have ended, and the ten recovery codes are in this answer and nowhere else, ever.',
  scope: null,
  isPersonal: true,
  isBeforeSecondFactor: true,
  stepUp: true,
  endsLogIns: true,
  secretFields: ['code'],
  body: confirmSecondFactorBody,
  requestExample: { code: '123456' },
  responses: { 200: { description: 'The recovery codes.', schema: recoveryCodesSchema, example: codesExample } },
  errors: ['login_required', 'second_factor_missing', 'second_factor_exists', 'confirmation_wrong'],
  verb: (ctx, { body }) => confirmSecondFactor(ctx, body.code),
  render: (codes) => ({ status: 200, body: { object: 'recovery_codes', codes: [...codes] } }),
  renderStored: () => ({ status: 200, body: { object: 'recovery_codes' } }),
});

const renew = defineOperation({
  operationId: 'renewRecoveryCodes',
  method: 'post',
  path: '/v1/me/second_factor/recovery_codes',
  tag: TAG,
  summary: 'Make new recovery codes',
  description: 'Ten new ones, for a code of the app. The old ones work no more.',
  scope: null,
  isPersonal: true,
  stepUp: true,
  secretFields: ['code'],
  body: withCodeBody,
  requestExample: { code: '123456' },
  responses: { 200: { description: 'The recovery codes.', schema: recoveryCodesSchema, example: codesExample } },
  errors: ['login_required', 'second_factor_missing', 'confirmation_wrong', 'login_throttled'],
  verb: (ctx, { body }) => renewRecoveryCodes(ctx, body.code),
  render: (codes) => ({ status: 200, body: { object: 'recovery_codes', codes: [...codes] } }),
  renderStored: () => ({ status: 200, body: { object: 'recovery_codes' } }),
});

const disable = defineOperation({
  operationId: 'disableSecondFactor',
  method: 'post',
  path: '/v1/me/second_factor/disable',
  tag: TAG,
  summary: 'Turn a second factor off',
  description: 'For a code of the app, or a recovery code. Signing in then takes a password alone.',
  scope: null,
  isPersonal: true,
  stepUp: true,
  endsLogIns: true,
  secretFields: ['code'],
  body: withCodeBody,
  requestExample: { code: '123456' },
  responses: {
    200: {
      description: 'Done.',
      schema: secondFactorOffSchema,
      example: { object: 'second_factor', enabled: false },
    },
  },
  errors: ['login_required', 'second_factor_missing', 'confirmation_wrong', 'login_throttled'],
  verb: async (ctx, { body }) => {
    await disableSecondFactor(ctx, body.code);
    return {};
  },
  render: () => ({ status: 200, body: { object: 'second_factor', enabled: false } }),
});

export const ownSignInOperations = [
  stepUp,
  changePassword,
  listSessions,
  revokeSession,
  revokeOthers,
  begin,
  confirm,
  renew,
  disable,
];

/** Black on white whatever the theme: phones read nothing else. */
export function qrOf(uri: string): string {
  return renderSVG(uri, { ecc: 'M', border: 0, blackColor: '#000', whiteColor: '#fff' });
}

function renderSession(session: Session): SessionObject {
  return {
    id: formatId('session', session.id),
    object: 'session',
    kind: session.kind,
    is_current: session.isCurrent,
    mode: session.mode,
    address: session.address,
    browser: browserName(session.userAgent),
    created_at: renderTime(session.createdAtMs),
    last_seen_at: session.lastSeenAtMs === null ? null : renderTime(session.lastSeenAtMs),
    expires_at: renderTime(session.expiresAtMs),
  };
}
