import type { Context, Hono } from 'hono';
import { askedView, type Charge, viewOf } from '../../charges';
import { answerInOrder, openCharge, settle } from '../../lifecycle';
import type { Simulator } from '../../simulator';
import { type Fields, fieldsOf, isFields, isWebUrl, textOf } from '../wire';
import { type Authorizations, EMPTY_WHEN_SAVED } from './cards';
import { admit, CURRENCIES, EMAIL, refuse, subunitsOf, succeed } from './common';
import { type Details, detailsOf, transactionFields } from './transaction-fields';

/** What each way to pay begins with: who, how much, under which reference. */
export interface Request {
  readonly email: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reference: string;
  readonly body: Fields;
}

/** Reads and checks what all of them have; a refusal where something is wrong. */
export async function readRequest(simulator: Simulator, context: Context): Promise<Response | Request> {
  const refused = admit(context);
  if (refused !== null) return refused;
  const body = await fieldsOf(context);
  if (body === null) return refuse(context, 400, 'invalid_params', 'Invalid JSON');
  const email = textOf(body['email']) ?? '';
  if (!EMAIL.test(email)) return refuse(context, 400, 'invalid_email_address', 'Invalid Email Address Passed');
  const amountMinor = subunitsOf(body['amount']);
  if (amountMinor === null) return refuse(context, 400, 'invalid_amount', 'Invalid Amount Sent');
  const currency = textOf(body['currency']) ?? 'GHS';
  if (!CURRENCIES.has(currency))
    return refuse(context, 403, 'unsupported_currency', 'Currency not supported by merchant');
  const reference = textOf(body['reference']) ?? simulator.ids.letters(12).toLowerCase();
  if (!/^[A-Za-z0-9.=-]{1,100}$/.test(reference)) {
    return refuse(context, 400, 'invalid_params', 'Transaction reference contains characters that are not allowed.');
  }
  if (simulator.charges.get('paystack', reference) !== undefined) {
    return refuse(context, 400, 'duplicate_reference', 'Duplicate Transaction Reference');
  }
  return { email, amountMinor, currency, reference, body };
}

export function openTransaction(
  simulator: Simulator,
  context: Context,
  { email, amountMinor, currency, reference, body }: Request,
  more: Partial<Parameters<typeof openCharge>[1]> & { readonly transaction?: Partial<Details> },
): Charge {
  const details: Details = {
    transactionId: Number(simulator.ids.digits(10)),
    email,
    channel: 'card',
    metadata: body['metadata'],
    accessCode: null,
    returnUrl: null,
    cancelUrl: null,
    channels: [],
    authorization: null,
    declined: null,
    account: null,
    otp: 'none',
    wrongOtps: 0,
    refundedMinor: 0n,
    ...more.transaction,
  };
  return openCharge(simulator, {
    provider: 'paystack',
    reference,
    merchantReference: reference,
    method: 'card',
    network: null,
    phone: null,
    note: reference,
    amountMinor,
    currency,
    wholeUnits: currency === 'KES',
    lifetimeMs: null,
    callbackUrl: null,
    outcomeHeader: context.req.header('x-simulator-outcome'),
    details: details as unknown as Record<string, unknown>,
    ...more,
  });
}

export function addTransactions(app: Hono, simulator: Simulator, authorizations: Authorizations): void {
  app.post('/transaction/initialize', async (context) => {
    const request = await readRequest(simulator, context);
    if (request instanceof Response) return request;
    const { body } = request;
    const accessCode = simulator.ids.hex().slice(0, 15);
    const returnUrl = isWebUrl(body['callback_url']) ? body['callback_url'] : null;
    const metadata = isFields(body['metadata']) ? body['metadata'] : {};
    const channels = Array.isArray(body['channels']) ? body['channels'].filter((one) => typeof one === 'string') : [];
    const charge = openTransaction(simulator, context, request, {
      transaction: {
        accessCode,
        returnUrl,
        cancelUrl: isWebUrl(metadata['cancel_action']) ? metadata['cancel_action'] : null,
        channels,
        channel: channels.includes('bank_transfer') && !channels.includes('card') ? 'bank_transfer' : 'card',
      },
    });
    await answerInOrder(simulator, charge);
    const origin = simulator.settings.publicUrl ?? `http://${context.req.header('host') ?? 'localhost'}`;
    return succeed(context, 'Authorization URL created', {
      authorization_url: `${origin}/paystack/checkout/${accessCode}`,
      access_code: accessCode,
      reference: charge.reference,
    });
  });

  app.get('/transaction/verify/:reference', (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const charge = simulator.charges.get('paystack', context.req.param('reference'));
    const view = charge === undefined ? undefined : askedView(charge, simulator.clock.now());
    if (charge === undefined || view === undefined || view.state === 'not_found') {
      return refuse(context, 400, 'transaction_not_found', 'Transaction reference not found.');
    }
    return succeed(context, 'Verification successful', transactionFields(charge, view));
  });

  app.post('/transaction/charge_authorization', async (context) => {
    const request = await readRequest(simulator, context);
    if (request instanceof Response) return request;
    const authorization = authorizations.get(textOf(request.body['authorization_code']) ?? '');
    if (authorization === undefined || authorization.email.toLowerCase() !== request.email.toLowerCase()) {
      return refuse(context, 400, 'invalid_params', 'Authorization code is invalid');
    }
    const charge = openTransaction(simulator, context, request, { prompt: false, transaction: { authorization } });
    const { outcome = 'approve', delayMs = 0 } = charge.plan;
    const decided =
      outcome === 'approve' && authorization.card.test.number === EMPTY_WHEN_SAVED ? 'insufficient_funds' : outcome;
    if (decided !== 'pending' && decided !== 'ask') {
      // The card's bank answers while we wait, unless a plan makes it slow.
      if (delayMs === 0) void simulator.work.track(settle(simulator, charge, decided));
      else charge.cancels.push(simulator.clock.after(delayMs, () => settle(simulator, charge, decided)));
    }
    await answerInOrder(simulator, charge);
    return succeed(context, 'Charge attempted', transactionFields(charge, viewOf(charge, 'status')));
  });
}

/** The transaction behind a page's unguessable code. */
export function byAccessCode(simulator: Simulator, accessCode: string): Charge | undefined {
  return simulator.charges.find(
    (charge) => charge.provider === 'paystack' && detailsOf(charge).accessCode === accessCode,
  );
}
