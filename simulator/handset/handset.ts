import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import type { HtmlEscapedString } from 'hono/utils/html';
import { exponentOf } from '@/contracts/money';
import type { Charge } from '../charges';
import { canAnswer, enterPin, money, reverse, settle, succeedLate } from '../lifecycle';
import { MAGIC_AMOUNTS } from '../magic';
import { currencyOf, localNumber, NETWORK_FACTS } from '../networks';
import { balanceOf, type Phone, PIN, receive } from '../phones';
import type { Simulator } from '../simulator';
import { deliver, tellAgain } from '../tell-merchant';
import { cardsAndBanks, rejectTransfer } from './cards-and-banks';
import { device, underPhone } from './device';
import { faultsPanel, readFaults, standingOf, USUAL_PROVIDER } from './faults';
import { ICON, page } from './layout';
import { pastRequests } from './log';
import { rawMessages } from './raw-messages';
import { SCRIPT } from './script';
import { STYLE } from './style';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const PAST_MAX = 30;
const REFRESH_S = 5;

/** The page where a person is the customer: picks a phone, answers what rings, or breaks something on the way. */
export function createHandset(simulator: Simulator): Hono {
  const app = new Hono();
  app.get('/', (context) => {
    const phone = chosenPhone(simulator, context.req.query('phone'));
    return context.html(handsetPage(simulator, phone, context.req.query()));
  });
  app.post('/', async (context) => {
    const fields = new URLSearchParams(await context.req.text());
    const phone = chosenPhone(simulator, fields.get('phone') ?? undefined);
    await answer(simulator, phone, fields);
    return back(context, phone);
  });
  app.post('/faults', async (context) => {
    const fields = new URLSearchParams(await context.req.text());
    const phone = chosenPhone(simulator, fields.get('phone') ?? undefined);
    return back(context, phone, setFaults(simulator, phone, fields));
  });
  app.post('/charges/:id', async (context) => {
    const fields = new URLSearchParams(await context.req.text());
    const charge = simulator.charges.byId(context.req.param('id'));
    if (charge !== undefined) await act(simulator, charge, fields.get('do'));
    return back(context, chosenPhone(simulator, fields.get('phone') ?? undefined));
  });
  app.get('/cards', (context) => context.html(cardsAndBanks(simulator)));
  app.post('/cards', async (context) => {
    const fields = new URLSearchParams(await context.req.text());
    const charge = simulator.charges.byId(fields.get('charge') ?? '');
    if (charge !== undefined && charge.method === 'bank' && charge.state === 'waiting') {
      const message = fields.get('do') === 'exact' ? null : rejectTransfer(simulator, charge);
      if (fields.get('do') === 'exact') await settle(simulator, charge, 'approve');
      else if (message !== null) await deliver(simulator, charge, message);
    }
    return context.redirect('/handset/cards', 303);
  });
  app.get('/messages', (context) => context.html(rawMessages(simulator)));
  app.get('/events', (context) => events(simulator, context));
  app.get('/style.css', (context) => context.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/script.js', (context) => context.body(SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/icon.svg', (context) => context.body(ICON, 200, { 'content-type': 'image/svg+xml' }));
  return app;
}

/** Any number is a phone; without one, whichever rings, else the first. */
function chosenPhone(simulator: Simulator, asked: string | undefined): Phone {
  const digits = asked?.replace(/\D/g, '') ?? '';
  const international = /^0[0-9]{9}$/.test(digits) ? `233${digits.slice(1)}` : digits;
  if (/^[0-9]{6,15}$/.test(international)) return simulator.phones.get(international);
  const ringing = simulator.charges.find((charge) => charge.isPrompted && charge.phone !== null);
  return simulator.phones.get(ringing?.phone ?? simulator.phones.list()[0]?.number ?? '233241234567');
}

/** The oldest first: one prompt at a time is on the screen. */
function promptOf(simulator: Simulator, phone: Phone): Charge | null {
  return (
    simulator.charges
      .ofPhone(phone.number)
      .filter((charge) => canAnswer(simulator, charge))
      .at(-1) ?? null
  );
}

function handsetPage(simulator: Simulator, phone: Phone, asked: Readonly<Record<string, string>>): Html {
  const now = simulator.clock.now();
  const state = { phone, prompt: promptOf(simulator, phone), now };
  const said = SAID[asked['said'] ?? ''];
  return page({
    title: 'Handset',
    here: 'handset',
    refresh: REFRESH_S,
    main: html`<div class="head">
  <div><h1>Handset</h1><p>Be the customer: pick a phone, answer the request. Or break something on the way and watch what the books do.</p></div>
  <p class="live" role="status">Listening for MTN, M-Pesa, Hubtel, Paystack</p>
</div>
${said === undefined ? '' : html`<p class="said" role="status">${said}</p>`}
<div class="bench" data-phone="${phone.number}">
<section class="col" aria-labelledby="h-phones">
  <h2 id="h-phones">Phones</h2>
  <div data-live="phones">${phoneList(simulator, phone)}</div>
  <form class="add" action="/handset"><label class="vh" for="any">Another phone number</label><input class="field" id="any" name="phone" type="tel" required pattern="[+0-9 ]{6,20}" placeholder="Any other number"><button class="btn">Open</button></form>
  ${magic(phone)}
</section>
${device(state, asked['device'] === 'smart' ? 'smart' : 'feat')}
${faultsPanel(simulator, phone)}
</div>
<section class="log" aria-labelledby="h-log">
  <div class="log-h"><h2 id="h-log">Past requests</h2><span class="small soft">What the networks know. Compare with the payment’s timeline in the console.</span></div>
  <div data-live="log">${pastRequests(simulator.charges.list(PAST_MAX), phone.number)}</div>
</section>`,
  });
}

function phoneList(simulator: Simulator, chosen: Phone): Html {
  const ringing = new Map<string, number>();
  for (const charge of simulator.charges.list()) {
    if (charge.isPrompted && charge.phone !== null) ringing.set(charge.phone, (ringing.get(charge.phone) ?? 0) + 1);
  }
  const shown = simulator.phones
    .list()
    .filter((phone) => phone.owner !== null || phone === chosen || ringing.has(phone.number))
    .slice(0, 12);
  return html`<ul class="phones">${shown.map((phone) => {
    const { service } = NETWORK_FACTS[phone.network];
    const currency = currencyOf(phone.number);
    const count = ringing.get(phone.number);
    return html`<li><a href="/handset?phone=${phone.number}" ${phone === chosen ? html`aria-current="true"` : ''}><b>${localNumber(phone.number)}</b>${
      count === undefined ? html`<span></span>` : html`<span class="ring">${count} new</span>`
    }<span>${phone.owner === null ? service : `${phone.owner}, ${service}`}</span><span class="num">${money(balanceOf(phone, currency), currency)}</span></a></li>`;
  })}</ul>`;
}

const MTN_SHOWN = [
  ['46733123450', 'fails'],
  ['46733123451', 'rejected'],
  ['46733123452', 'runs out of time'],
  ['46733123453', 'stays pending'],
] as const;

function magic(phone: Phone): Html {
  const currency = currencyOf(phone.number);
  const isWhole = exponentOf(currency) === 0 || currency === 'KES' || currency === 'TZS';
  const amount = (ending: string): string => (isWhole ? `40 4${ending}` : `404.${ending}`);
  return html`<div class="magic">
    <h2>Numbers with one answer</h2>
    <dl>${MTN_SHOWN.map(([number, says]) => html`<div><dt>${number}</dt><dd>${says}</dd></div>`)}</dl>
    <p class="small soft">As MTN’s sandbox defines them. Any other number is a phone you can answer.</p>
    <details><summary>Amounts with one answer</summary>
    <dl>${MAGIC_AMOUNTS.map(([ending, , says]) => html`<div><dt>${currency} ${amount(ending)}</dt><dd>${says}</dd></div>`)}</dl></details>
  </div>`;
}

async function answer(simulator: Simulator, phone: Phone, fields: URLSearchParams): Promise<void> {
  const what = fields.get('do');
  const named = simulator.charges.byId(fields.get('charge') ?? '');
  const charge = named?.phone === phone.number ? named : undefined;
  if (what === 'on' || what === 'off') phone.isOn = what === 'on';
  else if (what === 'read') phone.isMessageOpen = false;
  else if (what === 'add') {
    const currency = currencyOf(phone.number);
    receive(phone, currency, 100n * 10n ** BigInt(exponentOf(currency)));
  } else if (charge !== undefined) await answerCharge(simulator, charge, what, fields.get('pin') ?? '');
  simulator.events.emit('change');
}

async function answerCharge(simulator: Simulator, charge: Charge, what: string | null, pin: string): Promise<void> {
  if (what === 'send') await enterPin(simulator, charge, pin);
  if (what === 'approve') await enterPin(simulator, charge, PIN);
  if (what === 'decline') await enterPin(simulator, charge, '2');
  if (!canAnswer(simulator, charge)) return;
  if (what === 'wrong-pin') await settle(simulator, charge, 'wrong_pin');
  if (what === 'no-funds') await settle(simulator, charge, 'insufficient_funds');
  // Off the screen; the network waits on until its time is over.
  if (what === 'ignore') charge.isPrompted = false;
}

async function act(simulator: Simulator, charge: Charge, what: string | null): Promise<void> {
  if (what === 'tell') await tellAgain(simulator, charge);
  if (what === 'reverse') await reverse(simulator, charge);
  if (what === 'late') await succeedLate(simulator, charge);
}

const SAID: Readonly<Record<string, string>> = {
  set: 'Faults set.',
  cleared: 'Nothing is broken any more.',
  none: 'Tick a fault first.',
  wrong: 'A setting is not a number that makes sense. Nothing was set.',
};

function setFaults(simulator: Simulator, phone: Phone, fields: URLSearchParams): string {
  const provider = USUAL_PROVIDER[phone.network];
  if (fields.has('clear')) {
    simulator.plans.clear();
    simulator.doors.clear();
    simulator.events.emit('change');
    return 'cleared';
  }
  const read = readFaults(fields, phone.number);
  if (read === null) return 'wrong';
  if (!fields.has('fault')) return 'none';
  const scope = fields.get('for') === 'network' ? { provider } : { phone: phone.number };
  if (Object.keys(read.plan).length > 0) simulator.plans.set(scope, read.plan, fields.get('for') === 'next' ? 1 : null);
  for (const door of read.doors) simulator.doors.set(provider, door, simulator.clock.now());
  simulator.events.emit('change');
  return 'set';
}

function back(context: Context, phone: Phone, said?: string): Response {
  return context.redirect(`/handset?phone=${phone.number}${said === undefined ? '' : `&said=${said}`}`, 303);
}

/** The live parts of the page, sent whole whenever something changed, and no more than five times a second. */
function events(simulator: Simulator, context: Context): Response {
  const number = context.req.query('phone') ?? '';
  return streamSSE(context, async (stream) => {
    let isChanged = true;
    let wake: () => void = () => undefined;
    const onChange = (): void => {
      isChanged = true;
      wake();
    };
    simulator.events.on('change', onChange);
    stream.onAbort(onChange);
    try {
      while (!stream.aborted && !stream.closed) {
        if (isChanged) {
          isChanged = false;
          await stream.writeSSE({ event: 'parts', data: JSON.stringify(await partsOf(simulator, number)) });
          await stream.sleep(200);
        } else {
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), stream.sleep(15_000)]);
          if (!isChanged) await stream.writeSSE({ event: 'alive', data: '' });
        }
      }
    } finally {
      simulator.events.off('change', onChange);
    }
  });
}

async function partsOf(simulator: Simulator, number: string): Promise<Record<string, string>> {
  const phone = chosenPhone(simulator, number);
  const state = { phone, prompt: promptOf(simulator, phone), now: simulator.clock.now() };
  const screens = String(await device(state));
  return {
    prompt: state.prompt === null ? '' : `${state.prompt.id} ${state.prompt.wrongPins}`,
    isOn: phone.isOn ? 'yes' : '',
    screens,
    under: String(await underPhone(state)),
    phones: String(await phoneList(simulator, phone)),
    standing: String(await standingOf(simulator)),
    log: String(await pastRequests(simulator.charges.list(PAST_MAX), phone.number)),
  };
}
