import { formatId, parseId } from '@/contracts/ids';
import { listOf } from '@/contracts/lists';
import {
  createUserBody,
  listUsersQuery,
  type MeObject,
  meSchema,
  revokeSessionsBody,
  setPasswordBody,
  type UserObject,
  updateUserBody,
  userListSchema,
  userLoggedOutSchema,
  userParams,
  userSchema,
  userWithPasswordSchema,
} from '@/contracts/users';
import { defineOperation } from '@/server/http/operation';
import { createUser, type WithPassword } from '@/server/staff/create-user';
import { listUsers, readUser, type User } from '@/server/staff/read';
import { revokeSessions } from '@/server/staff/revoke-sessions';
import { setPassword } from '@/server/staff/set-password';
import { updateUser } from '@/server/staff/update-user';
import { type Myself, whoAmI } from '@/server/staff/who-am-i';
import { renderTime } from './render-time';

export const userExample: UserObject = {
  id: 'usr_a1b2c3',
  object: 'user',
  email: 'ama@example.com',
  name: 'Ama Mensah',
  kind: 'staff',
  role: 'finance',
  status: 'active',
  client_id: 'cli_a1b2c3',
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  password_changed_at: '2026-05-24T10:00:00Z',
  last_login_at: null,
  has_second_factor: true,
};
const examplePassword = 'k7vqm-2hx8r-9tdwn-b3gsz';

const create = defineOperation({
  operationId: 'createUser',
  method: 'post',
  path: '/v1/users',
  tag: 'Users',
  summary: 'Create a user',
  description:
    'Makes a person or program of the client that the request acts on. Leave `password` out to have a strong one made; it is in this answer and nowhere else, ever.',
  scope: 'users:write',
  stepUp: true,
  secretFields: ['password'],
  body: createUserBody,
  requestExample: { email: 'ama@example.com', name: 'Ama Mensah', role: 'finance' },
  responses: {
    201: {
      description: 'The user, and the password if one was made.',
      schema: userWithPasswordSchema,
      example: { ...userExample, password: examplePassword },
    },
  },
  errors: ['user_exists', 'password_unsuitable', 'operator_required', 'login_busy'],
  verb: (ctx, { body }) =>
    createUser(ctx, {
      email: body.email,
      name: body.name,
      kind: body.kind,
      role: body.role,
      password: body.password ?? null,
    }),
  render: (made) => ({ status: 201, body: renderWithPassword(made) }),
  renderStored: ({ user }) => ({ status: 201, body: renderUser(user) }),
});

const list = defineOperation({
  operationId: 'listUsers',
  method: 'get',
  path: '/v1/users',
  tag: 'Users',
  summary: 'List users',
  description: 'The people of the client that the request acts on, newest first, inactive ones included.',
  scope: 'users:read',
  query: listUsersQuery,
  responses: {
    200: {
      description: 'A page of users.',
      schema: userListSchema,
      example: { object: 'list', data: [userExample], has_more: false, next_cursor: null },
    },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    users: await listUsers(ctx, {
      limit: query.limit,
      after: query.after,
      role: query.role,
      kind: query.kind,
      status: query.status,
    }),
    limit: query.limit,
  }),
  render: ({ users, limit }) => ({ status: 200, body: listOf(users, limit, renderUser, (user) => [user.id]) }),
});

const retrieve = defineOperation({
  operationId: 'retrieveUser',
  method: 'get',
  path: '/v1/users/{id}',
  tag: 'Users',
  summary: 'Retrieve a user',
  description: 'Everything about a user but their password.',
  scope: 'users:read',
  params: userParams,
  responses: { 200: { description: 'The user.', schema: userSchema, example: userExample } },
  errors: [],
  verb: (ctx, { params }) => readUser(ctx, parseId('user', params.id)),
  render: (user) => ({ status: 200, body: renderUser(user) }),
});

const update = defineOperation({
  operationId: 'updateUser',
  method: 'patch',
  path: '/v1/users/{id}',
  tag: 'Users',
  summary: 'Update a user',
  description:
    'Changes name, role or status. Another role and a deactivation end the user’s sessions, everywhere within a second. The operator’s last active admin stays one.',
  scope: 'users:write',
  stepUp: true,
  endsLogIns: true,
  params: userParams,
  body: updateUserBody,
  requestExample: { status: 'inactive', reason: 'Left the company' },
  responses: { 200: { description: 'The user.', schema: userSchema, example: { ...userExample, status: 'inactive' } } },
  errors: ['last_admin', 'operator_required'],
  verb: (ctx, { params, body }) =>
    updateUser(ctx, {
      userId: parseId('user', params.id),
      name: body.name,
      role: body.role,
      status: body.status,
      reason: body.reason ?? null,
    }),
  render: (user) => ({ status: 200, body: renderUser(user) }),
});

const password = defineOperation({
  operationId: 'setUserPassword',
  method: 'post',
  path: '/v1/users/{id}/password',
  tag: 'Users',
  summary: 'Set a user’s password',
  description:
    'Gives the user a new password and ends their sessions, everywhere within a second. Leave `password` out to have a strong one made; it is in this answer and nowhere else, ever.',
  scope: 'users:write',
  stepUp: true,
  endsLogIns: true,
  secretFields: ['password'],
  params: userParams,
  body: setPasswordBody,
  requestExample: { reason: 'Forgotten' },
  responses: {
    200: {
      description: 'The user, and the password if one was made.',
      schema: userWithPasswordSchema,
      example: { ...userExample, password: examplePassword },
    },
  },
  errors: ['password_unsuitable', 'operator_required', 'login_busy'],
  verb: (ctx, { params, body }) =>
    setPassword(ctx, {
      userId: parseId('user', params.id),
      password: body.password ?? null,
      reason: body.reason ?? null,
    }),
  render: (set) => ({ status: 200, body: renderWithPassword(set) }),
  renderStored: ({ user }) => ({ status: 200, body: renderUser(user) }),
});

const revoke = defineOperation({
  operationId: 'revokeUserSessions',
  method: 'post',
  path: '/v1/users/{id}/sessions/revoke',
  tag: 'Users',
  summary: 'End a user’s sessions',
  description: 'Logs the user out everywhere within a second. Their password stays; repeating it changes nothing.',
  scope: 'users:write',
  endsLogIns: true,
  params: userParams,
  body: revokeSessionsBody,
  requestExample: { reason: 'Lost a laptop' },
  responses: {
    200: {
      description: 'The user, and how many sessions ended.',
      schema: userLoggedOutSchema,
      example: { ...userExample, sessions_revoked: 2 },
    },
  },
  errors: ['operator_required'],
  verb: (ctx, { params, body }) =>
    revokeSessions(ctx, { userId: parseId('user', params.id), reason: body.reason ?? null }),
  render: ({ user, revoked }) => ({ status: 200, body: { ...renderUser(user), sessions_revoked: revoked } }),
});

const me = defineOperation({
  operationId: 'retrieveMe',
  method: 'get',
  path: '/v1/me',
  tag: 'Users',
  summary: 'Who am I',
  description: 'Who the credential is, what it may do, and on whose books. Any credential may ask.',
  scope: null,
  isBeforeSecondFactor: true,
  responses: {
    200: {
      description: 'The credential.',
      schema: meSchema,
      example: {
        object: 'credential',
        kind: 'login',
        id: 'ses_a1b2c3',
        user: { id: userExample.id, email: userExample.email, name: userExample.name },
        role: 'finance',
        scopes: ['wallets:read', 'wallets:write'],
        client: { id: 'cli_a1b2c3', code: 'LIPNZPMF7O', name: 'Lipad' },
        mode: 'test',
        livemode: false,
        is_operator: false,
        acts_on_client: false,
        own_client: { id: 'cli_a1b2c3', code: 'LIPNZPMF7O', name: 'Lipad' },
        second_factor: { enabled: true, needed_for_live: false, recovery_codes_left: 10 },
        session: {
          kind: 'console',
          created_at: '2026-05-24T10:00:00Z',
          expires_at: '2026-05-24T22:00:00Z',
          idle_expires_at: '2026-05-24T10:30:00Z',
          proved_until: '2026-05-24T10:10:00Z',
        },
      },
    },
  },
  errors: [],
  verb: (ctx) => whoAmI(ctx),
  render: (myself) => ({ status: 200, body: renderMe(myself) }),
});

export const userOperations = [create, retrieve, list, update, password, revoke, me];

export function renderUser(user: User): UserObject {
  return {
    id: formatId('user', user.id),
    object: 'user',
    email: user.email,
    name: user.name,
    kind: user.kind,
    role: user.role,
    status: user.status,
    client_id: user.clientId,
    created_at: renderTime(user.createdAtMs),
    updated_at: renderTime(user.updatedAtMs),
    password_changed_at: renderTime(user.passwordChangedAtMs),
    last_login_at: user.lastLoginAtMs === null ? null : renderTime(user.lastLoginAtMs),
    has_second_factor: user.hasSecondFactor,
  };
}

function renderWithPassword({ user, password: made }: WithPassword): UserObject & { password?: string } {
  return { ...renderUser(user), ...(made !== null && { password: made }) };
}

function renderMe(myself: Myself): MeObject {
  const { user } = myself;
  return {
    object: 'credential',
    kind: myself.kind,
    id: formatId(myself.kind === 'login' ? 'session' : 'key', myself.credentialId),
    user: user === null ? null : { ...user, id: formatId('user', user.id) },
    role: myself.role,
    scopes: [...myself.scopes],
    client: myself.client,
    mode: myself.mode,
    livemode: myself.mode === 'live',
    is_operator: myself.isOperator,
    acts_on_client: myself.actsOnClient,
    ...renderPersonal(myself.person),
  };
}

function renderPersonal(person: Myself['person']): Pick<MeObject, 'own_client' | 'second_factor' | 'session'> {
  if (person === null) return { own_client: null, second_factor: null, session: null };
  const { session } = person;
  const time = (ms: number | null): string | null => (ms === null ? null : renderTime(ms));
  return {
    own_client: person.client,
    second_factor: {
      enabled: person.hasSecondFactor,
      needed_for_live: person.needsSecondFactor,
      recovery_codes_left: person.recoveryCodesLeft,
    },
    session: {
      kind: session.kind,
      created_at: renderTime(session.createdAtMs),
      expires_at: renderTime(session.expiresAtMs),
      idle_expires_at: time(session.idleExpiresAtMs),
      proved_until: time(session.provedUntilMs),
    },
  };
}
