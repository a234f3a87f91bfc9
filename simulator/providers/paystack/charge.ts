import type { Context, Hono } from 'hono';
import { askedView, type Charge, viewOf } from '../../charges';
import { answerInOrder, promptPayer, settle } from '../../lifecycle';
import type { Network } from '../../networks';
import type { Simulator } from '../../simulator';
import { fieldsOf, isFields, textOf } from '../wire';
import { admit, iso, refuse, succeed } from './common';
import { type BankAccount, detailsOf, gatewayResponse, statusOf, transactionFields } from './transaction-fields';
import { openTransaction, type Request, readRequest } from './transactions';

/** Paystack's Charge API for mobile money and bank transfer. A card's numbers never come this way: see checkout-page.ts. */
const PROMPT_MS = 180_000;
const ACCOUNT_MS = 30 * 60_000;
const OTP = '123456';
const WRONG_OTPS_MAX = 3;

const NETWORKS: Readonly<Record<string, readonly [network: Network, currency: string]>> = {
  mtn: ['mtn', 'GHS'],
  vod: ['telecel', 'GHS'],
  atl: ['airteltigo', 'GHS'],
  tgo: ['airteltigo', 'GHS'],
  mpesa: ['mpesa-ke', 'KES'],
};

export function addCharge(app: Hono, simulator: Simulator): void {
  app.post('/charge', async (context) => {
    const request = await readRequest(simulator, context);
    if (request instanceof Response) return request;
    if (isFields(request.body['mobile_money'])) return chargeMobileMoney(simulator, context, request);
    if (isFields(request.body['bank_transfer'])) return chargeBankTransfer(simulator, context, request);
    return refuse(context, 400, 'invalid_params', 'Please specify a payment channel');
  });

  app.post('/charge/submit_otp', async (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const body = await fieldsOf(context);
    const charge = simulator.charges.get('paystack', textOf(body?.['reference']) ?? '');
    if (charge === undefined || detailsOf(charge).otp !== 'wanted' || charge.state !== 'waiting') {
      return refuse(context, 400, 'invalid_params', 'Charge is not waiting for an OTP');
    }
    const details = detailsOf(charge);
    if (textOf(body?.['otp']) === OTP) {
      details.otp = 'given';
      promptPayer(simulator, charge);
      simulator.events.emit('change');
      return offline(context, charge);
    }
    details.wrongOtps += 1;
    if (details.wrongOtps >= WRONG_OTPS_MAX) await settle(simulator, charge, 'wrong_pin');
    return charge.state === 'waiting'
      ? succeed(context, 'Charge attempted', {
          reference: charge.reference,
          status: 'send_otp',
          display_text: 'The OTP was not right. Please try again',
        })
      : succeed(context, 'Charge attempted', transactionFields(charge, viewOf(charge, 'status')));
  });

  /** "Check pending charge". */
  app.get('/charge/:reference', (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const charge = simulator.charges.get('paystack', context.req.param('reference'));
    const view = charge === undefined ? undefined : askedView(charge, simulator.clock.now());
    if (charge === undefined || view === undefined || view.state === 'not_found') {
      return refuse(context, 400, 'transaction_not_found', 'Transaction reference not found.');
    }
    if (view.state !== 'waiting')
      return succeed(context, 'Reference check successful', transactionFields(charge, view));
    return succeed(context, 'Reference check successful', {
      reference: charge.reference,
      status:
        detailsOf(charge).otp === 'wanted'
          ? 'send_otp'
          : statusOf(charge, view) === 'ongoing'
            ? 'pay_offline'
            : 'pending',
      display_text: gatewayResponse(charge, view),
    });
  });
}

async function chargeMobileMoney(simulator: Simulator, context: Context, request: Request): Promise<Response> {
  const given = request.body['mobile_money'] as Record<string, unknown>;
  const provider = (textOf(given['provider']) ?? '').toLowerCase();
  const [network, currency] = NETWORKS[provider] ?? [];
  if (network === undefined || currency !== request.currency) {
    return refuse(context, 400, 'unsupported_channel', 'Mobile money provider is not supported for this currency');
  }
  const phone = international(textOf(given['phone']) ?? '', currency);
  if (phone === null) return refuse(context, 400, 'invalid_params', 'Invalid phone number');
  const wantsOtp = provider === 'vod';
  const charge = openTransaction(simulator, context, request, {
    method: 'phone',
    network,
    phone,
    lifetimeMs: PROMPT_MS,
    prompt: !wantsOtp,
    transaction: { channel: 'mobile_money', otp: wantsOtp ? 'wanted' : 'none' },
  });
  await answerInOrder(simulator, charge);
  if (!wantsOtp) return offline(context, charge);
  return succeed(context, 'Charge attempted', {
    reference: charge.reference,
    status: 'send_otp',
    display_text: 'Please dial *110# to generate a voucher code. Then input the voucher',
  });
}

function offline(context: Context, charge: Charge): Response {
  return succeed(context, 'Charge attempted', {
    reference: charge.reference,
    status: 'pay_offline',
    display_text: 'Please complete authorization process on your mobile phone',
  });
}

async function chargeBankTransfer(simulator: Simulator, context: Context, request: Request): Promise<Response> {
  const given = request.body['bank_transfer'] as Record<string, unknown>;
  const asked = Date.parse(textOf(given['account_expires_at']) ?? '');
  const now = simulator.clock.now();
  const lifetimeMs = Number.isFinite(asked) && asked > now ? Math.min(asked - now, 8 * 3_600_000) : ACCOUNT_MS;
  const account = makeAccount(simulator, now + lifetimeMs);
  const charge = openTransaction(simulator, context, request, {
    method: 'bank',
    lifetimeMs,
    transaction: { channel: 'bank_transfer', account },
  });
  await answerInOrder(simulator, charge);
  return succeed(context, 'Charge attempted', {
    status: 'pending_bank_transfer',
    display_text: 'Please make a transfer to the account specified',
    reference: charge.reference,
    amount: Number(charge.amountMinor),
    account_name: account.name,
    account_number: account.number,
    bank: { slug: 'simulated-bank', name: account.bank, id: 1 },
    account_expires_at: iso(account.expiresAt),
  });
}

export function makeAccount(simulator: Simulator, expiresAt: number): BankAccount {
  const name = `PAYSTACK/${simulator.settings.payee}`;
  return { number: `99${simulator.ids.digits(8)}`, name, bank: 'Simulated Bank', expiresAt };
}

/** Paystack takes numbers as people write them at home, too. */
function international(phone: string, currency: string): string | null {
  const digits = phone.replace(/^\+/, '').replace(/\s/g, '');
  const country = currency === 'KES' ? '254' : '233';
  if (new RegExp(`^${country}[0-9]{9}$`).test(digits)) return digits;
  return /^0[0-9]{9}$/.test(digits) ? `${country}${digits.slice(1)}` : null;
}
