import { type Context, Hono } from 'hono';
import { formatMajor, isCurrency } from '@/contracts/money';
import { askedView, type Charge, type View, viewOf } from '../charges';
import { CREDENTIALS } from '../credentials';
import { answerInOrder, openCharge } from '../lifecycle';
import type { Failure } from '../plan';
import type { Simulator } from '../simulator';
import { Tokens } from './tokens';
import { basicOf, bearerOf, fieldsOf, isFields, isSame, isWebUrl, minorOf, textOf } from './wire';

/**
 * MTN MoMo: the sandbox's provisioning of users, and Collections. After the developer portal (momodeveloper.mtn.com,
 * "Collection", "Callback", "Common Error Codes") and shared/spec/providers.md.
 */
const PROMPT_MS = 5 * 60_000;
const TOKEN_MS = 3_600_000;
const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The currency of each target environment; `sandbox` takes euros alone. */
const TARGETS: Readonly<Record<string, string>> = {
  sandbox: 'EUR',
  mtnghana: 'GHS',
  mtnuganda: 'UGX',
  mtnivorycoast: 'XOF',
  mtnzambia: 'ZMW',
};

const REASONS: Readonly<Record<Failure, string>> = {
  wrong_pin: 'APPROVAL_REJECTED',
  insufficient_funds: 'NOT_ENOUGH_FUNDS',
  decline: 'APPROVAL_REJECTED',
  expire: 'EXPIRED',
  unreachable: 'COULD_NOT_PERFORM_TRANSACTION',
  busy: 'COULD_NOT_PERFORM_TRANSACTION',
  limit_reached: 'PAYER_LIMIT_REACHED',
  payer_not_found: 'PAYER_NOT_FOUND',
  payer_not_allowed: 'NOT_ALLOWED',
  payee_not_allowed: 'PAYEE_NOT_ALLOWED_TO_RECEIVE',
  not_allowed: 'NOT_ALLOWED',
  wrong_environment: 'NOT_ALLOWED_TARGET_ENVIRONMENT',
  wrong_callback_host: 'INVALID_CALLBACK_URL_HOST',
  wrong_currency: 'INVALID_CURRENCY',
  internal_error: 'INTERNAL_PROCESSING_ERROR',
  unavailable: 'SERVICE_UNAVAILABLE',
  not_performed: 'COULD_NOT_PERFORM_TRANSACTION',
};

interface User {
  callbackHost: string | null;
  apiKey: string | null;
}

export function operationOf(method: string, path: string): string {
  if (path.endsWith('/token/') || path.endsWith('/token')) return 'token';
  if (path.includes('/requesttopay')) return method === 'POST' ? 'initiate' : 'status';
  if (path.includes('/accountholder/')) return 'validate_payer';
  if (path.includes('/apiuser')) return 'provision';
  return path.includes('/balance') ? 'balance' : 'other';
}

export function createMtnMomo(simulator: Simulator): Hono {
  const app = new Hono();
  const tokens = new Tokens(simulator, TOKEN_MS);
  const users = new Map<string, User>();
  const { apiUser, apiKey, subscriptionKey } = CREDENTIALS['mtn-momo'];
  const addOurs = (): void => void users.set(apiUser, { callbackHost: null, apiKey });
  addOurs();
  simulator.onReset.push(() => {
    users.clear();
    addOurs();
  });
  simulator.tellers.set('mtn-momo', callbackOf);

  /** The API manager's own refusal, ahead of MTN's platform, has another shape than its errors. */
  const refusal = (context: Context): Response | null => {
    if (isSame(context.req.header('ocp-apim-subscription-key') ?? '', subscriptionKey)) return null;
    const message =
      'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.';
    return context.json({ statusCode: 401, message }, 401);
  };

  app.post('/v1_0/apiuser', async (context) => {
    const refused = refusal(context);
    if (refused !== null) return refused;
    const id = context.req.header('x-reference-id') ?? '';
    const host = textOf((await fieldsOf(context))?.['providerCallbackHost']);
    if (!UUID_4.test(id) || host === null)
      return context.json(problem('BAD_REQUEST', 'Invalid X-Reference-Id or body.'), 400);
    if (users.has(id))
      return context.json(
        problem('RESOURCE_ALREADY_EXIST', 'Duplicated reference id. Creation of resource failed.'),
        409,
      );
    users.set(id, { callbackHost: host, apiKey: null });
    return context.body(null, 201);
  });

  app.get('/v1_0/apiuser/:id', (context) => {
    const refused = refusal(context);
    if (refused !== null) return refused;
    const user = users.get(context.req.param('id'));
    if (user === undefined)
      return context.json(problem('RESOURCE_NOT_FOUND', 'Requested resource was not found.'), 404);
    return context.json({ providerCallbackHost: user.callbackHost ?? '', targetEnvironment: 'sandbox' });
  });

  app.post('/v1_0/apiuser/:id/apikey', (context) => {
    const refused = refusal(context);
    if (refused !== null) return refused;
    const user = users.get(context.req.param('id'));
    if (user === undefined)
      return context.json(problem('RESOURCE_NOT_FOUND', 'Requested resource was not found.'), 404);
    user.apiKey = simulator.ids.hex();
    return context.json({ apiKey: user.apiKey }, 201);
  });

  app.post('/collection/token/', (context) => {
    const refused = refusal(context);
    if (refused !== null) return refused;
    const given = basicOf(context.req.header('authorization'));
    const user = given === null ? undefined : users.get(given.user);
    if (given === null || user === undefined || user.apiKey === null || !isSame(user.apiKey, given.password)) {
      return context.json({ error: 'login_failed' }, 401);
    }
    return context.json({
      access_token: tokens.issue(given.user),
      token_type: 'access_token',
      expires_in: TOKEN_MS / 1000,
    });
  });

  /** Everything else wants both, and a target environment that exists. */
  const admit = (context: Context): Response | { user: User; target: string } => {
    const refused = refusal(context);
    if (refused !== null) return refused;
    const owner = tokens.ownerOf(bearerOf(context.req.header('authorization')));
    const user = owner === null ? undefined : users.get(owner);
    if (user === undefined) return context.json({ error: 'invalid_token' }, 401);
    const target = context.req.header('x-target-environment') ?? '';
    if (TARGETS[target] === undefined) {
      return context.json(problem('NOT_ALLOWED_TARGET_ENVIRONMENT', 'Access to target environment is forbidden.'), 500);
    }
    return { user, target };
  };

  app.post('/collection/v1_0/requesttopay', async (context) => {
    const admitted = admit(context);
    if (admitted instanceof Response) return admitted;
    const reference = (context.req.header('x-reference-id') ?? '').toLowerCase();
    const body = await fieldsOf(context);
    const wrong = requestProblem(reference, body, admitted.target, context.req.header('x-callback-url'), admitted.user);
    if (wrong !== null) return context.json(problem(wrong.code, wrong.message), wrong.status);
    if (simulator.charges.get('mtn-momo', reference) !== undefined) {
      return context.json(
        problem('RESOURCE_ALREADY_EXIST', 'Duplicated reference id. Creation of resource failed.'),
        409,
      );
    }
    const { amount, currency, externalId, payer, payerMessage } = body as Record<string, unknown>;
    const code = currency as string;
    const charge = openCharge(simulator, {
      provider: 'mtn-momo',
      reference,
      merchantReference: textOf(externalId) ?? '',
      method: 'phone',
      network: 'mtn',
      phone: textOf((payer as Record<string, unknown>)['partyId']),
      note: textOf(payerMessage) ?? '',
      amountMinor: minorOf(amount, code) ?? 0n,
      currency: code,
      wholeUnits: code === 'UGX' || code === 'XOF',
      lifetimeMs: PROMPT_MS,
      callbackUrl: context.req.header('x-callback-url') ?? null,
      outcomeHeader: context.req.header('x-simulator-outcome'),
      details: { target: admitted.target },
    });
    await answerInOrder(simulator, charge);
    return context.body(null, 202);
  });

  app.get('/collection/v1_0/requesttopay/:reference', (context) => {
    const admitted = admit(context);
    if (admitted instanceof Response) return admitted;
    const charge = simulator.charges.get('mtn-momo', context.req.param('reference').toLowerCase());
    const view = charge === undefined ? undefined : askedView(charge, simulator.clock.now());
    if (charge === undefined || view === undefined || view.state === 'not_found') {
      return context.json(problem('RESOURCE_NOT_FOUND', 'Requested resource was not found.'), 404);
    }
    return context.json(statusOf(charge, view, 'status'));
  });

  app.get('/collection/v1_0/accountholder/:type/:id/active', (context) => {
    const admitted = admit(context);
    if (admitted instanceof Response) return admitted;
    const { type, id } = context.req.param();
    if (!/^msisdn$/i.test(type)) return context.json(problem('BAD_REQUEST', 'Unknown accountHolderIdType.'), 400);
    return context.json({ result: id !== '46733123455' });
  });

  app.get('/collection/v1_0/account/balance', (context) => {
    const admitted = admit(context);
    if (admitted instanceof Response) return admitted;
    const currency = TARGETS[admitted.target] ?? 'EUR';
    const taken = simulator.charges
      .list()
      .filter((charge) => charge.provider === 'mtn-momo' && charge.state === 'paid' && charge.currency === currency)
      .reduce((sum, charge) => sum + charge.amountMinor, 0n);
    return context.json({ availableBalance: formatMajor(taken, currency), currency });
  });

  return app;
}

function requestProblem(
  reference: string,
  body: Readonly<Record<string, unknown>> | null,
  target: string,
  callbackUrl: string | undefined,
  user: User,
): { code: string; message: string; status: 400 | 500 } | null {
  if (!UUID_4.test(reference))
    return { code: 'BAD_REQUEST', message: 'X-Reference-Id must be a UUID of version 4.', status: 400 };
  if (body === null || !isFields(body['payer']))
    return { code: 'BAD_REQUEST', message: 'The body does not follow the specification.', status: 400 };
  const currency = textOf(body['currency']) ?? '';
  if (!isCurrency(currency) || currency !== TARGETS[target]) {
    return { code: 'INVALID_CURRENCY', message: 'Currency not supported.', status: 500 };
  }
  const { partyIdType, partyId } = body['payer'];
  const isPayer = partyIdType === 'MSISDN' && /^[0-9]{6,15}$/.test(textOf(partyId) ?? '');
  const isAmount = typeof body['amount'] === 'string' && minorOf(body['amount'], currency) !== null;
  const notes = [body['payerMessage'], body['payeeNote']];
  const areNotes = notes.every(
    (note) => note === undefined || (typeof note === 'string' && note.length <= 160 && !note.includes("'")),
  );
  if (!isPayer || !isAmount || !areNotes) {
    return { code: 'BAD_REQUEST', message: 'The body does not follow the specification.', status: 400 };
  }
  if (callbackUrl === undefined) return null;
  const isHost =
    isWebUrl(callbackUrl) && (user.callbackHost === null || new URL(callbackUrl).hostname === user.callbackHost);
  return isHost
    ? null
    : {
        code: 'INVALID_CALLBACK_URL_HOST',
        message: 'Callback URL with different host name then configured for API user.',
        status: 500,
      };
}

/** Once and never again, in a method of its choosing: POST, and PUT for references that end in an odd digit. */
function callbackOf(charge: Charge) {
  if (charge.callbackUrl === null || charge.state === 'reversed') return null;
  return {
    method: Number.parseInt(charge.reference.slice(-1), 16) % 2 === 1 ? ('PUT' as const) : ('POST' as const),
    url: charge.callbackUrl,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(statusOf(charge, viewOf(charge, 'callback'), 'callback')),
  };
}

/** The reason is text in the sandbox, and in callbacks everywhere; the live platforms' GET has an object. */
function statusOf(charge: Charge, view: View, teller: 'status' | 'callback'): Record<string, unknown> {
  const reason = view.failure === null ? null : (view.code ?? REASONS[view.failure]);
  const isText = teller === 'callback' || charge.details['target'] === 'sandbox';
  const isPaid = view.state === 'paid' || view.state === 'reversed';
  return {
    ...(isPaid && { financialTransactionId: view.receipt }),
    externalId: charge.merchantReference,
    amount: formatMajor(view.amountMinor, view.currency),
    currency: view.currency,
    payer: { partyIdType: 'MSISDN', partyId: view.phone },
    payerMessage: charge.note,
    status: isPaid ? 'SUCCESSFUL' : view.state === 'failed' ? 'FAILED' : 'PENDING',
    ...(reason !== null && {
      reason: isText ? reason : { code: reason, message: reason.toLowerCase().replaceAll('_', ' ') },
    }),
  };
}

function problem(code: string, message: string): { code: string; message: string } {
  return { code, message };
}
