import type { Context, Hono } from 'hono';
import type { Charge } from '../../charges';
import { viewOf } from '../../charges';
import { money } from '../../lifecycle';
import { planOfAmount } from '../../magic';
import { receive, tell } from '../../phones';
import type { Simulator } from '../../simulator';
import { sendUntilHeard } from '../../tell-merchant';
import { fieldsOf, textOf } from '../wire';
import { admit, customerFields, iso, refuse, subunitsOf, succeed, webhook } from './common';
import { detailsOf, transactionFields } from './transaction-fields';

/** `POST /refund`, `GET /refund/:id`, `GET /refund?transaction=`: whole or part, until nothing is left. */
interface Refund {
  readonly id: number;
  readonly reference: string;
  readonly charge: Charge;
  readonly amountMinor: bigint;
  readonly customerNote: string;
  readonly merchantNote: string;
  readonly createdAt: number;
  status: 'pending' | 'processing' | 'processed' | 'failed';
}

export function addRefunds(app: Hono, simulator: Simulator): void {
  const refunds = new Map<number, Refund>();
  simulator.onReset.push(() => refunds.clear());

  app.post('/refund', async (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const body = (await fieldsOf(context)) ?? {};
    const charge = find(simulator, textOf(body['transaction']) ?? '');
    if (charge === undefined) return refuse(context, 404, 'transaction_not_found', 'Transaction not found');
    const amountMinor = body['amount'] === undefined ? refundable(charge) : subunitsOf(body['amount']);
    const wrong = refundProblem(charge, amountMinor);
    if (wrong !== null || amountMinor === null)
      return refuse(context, 400, 'invalid_params', wrong ?? 'Invalid amount');
    const refund: Refund = {
      id: Number(simulator.ids.digits(8)),
      reference: `TRFD_${simulator.ids.letters(12).toLowerCase()}`,
      charge,
      amountMinor,
      customerNote: textOf(body['customer_note']) ?? '',
      merchantNote: textOf(body['merchant_note']) ?? '',
      createdAt: simulator.clock.now(),
      status: 'pending',
    };
    refunds.set(refund.id, refund);
    detailsOf(charge).refundedMinor += amountMinor;
    schedule(simulator, refund);
    return succeed(context, 'Refund has been queued for processing', {
      ...refundFields(refund),
      transaction: transactionFields(charge, viewOf(charge, 'status')),
    });
  });

  const list = (context: Context): Response => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const asked = context.req.query('transaction') ?? context.req.query('reference');
    const charge = asked === undefined ? undefined : find(simulator, asked);
    const found = [...refunds.values()].filter((refund) => asked === undefined || refund.charge === charge).reverse();
    return succeed(context, 'Refunds retrieved', found.map(refundFields));
  };
  app.get('/refund', list);

  app.get('/refund/:id', (context) => {
    const refused = admit(context);
    if (refused !== null) return refused;
    const refund = refunds.get(Number(context.req.param('id')));
    if (refund === undefined) return refuse(context, 404, 'not_found', 'Refund not found');
    return succeed(context, 'Refund retrieved', refundFields(refund));
  });
}

function find(simulator: Simulator, named: string): Charge | undefined {
  return (
    simulator.charges.get('paystack', named) ??
    simulator.charges.find(
      (charge) => charge.provider === 'paystack' && String(detailsOf(charge).transactionId) === named,
    )
  );
}

function refundable(charge: Charge): bigint {
  return charge.amountMinor - detailsOf(charge).refundedMinor;
}

function refundProblem(charge: Charge, amountMinor: bigint | null): string | null {
  if (charge.state === 'reversed' || (charge.state === 'paid' && refundable(charge) === 0n)) {
    return 'Transaction has been fully reversed';
  }
  if (charge.state !== 'paid') return 'Only successful transactions can be refunded';
  if (amountMinor === null) return 'Invalid amount';
  return amountMinor > refundable(charge) ? 'Refund amount cannot be more than transaction amount' : null;
}

/** Processed at once; refunds of an amount that ends in 404 and a failure's digits fail, `09` stays pending. */
function schedule(simulator: Simulator, refund: Refund): void {
  const { charge, amountMinor } = refund;
  const { outcome = 'approve', delayMs = 0 } = planOfAmount(amountMinor, charge.currency, false);
  if (outcome === 'pending') return;
  simulator.clock.after(delayMs, async () => {
    const details = detailsOf(charge);
    const isDone = outcome === 'approve';
    refund.status = isDone ? 'processed' : 'failed';
    if (!isDone) details.refundedMinor -= amountMinor;
    else if (details.refundedMinor >= charge.amountMinor) charge.state = 'reversed';
    if (isDone) giveBack(simulator, refund);
    simulator.events.emit('change');
    const message = webhook(simulator, `refund.${refund.status}`, webhookFields(refund));
    if (message !== null) await sendUntilHeard(simulator, null, message);
  });
}

function giveBack(simulator: Simulator, { charge, amountMinor }: Refund): void {
  if (charge.phone === null) return;
  const phone = simulator.phones.get(charge.phone);
  receive(phone, charge.currency, amountMinor);
  tell(phone, simulator.clock.now(), 'note', `${charge.payee} gave you back ${money(amountMinor, charge.currency)}.`);
}

function refundFields(refund: Refund): Record<string, unknown> {
  const { charge } = refund;
  return {
    id: refund.id,
    integration: 100_043,
    domain: 'test',
    transaction: detailsOf(charge).transactionId,
    transaction_reference: charge.reference,
    dispute: null,
    settlement: null,
    amount: Number(refund.amountMinor),
    deducted_amount: Number(refund.amountMinor),
    currency: charge.currency,
    channel: detailsOf(charge).channel,
    fully_deducted: refund.status === 'processed',
    status: refund.status,
    refunded_by: 'merchant@example.com',
    refunded_at: refund.status === 'processed' ? iso(refund.createdAt) : null,
    expected_at: iso(refund.createdAt + 7 * 86_400_000),
    refund_reference: refund.reference,
    customer_note: refund.customerNote,
    merchant_note: refund.merchantNote,
    createdAt: iso(refund.createdAt),
    updatedAt: iso(refund.createdAt),
  };
}

function webhookFields(refund: Refund): Record<string, unknown> {
  const { charge } = refund;
  return {
    status: refund.status,
    transaction_reference: charge.reference,
    refund_reference: refund.reference,
    // Paystack writes the amount as text in this event, and as a number everywhere else.
    amount: String(refund.amountMinor),
    currency: charge.currency,
    processor: 'instant-transfer',
    customer: customerFields(detailsOf(charge).email),
    integration: 100_043,
    domain: 'test',
    id: String(refund.id),
    customer_note: refund.customerNote,
    merchant_note: refund.merchantNote,
  };
}
