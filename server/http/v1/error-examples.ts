import type { ApiV1ErrorBody, ErrorBody, ErrorCode } from '@/contracts/errors';
import type { PaymentErrorBody } from '@/contracts/payments';
import { debitBody } from '@/contracts/transactions';
import { Problem } from '@/server/kernel/problem';
import type { Refusal } from '@/server/ledger/core/types';
import { LedgerBusy, OutcomeUnknown } from '@/server/ledger/ledger';
import { accountWords, problemOf as problemOfRefusal } from '@/server/wallets/refusal';
import { familyOf, internalError, problemOf, renderProblem } from '../problems';
import { validate } from '../validate';
import { CREDIT, DEBIT, HOLD, WALLET } from './examples';

const GOOD_DEBIT = { amount: DEBIT.amount, description: DEBIT.description, reference: DEBIT.reference };
const IN_WALLET = { wallet_id: WALLET.id, currency: WALLET.currency };

/** An example of each code. What the program words itself is asked of the program, so that it cannot drift. */
const PROBLEMS: Readonly<Record<ErrorCode, Problem>> = {
  parameter_missing: invalid({ ...GOOD_DEBIT, amount: undefined }),
  parameter_invalid: invalid({ ...GOOD_DEBIT, amount: 5.5 }),
  parameter_unknown: invalid({ ...GOOD_DEBIT, descripton: 'SMS' }),
  parameter_repeated: new Problem('parameter_repeated', '`limit` is given more than once; send it once.', {
    param: 'limit',
  }),
  body_not_json: new Problem('body_not_json', 'The body is not valid JSON: reading failed at position 10.', {
    details: { position: 10 },
  }),
  json_too_deep: new Problem('json_too_deep', 'The body is nested more than 16 levels deep.'),
  content_type_unsupported: new Problem(
    'content_type_unsupported',
    'Send the body as application/json, not as another type.',
  ),
  body_too_large: new Problem('body_too_large', 'The body is larger than 65536 bytes.'),
  resource_missing: new Problem('resource_missing', 'There is no such wallet.'),
  route_missing: new Problem('route_missing', 'There is nothing at /v1/wallet.'),
  method_not_allowed: new Problem('method_not_allowed', '/v1/wallets takes POST, GET, HEAD, not DELETE.'),
  currency_unsupported: new Problem('currency_unsupported', 'QQQ is not an active ISO 4217 currency.', {
    param: 'currency',
  }),
  authentication_required: new Problem(
    'authentication_required',
    'Send credentials: Basic clientId:clientSecret, or Bearer with a secret key or an access token.',
  ),
  credentials_invalid: new Problem('credentials_invalid', 'The credentials are wrong: no key matches them.'),
  key_expired: new Problem('key_expired', 'This key has expired.'),
  key_revoked: new Problem('key_revoked', 'This key was revoked.'),
  token_expired: new Problem('token_expired', 'The access token has expired or was revoked. Log in again.'),
  operator_required: new Problem('operator_required', 'Only the operator’s own people may do this: log in as one.'),
  client_inactive: new Problem('client_inactive', 'The client of this key is inactive.'),
  second_factor_required: new Problem(
    'second_factor_required',
    'Live books need a second factor: set up an authenticator app first.',
  ),
  step_up_required: new Problem('step_up_required', 'Confirm with your password or a code first, then repeat.'),
  cross_site_request: new Problem('cross_site_request', 'A request by cookie must come from a page of this console.'),
  confirmation_wrong: new Problem('confirmation_wrong', 'The code is wrong, or was used before.', { param: 'code' }),
  session_required: new Problem('session_required', 'Only a session of the console is asked to confirm.'),
  second_factor_exists: new Problem(
    'second_factor_exists',
    'You have an authenticator app already. Turn it off first.',
  ),
  second_factor_missing: new Problem('second_factor_missing', 'You have no authenticator app set up.'),
  invitation_exists: new Problem('invitation_exists', 'There is an open invitation for this address.', {
    param: 'email',
  }),
  invitation_ended: new Problem('invitation_ended', 'The invitation was accepted or has expired.', { param: 'id' }),
  login_required: new Problem('login_required', 'Only an access token of a log-in can be ended here; this is a key.'),
  scope_missing: new Problem('scope_missing', 'This key lacks the scope wallets:write.', {
    details: { required_scope: 'wallets:write' },
  }),
  idempotency_key_invalid: new Problem(
    'idempotency_key_invalid',
    'Idempotency-Key must have 1 to 128 printable ASCII characters.',
  ),
  idempotency_key_reused: new Problem(
    'idempotency_key_reused',
    'This Idempotency-Key was used with another request; nothing was done.',
  ),
  idempotency_in_progress: new Problem(
    'idempotency_in_progress',
    'The request with this Idempotency-Key is still running.',
  ),
  webhook_endpoint_disabled: new Problem(
    'webhook_endpoint_disabled',
    'The endpoint is disabled, so nothing is sent to it.',
    { param: 'id' },
  ),
  webhook_endpoints_full: new Problem('webhook_endpoints_full', 'There are 50 endpoints already, which is the most.'),
  batch_rejected: new Problem('batch_rejected', '1 of 250 items was refused, so nothing of the batch was done.', {
    details: {
      items: [
        {
          index: 17,
          type: 'conflict',
          code: 'wallet_frozen',
          message: 'The wallet is frozen: money may come in, none may go out.',
          param: null,
          details: { wallet_id: WALLET.id, status: 'frozen' },
        },
      ],
    },
  }),
  reference_conflict: refused('reference_conflict', { transaction_id: DEBIT.id, reference: DEBIT.reference }),
  insufficient_funds: refused('insufficient_funds', {
    ...IN_WALLET,
    available: 320n,
    required: 500n,
    shortfall: 180n,
  }),
  wallet_frozen: refused('account_frozen', { wallet_id: WALLET.id, status: 'frozen' }),
  wallet_inactive: refused('account_inactive', { wallet_id: WALLET.id, status: 'inactive' }),
  wallet_closed: refused('account_closed', { wallet_id: WALLET.id, status: 'closed' }),
  account_frozen: refusedAccount('account_frozen', { status: 'frozen' }),
  account_inactive: refusedAccount('account_inactive', { status: 'inactive' }),
  account_closed: refusedAccount('account_closed', { status: 'closed' }),
  same_account: refusedAccount('same_account', {}),
  customer_exists: new Problem('customer_exists', 'There is a customer cus_abc123 already.', { param: 'id' }),
  promotion_exists: new Problem('promotion_exists', 'There is a promotion june-loyalty already.', { param: 'code' }),
  promotion_ended: new Problem('promotion_ended', 'The promotion june-loyalty has ended.', { param: 'promotion_id' }),
  budget_exceeded: new Problem(
    'budget_exceeded',
    'This issues GH₵13,550.00, and GH₵6,450.00 is left of the budget of june-loyalty.',
    { details: { currency: 'GHS', required: 1_355_000, left: 645_000, shortfall: 710_000 } },
  ),
  import_not_ready: new Problem('import_not_ready', 'The import is done: it is issued once.', {
    details: { state: 'done' },
  }),
  client_exists: new Problem('client_exists', 'There is a client with this business pin already.', {
    param: 'business_pin',
  }),
  client_is_operator: new Problem(
    'client_is_operator',
    'The operator itself cannot be deactivated: nobody could undo it.',
    { param: 'is_active' },
  ),
  currency_mismatch: refused('currency_mismatch', { expected: 'GHS', given: 'USD' }),
  balance_out_of_range: refused('balance_out_of_range', { limit: 9_007_199_254_740_991n, currency: 'GHS' }),
  expires_at_past: refused('expires_at_past', {}),
  same_wallet: refused('same_account', {}),
  holds_active: refused('holds_active', { wallet_id: WALLET.id, held: 2_500n, currency: 'GHS' }),
  balance_negative: refused('balance_negative', { ...IN_WALLET, balance: -180n }),
  balance_not_zero: refusedAccount('balance_not_zero', { balance: 14_500n, currency: 'GHS' }),
  minimum_balance_not_met: refusedAccount('minimum_balance_not_met', {
    available: 14_500n,
    minimum: 20_000n,
    currency: 'GHS',
  }),
  account_is_system: refusedAccount('account_is_system', { status: 'active' }),
  already_reversed: refused('already_reversed', { transaction_id: CREDIT.id }),
  not_reversible: refused('not_reversible', {}),
  hold_not_active: withDetails(refused('hold_not_active', { status: 'captured' }), {
    hold_id: HOLD.id,
    status: 'captured',
  }),
  capture_exceeds_hold: refused('capture_exceeds_hold', { held: 2_500n, required: 2_600n, currency: 'GHS' }),
  auto_topup_exists: new Problem('auto_topup_exists', 'The wallet has a rule for automatic top-ups already.'),
  payment_method_unusable: new Problem('payment_method_unusable', 'The payment method is in NGN, the wallet in GHS.', {
    param: 'payment_method_id',
  }),
  refund_exceeds_paid: new Problem(
    'refund_exceeds_paid',
    'The payment has GH₵30.00 left to give back, and GH₵50.00 was asked for.',
    { param: 'amount', details: { refundable: 3_000, requested: 5_000, currency: 'GHS' } },
  ),
  payment_not_refundable: new Problem(
    'payment_not_refundable',
    'The payment is failed: there is no money of it to give back.',
    { details: { payment_id: 'pay_09f84e20a283942e807128e8c21d08d6', status: 'failed' } },
  ),
  wallet_not_closed: new Problem(
    'wallet_not_closed',
    'Only what a close left due is paid out by the wallet: refund the payment or top-up that brought the money in.',
    { param: 'wallet_id', details: { status: 'active' } },
  ),
  refund_method_unavailable: new Problem(
    'refund_method_unavailable',
    'No provider here gives money back to TELECEL: pay it outside, and record it with `method: recorded`.',
    { param: 'method' },
  ),
  refund_not_in_reconciliation: new Problem(
    'refund_not_in_reconciliation',
    'The refund is succeeded: there is nothing to resolve.',
    { details: { status: 'succeeded' } },
  ),
  top_up_not_open: new Problem(
    'top_up_not_open',
    'A payment is under way: it may still be approved, so the top-up cannot end now.',
    { details: { status: 'pending' } },
  ),
  service_inactive: refused('service_inactive', {}),
  service_type_not_allowed: refused('service_type_not_allowed', {}),
  amount_below_minimum: refused('amount_below_minimum', { minimum: 100n, currency: 'GHS' }),
  amount_above_maximum: refused('amount_above_maximum', { maximum: 1_000_000n, currency: 'GHS' }),
  cap_exceeded: refused('cap_exceeded', {}),
  user_exists: new Problem('user_exists', 'Somebody has this e-mail address already.', { param: 'email' }),
  last_admin: new Problem('last_admin', 'This is the operator’s last active admin. Make another one first.'),
  password_unsuitable: new Problem('password_unsuitable', 'This password is one of the most common ones.', {
    param: 'password',
  }),
  key_not_active: new Problem('key_not_active', 'The key is revoked, so it cannot be rotated.', { param: 'id' }),
  approval_required: new Problem(
    'approval_required',
    'Credits above GH₵200.00 need a second person, and cannot wait for one in a batch: send them one by one.',
  ),
  person_required: new Problem('person_required', 'Only a person with a log-in decides about approvals.'),
  approval_own: new Problem('approval_own', 'You asked for this yourself: somebody else has to decide.'),
  approval_not_yours: new Problem('approval_not_yours', 'Only who asked for it can take it back.'),
  approval_not_pending: new Problem('approval_not_pending', 'The approval is executed: there is nothing to decide.', {
    details: { status: 'executed' },
  }),
  approval_stale: new Problem(
    'approval_stale',
    'What it depends on has changed since you looked: nothing was decided. Look at it again.',
    { param: 'state' },
  ),
  address_not_allowed: new Problem(
    'address_not_allowed',
    'This address is not on the key’s list, so it prompts nobody.',
    { details: { address: '203.0.113.9' } },
  ),
  payer_not_allowed: new Problem('payer_not_allowed', 'The network lets this phone pay nothing.', {
    param: 'phone',
    details: { failure_code: 'payer_not_allowed', payment_id: 'pay_09f84e20a283942e807128e8c21d08d6' },
  }),
  channel_unsupported: new Problem('channel_unsupported', 'MTN in ZM in ZMW is not offered here.', {
    param: 'provider',
    details: { country: 'ZM', currency: 'ZMW' },
  }),
  payment_declined: new Problem('payment_declined', 'The gateway declined the payment: limit_reached.', {
    details: { failure_code: 'limit_reached', payment_id: 'pay_09f84e20a283942e807128e8c21d08d6' },
  }),
  prompt_limit_reached: new Problem(
    'prompt_limit_reached',
    'No more than 10 prompts go to this phone in an hour; nothing was sent.',
    { param: 'phone', details: { limit: 10, window_seconds: 3600 }, retryAfterSeconds: 900 },
  ),
  code_wrong: new Problem('code_wrong', 'The code is wrong; 4 tries are left.', {
    param: 'code',
    details: { tries_left: 4 },
  }),
  code_expired: new Problem('code_expired', 'There is no valid code for this phone: ask for a new one.', {
    param: 'code',
  }),
  code_not_sendable: new Problem(
    'code_not_sendable',
    'This deployment has no way to send messages, so no code was sent.',
  ),
  payment_not_open: new Problem('payment_not_open', 'The payment is succeeded already.', {
    details: { status: 'succeeded' },
  }),
  statement_unreadable: new Problem('statement_unreadable', 'The file has no line below the names of its columns.', {
    param: 'content',
  }),
  break_not_open: new Problem('break_not_open', 'Line 17 has its answer already.', {
    details: { outcome: 'missing_here', resolution: 'noted' },
  }),
  payment_not_in_reconciliation: new Problem(
    'payment_not_in_reconciliation',
    'The payment is succeeded: there is nothing to resolve.',
    { details: { status: 'succeeded' } },
  ),
  provider_unavailable: new Problem('provider_unavailable', 'MTN does not answer at the moment; nothing was sent.', {
    param: 'provider',
    retryAfterSeconds: 30,
  }),
  rate_limited: new Problem('rate_limited', 'More than 600 requests a minute with this key.'),
  login_throttled: new Problem('login_throttled', 'Too many failed log-ins. Wait 8 s before the next try.', {
    retryAfterSeconds: 8,
  }),
  login_busy: new Problem('login_busy', 'Too many log-ins at once; nothing was done. Repeat shortly.', {
    retryAfterSeconds: 1,
  }),
  ledger_busy: known(new LedgerBusy('queue_full')),
  outcome_unknown: known(new OutcomeUnknown(null)),
  database_unavailable: known(Object.assign(new Error(), { code: 'ECONNREFUSED' })),
  shutting_down: known(new LedgerBusy('closing')),
  internal_error: internalError(),
};

/** What is missing is named by the last part of the path that has an id; elsewhere it is a wallet. */
const MISSING = [
  { path: /^\/v1\/payments/, name: 'payment', problem: missing('There is no such payment.', 'reference') },
  { path: /^\/v1\/holds\//, name: 'hold', problem: missing('There is no such hold.') },
  {
    path: /^\/(?:v1\/.*|api\/v1\/)?transactions\/(?:source\/)?\{/,
    name: 'transaction',
    problem: missing('There is no such transaction.'),
  },
  { path: /^\/v1\/customers\/\{id\}$/, name: 'customer', problem: missing('There is no such customer.') },
  {
    path: /^\/api\/v1\/clients\//,
    name: 'client',
    problem: missing('There is no client LIPNZPMF7O.', 'client_code'),
  },
  {
    path: /^\/api\/v1\/client-services\//,
    name: 'client_service',
    problem: missing('There is no client service PAY1CNAELX.', 'client_service_code'),
  },
  {
    path: /^\/api\/v1\/client-services$/,
    name: 'client',
    problem: missing('There is no client LIPNZPMF7O.', 'client_code'),
  },
  { path: /^\/api\/v1\/accounts$/, name: 'client', problem: missing('There is no client LIPNZPMF7O.', 'client_code') },
  {
    path: /^\/api\/v1\/(?:accounts\/\{[a-z_]+\}|transactions|account-transfers)$/,
    name: 'account_number',
    problem: missing('There is no account 10000110.', 'account_number'),
  },
  { path: /^\/v1\/accounts\/\{id\}$/, name: 'account', problem: missing('There is no such account.') },
  { path: /^\/v1\/api_keys\//, name: 'api_key', problem: missing('There is no such API key.', 'id') },
] as const;

export interface ErrorExample {
  /** Unique among the document's examples. */
  readonly name: string;
  readonly value: ErrorBody | ApiV1ErrorBody | PaymentErrorBody;
}

/** What the operation at this path answers with this code. */
export function errorExample(code: ErrorCode, path: string): ErrorExample {
  const special = code === 'resource_missing' ? MISSING.find((candidate) => candidate.path.test(path)) : undefined;
  const family = familyOf(path);
  const { body } = renderProblem(special?.problem ?? PROBLEMS[code], { requestId: 'req_a1b2c3', family }, null);
  const name = special === undefined ? code : `${code}_${special.name}`;
  if (family === 'payments') return { name: `payments_${name}`, value: body as PaymentErrorBody };
  return family === 'v1' ? { name, value: body as ErrorBody } : { name: `api_${name}`, value: body as ApiV1ErrorBody };
}

function refused(code: Refusal['code'], details: Refusal['details']): Problem {
  return problemOfRefusal({ code, details });
}

function refusedAccount(code: Refusal['code'], details: Refusal['details']): Problem {
  return problemOfRefusal(
    { code, details: { account_id: '1', ...details } },
    accountWords(new Map([['1', '10000110']])),
  );
}

function withDetails({ code, message, param }: Problem, details: Record<string, unknown>): Problem {
  return new Problem(code, message, { param, details });
}

function invalid(body: Record<string, unknown>): Problem {
  try {
    validate(debitBody, body);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('The example of a bad body is a good one.');
}

function known(error: Error): Problem {
  const problem = problemOf(error);
  if (problem === null) throw new Error('The example of an outage is not known as one.');
  return problem;
}

function missing(message: string, param: string | null = null): Problem {
  return new Problem('resource_missing', message, { param });
}
