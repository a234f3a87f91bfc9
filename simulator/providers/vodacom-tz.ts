import { constants, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { askedView, type Charge, viewOf } from '../charges';
import { CREDENTIALS, VODACOM_PRIVATE_KEY } from '../credentials';
import { answerInOrder, ended, openCharge, reverse } from '../lifecycle';
import type { Failure } from '../plan';
import type { Simulator } from '../simulator';
import { Tokens } from './tokens';
import { bearerOf, type Fields, fieldsOf, isSame, minorOf, textOf } from './wire';

/**
 * Vodacom M-Pesa Tanzania over the M-Pesa OpenAPI: getSession, c2bPayment/singleStage, queryTransactionStatus, reversal.
 * After openapiportal.m-pesa.com, as public clients of it show. The bearer is the API key, and then the session, each
 * encrypted with the portal's RSA key (PKCS 1) in base64.
 */
const PROMPT_MS = 90_000;
const SESSION_MS = 3_600_000;

type Status = 200 | 201 | 400 | 401 | 408 | 409 | 422 | 500 | 503;

const RESULTS: Readonly<Record<Failure, readonly [code: string, text: string, status: Status]>> = {
  wrong_pin: ['INS-6', 'Transaction Failed', 401],
  insufficient_funds: ['INS-2006', 'Insufficient balance', 422],
  decline: ['INS-5', 'Transaction cancelled by customer', 401],
  expire: ['INS-9', 'Request timeout', 408],
  unreachable: ['INS-9', 'Request timeout', 408],
  busy: ['INS-6', 'Transaction Failed', 401],
  limit_reached: ['INS-991', 'Customer Transaction Value Limit For Day Has Been Reached', 400],
  payer_not_found: ['INS-2051', 'Invalid MSISDN', 400],
  payer_not_allowed: ['INS-996', 'Customer Account Status Not Active', 400],
  payee_not_allowed: ['INS-4', 'User is not active', 401],
  not_allowed: ['INS-4', 'User is not active', 401],
  wrong_environment: ['INS-1', 'Internal Error', 500],
  wrong_callback_host: ['INS-1', 'Internal Error', 500],
  wrong_currency: ['INS-26', 'Invalid Currency Used', 400],
  internal_error: ['INS-1', 'Internal Error', 500],
  unavailable: ['INS-16', 'Unable to handle the request due to a temporary overloading', 503],
  not_performed: ['INS-6', 'Transaction Failed', 401],
};

export function operationOf(method: string, path: string): string {
  if (path.includes('/getSession')) return 'token';
  if (path.includes('/c2bPayment/')) return 'initiate';
  if (path.includes('/queryTransactionStatus')) return 'status';
  return path.includes('/reversal') && method === 'PUT' ? 'refund' : 'other';
}

export function createVodacomTz(simulator: Simulator): Hono {
  const app = new Hono();
  const { apiKey, serviceProviderCode } = CREDENTIALS['vodacom-tz'];
  const sessions = new Tokens(simulator, SESSION_MS);
  simulator.tellers.set('vodacom-tz', callbackOf);

  const answer = (context: Context, status: Status, code: string, text: string, more: Fields = {}): Response =>
    context.json({ output_ResponseCode: code, output_ResponseDesc: text, ...more }, status);

  app.get('/:environment/ipg/v2/vodacomTZN/getSession/', (context) => {
    const key = decrypt(bearerOf(context.req.header('authorization')));
    if (key === null || !isSame(key, apiKey)) return answer(context, 400, 'INS-2', 'Invalid API Key');
    return answer(context, 200, 'INS-0', 'Request processed successfully', {
      output_SessionID: sessions.issue(apiKey),
    });
  });

  const admit = (context: Context): Response | null => {
    const session = decrypt(bearerOf(context.req.header('authorization')));
    return sessions.ownerOf(session) === null
      ? context.json({ output_error: 'Session expired or not found', output_ResponseCode: 'INS-2001' }, 401)
      : null;
  };

  app.post('/:environment/ipg/v2/vodacomTZN/c2bPayment/singleStage/', async (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const body = (await fieldsOf(context)) ?? {};
    const wrong = paymentProblem(body, serviceProviderCode);
    const reference = textOf(body['input_ThirdPartyConversationID']) ?? '';
    const conversation = { output_ConversationID: simulator.ids.hex(), output_ThirdPartyConversationID: reference };
    if (wrong !== null) return answer(context, 400, wrong[0], wrong[1], conversation);
    if (simulator.charges.get('vodacom-tz', reference) !== undefined) {
      return answer(context, 409, 'INS-10', 'Duplicate Transaction', conversation);
    }
    const charge = openCharge(simulator, {
      provider: 'vodacom-tz',
      reference,
      merchantReference: textOf(body['input_TransactionReference']) ?? '',
      method: 'phone',
      network: 'mpesa-tz',
      phone: textOf(body['input_CustomerMSISDN']),
      note: textOf(body['input_PurchasedItemsDesc']) ?? '',
      amountMinor: minorOf(body['input_Amount'], 'TZS') ?? 0n,
      currency: 'TZS',
      wholeUnits: true,
      lifetimeMs: PROMPT_MS,
      callbackUrl: simulator.settings.vodacomMode === 'async' ? simulator.settings.vodacomResponseUrl : null,
      outcomeHeader: context.req.header('x-simulator-outcome'),
      details: { conversationId: conversation.output_ConversationID },
    });
    if (simulator.settings.vodacomMode === 'async') {
      await answerInOrder(simulator, charge);
      return answer(context, 201, 'INS-0', 'Request processed successfully', conversation);
    }
    await ended(charge);
    await answerInOrder(simulator, charge);
    const view = viewOf(charge, 'callback');
    const [code, text, status] = resultOf(view.failure, view.code);
    return answer(context, status, code, text, {
      ...conversation,
      output_TransactionID: code === 'INS-0' ? view.receipt : 'N/A',
    });
  });

  app.get('/:environment/ipg/v2/vodacomTZN/queryTransactionStatus/', (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const { input_QueryReference, input_ServiceProviderCode, input_ThirdPartyConversationID } = context.req.query();
    const conversation = {
      output_ConversationID: simulator.ids.hex(),
      output_ThirdPartyConversationID: input_ThirdPartyConversationID,
    };
    if (input_ServiceProviderCode !== serviceProviderCode) {
      return answer(context, 400, 'INS-13', 'Invalid Shortcode Used', conversation);
    }
    const charge = find(simulator, input_QueryReference ?? '');
    const view = charge === undefined ? undefined : askedView(charge, simulator.clock.now());
    if (view === undefined || view.state === 'not_found') {
      return answer(context, 400, 'INS-23', 'Unknown Status, Contact M-Pesa Support', conversation);
    }
    const statuses = {
      waiting: 'Pending',
      paid: 'Completed',
      reversed: 'Completed',
      failed: cancelledOr(view.failure),
    };
    return answer(context, 200, 'INS-0', 'Request processed successfully', {
      ...conversation,
      output_ResponseTransactionStatus: statuses[view.state],
      ...(view.receipt !== null && { output_OriginalTransactionID: view.receipt }),
      output_Reversed: view.state === 'reversed' ? 'true' : 'false',
    });
  });

  app.put('/:environment/ipg/v2/vodacomTZN/reversal/', async (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const body = (await fieldsOf(context)) ?? {};
    const conversation = {
      output_ConversationID: simulator.ids.hex(),
      output_ThirdPartyConversationID: textOf(body['input_ThirdPartyConversationID']) ?? '',
    };
    const charge = find(simulator, textOf(body['input_TransactionID']) ?? '');
    if (charge === undefined || charge.state === 'waiting' || charge.state === 'failed') {
      return answer(context, 400, 'INS-24', 'Original transaction not found', conversation);
    }
    if (charge.state === 'reversed') return answer(context, 409, 'INS-10', 'Duplicate Transaction', conversation);
    const given = body['input_ReversalAmount'];
    if (given !== undefined && minorOf(given, 'TZS') !== charge.amountMinor) {
      return answer(context, 400, 'INS-15', 'Invalid Amount Used', conversation);
    }
    await reverse(simulator, charge);
    return answer(context, 200, 'INS-0', 'Request processed successfully', {
      ...conversation,
      output_TransactionID: simulator.ids.letters(10),
    });
  });

  return app;
}

/** By conversation, by receipt, or by the merchant's transaction reference. */
function find(simulator: Simulator, reference: string): Charge | undefined {
  if (reference === '') return undefined;
  return (
    simulator.charges.get('vodacom-tz', reference) ??
    simulator.charges.find(
      (charge) =>
        charge.provider === 'vodacom-tz' &&
        (charge.receipt === reference ||
          charge.merchantReference === reference ||
          charge.details['conversationId'] === reference),
    )
  );
}

function paymentProblem(body: Fields, serviceProviderCode: string): readonly [code: string, text: string] | null {
  const text = (name: string): string => textOf(body[name]) ?? '';
  if (text('input_ServiceProviderCode') !== serviceProviderCode) return ['INS-13', 'Invalid Shortcode Used'];
  if (text('input_Country') !== 'TZN') return ['INS-21', 'Parameter validations failed. Please try again'];
  if (text('input_Currency') !== 'TZS') return ['INS-26', 'Invalid Currency Used'];
  if (minorOf(body['input_Amount'], 'TZS') === null) return ['INS-15', 'Invalid Amount Used'];
  if (!/^(?:255[67][0-9]{8}|0000000000[0-9]{2})$/.test(text('input_CustomerMSISDN')))
    return ['INS-2051', 'Invalid MSISDN'];
  if (!/^[A-Za-z0-9_-]{1,20}$/.test(text('input_TransactionReference')))
    return ['INS-17', 'Invalid Transaction Reference. Length Should Be Between 1 and 20.'];
  if (!/^[A-Za-z0-9_-]{1,40}$/.test(text('input_ThirdPartyConversationID')))
    return ['INS-22', 'Invalid Third Party Reference Used'];
  if (!/^.{1,256}$/.test(text('input_PurchasedItemsDesc'))) return ['INS-28', 'Invalid Purchased Items Description'];
  return null;
}

function resultOf(failure: Failure | null, code: string | null): readonly [code: string, text: string, status: Status] {
  if (failure === null) return ['INS-0', 'Request processed successfully', 201];
  return code === null ? RESULTS[failure] : [code, 'Unknown', 400];
}

function cancelledOr(failure: Failure | null): string {
  if (failure === 'decline') return 'Cancelled';
  return failure === 'expire' || failure === 'unreachable' ? 'Expired' : 'Failed';
}

/** What an asynchronous application is sent: the names begin with `input_`, since here the merchant is the one asked. */
function callbackOf(charge: Charge) {
  if (charge.callbackUrl === null || charge.state === 'reversed') return null;
  const view = viewOf(charge, 'callback');
  const [code, text] = resultOf(view.failure, view.code);
  return {
    method: 'POST' as const,
    url: charge.callbackUrl,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      input_OriginalConversationID: charge.details['conversationId'],
      input_ThirdPartyConversationID: charge.reference,
      input_TransactionID: code === 'INS-0' ? view.receipt : 'N/A',
      input_ResultCode: code,
      input_ResultDesc: text,
    }),
  };
}

let key: KeyObject | null = null;

/**
 * The text in a bearer, or null. The padding (PKCS 1, version 1.5: 0, 2, random bytes, 0, text) is taken off here, since
 * Node 20 no longer does it: it could tell strangers about the key, and this key is nobody's secret.
 */
function decrypt(bearer: string | null): string | null {
  if (bearer === null) return null;
  key ??= createPrivateKey({ key: Buffer.from(VODACOM_PRIVATE_KEY, 'base64'), format: 'der', type: 'pkcs8' });
  try {
    const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(bearer, 'base64'));
    const end = block.indexOf(0, 2);
    return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1).toString('utf8') : null;
  } catch {
    return null;
  }
}
