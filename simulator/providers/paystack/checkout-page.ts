import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Charge } from '../../charges';
import { page } from '../../handset/layout';
import { money, settle } from '../../lifecycle';
import type { Simulator } from '../../simulator';
import { type Authorizations, readCard, TEST_CARDS } from './cards';
import { makeAccount } from './charge';
import { detailsOf } from './transaction-fields';
import { byAccessCode } from './transactions';

/**
 * Paystack's own page, where the card's number is typed: it never passes the merchant. Afterwards the browser goes back to
 * `callback_url` with the reference, which proves nothing.
 */
type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const ACCOUNT_MS = 30 * 60_000;

export function addCheckoutPage(app: Hono, simulator: Simulator, authorizations: Authorizations): void {
  app.get('/checkout/:code', (context) => {
    const charge = byAccessCode(simulator, context.req.param('code'));
    if (charge === undefined) return context.html(missing(), 404);
    return charge.state === 'waiting' ? context.html(form(simulator, charge, null)) : leave(context, charge);
  });

  app.post('/checkout/:code', async (context) => {
    const charge = byAccessCode(simulator, context.req.param('code'));
    if (charge === undefined) return context.html(missing(), 404);
    if (charge.state !== 'waiting') return leave(context, charge);
    const fields = await context.req.parseBody();
    const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
    if (text('do') === 'cancel') return cancel(context, charge);
    if (text('do') === 'sent') {
      await settle(simulator, charge, 'approve');
      return leave(context, charge);
    }
    const card = readCard(text('number'), text('expiry'), text('cvv'), simulator.clock.now());
    if (typeof card === 'string') return context.html(form(simulator, charge, card), 422);
    const details = detailsOf(charge);
    const failure = text('do') === 'decline' ? 'decline' : card.test.failure;
    if (failure !== null) {
      // The transaction stays open: another card may pay it.
      details.declined = text('do') === 'decline' ? 'Declined' : card.test.gatewayResponse;
      simulator.events.emit('change');
      return context.html(form(simulator, charge, `The bank said: ${details.declined}. Try another card.`), 402);
    }
    details.channel = 'card';
    details.authorization = authorizations.make(card, details.email);
    await settle(simulator, charge, 'approve');
    return leave(context, charge);
  });
}

function leave(context: Context, charge: Charge): Response | Promise<Response> {
  const { returnUrl } = detailsOf(charge);
  if (returnUrl === null) return context.html(done(charge));
  return context.redirect(withReference(returnUrl, charge), 303);
}

function cancel(context: Context, charge: Charge): Response | Promise<Response> {
  const { cancelUrl, returnUrl } = detailsOf(charge);
  if (cancelUrl !== null) return context.redirect(cancelUrl, 303);
  return returnUrl === null ? context.html(done(charge)) : context.redirect(withReference(returnUrl, charge), 303);
}

function withReference(url: string, charge: Charge): string {
  const target = new URL(url);
  target.searchParams.set('trxref', charge.reference);
  target.searchParams.set('reference', charge.reference);
  return target.href;
}

function form(simulator: Simulator, charge: Charge, problem: string | null): Html {
  const details = detailsOf(charge);
  const amount = money(charge.amountMinor, charge.currency);
  const takesCards = details.channels.length === 0 || details.channels.includes('card');
  const takesTransfers = details.channels.includes('bank_transfer');
  return page({
    title: `Pay ${amount}`,
    main: html`<div class="pay">
      <p class="payee">${charge.payee}</p>
      <h1 class="sum">${amount}</h1>
      <p class="soft">${details.email}</p>
      ${problem === null ? '' : html`<p class="wrong" role="alert">${problem}</p>`}
      ${takesCards ? cardForm(amount) : ''}
      ${takesTransfers ? transferForm(simulator, charge, amount) : ''}
      <form method="post" class="give-up"><button class="btn quiet" name="do" value="cancel">Cancel and go back</button></form>
      <p class="small soft">A simulated page of Paystack’s. Nothing is charged; real cards are refused.</p>
    </div>`,
  });
}

function cardForm(amount: string): Html {
  return html`<form method="post" class="card-form" autocomplete="off">
      <label for="number">Card number</label>
      <input class="field" id="number" name="number" inputmode="numeric" required maxlength="25" placeholder="4084 0840 8408 4081" />
      <div class="pair">
        <div><label for="expiry">Expiry</label><input class="field" id="expiry" name="expiry" required maxlength="7" placeholder="12/30" /></div>
        <div><label for="cvv">Security code</label><input class="field" id="cvv" name="cvv" inputmode="numeric" required maxlength="4" placeholder="408" /></div>
      </div>
      <button class="btn primary wide" name="do" value="pay">Pay ${amount}</button>
      <button class="btn wide" name="do" value="decline">Let the bank decline it</button>
    </form>
    <details class="test-cards">
      <summary>Test cards</summary>
      <table>
        <thead><tr><th scope="col">Number</th><th scope="col">Code</th><th scope="col">What it does</th></tr></thead>
        <tbody>${TEST_CARDS.map(
          (card) =>
            html`<tr><td class="mono">${grouped(card.number)}</td><td class="mono">${card.cvv}</td><td>${card.says}</td></tr>`,
        )}</tbody>
      </table>
      <p class="small soft">Any expiry that lies ahead.</p>
    </details>`;
}

function transferForm(simulator: Simulator, charge: Charge, amount: string): Html {
  const details = detailsOf(charge);
  details.account ??= makeAccount(simulator, simulator.clock.now() + ACCOUNT_MS);
  const { account } = details;
  return html`<form method="post" class="card-form">
    <p>Transfer <b>${amount}</b> to</p>
    <p class="account"><b class="mono">${account.number}</b><span>${account.bank}, ${account.name}</span></p>
    <button class="btn primary wide" name="do" value="sent">I have sent the money</button>
  </form>`;
}

export function grouped(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

function done(charge: Charge): Html {
  const isPaid = charge.state === 'paid' || charge.state === 'reversed';
  return page({
    title: isPaid ? 'Paid' : 'Not paid',
    main: html`<div class="pay">
      <h1 class="sum">${isPaid ? 'Paid' : 'Not paid'}</h1>
      <p class="soft">${money(charge.amountMinor, charge.currency)} to ${charge.payee}. You can close this page.</p>
    </div>`,
  });
}

function missing(): Html {
  return page({
    title: 'No such payment',
    main: html`<div class="pay"><h1>No such payment</h1><p class="soft">It may have been made before the simulator was last started.</p></div>`,
  });
}
