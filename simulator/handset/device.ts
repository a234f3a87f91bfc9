import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Charge } from '../charges';
import { localNumber, NETWORK_FACTS, PROVIDER_TITLES } from '../networks';
import type { Phone } from '../phones';
import { clockText, dayText, minutesText, pinText, promptText } from './text';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface DeviceState {
  readonly phone: Phone;
  readonly prompt: Charge | null;
  readonly now: number;
}

/** The phone in the middle: a feature phone and a smartphone, one shown, and what can be answered with one click. */
export function device(state: DeviceState, kind: 'feat' | 'smart' = 'feat'): Html {
  const { phone } = state;
  const name =
    phone.owner === null ? localNumber(phone.number) : `${phone.owner}’s phone, ${localNumber(phone.number)}`;
  return html`<section class="col" aria-labelledby="h-dev">
  <h2 class="vh" id="h-dev">${name}</h2>
  <fieldset><legend class="vh">Kind of phone</legend>
  <input class="dev-in" type="radio" name="device" id="dev-feat" ${kind === 'feat' ? 'checked' : ''}><input class="dev-in" type="radio" name="device" id="dev-smart" ${kind === 'smart' ? 'checked' : ''}>
  <div class="tabs"><label for="dev-feat">Feature phone</label><label for="dev-smart">Smartphone</label></div>
  <div class="phone feat">
    <div class="ear"></div>
    <div class="glass ${phone.isOn ? '' : 'off'}" data-live="feat">${featureScreen(state)}</div>
    <p class="maker" aria-hidden="true">SIMULATED</p>
    ${KEYS}
  </div>
  <div class="phone smart">
    <div class="glass ${phone.isOn ? '' : 'off'}" data-live="smart">${smartScreen(state)}</div>
  </div>
  </fieldset>
  <div data-live="under" aria-live="polite">${underPhone(state)}</div>
</section>`;
}

const BATTERY = html`<svg viewBox="0 0 28 12" aria-hidden="true"><path d="M0 8h2v4H0zM4 5h2v7H4zM8 2h2v10H8zM15 2h11v8H15zM26 4.5h2v3h-2z"/></svg>`;

const KEYS = html`<div class="nav-keys" aria-hidden="true"><span class="call"><svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor"><path d="M3.2 1.5 5.5 1l1.4 3.3-1.7 1.3c.8 1.8 2.2 3.3 4.1 4.2l1.4-1.7L14 9.6l-.6 2.3c-.2.8-.9 1.3-1.7 1.2C6.5 12.6 2.4 8.5 2 3.2c0-.8.4-1.5 1.2-1.7z"/></svg></span><span class="mid"></span><span class="end"><svg width="18" height="16" viewBox="0 0 18 16" fill="currentColor"><path d="M9 5C5.5 5 2.5 6.2 1 8.2c-.4.6-.4 1.4 0 2l1 1.3 3.4-1.3V8.1c2.3-.8 4.9-.8 7.2 0v2.1l3.4 1.3 1-1.3c.4-.6.4-1.4 0-2C15.5 6.2 12.5 5 9 5z"/></svg></span></div>
    <div class="keys">${[
      '1',
      '2 abc',
      '3 def',
      '4 ghi',
      '5 jkl',
      '6 mno',
      '7 pqrs',
      '8 tuv',
      '9 wxyz',
      '*',
      '0',
      '#',
    ].map((key) => {
      const [digit = '', letters] = key.split(' ');
      return html`<button type="button" data-key="${digit}">${digit}${letters === undefined ? '' : html`<small>${letters}</small>`}</button>`;
    })}</div>`;

function featureScreen(state: DeviceState): Html {
  const { phone, prompt, now } = state;
  const { operator, service } = NETWORK_FACTS[phone.network];
  if (!phone.isOn) return html`<div class="scr"><p class="hello">Phone is off</p></div>`;
  const bar = html`<div class="status"><span>${operator}</span><span data-clock>${clockText(now, phone.network)}</span>${BATTERY}</div>`;
  if (prompt !== null) {
    return html`${bar}<form class="scr" method="post">
      ${hidden(phone, prompt)}
      <p class="msg"><b>${service}</b><br>${promptText(prompt)}<br>${pinText(prompt)}</p>
      <div class="in"><label class="vh" for="pin-f">PIN on the simulated phone</label><input class="pin" id="pin-f" name="pin" type="password" inputmode="numeric" maxlength="6" autocomplete="off"></div>
      <div class="softs"><button name="do" value="send">Send</button><button name="do" value="decline">Cancel</button></div>
    </form>`;
  }
  const message = phone.isMessageOpen ? phone.messages[0] : undefined;
  if (message !== undefined) {
    return html`${bar}<form class="scr" method="post">
      ${hidden(phone, null)}
      <p class="msg"><b>${service}</b><br>${message.text}</p>
      <div class="softs"><button name="do" value="read">OK</button><button name="do" value="read">Exit</button></div>
    </form>`;
  }
  return html`${bar}<div class="scr"><p class="hello"><b>${clockText(now, phone.network)}</b>${dayText(now, phone.network, 'short')}</p><div class="softs" aria-hidden="true"><span>Menu</span><span>Contacts</span></div></div>`;
}

function smartScreen(state: DeviceState): Html {
  const { phone, prompt, now } = state;
  const { operator, service } = NETWORK_FACTS[phone.network];
  if (!phone.isOn) return html`<div class="scr"><p class="dark-text">Phone is off</p></div>`;
  const bar = html`<div class="status"><span>${clockText(now, phone.network)}</span><span>${operator}</span>${BATTERY}</div>`;
  if (prompt !== null) {
    return html`${bar}<form class="scr" method="post"><div class="dialog">
      ${hidden(phone, prompt)}
      <p>${promptText(prompt)}<br><br>${pinText(prompt)}</p>
      <label class="vh" for="pin-s">PIN on the simulated phone</label><input class="pin" id="pin-s" name="pin" type="password" inputmode="numeric" maxlength="6" autocomplete="off">
      <div class="softs"><button name="do" value="send">SEND</button><button name="do" value="decline">CANCEL</button></div>
    </div></form>`;
  }
  const message = phone.isMessageOpen ? phone.messages[0] : undefined;
  const clock = html`<p class="clock"><b>${clockText(now, phone.network)}</b>${dayText(now, phone.network, 'long')}</p>`;
  if (message === undefined) return html`${bar}<div class="scr">${clock}</div>`;
  return html`${bar}<form class="scr" method="post">${clock}${hidden(phone, null)}
    <div class="toast"><p><b>${service}</b><br>${message.text}</p><div class="softs"><button name="do" value="read">OK</button></div></div></form>`;
}

/** Below the phone: how long there is, and every answer as a button. */
export function underPhone({ phone, prompt, now }: DeviceState): Html {
  if (!phone.isOn) {
    return html`<form class="wake" method="post">${hidden(phone, null)}<button class="btn primary" name="do" value="on">Switch phone on</button>
      <p>Left off until the time is over, the network reports the phone as not reached.</p></form>`;
  }
  const off = html`<button class="btn" name="do" value="off">Switch phone off</button>`;
  if (prompt === null) {
    return html`<p class="quiet-now">No request now. The next one rings here.</p>
      <form class="answers" method="post">${hidden(phone, null)}<div>${off}<button class="btn" name="do" value="add">Add 100 to its purse</button></div></form>`;
  }
  const who = PROVIDER_TITLES[prompt.provider];
  return html`${
    prompt.expiresAt === null
      ? html`<p class="count"><span>${who} keeps this request open</span></p>`
      : html`<p class="count"><span>${who} closes this request in</span><b data-until="${prompt.expiresAt - now}">${minutesText(prompt.expiresAt - now)}</b></p>`
  }
  <form class="answers" method="post" aria-labelledby="h-ans">
    <h3 id="h-ans">Or answer with one click</h3>
    ${hidden(phone, prompt)}
    <div>
      <button class="btn primary" name="do" value="approve">Approve (PIN 1234)</button>
      <button class="btn" name="do" value="wrong-pin">Wrong PIN</button><button class="btn" name="do" value="decline">Decline</button>
      <button class="btn" name="do" value="no-funds">Not enough funds</button><button class="btn" name="do" value="ignore">Ignore</button>
      ${off}
    </div>
  </form>`;
}

function hidden(phone: Phone, prompt: Charge | null): Html {
  return html`<input type="hidden" name="phone" value="${phone.number}">${prompt === null ? '' : html`<input type="hidden" name="charge" value="${prompt.id}">`}`;
}
