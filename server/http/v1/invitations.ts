import { formatId, parseId } from '@/contracts/ids';
import {
  createInvitationBody,
  type InvitationObject,
  invitationListSchema,
  invitationParams,
  invitationSchema,
  invitedSchema,
  listInvitationsQuery,
  resetLinkBody,
  resetLinkSchema,
  resetSecondFactorBody,
  revokeInvitationBody,
} from '@/contracts/invitations';
import { listOf } from '@/contracts/lists';
import { userParams, userSchema } from '@/contracts/users';
import { defineOperation } from '@/server/http/operation';
import { type Invitation, listInvitations, readInvitation } from '@/server/staff/invitations';
import { invite, revokeInvitation } from '@/server/staff/invite';
import { readUser } from '@/server/staff/read';
import { makeResetLink } from '@/server/staff/reset-password';
import { resetSecondFactor } from '@/server/staff/reset-second-factor';
import { renderTime } from './render-time';
import { renderUser, userExample } from './users';

const example: InvitationObject = {
  id: 'inv_a1b2c3',
  object: 'invitation',
  email: 'ama@example.com',
  name: 'Ama Mensah',
  role: 'finance',
  status: 'open',
  client_id: 'cli_a1b2c3',
  created_at: '2026-05-24T10:00:00Z',
  expires_at: '2026-05-27T10:00:00Z',
  accepted_at: null,
  user_id: null,
};

const create = defineOperation({
  operationId: 'createInvitation',
  method: 'post',
  path: '/v1/invitations',
  tag: 'Users',
  summary: 'Invite somebody',
  description:
    'Makes a link with which somebody becomes one of the client’s people: they choose their own password, which nobody else ever knows. The link is in this answer and nowhere else, ever: this server sends no e-mail, so pass it on. It works once, for 72 hours.',
  scope: 'users:write',
  stepUp: true,
  body: createInvitationBody,
  requestExample: { email: 'ama@example.com', name: 'Ama Mensah', role: 'finance' },
  responses: {
    201: {
      description: 'The invitation and its link.',
      schema: invitedSchema,
      example: { ...example, url: 'https://pay.example.com/signin/invitation/Zk4…' },
    },
  },
  errors: ['user_exists', 'invitation_exists', 'operator_required'],
  verb: async (ctx, { body }) => ({ ...(await invite(ctx, body)), origin: ctx.publicOrigin ?? '' }),
  render: ({ invitation, token, origin }) => ({
    status: 201,
    body: { ...renderInvitation(invitation), url: `${origin}/signin/invitation/${token}` },
  }),
  renderStored: ({ invitation }) => ({ status: 201, body: renderInvitation(invitation) }),
});

const list = defineOperation({
  operationId: 'listInvitations',
  method: 'get',
  path: '/v1/invitations',
  tag: 'Users',
  summary: 'List invitations',
  description: 'Those of the client that the request acts on, newest first, the ended ones included.',
  scope: 'users:read',
  query: listInvitationsQuery,
  responses: {
    200: {
      description: 'A page of invitations.',
      schema: invitationListSchema,
      example: { object: 'list', data: [example], has_more: false, next_cursor: null },
    },
  },
  errors: [],
  verb: async (ctx, { query }) => ({
    invitations: await listInvitations(ctx, { limit: query.limit, after: query.after }),
    limit: query.limit,
  }),
  render: ({ invitations, limit }) => ({
    status: 200,
    body: listOf(invitations, limit, renderInvitation, ({ id }) => [id]),
  }),
});

const retrieve = defineOperation({
  operationId: 'retrieveInvitation',
  method: 'get',
  path: '/v1/invitations/{id}',
  tag: 'Users',
  summary: 'Retrieve an invitation',
  description: 'Everything about an invitation but its link.',
  scope: 'users:read',
  params: invitationParams,
  responses: { 200: { description: 'The invitation.', schema: invitationSchema, example } },
  errors: [],
  verb: (ctx, { params }) => readInvitation(ctx, parseId('invitation', params.id)),
  render: (invitation) => ({ status: 200, body: renderInvitation(invitation) }),
});

const revoke = defineOperation({
  operationId: 'revokeInvitation',
  method: 'post',
  path: '/v1/invitations/{id}/revoke',
  tag: 'Users',
  summary: 'Take an invitation back',
  description: 'Its link works no more. Repeating it changes nothing.',
  scope: 'users:write',
  params: invitationParams,
  body: revokeInvitationBody,
  requestExample: { reason: 'Sent to the wrong address' },
  responses: {
    200: { description: 'The invitation.', schema: invitationSchema, example: { ...example, status: 'revoked' } },
  },
  errors: ['invitation_ended', 'operator_required'],
  verb: (ctx, { params, body }) =>
    revokeInvitation(ctx, { id: parseId('invitation', params.id), reason: body.reason ?? null }),
  render: (invitation) => ({ status: 200, body: renderInvitation(invitation) }),
});

const resetLink = defineOperation({
  operationId: 'createPasswordResetLink',
  method: 'post',
  path: '/v1/users/{id}/reset_link',
  tag: 'Users',
  summary: 'Make a reset link',
  description:
    'Makes a link with which the user chooses a new password, which ends their sessions. The link is in this answer and nowhere else, ever: this server sends no e-mail, so pass it on. It works once, for an hour; an earlier one works no more.',
  scope: 'users:write',
  stepUp: true,
  params: userParams,
  body: resetLinkBody,
  requestExample: { reason: 'Forgotten' },
  responses: {
    201: {
      description: 'The link.',
      schema: resetLinkSchema,
      example: {
        object: 'password_reset_link',
        user_id: 'usr_a1b2c3',
        url: 'https://pay.example.com/signin/reset/Zk4…',
        expires_at: '2026-05-24T11:00:00Z',
      },
    },
  },
  errors: ['operator_required'],
  verb: async (ctx, { params, body }) => ({
    ...(await makeResetLink(ctx, { userId: parseId('user', params.id), reason: body.reason ?? null })),
    origin: ctx.publicOrigin ?? '',
  }),
  render: (made) => ({
    status: 201,
    body: { ...renderResetLink(made), url: `${made.origin}/signin/reset/${made.token}` },
  }),
  renderStored: (made) => ({ status: 201, body: renderResetLink(made) }),
});

const resetFactor = defineOperation({
  operationId: 'resetUserSecondFactor',
  method: 'post',
  path: '/v1/users/{id}/second_factor/reset',
  tag: 'Users',
  summary: 'Reset a second factor',
  description:
    'For a user who has lost both the app and the recovery codes: they sign in with the password alone and set up another. Ends their sessions. Make sure that it is them who asks.',
  scope: 'users:write',
  stepUp: true,
  endsLogIns: true,
  params: userParams,
  body: resetSecondFactorBody,
  requestExample: { reason: 'Lost the phone; called back on the known number' },
  responses: {
    200: { description: 'The user.', schema: userSchema, example: { ...userExample, has_second_factor: false } },
  },
  errors: ['operator_required', 'second_factor_missing'],
  verb: async (ctx, { params, body }) => {
    const { id } = await resetSecondFactor(ctx, {
      userId: parseId('user', params.id),
      reason: body.reason ?? null,
    });
    return readUser(ctx, id);
  },
  render: (user) => ({ status: 200, body: renderUser(user) }),
  renderStored: (user) => ({ status: 200, body: renderUser({ ...user, hasSecondFactor: false }) }),
});

export const invitationOperations = [create, retrieve, list, revoke, resetLink, resetFactor];

function renderInvitation(invitation: Invitation): InvitationObject {
  return {
    id: formatId('invitation', invitation.id),
    object: 'invitation',
    email: invitation.email,
    name: invitation.name,
    role: invitation.role,
    status: invitation.status,
    client_id: invitation.clientId,
    created_at: renderTime(invitation.createdAtMs),
    expires_at: renderTime(invitation.expiresAtMs),
    accepted_at: invitation.acceptedAtMs === null ? null : renderTime(invitation.acceptedAtMs),
    user_id: invitation.userId === null ? null : formatId('user', invitation.userId),
  };
}

function renderResetLink({ user, expiresAtMs }: { user: { id: string }; expiresAtMs: number }) {
  return {
    object: 'password_reset_link' as const,
    user_id: formatId('user', user.id),
    expires_at: renderTime(expiresAtMs),
  };
}
