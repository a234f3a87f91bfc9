import { formatId } from '@/contracts/ids';
import { type AccessTokenObject, accessTokenSchema, loggedOutSchema, loginBody, logoutBody } from '@/contracts/login';
import { defineOperation } from '@/server/http/operation';
import { type LoggedIn, logIn } from '@/server/staff/log-in';
import { logOut } from '@/server/staff/log-out';

const example: AccessTokenObject = {
  access_token: 'acc_…',
  token_type: 'Bearer',
  expires_in: 43_200,
  livemode: false,
  user_id: 'usr_a1b2c3',
  role: 'admin',
  client_code: 'LIPNZPMF7O',
};

const login = defineOperation({
  operationId: 'logIn',
  method: 'post',
  path: '/api/v1/auth/login',
  tag: 'Log-in',
  summary: 'Log in',
  description:
    'Takes a username and a password, as JSON or as a form, and gives an access token for twelve hours. Send it as `Authorization: Bearer <access_token>` on any route of either family. After some failures each further try has to wait, longer every time. An `Idempotency-Key` counts for nothing here: each log-in is a session of its own.',
  scope: null,
  isPublic: true,
  takesForm: true,
  body: loginBody,
  requestExample: { username: 'operator@example.com', password: 'k7vqm-2hx8r-9tdwn-b3gsz' },
  responses: { 200: { description: 'The access token.', schema: accessTokenSchema, example } },
  errors: [
    'credentials_invalid',
    'second_factor_required',
    'confirmation_wrong',
    'client_inactive',
    'login_throttled',
    'login_busy',
    'outcome_unknown',
  ],
  // Nobody's mode is the deployment's LOGIN_MODE.
  verb: (ctx, { body }) =>
    logIn(ctx, {
      username: body.username,
      password: body.password,
      mode: body.mode ?? ctx.principal.mode,
      code: body.code ?? null,
    }),
  render: (loggedIn) => ({ status: 200, body: renderToken(loggedIn) }),
});

const logout = defineOperation({
  operationId: 'logOut',
  method: 'post',
  path: '/api/v1/auth/logout',
  tag: 'Log-in',
  summary: 'Log out',
  description: 'Ends the access token that the request is made with, everywhere within a second.',
  scope: null,
  endsLogIns: true,
  body: logoutBody,
  responses: { 200: { description: 'Done.', schema: loggedOutSchema, example: { status: 'logged_out' } } },
  errors: ['login_required'],
  verb: (ctx) => logOut(ctx),
  render: () => ({ status: 200, body: { status: 'logged_out' } }),
});

export const authOperations = [login, logout];

function renderToken(loggedIn: LoggedIn): AccessTokenObject {
  return {
    access_token: loggedIn.token,
    token_type: 'Bearer',
    expires_in: loggedIn.expiresInSeconds,
    livemode: loggedIn.livemode,
    user_id: formatId('user', loggedIn.userId),
    role: loggedIn.role,
    client_code: loggedIn.clientCode,
  };
}
