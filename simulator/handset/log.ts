import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Charge } from '../charges';
import { money } from '../lifecycle';
import { localNumber, NETWORK_FACTS, PROVIDER_TITLES } from '../networks';
import type { Plan } from '../plan';
import { secondsText, shortReference } from './text';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What the networks know, for comparison with what the console says. */
export function pastRequests(charges: readonly Charge[], phone: string): Html {
  if (charges.length === 0) {
    return html`<p class="quiet-now">No request yet. Ask for money at the checkout, or by <code>POST /v1/payments/receive</code>.</p>`;
  }
  return html`<div class="panel" tabindex="0" role="group" aria-label="Table of past requests">
  <table>
    <thead><tr><th scope="col">Time</th><th scope="col">Phone</th><th scope="col">By</th><th scope="col" class="r">Amount</th><th scope="col">Answer</th><th scope="col">Faults</th><th scope="col">Told Pesewa</th><th scope="col">Reference</th><th scope="col"><span class="vh">Actions</span></th></tr></thead>
    <tbody>${charges.map((charge) => row(charge, phone))}</tbody>
  </table>
  </div>`;
}

function row(charge: Charge, phone: string): Html {
  const who = charge.phone === null ? charge.method : localNumber(charge.phone);
  const network = charge.network === null ? '' : NETWORK_FACTS[charge.network].operator;
  const canTell = charge.state !== 'waiting';
  return html`<tr>
    <td>${secondsText(charge.createdAt, charge.network)}</td><td>${who} <span class="dim">${network}</span></td><td>${PROVIDER_TITLES[charge.provider]}</td>
    <td class="r">${money(charge.amountMinor, charge.currency)}</td><td>${answerTag(charge)}</td><td class="${hasFaults(charge.plan) ? '' : 'dim'}">${faultText(charge.plan)}</td>
    <td class="${charge.callbacks.length === 0 ? 'dim' : ''}">${toldText(charge)}</td><td class="mono" title="${charge.reference}">${shortReference(charge.reference)}</td>
    <td class="acts"><form method="post" action="/handset/charges/${charge.id}"><input type="hidden" name="phone" value="${phone}">${
      canTell ? html`<button name="do" value="tell">Send again</button>` : ''
    }${charge.state === 'paid' ? html`<button name="do" value="reverse">Reverse</button>` : ''}${
      charge.state === 'failed' ? html`<button name="do" value="late">Pay late</button>` : ''
    }</form></td>
  </tr>`;
}

const FAILURES: Readonly<Record<string, string>> = {
  wrong_pin: 'Wrong PIN',
  insufficient_funds: 'Not enough funds',
  decline: 'Declined',
  expire: 'Ran out of time',
  unreachable: 'Not reached',
  busy: 'Busy',
  limit_reached: 'Over the limit',
};

function answerTag(charge: Charge): Html {
  const tag = (kind: string, text: string): Html => html`<span class="tag ${kind}">${text}</span>`;
  if (charge.state === 'waiting') return tag('wait', 'Waiting');
  if (charge.state === 'reversed') return tag('odd', 'Taken back');
  if (charge.state === 'failed') {
    const isQuiet = charge.failure === 'decline' || charge.failure === 'expire';
    return tag(isQuiet ? 'gone' : 'no', FAILURES[charge.failure ?? ''] ?? 'Failed');
  }
  const { amount } = charge.plan.report ?? {};
  if (amount !== undefined) return tag('odd', `Approved, said ${money(amount, charge.currency)}`);
  const isLate = charge.expiresAt !== null && charge.settledAt !== null && charge.settledAt > charge.expiresAt;
  return isLate ? tag('odd', 'Approved late') : tag('ok', 'Approved');
}

function hasFaults(plan: Plan): boolean {
  return faultText(plan) !== 'None';
}

function faultText(plan: Plan): string {
  const {
    callbacks,
    callbackDelayMs,
    callbackFirst,
    callbackBody,
    lateSuccessMs,
    report,
    reverseAfterMs,
    lie,
    answerDelayMs,
  } = plan;
  const named = [
    callbackDelayMs !== undefined && 'late callback',
    callbacks === 0 && 'drop',
    callbacks !== undefined && callbacks > 1 && 'duplicate',
    callbackFirst === true && 'early callback',
    callbackBody !== undefined && 'spoilt callback',
    answerDelayMs !== undefined && 'slow answer',
    lateSuccessMs !== undefined && 'late success',
    report !== undefined && 'wrong report',
    reverseAfterMs !== undefined && 'reversal',
    lie !== undefined && 'lie',
  ].filter((name) => name !== false);
  if (named.length === 0) return 'None';
  const text = named.join(', ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function toldText(charge: Charge): string {
  const asked = charge.queries === 0 ? '' : `asked ${charge.queries} ${charge.queries === 1 ? 'time' : 'times'}`;
  const { length } = charge.callbacks;
  if (length === 0) return asked === '' ? 'Nothing yet' : asked.slice(0, 1).toUpperCase() + asked.slice(1);
  const shown = charge.callbacks
    .slice(-3)
    .map(({ status }) => (status === null ? '…' : status === 0 ? 'no answer' : String(status)));
  const told = `${length} ${length === 1 ? 'callback' : 'callbacks'}: ${shown.join(', ')}`;
  return asked === '' ? told : `${told}; ${asked}`;
}
