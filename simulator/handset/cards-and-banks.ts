import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Charge } from '../charges';
import { money } from '../lifecycle';
import { TEST_CARDS } from '../providers/paystack/cards';
import { grouped } from '../providers/paystack/checkout-page';
import { customerFields, webhook } from '../providers/paystack/common';
import { detailsOf } from '../providers/paystack/transaction-fields';
import type { OutgoingMessage, Simulator } from '../simulator';
import { page } from './layout';
import { minutesText } from './text';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Test cards to copy, and the bank accounts that wait for money. */
export function cardsAndBanks(simulator: Simulator): Html {
  const now = simulator.clock.now();
  const waiting = simulator.charges.list().filter((charge) => charge.method === 'bank' && charge.state === 'waiting');
  return page({
    title: 'Cards and banks',
    here: 'cards',
    refresh: 5,
    main: html`<div class="head"><div><h1>Cards and banks</h1><p>Type these cards on the simulated Paystack page, or be the bank that sends the money.</p></div></div>
<div class="two">
<section aria-labelledby="h-cards"><h2 id="h-cards">Test cards</h2>
<div class="panel"><table class="plain"><thead><tr><th scope="col">Number</th><th scope="col">Code</th><th scope="col">What it does</th></tr></thead>
<tbody>${TEST_CARDS.map((card) => html`<tr><td class="mono">${grouped(card.number)}</td><td class="mono">${card.cvv}</td><td>${card.says}</td></tr>`)}</tbody></table></div>
<p class="small soft below">Any expiry that lies ahead.</p></section>
<section aria-labelledby="h-banks"><h2 id="h-banks">Accounts that wait for a transfer</h2>
${waiting.length === 0 ? html`<p class="quiet-now">None now. Choose bank transfer at the checkout.</p>` : waiting.map((charge) => account(charge, now))}
</section>
</div>`,
  });
}

function account(charge: Charge, now: number): Html {
  const { account } = detailsOf(charge);
  if (account === null) return html``;
  const left = charge.expiresAt === null ? '' : `closes in ${minutesText(charge.expiresAt - now)}`;
  return html`<form class="panel bank" method="post" action="/handset/cards">
  <input type="hidden" name="charge" value="${charge.id}">
  <div><b class="mono">${account.number}</b><span class="soft">${account.bank}, ${account.name}</span></div>
  <div class="r"><b>${money(charge.amountMinor, charge.currency)}</b><span class="soft">${left}</span></div>
  <div class="row"><button class="btn primary" name="do" value="exact">Send ${money(charge.amountMinor, charge.currency)}</button><button class="btn" name="do" value="other">Send another amount</button></div>
</form>`;
}

/** A transfer of another amount is sent back by Paystack, which says so; the account goes on waiting. */
export function rejectTransfer(simulator: Simulator, charge: Charge): OutgoingMessage | null {
  return webhook(simulator, 'bank.transfer.rejected', {
    bank_transfer: {
      amount: String(charge.amountMinor + 100n),
      message: 'incorrect amount sent',
      message_type: 'INCORRECT_AMOUNT',
      transaction_id: String(detailsOf(charge).transactionId),
    },
    customer: customerFields(detailsOf(charge).email),
  });
}
