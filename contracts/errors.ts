import { z } from 'zod';

/** What an integrator branches on first: who has to act. */
export const ERROR_TYPES = [
  'invalid_request_error',
  'authentication_error',
  'permission_error',
  'idempotency_error',
  'conflict',
  'insufficient_funds',
  'rate_limit_error',
  'api_error',
] as const;
export type ErrorType = (typeof ERROR_TYPES)[number];

export interface ErrorDefinition {
  /** HTTP status. */
  readonly status: number;
  readonly type: ErrorType;
  readonly title: string;
  /** What it means. */
  readonly description: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Every code the API can answer with. The docs page, the OpenAPI document and the renderers all read this. */
export const ERRORS = {
  // ── the request's shape ──
  parameter_missing: {
    status: 400,
    type: 'invalid_request_error',
    title: 'A required field is missing',
    description:
      'The request lacks a field that this operation needs. `param` names it; `details.fields` lists every problem.',
    fix: 'Send the field named in `param`.',
  },
  parameter_invalid: {
    status: 400,
    type: 'invalid_request_error',
    title: 'A field has a value that cannot be used',
    description:
      'A field is there, but of the wrong type, out of range or malformed. The message says what is expected.',
    fix: 'Correct the field named in `param`; `details.fields` lists every problem at once.',
  },
  parameter_unknown: {
    status: 400,
    type: 'invalid_request_error',
    title: 'A field is not known here',
    description: 'Unknown fields are refused, so that a typo in an optional field cannot go unnoticed.',
    fix: 'Remove the field named in `param`, or correct its spelling. Your own data belongs in `metadata`.',
  },
  parameter_repeated: {
    status: 400,
    type: 'invalid_request_error',
    title: 'A query parameter is given twice',
    description: 'Each query parameter may appear once: which of two values counts would be a guess.',
    fix: 'Send the parameter named in `param` once.',
  },
  body_not_json: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The body is not a JSON object',
    description: 'The body could not be read as JSON in UTF-8, or its top level is not an object.',
    fix: 'Send a JSON object. The message gives the position where reading failed.',
  },
  json_too_deep: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The JSON is nested too deeply or an array is too long',
    description: 'A body may be nested 16 levels deep and an array may have 1000 elements.',
    fix: 'Flatten the structure or split the request.',
  },
  content_type_unsupported: {
    status: 415,
    type: 'invalid_request_error',
    title: 'The content type is not application/json',
    description: 'Bodies are read as JSON alone.',
    fix: 'Send `Content-Type: application/json`.',
  },
  body_too_large: {
    status: 413,
    type: 'invalid_request_error',
    title: 'The body is too large',
    description:
      'A request body may have 65 536 bytes; that of `POST /v1/batches` may have 1 048 576, that of `POST /v1/reconciliations` 17 825 792.',
    fix: 'Send less, for example by keeping `metadata` short.',
  },
  resource_missing: {
    status: 404,
    type: 'invalid_request_error',
    title: 'There is no such object',
    description: 'No object of yours has this id in this mode. Live and test objects are apart.',
    fix: 'Check the id, and that the key belongs to the mode (live or test) in which the object was made.',
  },
  route_missing: {
    status: 404,
    type: 'invalid_request_error',
    title: 'There is no such address',
    description: 'The path is not part of the API.',
    fix: 'Check the path against the API reference.',
  },
  method_not_allowed: {
    status: 405,
    type: 'invalid_request_error',
    title: 'The path does not take this method',
    description: 'The path exists, with other methods. The `Allow` header lists them.',
    fix: 'Use one of the methods in `Allow`.',
  },
  currency_unsupported: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The currency is not known',
    description: 'Currencies are active ISO 4217 codes of three capital letters.',
    fix: 'Send a code such as `GHS`, `NGN`, `KES` or `USD`.',
  },

  // ── who asks ──
  authentication_required: {
    status: 401,
    type: 'authentication_error',
    title: 'No credentials were sent',
    description: 'The request has no `Authorization` header, or one that is neither Basic nor Bearer.',
    fix: 'Send Basic `clientId:clientSecret`, or `Bearer` with a secret key.',
  },
  credentials_invalid: {
    status: 401,
    type: 'authentication_error',
    title: 'The credentials are wrong',
    description: 'The client id and secret do not belong together, or the secret is not known.',
    fix: 'Check for a typo or a missing character. Secrets are shown once; make a new key if one was lost.',
  },
  key_expired: {
    status: 401,
    type: 'authentication_error',
    title: 'The key has expired',
    description: 'The key had an expiry, or was rotated and its overlap is over.',
    fix: 'Use the key that replaced it, or make a new one.',
  },
  key_revoked: {
    status: 401,
    type: 'authentication_error',
    title: 'The key was revoked',
    description: 'Somebody revoked this key; it works nowhere any more.',
    fix: 'Use another key.',
  },
  token_expired: {
    status: 401,
    type: 'authentication_error',
    title: 'The access token has expired',
    description: 'A token works for the seconds that `expires_in` said, until it is revoked or its user deactivated.',
    fix: 'Log in again with `POST /api/v1/auth/login`.',
  },
  second_factor_required: {
    status: 403,
    type: 'permission_error',
    title: 'A second factor is needed',
    description:
      'The person has an authenticator app and no code was sent; or the books are live and this deployment wants a second factor of the person, who has none.',
    fix: 'Send `code` with the log-in. In the console, set up an authenticator app under Settings.',
  },
  step_up_required: {
    status: 403,
    type: 'permission_error',
    title: 'Confirm that it is you',
    description:
      'Some operations want a password or a code that is no older than ten minutes, when they come from a session of the console. Keys and access tokens are not asked.',
    fix: 'Send `POST /v1/me/step_up` with the password or a code, then repeat the request.',
  },
  cross_site_request: {
    status: 403,
    type: 'permission_error',
    title: 'The request came from another site',
    description:
      'A request by cookie that changes something must come from a page of the console itself and must not be a form’s.',
    fix: 'Use an API key or an access token in `Authorization`, or send JSON from the console’s own pages.',
  },
  confirmation_wrong: {
    status: 422,
    type: 'invalid_request_error',
    title: 'The password or code is wrong',
    description: 'What was sent to confirm who it is does not match, or the code was used before.',
    fix: 'Try again; with a code, wait for the next one.',
  },
  session_required: {
    status: 409,
    type: 'conflict',
    title: 'Only a session of the console can do this',
    description: 'The request was made with a key or an access token, which have nothing to confirm.',
    fix: 'Leave the request out: keys and access tokens are never asked to confirm.',
  },
  second_factor_exists: {
    status: 409,
    type: 'conflict',
    title: 'There is a second factor already',
    description: 'An authenticator app is set up for this person.',
    fix: 'Turn it off first, with a code of the app or a recovery code.',
  },
  second_factor_missing: {
    status: 409,
    type: 'conflict',
    title: 'There is no second factor',
    description: 'No authenticator app is set up, or its set-up was not begun.',
    fix: 'Begin with `POST /v1/me/second_factor`.',
  },
  invitation_exists: {
    status: 409,
    type: 'conflict',
    title: 'There is an open invitation for this address',
    description: 'The address was invited already and the invitation still works.',
    fix: 'Revoke the open invitation, then invite again.',
  },
  invitation_ended: {
    status: 409,
    type: 'conflict',
    title: 'The invitation is over',
    description: 'It was accepted or has expired, so there is nothing to revoke.',
    fix: 'Invite again, or change the user who accepted.',
  },
  operator_required: {
    status: 403,
    type: 'permission_error',
    title: 'Only the operator may do this',
    description: 'Clients are onboarded and changed by the operator’s own people, with a log-in.',
    fix: 'Log in as one of the operator’s people, or ask the operator of this deployment.',
  },
  client_inactive: {
    status: 403,
    type: 'permission_error',
    title: 'The client is inactive',
    description:
      'The credentials are right, but the client they belong to, or whose books the request is about, has been deactivated. Nothing of it moves.',
    fix: 'Ask the operator of this deployment.',
  },
  login_required: {
    status: 403,
    type: 'permission_error',
    title: 'Only a log-in may do this',
    description: 'The request was made with an API key, where an access token is needed.',
    fix: 'Log in with `POST /api/v1/auth/login`. A key is ended with `POST /v1/api_keys/{id}/revoke`.',
  },
  scope_missing: {
    status: 403,
    type: 'permission_error',
    title: 'The credential may not do this',
    description:
      'The key is restricted to scopes, or the user’s role holds scopes, that do not include this operation’s. `details.required_scope` names it.',
    fix: 'Use a key with that scope, or log in as somebody whose role has it.',
  },

  // ── repeating a request ──
  idempotency_key_invalid: {
    status: 400,
    type: 'idempotency_error',
    title: 'The Idempotency-Key cannot be used',
    description: 'A key has 1 to 128 printable ASCII characters.',
    fix: 'Send a random key, such as a UUID.',
  },
  idempotency_key_reused: {
    status: 422,
    type: 'idempotency_error',
    title: 'The Idempotency-Key belongs to another request',
    description: 'This key was used with another method, path or body. Nothing was done.',
    fix: 'Use a new key for a new request, and the same request for the same key.',
  },
  idempotency_in_progress: {
    status: 409,
    type: 'idempotency_error',
    title: 'The same request is still running',
    description: 'Another request with this Idempotency-Key has not been answered yet.',
    fix: 'Wait for `Retry-After` seconds and repeat with the same key.',
  },
  batch_rejected: {
    status: 409,
    type: 'conflict',
    title: 'Nothing of the batch was done',
    description:
      'The batch was to be done whole or not at all, and items of it were refused. `details.items` lists each of them with its index, code and message.',
    fix: 'Correct or leave out the items listed and send the batch again under a new Idempotency-Key. The same references may be used: none has had an effect.',
  },
  reference_conflict: {
    status: 409,
    type: 'idempotency_error',
    title: 'The reference belongs to another transaction',
    description:
      'A reference has one effect per wallet and operation, for ever. This one was used with another amount, expiry or priority.',
    fix: 'Use a new reference for a new transaction. `details.transaction_id` names the first one.',
  },

  // ── the state of things ──
  insufficient_funds: {
    status: 402,
    type: 'insufficient_funds',
    title: 'The wallet does not have enough',
    description:
      'What may be spent (the balance less holds) is less than the amount. `details` says `available`, `required` and `shortfall` in minor units.',
    fix: 'Top the wallet up, or take less. The reference is not used up; an Idempotency-Key is, so send a new one.',
  },
  wallet_frozen: {
    status: 409,
    type: 'conflict',
    title: 'The wallet is frozen',
    description: 'A frozen wallet takes money in but lets none out.',
    fix: 'Unfreeze the wallet, if that is right.',
  },
  wallet_inactive: {
    status: 409,
    type: 'conflict',
    title: 'The wallet is inactive',
    description: 'An inactive wallet moves no money in or out.',
    fix: 'Activate the account first.',
  },
  wallet_closed: {
    status: 409,
    type: 'conflict',
    title: 'The wallet is closed',
    description: 'A closed wallet is closed for good.',
    fix: 'Create a new wallet for the customer and currency.',
  },
  account_frozen: {
    status: 409,
    type: 'conflict',
    title: 'The account is frozen',
    description: 'A frozen account takes money in but lets none out.',
    fix: 'Set the account’s status to ACTIVE, if that is right.',
  },
  account_inactive: {
    status: 409,
    type: 'conflict',
    title: 'The account is inactive',
    description: 'An inactive account moves no money in or out.',
    fix: 'Set the account’s status to ACTIVE first.',
  },
  account_closed: {
    status: 409,
    type: 'conflict',
    title: 'The account is closed',
    description: 'A closed account is closed for good.',
    fix: 'Use another account.',
  },
  same_account: {
    status: 400,
    type: 'invalid_request_error',
    title: 'Source and destination are the same account',
    description: 'A transfer needs two accounts.',
    fix: 'Send two different account numbers.',
  },
  webhook_endpoint_disabled: {
    status: 409,
    type: 'conflict',
    title: 'The webhook endpoint is disabled',
    description: 'A disabled endpoint is sent nothing: no example, no resend, no replay.',
    fix: 'Enable it with `POST /v1/webhook_endpoints/{id}/enable` first.',
  },
  webhook_endpoints_full: {
    status: 409,
    type: 'conflict',
    title: 'There are too many webhook endpoints',
    description: 'A set of books may have 50 endpoints.',
    fix: 'Delete one that is not needed, or send several types of event to one endpoint.',
  },
  customer_exists: {
    status: 409,
    type: 'conflict',
    title: 'The customer exists',
    description: 'A customer with this id is there already, with other data.',
    fix: 'Retrieve or update the customer, or choose another id.',
  },
  promotion_exists: {
    status: 409,
    type: 'conflict',
    title: 'The promotion exists',
    description: 'A promotion with this code is there already.',
    fix: 'Use that promotion, or choose another code.',
  },
  promotion_ended: {
    status: 409,
    type: 'conflict',
    title: 'The promotion has ended',
    description: 'Nothing is issued under a promotion that has ended.',
    fix: 'Set its status back to `active`, or issue under another promotion.',
  },
  budget_exceeded: {
    status: 409,
    type: 'conflict',
    title: 'The promotion’s budget is used up',
    description: 'What is to be issued is more than what is left of the promotion’s budget; `details` has the figures.',
    fix: 'Issue less, or raise the promotion’s budget.',
  },
  import_not_ready: {
    status: 409,
    type: 'conflict',
    title: 'The import is in another state',
    description:
      'An import is issued once, and only when a row of it can be; it can be canceled until it has come to its end.',
    fix: 'Retrieve the import and look at its `state`. To issue corrected rows, upload them as an import of their own.',
  },
  client_exists: {
    status: 409,
    type: 'conflict',
    title: 'Another client has this already',
    description: 'No two clients have the same business pin or email address. `param` names the one that is taken.',
    fix: 'Use the client that is there, or correct the field named in `param`.',
  },
  client_is_operator: {
    status: 409,
    type: 'conflict',
    title: 'The operator cannot be deactivated',
    description: 'The operator of this deployment is a client too, and only its own people could activate it again.',
    fix: 'Nothing: deactivate the person or the key that should not act any more.',
  },
  currency_mismatch: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The currency is not the wallet’s',
    description:
      'A wallet or account holds one currency, and a client service may be for one alone. `details` says which is expected and which was given.',
    fix: 'Send the wallet’s currency, or use the wallet, account or client service of that currency.',
  },
  balance_out_of_range: {
    status: 409,
    type: 'conflict',
    title: 'The balance would be too large',
    description: 'A balance may not exceed 9 007 199 254 740 991 minor units.',
    fix: 'Send a smaller amount.',
  },
  expires_at_past: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The expiry is in the past',
    description: '`expires_at` must lie after the moment of the request, by the database’s clock.',
    fix: 'Send a later time.',
  },
  same_wallet: {
    status: 400,
    type: 'invalid_request_error',
    title: 'Source and destination are the same wallet',
    description: 'A transfer needs two wallets.',
    fix: 'Send two different wallets.',
  },
  holds_active: {
    status: 409,
    type: 'conflict',
    title: 'Holds are active on the wallet',
    description: 'A wallet cannot be closed while amounts are set aside on it.',
    fix: 'Capture or void the holds, or wait until they expire.',
  },
  balance_negative: {
    status: 409,
    type: 'conflict',
    title: 'The balance is below zero',
    description: 'A wallet that owes money cannot be closed.',
    fix: 'Bring the balance to zero or above.',
  },
  balance_not_zero: {
    status: 409,
    type: 'conflict',
    title: 'The balance is not zero',
    description: 'An account is closed when it is empty. `details.balance` says what is in it.',
    fix: 'Move the balance to another account, then close this one.',
  },
  minimum_balance_not_met: {
    status: 409,
    type: 'conflict',
    title: 'The account would be under its minimum balance',
    description:
      'A minimum is raised, or an overdraft ended, only when the account has that much without its holds. `details` says `available` and `minimum`.',
    fix: 'Put money in, let holds end, or choose a lower minimum.',
  },
  account_is_system: {
    status: 409,
    type: 'conflict',
    title: 'The account is the system’s own',
    description:
      'Some accounts are made on the first use of a currency, such as where money leaves the books. They cannot be changed.',
    fix: 'Open an account of your own with `POST /api/v1/accounts`.',
  },
  already_reversed: {
    status: 409,
    type: 'conflict',
    title: 'The transaction is reversed already',
    description: 'A transaction can be reversed once, as a whole.',
    fix: 'Nothing: the reversal named in `details` stands.',
  },
  not_reversible: {
    status: 409,
    type: 'conflict',
    title: 'The transaction cannot be reversed',
    description: 'Reversals, expiries and closings cannot be reversed.',
    fix: 'Post the opposite transaction, if that is right.',
  },
  hold_not_active: {
    status: 409,
    type: 'conflict',
    title: 'The hold is no longer active',
    description: 'The hold was captured, voided or has expired. `details.status` says which.',
    fix: 'Make a new hold, or debit the wallet.',
  },
  capture_exceeds_hold: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The capture is larger than the hold',
    description: 'A capture takes the held amount or a part of it.',
    fix: 'Capture at most the held amount; debit the rest.',
  },
  auto_topup_exists: {
    status: 409,
    type: 'conflict',
    title: 'The wallet has a rule already',
    description: 'A wallet has one rule for automatic top-ups at the most.',
    fix: 'Change it with `PATCH /v1/wallets/{id}/auto_topup`, or delete it first.',
  },
  payment_method_unusable: {
    status: 409,
    type: 'conflict',
    title: 'The payment method cannot be used for this',
    description:
      'It is detached, of another customer or currency than the wallet, or the card may not be charged again without its owner.',
    fix: 'Save another payment method with `POST /v1/payment_methods`.',
  },
  refund_exceeds_paid: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The refund is larger than what is left to give back',
    description:
      'A payment is given back once at the most, refunds under way included, and of a closed wallet no more than it left due.',
    fix: 'Give back at most `details.refundable`.',
  },
  payment_not_refundable: {
    status: 409,
    type: 'conflict',
    title: 'There is nothing of the payment to give back',
    description: 'The payment was never paid, was given back already, or was taken back by its provider.',
    fix: 'Look at the payment’s status and `amount_refunded`.',
  },
  wallet_not_closed: {
    status: 409,
    type: 'conflict',
    title: 'The wallet is not closed',
    description: 'By the wallet only what its close left due is paid out.',
    fix: 'Refund the payment or top-up that brought the money in, or close the wallet first.',
  },
  refund_method_unavailable: {
    status: 409,
    type: 'conflict',
    title: 'No provider gives money back there',
    description: 'Neither the provider of the payment can undo it, nor does another pay out to that network.',
    fix: 'Pay it in cash or through a bank, and record that with `method: recorded`.',
  },
  refund_not_in_reconciliation: {
    status: 409,
    type: 'conflict',
    title: 'The refund does not wait for a person',
    description: 'Only a refund whose truth no provider tells is resolved by hand.',
    fix: 'Look at the refund’s status.',
  },
  top_up_not_open: {
    status: 409,
    type: 'conflict',
    title: 'The top-up cannot end now',
    description:
      'A payment of the top-up is under way and may still be approved, or the top-up is over already. `details.status` says which.',
    fix: 'Wait until the payment has ended, or make a new top-up.',
  },
  service_inactive: {
    status: 409,
    type: 'conflict',
    title: 'The client service is inactive',
    description: 'The client service named in the request does not take transactions now.',
    fix: 'Activate it or use another.',
  },
  service_type_not_allowed: {
    status: 409,
    type: 'conflict',
    title: 'The client service does not allow this type',
    description: 'The client service’s rules do not list this type of transaction.',
    fix: 'Use a service that allows it.',
  },
  amount_below_minimum: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The amount is below the minimum',
    description: 'The client service sets a least amount. `details.minimum` says it.',
    fix: 'Send at least that amount.',
  },
  amount_above_maximum: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The amount is above the maximum',
    description: 'The client service sets a greatest amount. `details.maximum` says it.',
    fix: 'Send at most that amount.',
  },
  cap_exceeded: {
    status: 409,
    type: 'conflict',
    title: 'The daily or monthly cap is reached',
    description: 'The client service caps what an account may move in a day or a month.',
    fix: 'Wait for the next period, or raise the cap.',
  },
  user_exists: {
    status: 409,
    type: 'conflict',
    title: 'The e-mail address is taken',
    description: 'Somebody logs in with this e-mail address already; one address is one person in all of a deployment.',
    fix: 'Use another address, or change the user who has it.',
  },
  last_admin: {
    status: 409,
    type: 'conflict',
    title: 'The operator would have no admin left',
    description: 'The last active admin of the operator cannot be deactivated or given another role.',
    fix: 'Make somebody else an admin of the operator first.',
  },
  password_unsuitable: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The password is too easy to guess',
    description:
      'Passwords have 8 to 128 characters, are none of the most common ones, and do not contain the e-mail address or the product’s name.',
    fix: 'Choose a longer one, such as four random words, or leave it out to have one made.',
  },
  key_not_active: {
    status: 409,
    type: 'conflict',
    title: 'The API key is not active',
    description: 'A revoked, expired or rotated key cannot be rotated.',
    fix: 'Make a new key.',
  },

  // ── approvals ──
  approval_required: {
    status: 403,
    type: 'permission_error',
    title: 'A second person is needed, and cannot be asked this way',
    description:
      'The policy wants two people for this. Acts of a person wait for the second one as an approval, but not where many are sent at once.',
    fix: 'Send it by itself: it is then answered with 202 and an approval.',
  },
  person_required: {
    status: 403,
    type: 'permission_error',
    title: 'Only a person may do this',
    description:
      'Approvals and their policy are for people with a log-in: a program that decides is no second pair of eyes.',
    fix: 'Log in as a person whose role may approve.',
  },
  approval_own: {
    status: 403,
    type: 'permission_error',
    title: 'Nobody decides what they asked for',
    description: 'You asked for this yourself, so somebody else has to decide.',
    fix: 'Ask a colleague who may approve, or cancel it.',
  },
  approval_not_yours: {
    status: 409,
    type: 'conflict',
    title: 'Somebody else asked for it',
    description: 'Only who asked for an approval can take it back.',
    fix: 'Reject it instead.',
  },
  approval_not_pending: {
    status: 409,
    type: 'conflict',
    title: 'The approval waits no more',
    description: 'It was decided, taken back or has lapsed; `details.status` says which.',
    fix: 'Look at it: its outcome stands. What was not done can be asked for again.',
  },
  approval_stale: {
    status: 409,
    type: 'conflict',
    title: 'What it depends on has changed',
    description:
      'Since you looked, a balance or the terms it would change have become others. Nothing was decided; `details.approval` shows it as it is now.',
    fix: 'Look at it again, and send its new `state`.',
  },

  // ── collecting money ──
  address_not_allowed: {
    status: 403,
    type: 'permission_error',
    title: 'The address is not allowed',
    description:
      'Payments are received with a key from its allowed addresses alone, four at the most; a live key without any prompts nobody.',
    fix: 'Set the addresses of your servers with `PUT /v1/api_keys/{id}/allowed_ips`.',
  },
  payer_not_allowed: {
    status: 403,
    type: 'permission_error',
    title: 'The payer may not pay on this channel',
    description: 'The network knows no account of this phone that may pay.',
    fix: 'The payer asks their network, or pays from another phone.',
  },
  channel_unsupported: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The channel is not offered there',
    description: 'No provider of this deployment serves the channel in that country and currency.',
    fix: 'Use another channel.',
  },
  payment_declined: {
    status: 422,
    type: 'invalid_request_error',
    title: 'The gateway declined the payment',
    description: 'The provider refused the request at once; nobody was prompted. `details.failure_code` says why.',
    fix: 'Act on the failure code; a new try needs a new reference.',
  },
  prompt_limit_reached: {
    status: 422,
    type: 'rate_limit_error',
    title: 'Too many prompts',
    description: 'A phone, or a client, gets so many prompts in a window and no more. Nothing was sent.',
    fix: 'Wait for `Retry-After` seconds. `PATCH /v1/collection_policy` sets the limits.',
  },
  code_wrong: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The one-time code is wrong',
    description: 'The code is not the one that was sent. `details.tries_left` says how many tries it has left.',
    fix: 'Let the payer read it again.',
  },
  code_expired: {
    status: 400,
    type: 'invalid_request_error',
    title: 'There is no valid one-time code',
    description: 'A code is valid for ten minutes, five tries and one use.',
    fix: 'Have a new one sent.',
  },
  code_not_sendable: {
    status: 422,
    type: 'api_error',
    title: 'The code could not be sent',
    description: 'This deployment has no way to send messages, or it does not answer.',
    fix: 'Try again, or lock phones to customers’ registered numbers.',
  },
  payment_not_open: {
    status: 409,
    type: 'conflict',
    title: 'The payment does not take this now',
    description:
      'It is over, or it is with a provider that cannot be asked for this. `details.status` says where it stands.',
    fix: 'Read the payment and go by its status.',
  },
  statement_unreadable: {
    status: 400,
    type: 'invalid_request_error',
    title: 'The statement cannot be read',
    description:
      'The file is no CSV, no line of it names the columns that a statement needs, it has no line below them, or more than 50 000.',
    fix: 'Export it again as CSV, choose the `format` it is in, or name its columns in `columns`.',
  },
  break_not_open: {
    status: 409,
    type: 'conflict',
    title: 'The line asks for no answer',
    description: 'The line agrees, has its answer already, or says nothing that this answer could follow from.',
    fix: 'Retrieve the line. A note can be left on every break that is open.',
  },
  payment_not_in_reconciliation: {
    status: 409,
    type: 'conflict',
    title: 'The payment is not in reconciliation',
    description: 'Only a payment whose truth is unknown is resolved by hand.',
    fix: 'Read the payment and go by its status.',
  },
  provider_unavailable: {
    status: 503,
    type: 'api_error',
    title: 'The provider does not answer',
    description: 'The channel’s provider is not reachable at the moment. Nothing was sent.',
    fix: 'Try again after `Retry-After` seconds, or offer another channel.',
  },

  // ── us ──
  rate_limited: {
    status: 429,
    type: 'rate_limit_error',
    title: 'Too many requests',
    description: 'The key’s allowance for the minute is used up. `RateLimit-…` headers show it.',
    fix: 'Wait for `Retry-After` seconds, and spread requests out.',
  },
  login_throttled: {
    status: 429,
    type: 'rate_limit_error',
    title: 'Too many failed log-ins',
    description:
      'After some failures from an address, or for a username, each further try has to wait, longer every time and five minutes at the most. Nobody is locked out.',
    fix: 'Wait for `Retry-After` seconds. An admin can set a new password.',
  },
  login_busy: {
    status: 503,
    type: 'api_error',
    title: 'Too many log-ins at once',
    description: 'Checking a password takes effort on purpose, and the queue for it is full. Nothing was done.',
    fix: 'Repeat after `Retry-After` seconds.',
  },
  ledger_busy: {
    status: 503,
    type: 'api_error',
    title: 'Too much work at once',
    description: 'The ledger’s queue is full. Nothing was done.',
    fix: 'Repeat after `Retry-After` seconds, with the same reference.',
  },
  outcome_unknown: {
    status: 503,
    type: 'api_error',
    title: 'The outcome is not known',
    description:
      'The database stopped answering while the request was being written. It took effect once or not at all.',
    fix: 'Repeat with the same reference or Idempotency-Key: it has one effect, however often it is sent.',
  },
  database_unavailable: {
    status: 503,
    type: 'api_error',
    title: 'The database cannot be reached',
    description: 'The request could not be served because the database does not answer.',
    fix: 'Repeat after `Retry-After` seconds, with the same reference or Idempotency-Key.',
  },
  shutting_down: {
    status: 503,
    type: 'api_error',
    title: 'This server is shutting down',
    description: 'The process is being replaced. Nothing was done.',
    fix: 'Repeat at once on a new connection.',
  },
  internal_error: {
    status: 500,
    type: 'api_error',
    title: 'Something went wrong on our side',
    description: 'An unexpected error. It has been logged under the request id.',
    fix: 'Repeat with the same reference or Idempotency-Key; report the request id if it stays.',
  },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/** One problem of one field, as listed in `details.fields`. */
export const fieldProblemSchema = z.object({
  param: z.string().meta({ description: 'The field, dotted for nested ones.' }),
  code: z.string().meta({ description: 'What is wrong with it.' }),
  message: z.string().meta({ description: 'The same for people: what is expected.' }),
});
export type FieldProblem = z.output<typeof fieldProblemSchema>;

/** The error body of the `/v1` family. */
export const errorSchema = z
  .object({
    error: z
      .object({
        type: z.enum(ERROR_TYPES).meta({ description: 'The family of the error: few, and they stay.' }),
        code: z.string().meta({ description: 'The exact reason; branch on this.', example: 'insufficient_funds' }),
        message: z.string().meta({ description: 'For people: what happened, with the figures. Its words may change.' }),
        param: z.string().nullable().meta({ description: 'The field at fault, or null.', example: 'amount' }),
        request_id: z
          .string()
          .meta({ description: 'The same as the `Request-Id` header. Begins with `req_`.', example: 'req_a1b2c3' }),
        doc_url: z
          .string()
          .meta({ description: 'Where the code is explained.', example: '/docs/errors#insufficient_funds' }),
        details: z
          .record(z.string(), z.unknown())
          .meta({ description: 'Figures and ids to act on, such as `shortfall`. Amounts in minor units.' }),
      })
      .meta({ description: 'What went wrong.' }),
  })
  .meta({ id: 'Error', description: 'Every refusal has this shape.' });
export type ErrorBody = z.output<typeof errorSchema>;

/** The error body of the `/api/v1` family: the same facts, and its own three names. */
export const apiV1ErrorSchema = z
  .object({
    status: z.number().int().meta({ description: 'The HTTP status.', example: 402 }),
    message: z.string().meta({ description: 'For people: what happened, with the figures. Its words may change.' }),
    error: errorSchema.shape.error,
  })
  .meta({ id: 'ApiV1Error', description: 'Every refusal of this family has this shape.' });
export type ApiV1ErrorBody = z.output<typeof apiV1ErrorSchema>;
