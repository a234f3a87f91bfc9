import type { Hono } from 'hono';
import { money } from '../../lifecycle';
import { planOfAmount } from '../../magic';
import { currencyOf } from '../../networks';
import { receive, tell } from '../../phones';
import type { Simulator } from '../../simulator';
import { sendUntilHeard } from '../../tell-merchant';
import { fieldsOf, textOf } from '../wire';
import { admit, iso, refuse, subunitsOf, succeed, webhook } from './common';

/** Payouts: `POST /transferrecipient`, `POST /transfer`, `GET /transfer/verify/:reference`. */
interface Recipient {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly accountNumber: string;
  readonly bankCode: string;
  readonly currency: string;
  readonly type: string;
  readonly createdAt: number;
}

interface Transfer {
  readonly id: number;
  readonly code: string;
  readonly reference: string;
  readonly recipient: Recipient;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly createdAt: number;
  status: 'pending' | 'success' | 'failed' | 'reversed';
}

const BANKS: Readonly<Record<string, string>> = { MTN: 'MTN', VOD: 'Telecel', ATL: 'AirtelTigo', MPESA: 'M-PESA' };

export function addTransfers(app: Hono, simulator: Simulator): void {
  const recipients = new Map<string, Recipient>();
  const transfers = new Map<string, Transfer>();
  simulator.onReset.push(() => {
    recipients.clear();
    transfers.clear();
  });

  app.post('/transferrecipient', async (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const body = (await fieldsOf(context)) ?? {};
    const text = (name: string): string => textOf(body[name]) ?? '';
    if (text('type') !== 'mobile_money' && text('type') !== 'nuban' && text('type') !== 'ghipss') {
      return refuse(context, 400, 'invalid_params', 'Invalid recipient type');
    }
    if (text('name') === '') return refuse(context, 400, 'missing_params', 'Name is required');
    if (!/^[0-9]{9,15}$/.test(text('account_number')))
      return refuse(context, 400, 'invalid_params', 'Account number is invalid');
    if (text('type') === 'mobile_money' && BANKS[text('bank_code')] === undefined) {
      return refuse(context, 400, 'invalid_bank_code', 'Bank is invalid');
    }
    // The same details again give the same recipient.
    const known = [...recipients.values()].find(
      (other) => other.accountNumber === text('account_number') && other.bankCode === text('bank_code'),
    );
    const recipient = known ?? {
      id: Number(simulator.ids.digits(8)),
      code: `RCP_${simulator.ids.letters(15).toLowerCase()}`,
      name: text('name'),
      accountNumber: text('account_number'),
      bankCode: text('bank_code'),
      currency: text('currency') || currencyOf(text('account_number')),
      type: text('type'),
      createdAt: simulator.clock.now(),
    };
    recipients.set(recipient.code, recipient);
    return succeed(context, 'Transfer recipient created successfully', recipientFields(recipient), 201);
  });

  app.post('/transfer', async (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const body = (await fieldsOf(context)) ?? {};
    const amountMinor = subunitsOf(body['amount']);
    const recipient = recipients.get(textOf(body['recipient']) ?? '');
    if (body['source'] !== 'balance') return refuse(context, 400, 'invalid_params', 'Source is required');
    if (amountMinor === null) return refuse(context, 400, 'invalid_amount', 'Amount is invalid');
    if (recipient === undefined) return refuse(context, 404, 'not_found', 'Recipient specified is invalid');
    const reference = textOf(body['reference']) ?? simulator.ids.letters(16).toLowerCase();
    if (!/^[a-z0-9_-]{16,50}$/.test(reference)) {
      return refuse(
        context,
        400,
        'invalid_params',
        'Reference must be 16 to 50 lower case letters, digits, dashes and underscores',
      );
    }
    if (transfers.has(reference)) {
      return refuse(
        context,
        400,
        'duplicate_reference',
        'Please provide a unique reference. Reference already exists on a transfer',
      );
    }
    const transfer: Transfer = {
      id: Number(simulator.ids.digits(8)),
      code: `TRF_${simulator.ids.letters(15).toLowerCase()}`,
      reference,
      recipient,
      amountMinor,
      reason: textOf(body['reason']) ?? '',
      createdAt: simulator.clock.now(),
      status: 'pending',
    };
    transfers.set(reference, transfer);
    schedule(simulator, transfer);
    return succeed(context, 'Transfer has been queued', transferFields(transfer));
  });

  app.get('/transfer/verify/:reference', (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const transfer = transfers.get(context.req.param('reference'));
    if (transfer === undefined) return refuse(context, 404, 'transfer_not_found', 'Transfer not found');
    return succeed(context, 'Transfer retrieved', transferFields(transfer));
  });
}

/** Arrives at once, unless the amount or a plan for the phone says otherwise. */
function schedule(simulator: Simulator, transfer: Transfer): void {
  const { recipient, amountMinor } = transfer;
  const plan = {
    ...planOfAmount(amountMinor, recipient.currency, recipient.currency === 'KES'),
    ...simulator.plans.take('paystack', phoneOf(recipient)),
  };
  const { outcome = 'approve', delayMs = 0, callbacks = 1, reverseAfterMs } = plan;
  if (outcome === 'pending') return;
  const end = async (status: 'success' | 'failed' | 'reversed'): Promise<void> => {
    transfer.status = status;
    if (status === 'success') arrive(simulator, transfer);
    const message = webhook(simulator, `transfer.${status}`, transferFields(transfer));
    if (message === null) return;
    await Promise.all(Array.from({ length: callbacks }, () => sendUntilHeard(simulator, null, message)));
  };
  simulator.clock.after(delayMs, () => end(outcome === 'approve' || outcome === 'ask' ? 'success' : 'failed'));
  if (reverseAfterMs !== undefined) simulator.clock.after(delayMs + reverseAfterMs, () => end('reversed'));
}

function arrive(simulator: Simulator, { recipient, amountMinor }: Transfer): void {
  if (recipient.type !== 'mobile_money') return;
  const phone = simulator.phones.get(phoneOf(recipient));
  receive(phone, recipient.currency, amountMinor);
  const text = `You received ${money(amountMinor, recipient.currency)} from ${simulator.settings.payee}.`;
  tell(phone, simulator.clock.now(), 'note', text);
  simulator.events.emit('change');
}

/** Accounts of mobile money are phones, written as at home. */
function phoneOf({ accountNumber, currency }: Recipient): string {
  return accountNumber.replace(/^0/, currency === 'KES' ? '254' : '233');
}

function recipientFields(recipient: Recipient): Record<string, unknown> {
  return {
    active: true,
    createdAt: iso(recipient.createdAt),
    currency: recipient.currency,
    description: null,
    domain: 'test',
    email: null,
    id: recipient.id,
    integration: 100_043,
    metadata: null,
    name: recipient.name,
    recipient_code: recipient.code,
    type: recipient.type,
    updatedAt: iso(recipient.createdAt),
    is_deleted: false,
    isDeleted: false,
    details: {
      authorization_code: null,
      account_number: recipient.accountNumber,
      account_name: null,
      bank_code: recipient.bankCode,
      bank_name: BANKS[recipient.bankCode] ?? recipient.bankCode,
    },
  };
}

function transferFields(transfer: Transfer): Record<string, unknown> {
  return {
    integration: 100_043,
    domain: 'test',
    amount: Number(transfer.amountMinor),
    currency: transfer.recipient.currency,
    source: 'balance',
    source_details: null,
    reason: transfer.reason,
    recipient: recipientFields(transfer.recipient),
    status: transfer.status,
    failures: null,
    transfer_code: transfer.code,
    id: transfer.id,
    reference: transfer.reference,
    titan_code: null,
    transferred_at: transfer.status === 'success' ? iso(transfer.createdAt) : null,
    createdAt: iso(transfer.createdAt),
    updatedAt: iso(transfer.createdAt),
  };
}
