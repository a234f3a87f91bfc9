import { html, raw } from 'hono/html';
import type { FormProblem, LockedPhone, NetworkOffer, Offers, Step } from '@/server/top-ups/checkout-step';
import { HOME_OF_CURRENCY, maskedNumber, type Network, networkAt, PLACES } from '@/server/top-ups/networks';
import type { Html } from './html';
import { icon } from './icons';
import { type Body, type Frame, totalText } from './page';
import { leave, safe } from './parts';

const PARTNER = 'Paystack';

/** How to pay: every way has its own button, so that the one that is pressed says which. */
export function choosePage(frame: Frame, step: Extract<Step, { kind: 'choose' }>): Body {
  const { words } = frame;
  const { offers, problem } = step;
  const ways = [
    offers.networks.length === 0 ? null : mobile(frame, step),
    offers.card === null ? null : card(frame, step),
    offers.bank === null ? null : bank(frame, step),
  ].filter((way) => way !== null);
  const main =
    ways.length === 0
      ? html`<h1>${words.noWay}</h1><p class="lead">${words.noWayText(frame.merchant)}</p>`
      : html`${notice(frame, step)}<form method="post" action="${frame.path}/pay"><fieldset><legend><h1>${words.howToPay}</h1></legend><div class="ways">${ways}</div></fieldset></form>`;
  return {
    main: html`${main}${safe(words.neverAskPin)}${leave(frame)}`,
    said: (problem === null ? null : fieldText(frame, problem)) ?? '',
    isStart: true,
  };
}

/** What is not about one field. */
function notice(frame: Frame, { offers, problem }: Extract<Step, { kind: 'choose' }>): Html | string {
  const { words } = frame;
  const away = awayNames(offers);
  if (problem?.problem.kind === 'refused') return note(words.couldNotSend, words.couldNotSendText);
  // It answers again meanwhile; what was pressed was not sent all the same.
  if (problem?.problem.kind === 'unavailable' && away.length === 0) {
    return note(words.couldNotSend, words.couldNotSendText);
  }
  return away.length === 0 ? '' : note(words.notAnswering(away), words.notAnsweringText);
}

function awayNames({ networks, card, bank }: Offers): string[] {
  const names = networks.filter(({ isAvailable }) => !isAvailable).map(({ network }) => network.name);
  return card?.isAvailable === false || bank?.isAvailable === false ? [...names, PARTNER] : names;
}

function note(title: string, text: string): Html {
  return html`<div class="note n-amber" role="status">${icon('alert')}<div><b>${title}</b>${text}</div></div>`;
}

/** One way: its radio opens the panel without a script. */
function way(
  method: 'momo' | 'card' | 'bank',
  parts: {
    readonly label: string;
    readonly hint: string;
    readonly isChosen: boolean;
    readonly isAvailable: boolean;
    readonly panel: Html;
  },
): Html {
  const flags = `${parts.isChosen ? ' checked' : ''}${parts.isAvailable ? '' : ' disabled'}`;
  return html`<div class="way"><input type="radio" name="method" value="${method}" id="way-${method}"${raw(flags)}><label for="way-${method}"><span>${parts.label}<small>${parts.hint}</small></span></label><div class="panel">${parts.panel}</div></div>`;
}

function mobile(frame: Frame, step: Extract<Step, { kind: 'choose' }>): Html {
  const { words } = frame;
  const { offers, locked, problem } = step;
  const [only] = offers.networks;
  const isOnly = offers.networks.length === 1 && only !== undefined;
  const panel = html`${locked === null ? open(frame, offers.networks, isOnly ? only.network : null, problem) : lockedNumber(frame, offers.networks, locked)}<button class="btn" name="pay" value="momo">${words.pay(totalText(frame))}</button><p class="under">${words.untilYouApprove}</p>`;
  return way('momo', {
    label: isOnly && only.network.channel === 'MPESA' ? only.network.wallet : words.mobileMoney,
    hint:
      isOnly && only.network.channel === 'MPESA'
        ? operatorOf(only.network)
        : offers.networks.map(({ network }) => network.name).join(', '),
    isChosen: step.method === 'momo',
    isAvailable: offers.networks.some(({ isAvailable }) => isAvailable),
    panel,
  });
}

const operatorOf = ({ country }: Network): string => (country === 'TZ' ? 'Vodacom' : 'Safaricom');

function open(
  frame: Frame,
  networks: readonly NetworkOffer[],
  only: Network | null,
  problem: FormProblem | null,
): Html {
  const { words } = frame;
  const place = PLACES[networks[0]?.network.country ?? HOME_OF_CURRENCY[frame.currency] ?? 'GH'];
  const text = problem === null ? null : fieldText(frame, problem);
  const label = only === null ? words.numberLabel : words.networkNumberLabel(only.name);
  const hint = place === undefined ? '' : words.numberHint(place.digits, place.example);
  const asked =
    problem?.problem.kind === 'network'
      ? html`<input type="hidden" name="asked" value="${problem.channel ?? ''} ${problem.phone.replace(/\D/g, '')}">`
      : '';
  return html`${only === null ? networkList(frame, networks, problem?.channel ?? null) : html`<input type="hidden" name="network" value="${only.channel}">`}${asked}<div class="field${text === null ? '' : ' bad'}"><label class="label" for="phone">${label}</label><small id="phone-hint">${hint}</small><input id="phone" name="phone" type="tel" inputmode="tel" autocomplete="tel-national" required maxlength="20" aria-describedby="phone-hint${text === null ? '' : ' phone-error'}"${text === null ? '' : raw(' aria-invalid="true" autofocus')} value="${problem?.phone ?? ''}">${text === null ? '' : html`<p class="err" id="phone-error" role="alert">${icon('alert')}<span>${text}</span></p>`}</div>`;
}

function networkList(frame: Frame, networks: readonly NetworkOffer[], chosen: string | null): Html {
  const { words } = frame;
  const first = networks.find(({ isAvailable }) => isAvailable)?.network.channel ?? null;
  // With one of them away nothing is chosen for the payer: they would not see that it is another.
  const preset = chosen ?? (networks.every(({ isAvailable }) => isAvailable) ? first : null);
  const item = ({ network, isAvailable }: NetworkOffer): Html => {
    const id = `net-${network.channel.toLowerCase()}`;
    const flags = isAvailable ? `${network.channel === preset ? ' checked' : ''} required` : ' disabled';
    return html`<li><input type="radio" name="network" value="${network.channel}" id="${id}"${raw(flags)}><label for="${id}">${shortWallet(network)} <em>${isAvailable ? network.prefixes.join(' ') : words.notWorkingNow}</em></label></li>`;
  };
  return html`<fieldset><legend class="label">${words.network}</legend><ul class="net">${networks.map(item)}</ul></fieldset>`;
}

/** Beside its prefixes on a narrow screen. */
const shortWallet = ({ channel, name, wallet }: Network): string => (channel === 'AIRTELTIGO' ? name : wallet);

function lockedNumber(frame: Frame, networks: readonly NetworkOffer[], locked: LockedPhone): Html {
  const { words } = frame;
  const country = networks[0]?.network.country ?? '';
  const network = locked.channel === null ? null : networkAt(locked.channel, country);
  return html`<p class="label">${words.lockedLabel}</p><p class="fixed num">${maskedNumber(locked.digits)} <span>${network?.wallet ?? ''}</span></p><p class="quiet gap-s">${words.lockedText(frame.merchant, frame.owner)}</p>${network === null ? html`<div class="gap">${networkList(frame, networks, null)}</div>` : html`<input type="hidden" name="network" value="${network.channel}">`}`;
}

function card(frame: Frame, { method, offers }: Extract<Step, { kind: 'choose' }>): Html {
  const { words } = frame;
  const isAvailable = offers.card?.isAvailable === true;
  return way('card', {
    label: words.card,
    hint: isAvailable ? words.cardKinds : words.notWorkingNow,
    isChosen: method === 'card',
    isAvailable,
    panel: html`<p class="quiet">${words.cardText(PARTNER)}</p><button class="btn" name="pay" value="card" formnovalidate>${words.cardAction}</button><p class="under">${words.youWillPay(totalText(frame))}</p>`,
  });
}

function bank(frame: Frame, { method, offers }: Extract<Step, { kind: 'choose' }>): Html {
  const { words } = frame;
  const isAvailable = offers.bank?.isAvailable === true;
  return way('bank', {
    label: words.bank,
    hint: isAvailable ? words.bankKinds : words.notWorkingNow,
    isChosen: method === 'bank',
    isAvailable,
    panel: html`<p class="quiet">${words.bankText(totalText(frame))}</p><button class="btn" name="pay" value="bank" formnovalidate>${words.bankAction}</button>`,
  });
}

/** What is wrong with the number or its network, to stand at the field; null where it is something else. */
function fieldText(frame: Frame, { problem, channel }: FormProblem): string | null {
  const { words } = frame;
  const country = HOME_OF_CURRENCY[frame.currency] ?? 'GH';
  const chosen = channel === null ? null : networkAt(channel, country);
  const place = PLACES[country];
  switch (problem.kind) {
    case 'network':
      return words.wrongNetwork(problem.prefix, problem.theirs, chosen?.name ?? '', problem.isServed);
    case 'number':
      return words.wrongNumber(place?.digits ?? 10, place?.example ?? '024 123 4567');
    case 'no_network':
      return words.chooseNetwork;
    default:
      return null;
  }
}
