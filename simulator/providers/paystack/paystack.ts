import { Hono } from 'hono';
import { type Charge, viewOf } from '../../charges';
import type { OutgoingMessage, Simulator } from '../../simulator';
import { Authorizations } from './cards';
import { addCharge } from './charge';
import { addCheckoutPage } from './checkout-page';
import { iso, refuse, webhook } from './common';
import { addRefunds } from './refunds';
import { detailsOf, transactionFields } from './transaction-fields';
import { addTransactions } from './transactions';
import { addTransfers } from './transfers';

/** Paystack: cards on its own page, bank transfer, mobile money, payouts, refunds, saved cards. See common.ts for sources. */
export function operationOf(method: string, path: string): string {
  if (path === '/transaction/initialize' || path === '/charge') return 'initiate';
  if (path.startsWith('/transaction/verify/')) return 'status';
  if (path === '/transaction/charge_authorization') return 'charge_saved';
  if (path === '/charge/submit_otp') return 'otp';
  if (path.startsWith('/charge/')) return 'status';
  if (path === '/refund' && method === 'POST') return 'refund';
  if (path.startsWith('/refund')) return 'refund_status';
  if (path === '/transfer') return 'pay_out';
  if (path.startsWith('/transfer/verify/')) return 'pay_out_status';
  if (path === '/transferrecipient') return 'recipient';
  return path.startsWith('/checkout/') ? 'page' : 'other';
}

export function createPaystack(simulator: Simulator): Hono {
  const app = new Hono();
  const authorizations = new Authorizations(simulator);
  simulator.tellers.set('paystack', (charge) => eventOf(simulator, charge));
  addTransactions(app, simulator, authorizations);
  addCharge(app, simulator);
  addTransfers(app, simulator);
  addRefunds(app, simulator);
  addCheckoutPage(app, simulator, authorizations);
  app.notFound((context) => refuse(context, 404, 'not_found', 'Endpoint not found'));
  return app;
}

/** A success is told; a failure is not: whoever wants to know asks. A chargeback comes as a lost dispute. */
function eventOf(simulator: Simulator, charge: Charge): OutgoingMessage | null {
  const view = viewOf(charge, 'callback');
  if (view.state === 'paid') return webhook(simulator, 'charge.success', transactionFields(charge, view));
  if (view.state !== 'reversed') return null;
  return webhook(simulator, 'charge.dispute.resolve', {
    id: detailsOf(charge).transactionId + 1,
    refund_amount: Number(view.amountMinor),
    currency: view.currency,
    resolution: 'merchant-accepted',
    domain: 'test',
    status: 'resolved',
    category: 'chargeback',
    transaction: transactionFields(charge, view),
    transaction_reference: charge.reference,
    resolvedAt: iso(simulator.clock.now()),
  });
}
