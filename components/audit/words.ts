import type { AnswerOf } from '@/server/http/api-types';

export type AuditEntry = AnswerOf<'get', '/v1/audit'>['data'][number];

/** What was done, as it follows a name: `Efua Asante froze the wallet`. By the part of the action that says what of. */
const DID: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: {
    created: 'created the account',
    updated: 'changed the account',
    freeze: 'froze the account',
    unfreeze: 'unfroze the account',
    close: 'closed the account',
  },
  api_key: {
    created: 'created the API key',
    rotated: 'rotated the API key',
    revoked: 'revoked the API key',
    addresses_set: 'set the allowed addresses of the key',
  },
  approval: {
    requested: 'asked for approval',
    approved: 'approved the request',
    rejected: 'refused the request',
    canceled: 'took the request back',
    executed: 'carried out the request',
    expired: 'let the request lapse',
    failed: 'could not carry out the request',
  },
  approval_policy: { updated: 'changed the approval policy' },
  auto_topup: {
    created: 'set up automatic top-up',
    updated: 'changed automatic top-up',
    deleted: 'ended automatic top-up',
  },
  checkout_settings: { updated: 'changed the checkout' },
  client: { created: 'created the client', updated: 'changed the client' },
  client_service: { created: 'created the service', updated: 'made a new version of the service' },
  collection_policy: { updated: 'changed the collection policy' },
  customer: { created: 'created the customer', updated: 'changed the customer' },
  hold: { created: 'set money aside', captured: 'took money set aside', voided: 'released money set aside' },
  invitation: {
    created: 'invited a person',
    accepted: 'accepted the invitation',
    revoked: 'took the invitation back',
  },
  payment: { created: 'asked for a payment', canceled: 'canceled the payment', resolved: 'settled the payment' },
  payment_method: { created: 'saved a payment method', detached: 'removed a payment method' },
  promotion: { created: 'created the promotion', updated: 'changed the promotion' },
  promotion_import: {
    created: 'uploaded promotional credits',
    issued: 'issued promotional credits',
    canceled: 'threw the upload away',
  },
  provider_credentials: { set: 'set provider credentials', revoked: 'revoked provider credentials' },
  reconciliation: { imported: 'imported a provider’s statement', break_resolved: 'resolved a difference' },
  refund: { created: 'started the refund', resolved: 'settled the refund' },
  session: { revoked: 'ended a session' },
  topup: { created: 'made a top-up link', canceled: 'canceled the top-up', expired: 'let the top-up expire' },
  transaction: {
    credited: 'credited the wallet',
    debited: 'debited the wallet',
    transferred: 'moved money',
    reversed: 'reversed the transaction',
    posted: 'posted a transaction',
  },
  user: {
    created: 'added the person',
    updated: 'changed the person',
    signed_in: 'signed in',
    stepped_up: 'proved who they are',
    logged_in: 'logged in',
    logged_out: 'logged out',
    login_failed: 'was refused at sign-in',
    password_changed: 'changed their password',
    password_reset: 'reset their password',
    password_set: 'set the password',
    reset_link_made: 'made a link for a new password',
    recovery_codes_renewed: 'made new recovery codes',
    second_factor_begun: 'began to set up a second factor',
    second_factor_enabled: 'turned the second factor on',
    second_factor_disabled: 'turned the second factor off',
    second_factor_failed: 'gave a wrong code',
    second_factor_reset: 'reset the second factor',
    sessions_revoked: 'ended all sessions of',
    other_sessions_revoked: 'ended their other sessions',
  },
  wallet: {
    created: 'opened the wallet',
    freeze: 'froze the wallet',
    unfreeze: 'unfroze the wallet',
    close: 'closed the wallet',
    note_added: 'left a note on the wallet',
    metadata_updated: 'changed the wallet’s metadata',
    limits_updated: 'changed the wallet’s limits',
  },
  webhook_delivery: { resent: 'sent the delivery again' },
  webhook_endpoint: {
    created: 'added the endpoint',
    updated: 'changed the endpoint',
    deleted: 'deleted the endpoint',
    enabled: 'enabled the endpoint',
    disabled: 'disabled the endpoint',
    replayed: 'replayed a window to the endpoint',
    secret_rotated: 'rotated the endpoint’s secret',
    tested: 'sent an example to the endpoint',
  },
};

const OBJECTS: Readonly<Record<string, string>> = {
  account: 'Account',
  api_key: 'API key',
  approval: 'Approval',
  approval_policy: 'Approval policy',
  auto_topup: 'Automatic top-up',
  checkout_settings: 'Checkout',
  client: 'Client',
  client_service: 'Service',
  collection_policy: 'Collection policy',
  customer: 'Customer',
  hold: 'Hold',
  invitation: 'Invitation',
  payment: 'Payment',
  payment_method: 'Payment method',
  promotion: 'Promotion',
  promotion_import: 'Promotional credits',
  provider_credentials: 'Provider credentials',
  reconciliation: 'Reconciliation',
  refund: 'Refund',
  session: 'Session',
  topup: 'Top-up',
  transaction: 'Transaction',
  user: 'Person',
  wallet: 'Wallet',
  webhook_delivery: 'Webhook delivery',
  webhook_endpoint: 'Webhook endpoint',
};

/** One of a kind in a set of books: their stored ids name nothing that people know. */
const SINGLE = new Set(['approval_policy', 'checkout_settings', 'collection_policy']);

/** Named by a word of ours, such as `manual credit`. */
const CODES = new Set(['account', 'approval', 'transaction']);

const REFUSALS = new Set(['user.login_failed', 'user.second_factor_failed', 'approval.rejected', 'approval.failed']);

export const OBJECT_TYPES = Object.entries(OBJECTS);

/** The actions of one type of object, or of all: `[['wallet.freeze', 'Froze the wallet'], …]`. */
export function actionsOf(type: string | undefined): readonly (readonly [string, string])[] {
  const types = type === undefined ? Object.keys(DID) : [type];
  return types.flatMap((one) =>
    Object.entries(DID[one] ?? {}).map(([verb, words]) => [`${one}.${verb}`, capital(words)] as const),
  );
}

/** `Froze the wallet` */
export function did(action: string): string {
  return capital(didWords(action));
}

function didWords(action: string): string {
  const [type = '', ...verb] = action.split('.');
  return DID[type]?.[verb.join('.')] ?? `${verb.join(' ').replaceAll('_', ' ')}: ${objectWord(type).toLowerCase()}`;
}

export function isRefusal(action: string): boolean {
  return REFUSALS.has(action);
}

export function objectWord(type: string): string {
  return OBJECTS[type] ?? capital(type.replaceAll('_', ' '));
}

/** What a row's object is called; its kind where it has no name of its own. */
export function targetName({ target }: Pick<AuditEntry, 'target'>): string {
  if (target.name !== null) return CODES.has(target.type) ? capital(target.name) : target.name;
  return objectWord(target.type);
}

export function hasId({ target }: Pick<AuditEntry, 'target'>): boolean {
  return !SINGLE.has(target.type);
}

/** `Efua Asante`, `Scheduled job: sweep expired`, `Set-up`. */
export function actorName({ actor }: Pick<AuditEntry, 'actor'>): string {
  if (actor.name !== null) return actor.name;
  if (actor.type === 'operator') return 'Set-up';
  if (actor.type === 'job') return actor.id === null ? 'Scheduled job' : capital(actor.id.replaceAll('_', ' '));
  if (actor.type === 'api_key') return 'API key';
  if (actor.type === 'user') return 'Somebody';
  return capital(actor.type.replaceAll('_', ' '));
}

const ROLES: Readonly<Record<string, string>> = {
  admin: 'Admin',
  finance: 'Finance',
  ops: 'Operations',
  support: 'Support',
  developer: 'Developer',
  auditor: 'Auditor',
};

/** What they are, after the name. */
export function actorKind({ actor }: Pick<AuditEntry, 'actor'>): string {
  if (actor.role !== null) return ROLES[actor.role] ?? actor.role;
  if (actor.type === 'api_key') return 'API key';
  if (actor.type === 'job') return 'Scheduled job';
  return '';
}

/** `Efua Asante froze the wallet of Ama Mensah, GHS.` */
export function sentenceOf(entry: AuditEntry): string {
  const start = `${actorName(entry)} ${didWords(entry.action)}`;
  const { name, type } = entry.target;
  if (name === null || (type === 'user' && entry.actor.name === name)) return `${start}.`;
  if (type === 'wallet' || type === 'auto_topup') return `${start} of ${name}.`;
  if (type === 'user' || type === 'customer' || type === 'client') return `${start} ${name}.`;
  if (CODES.has(type)) return `${start}: ${name}.`;
  return `${start} “${name}”.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
