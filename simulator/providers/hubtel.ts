import { Hono } from 'hono';
import { askedView, type Charge, type View, viewOf } from '../charges';
import { CREDENTIALS } from '../credentials';
import { answerInOrder, openCharge } from '../lifecycle';
import { NETWORK_FACTS, type Network } from '../networks';
import type { Failure } from '../plan';
import type { Simulator } from '../simulator';
import { type Fields, fieldsOf, isBasic, isWebUrl, majorNumber, minorOf, textOf } from './wire';

/**
 * Hubtel's Direct Receive Money and Transaction Status Check. After developers.hubtel.com ("Direct Receive Money"), as
 * mirrored publicly. Its two hosts, rmp.hubtel.com and api-txnstatus.hubtel.com, are one base path here.
 */
const PROMPT_MS = 5 * 60_000;
const LEAST_MINOR = 10n;

const CHANNELS: Readonly<Record<string, readonly [network: Network, prefix: RegExp]>> = {
  'mtn-gh': ['mtn', /^233(?:24|25|53|54|55|59)[0-9]{7}$/],
  'vodafone-gh': ['telecel', /^233(?:20|50)[0-9]{7}$/],
  'tigo-gh': ['airteltigo', /^233(?:26|27|56|57)[0-9]{7}$/],
};

/** One code for every failure; only the description tells them apart. */
const DESCRIPTIONS: Readonly<Record<Failure, string>> = {
  wrong_pin: 'FAILED: User entered wrong PIN',
  insufficient_funds: 'FAILED: The customer does not have sufficient funds',
  decline: 'FAILED: The customer cancelled the payment',
  expire: 'FAILED: USSD session timeout',
  unreachable: 'FAILED: The customer could not be reached',
  busy: 'FAILED: Another transaction is in progress',
  limit_reached: 'FAILED: MTN Mobile Money user has reached counter or balance limits',
  payer_not_found: 'FAILED: Account holder with FRN not found',
  payer_not_allowed: 'FAILED: Customer account is not allowed to transact',
  payee_not_allowed: 'FAILED: Missing permissions',
  not_allowed: 'FAILED: Missing permissions',
  wrong_environment: 'FAILED',
  wrong_callback_host: 'FAILED',
  wrong_currency: 'FAILED',
  internal_error: 'FAILED',
  unavailable: 'FAILED: Mobile network unable to parse request',
  not_performed: 'FAILED',
};

export function operationOf(_method: string, path: string): string {
  if (path.endsWith('/receive/mobilemoney')) return 'initiate';
  return path.startsWith('/transactions/') ? 'status' : 'other';
}

export function createHubtel(simulator: Simulator): Hono {
  const app = new Hono();
  const { clientId, clientSecret, posSalesId } = CREDENTIALS.hubtel;
  const isOurs = (authorization: string | undefined, pos: string): boolean =>
    isBasic(authorization, clientId, clientSecret) && pos === posSalesId;
  simulator.tellers.set('hubtel', callbackOf);

  app.post('/merchantaccount/merchants/:pos/receive/mobilemoney', async (context) => {
    if (!isBasic(context.req.header('authorization'), clientId, clientSecret)) return context.body(null, 401);
    if (context.req.param('pos') !== posSalesId) {
      return context.json(
        { Message: 'Business is not fully set up to receive payments', ResponseCode: '4101', Data: null },
        403,
      );
    }
    const body = await fieldsOf(context);
    const errors = validationErrors(simulator, body);
    if (body === null || errors.length > 0) {
      return context.json({ Message: 'Validation errors', ResponseCode: '4000', Data: null, Errors: errors }, 400);
    }
    const [network, prefix] = CHANNELS[textOf(body['Channel']) ?? ''] ?? ['mtn', /$^/];
    const phone = textOf(body['CustomerMsisdn']) ?? '';
    const amountMinor = minorOf(body['Amount'], 'GHS') ?? 0n;
    if (amountMinor < LEAST_MINOR) {
      const Message = 'Unable to complete payment at the moment. Fees not set for given conditions';
      return context.json({ Message, ResponseCode: '4070', Data: null }, 424);
    }
    if (!prefix.test(phone)) {
      const Message = 'Permission denied. Account is not allowed to transact on this channel';
      return context.json({ Message, ResponseCode: '4103', Data: null }, 403);
    }
    const charge = openCharge(simulator, {
      provider: 'hubtel',
      reference: textOf(body['ClientReference']) ?? '',
      merchantReference: textOf(body['ClientReference']) ?? '',
      method: 'phone',
      network,
      phone,
      note: textOf(body['Description']) ?? '',
      amountMinor,
      currency: 'GHS',
      wholeUnits: false,
      lifetimeMs: PROMPT_MS,
      callbackUrl: textOf(body['PrimaryCallbackUrl'] ?? body['PrimaryCallbackURL']),
      outcomeHeader: context.req.header('x-simulator-outcome'),
      details: { transactionId: simulator.ids.hex(), feesOnCustomer: body['FeesOnCustomer'] === true },
    });
    await answerInOrder(simulator, charge);
    const { Charges, AmountAfterCharges, AmountCharged, Amount } = figuresOf(charge, viewOf(charge, 'status'));
    return context.json({
      Message: 'Transaction pending. Expect callback request for final state',
      ResponseCode: '0001',
      Data: {
        TransactionId: charge.details['transactionId'],
        Description: charge.note,
        ClientReference: charge.reference,
        Amount,
        Charges,
        AmountAfterCharges,
        AmountCharged,
        DeliveryFee: 0,
      },
    });
  });

  app.get('/transactions/:pos/status', (context) => {
    if (!isOurs(context.req.header('authorization'), context.req.param('pos'))) return context.body(null, 403);
    const { clientReference, hubtelTransactionId, networkTransactionId } = context.req.query();
    if (!clientReference && !hubtelTransactionId && !networkTransactionId) {
      return context.json({ message: 'Validation errors', responseCode: '4000', data: null }, 400);
    }
    const charge =
      simulator.charges.get('hubtel', clientReference ?? '') ??
      simulator.charges.find(
        (other) =>
          other.provider === 'hubtel' &&
          (other.details['transactionId'] === hubtelTransactionId ||
            (other.receipt !== null && other.receipt === networkTransactionId)),
      );
    const view = charge === undefined ? undefined : askedView(charge, simulator.clock.now());
    if (charge === undefined || view === undefined || view.state === 'not_found') {
      return context.json({ message: 'Transaction not found', responseCode: '4040', data: null }, 404);
    }
    return context.json({ message: 'Successful', responseCode: '0000', data: statusOf(charge, view) });
  });

  return app;
}

function validationErrors(simulator: Simulator, body: Fields | null): { Field: string; ErrorMessage: string }[] {
  if (body === null) return [{ Field: 'Body', ErrorMessage: 'The body must be a JSON object' }];
  const errors: { Field: string; ErrorMessage: string }[] = [];
  const require = (isRight: boolean, Field: string, ErrorMessage: string): void => {
    if (!isRight) errors.push({ Field, ErrorMessage });
  };
  const reference = textOf(body['ClientReference']) ?? '';
  require(/^233[0-9]{9}$/.test(
    textOf(body['CustomerMsisdn']) ?? '',
  ), 'CustomerMsisdn', 'must be in international format');
  require(CHANNELS[textOf(body['Channel']) ?? ''] !== undefined, 'Channel', 'must be mtn-gh, vodafone-gh or tigo-gh');
  require(typeof body['Amount'] === 'number' &&
    minorOf(body['Amount'], 'GHS') !== null, 'Amount', 'must be positive with at most 2 decimal places');
  require(isWebUrl(body['PrimaryCallbackUrl'] ?? body['PrimaryCallbackURL']), 'PrimaryCallbackUrl', 'must be a URL');
  require(/^[^&%^]{1,200}$/.test(textOf(body['Description']) ?? ''), 'Description', 'must be given, without & % ^');
  require(/^[A-Za-z0-9-]{1,36}$/.test(reference), 'ClientReference', 'must be alphanumeric, 36 characters at most');
  require(simulator.charges.get('hubtel', reference) === undefined, 'ClientReference', 'must be unique');
  return errors;
}

/** One per cent and at least a pesewa, paid by the merchant unless the request says otherwise. */
function figuresOf(charge: Charge, view: View) {
  const chargesMinor = view.amountMinor / 100n || 1n;
  const onCustomer = charge.details['feesOnCustomer'] === true;
  const cedis = (amountMinor: bigint): number => majorNumber(amountMinor, 'GHS');
  return {
    Amount: cedis(view.amountMinor),
    Charges: cedis(chargesMinor),
    AmountAfterCharges: cedis(onCustomer ? view.amountMinor : view.amountMinor - chargesMinor),
    AmountCharged: cedis(onCustomer ? view.amountMinor + chargesMinor : view.amountMinor),
  };
}

function callbackOf(charge: Charge) {
  if (charge.callbackUrl === null || charge.state === 'reversed') return null;
  const view = viewOf(charge, 'callback');
  const isPaid = view.state === 'paid';
  const service = charge.network === null ? '' : NETWORK_FACTS[charge.network].service;
  const { Amount, Charges, AmountAfterCharges, AmountCharged } = figuresOf(charge, view);
  const Data = {
    Amount,
    Charges,
    AmountAfterCharges,
    Description: isPaid
      ? `The ${service} payment has been approved and processed successfully`
      : DESCRIPTIONS[view.failure ?? 'internal_error'],
    ClientReference: charge.reference,
    TransactionId: charge.details['transactionId'],
    ExternalTransactionId: view.receipt,
    AmountCharged,
    OrderId: charge.details['transactionId'],
    PaymentDate: longDate(view.settledAt ?? charge.createdAt),
  };
  const ResponseCode = isPaid ? '0000' : (view.code ?? '2001');
  return {
    method: 'POST' as const,
    url: charge.callbackUrl,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ResponseCode, Message: isPaid ? 'success' : 'failed', Data }),
  };
}

/** A payment that failed stays Unpaid for ever, exactly like one that is still waiting. */
function statusOf(charge: Charge, view: View): Record<string, unknown> {
  const { Amount, Charges, AmountAfterCharges } = figuresOf(charge, view);
  const status = view.state === 'paid' ? 'Paid' : view.state === 'reversed' ? 'Refunded' : 'Unpaid';
  return {
    date: longDate(view.settledAt ?? charge.createdAt),
    status,
    transactionId: charge.details['transactionId'],
    externalTransactionId: view.receipt,
    paymentMethod: 'mobilemoney',
    clientReference: charge.reference,
    currencyCode: null,
    amount: Amount,
    charges: status === 'Unpaid' ? 0 : Charges,
    amountAfterCharges: status === 'Unpaid' ? Amount : AmountAfterCharges,
    isFulfilled: null,
  };
}

/** Seven digits after the second, as .NET writes them. */
function longDate(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}
