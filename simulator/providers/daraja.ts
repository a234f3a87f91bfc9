import { type Context, Hono } from 'hono';
import { askedView, type Charge, viewOf } from '../charges';
import { CREDENTIALS } from '../credentials';
import { answerInOrder, openCharge } from '../lifecycle';
import type { Failure } from '../plan';
import type { Simulator } from '../simulator';
import { Tokens } from './tokens';
import {
  bearerOf,
  type Fields,
  fieldsOf,
  isBasic,
  isSame,
  isWebUrl,
  majorNumber,
  minorOf,
  nairobiStamp,
  textOf,
} from './wire';

/**
 * Safaricom's M-Pesa Express ("STK push") over Daraja. After developer.safaricom.co.ke ("Authorization", "M-Pesa
 * Express"), as mirrored in public clients, and shared/spec/providers.md.
 */
const PROMPT_MS = 90_000;
const TOKEN_MS = 3_599_000;

const RESULTS: Readonly<Record<Failure, readonly [code: number, text: string]>> = {
  wrong_pin: [2001, 'The initiator information is invalid.'],
  insufficient_funds: [1, 'The balance is insufficient for the transaction.'],
  decline: [1032, 'Request Cancelled by user.'],
  expire: [1019, 'Transaction has expired.'],
  unreachable: [1037, 'DS timeout user cannot be reached.'],
  busy: [1001, 'Unable to lock subscriber, a transaction is already in process for the current subscriber.'],
  limit_reached: [17, 'Rule limited.'],
  payer_not_found: [9999, 'An error occurred while sending a push request.'],
  payer_not_allowed: [17, 'Rule limited.'],
  payee_not_allowed: [17, 'Rule limited.'],
  not_allowed: [17, 'Rule limited.'],
  wrong_environment: [9999, 'An error occurred while sending a push request.'],
  wrong_callback_host: [9999, 'An error occurred while sending a push request.'],
  wrong_currency: [9999, 'An error occurred while sending a push request.'],
  internal_error: [1025, 'An error occurred while sending a push request.'],
  unavailable: [26, 'System busy. Too many requests.'],
  not_performed: [1037, 'No response from user.'],
};

export function operationOf(_method: string, path: string): string {
  if (path.startsWith('/oauth/')) return 'token';
  if (path.startsWith('/mpesa/stkpushquery/')) return 'status';
  return path.startsWith('/mpesa/stkpush/') ? 'initiate' : 'other';
}

export function createDaraja(simulator: Simulator): Hono {
  const app = new Hono();
  const tokens = new Tokens(simulator, TOKEN_MS);
  const { consumerKey, consumerSecret } = CREDENTIALS.daraja;
  let pushes = 0;
  simulator.tellers.set('daraja', callbackOf);

  /** `{requestId, errorCode, errorMessage}`, with the status that the code begins with. */
  const refuse = (context: Context, code: string, message: string): Response =>
    context.json(
      { requestId: `${simulator.ids.digits(5)}-${simulator.ids.digits(8)}-1`, errorCode: code, errorMessage: message },
      Number(code.slice(0, 3)) as 400,
    );

  app.get('/oauth/v1/generate', (context) => {
    if (context.req.query('grant_type') !== 'client_credentials') {
      return refuse(context, '400.008.02', 'Invalid grant type passed');
    }
    if (!isBasic(context.req.header('authorization'), consumerKey, consumerSecret)) {
      return refuse(context, '400.008.01', 'Invalid Authentication passed');
    }
    return context.json({ access_token: tokens.issue(consumerKey), expires_in: '3599' });
  });

  /** Token first, then the shape, then the password, as Daraja does. */
  const admit = async (context: Context): Promise<Response | Fields> => {
    if (tokens.ownerOf(bearerOf(context.req.header('authorization'))) === null) {
      return refuse(context, '404.001.03', 'Invalid Access Token');
    }
    const body = await fieldsOf(context);
    if (body === null) return refuse(context, '400.002.02', 'Bad Request - Invalid Body');
    const wrong = credentialProblem(body);
    return wrong === null ? body : refuse(context, wrong.code, wrong.message);
  };

  app.post('/mpesa/stkpush/v1/processrequest', async (context) => {
    const body = await admit(context);
    if (body instanceof Response) return body;
    const wrong = pushProblem(body);
    if (wrong !== null) return refuse(context, '400.002.02', `Bad Request - Invalid ${wrong}`);
    pushes += 1;
    const phone = textOf(body['PhoneNumber']) ?? '';
    const isBusy = simulator.charges
      .ofPhone(phone)
      .some((other) => other.provider === 'daraja' && other.state === 'waiting' && other.isPrompted);
    const stamp = nairobiStamp(simulator.clock.now());
    const reference = `ws_CO_${stamp.slice(6, 8)}${stamp.slice(4, 6)}${stamp.slice(0, 4)}${stamp.slice(8)}${simulator.ids.digits(12)}`;
    const merchantRequestId = `${simulator.ids.digits(5)}-${simulator.ids.digits(8)}-${pushes}`;
    const charge = openCharge(simulator, {
      provider: 'daraja',
      reference,
      merchantReference: textOf(body['AccountReference']) ?? '',
      method: 'phone',
      network: 'mpesa-ke',
      phone,
      note: textOf(body['AccountReference']) ?? '',
      amountMinor: minorOf(body['Amount'], 'KES') ?? 0n,
      currency: 'KES',
      wholeUnits: true,
      lifetimeMs: PROMPT_MS,
      callbackUrl: textOf(body['CallBackURL']),
      // A second push to a phone that still shows the first is taken, and then fails.
      outcomeHeader: isBusy ? 'busy' : context.req.header('x-simulator-outcome'),
      details: { merchantRequestId },
    });
    await answerInOrder(simulator, charge);
    return context.json({
      MerchantRequestID: merchantRequestId,
      CheckoutRequestID: reference,
      ResponseCode: '0',
      ResponseDescription: 'Success. Request accepted for processing',
      CustomerMessage: 'Success. Request accepted for processing',
    });
  });

  app.post('/mpesa/stkpushquery/v1/query', async (context) => {
    const body = await admit(context);
    if (body instanceof Response) return body;
    const reference = textOf(body['CheckoutRequestID']) ?? '';
    const charge = simulator.charges.get('daraja', reference);
    const view = charge === undefined ? undefined : askedView(charge, simulator.clock.now());
    if (charge === undefined || view === undefined || view.state === 'not_found') {
      return refuse(context, '500.001.1001', 'The transaction does not exist');
    }
    if (view.state === 'waiting') return refuse(context, '500.001.1001', 'The transaction is being processed');
    const [code, text] = resultOf(view.failure, view.code);
    return context.json({
      ResponseCode: '0',
      ResponseDescription: 'The service request has been accepted successsfully',
      MerchantRequestID: charge.details['merchantRequestId'],
      CheckoutRequestID: reference,
      ResultCode: String(code),
      ResultDesc: text,
    });
  });

  return app;
}

function credentialProblem(body: Fields): { code: string; message: string } | null {
  const { shortcode, passkey } = CREDENTIALS.daraja;
  const timestamp = textOf(body['Timestamp']) ?? '';
  if (!/^[0-9]{14}$/.test(timestamp)) return { code: '400.002.02', message: 'Bad Request - Invalid Timestamp' };
  if (textOf(body['BusinessShortCode']) !== shortcode)
    return { code: '500.001.1001', message: 'Merchant does not exist' };
  const password = Buffer.from(`${shortcode}${passkey}${timestamp}`).toString('base64');
  if (!isSame(textOf(body['Password']) ?? '', password)) return { code: '500.001.1001', message: 'Wrong credentials' };
  return null;
}

/** The name of the first field that is wrong. */
function pushProblem(body: Fields): string | null {
  const text = (name: string): string => textOf(body[name]) ?? '';
  if (!/^CustomerPayBillOnline$|^CustomerBuyGoodsOnline$/.test(text('TransactionType'))) return 'TransactionType';
  if (!/^[1-9][0-9]{0,5}$/.test(text('Amount')) || Number(text('Amount')) > 250_000) return 'Amount';
  if (!/^254[17][0-9]{8}$/.test(text('PhoneNumber'))) return 'PhoneNumber';
  if (text('PartyA') !== text('PhoneNumber')) return 'PartyA';
  if (!/^[0-9]{5,7}$/.test(text('PartyB'))) return 'PartyB';
  const url = body['CallBackURL'];
  // Safaricom filters URLs that have its names in them.
  if (!isWebUrl(url) || /m-?pesa|safaricom/i.test(url)) return 'CallBackURL';
  if (!/^.{1,12}$/.test(text('AccountReference'))) return 'AccountReference';
  if (!/^.{1,182}$/.test(text('TransactionDesc'))) return 'TransactionDesc';
  return null;
}

/** Once, unsigned, numbers as numbers. A reversal is told to nobody: it shows on the merchant's statement alone. */
function callbackOf(charge: Charge) {
  if (charge.callbackUrl === null || charge.state === 'reversed') return null;
  const view = viewOf(charge, 'callback');
  const [code, text] = resultOf(view.failure, view.code);
  const items = [
    { Name: 'Amount', Value: majorNumber(view.amountMinor, view.currency) },
    { Name: 'MpesaReceiptNumber', Value: view.receipt },
    { Name: 'Balance' },
    { Name: 'TransactionDate', Value: Number(nairobiStamp(view.settledAt ?? charge.createdAt)) },
    { Name: 'PhoneNumber', Value: Number(view.phone) },
  ];
  const stkCallback = {
    MerchantRequestID: charge.details['merchantRequestId'],
    CheckoutRequestID: charge.reference,
    ResultCode: code,
    ResultDesc: text,
    ...(code === 0 && { CallbackMetadata: { Item: items } }),
  };
  return {
    method: 'POST' as const,
    url: charge.callbackUrl,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Body: { stkCallback } }),
  };
}

function resultOf(failure: Failure | null, code: string | null): readonly [code: number | string, text: string] {
  if (failure === null) return [0, 'The service request is processed successfully.'];
  const [usual, text] = RESULTS[failure];
  if (code === null) return [usual, text];
  return [/^[0-9]{1,9}$/.test(code) ? Number(code) : code, text];
}
