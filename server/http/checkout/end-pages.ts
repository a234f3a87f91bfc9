import { html } from 'hono/html';
import type { Offers, Receipt, Step } from '@/server/top-ups/checkout-step';
import { amountText, plainAmount } from './format';
import { bold, type Html } from './html';
import { type Body, type Frame, totalText } from './page';
import { action, dial, goBack, leave, look, nothingTaken, todo, verdict } from './parts';

type Of<K extends Step['kind']> = Extract<Step, { kind: K }>;

export function successPage(frame: Frame, { receipt }: Of<'success'>): Body {
  const { words } = frame;
  const amount = amountText(receipt.amountMinor, frame.currency);
  const main = html`${verdict('ok', words.paid, words.addedTitle(amount, frame.owner))}${slip(frame, receipt)}<div class="actions">${goBack(frame)}<button type="button" class="out" id="print" hidden>${words.printReceipt}</button></div>`;
  return { main, said: words.paidSaid(amount, frame.owner), isAlone: true, hasNumber: true };
}

/** Opened again, or by somebody else: what was paid, and not what is in the wallet. */
export function paidPage(frame: Frame, { receipt }: Of<'paid'>): Body {
  const { words } = frame;
  const main = html`${verdict('ok', words.paid, words.alreadyPaidTitle)}<p class="lead">${words.alreadyPaidText}</p>${receipt === null ? '' : slip(frame, receipt)}<div class="actions">${goBack(frame)}</div>`;
  return {
    main,
    said: `${words.alreadyPaidTitle}. ${words.alreadyPaidText}`,
    isAlone: true,
    hasNumber: receipt !== null,
  };
}

function slip(frame: Frame, receipt: Receipt): Html {
  const { words, currency, clock } = frame;
  const { network, paidAtMs, balanceMinor } = receipt;
  const from = [network.phone, network.wallet].filter((part) => part !== null).join(', ');
  const fact = (label: string, value: Html | string): Html => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const sum = html`<dl class="sum"><div class="in"><dt>${words.added(frame.owner)}</dt><dd>+ ${plainAmount(receipt.amountMinor, currency)}</dd></div><div><dt>${words.fee}</dt><dd>${plainAmount(receipt.feeMinor, currency)}</dd></div><div class="total"><dt>${words.youPaid}</dt><dd><small>${currency}</small> ${plainAmount(receipt.chargedMinor, currency)}</dd></div>${balanceMinor === null ? '' : html`<div class="after"><dt>${words.newBalance}</dt><dd>${amountText(balanceMinor, currency)}</dd></div>`}</dl>`;
  const when = html`<time datetime="${new Date(paidAtMs).toISOString()}">${clock.moment(paidAtMs)}</time>`;
  return html`<div class="slip">${sum}<dl class="facts">${fact(words.receiptNumber, bold(frame.number))}${receipt.receipt === null ? '' : fact(words.theirNumber(network.name), receipt.receipt)}${fact(words.paidFrom, from)}${fact(words.paidTo, frame.merchant)}${fact(words.when, when)}</dl></div>`;
}

export function failedPage(frame: Frame, step: Of<'failed'>): Body {
  const { words } = frame;
  const { failure, prompt, canRepeat, offers } = step;
  const isExpired = failure === 'expired';
  const title = failure === 'number' ? words.noWalletTitle(prompt.wallet) : words.failures[failure].title;
  const why = whyOf(frame, step);
  const repeat = action(frame, 'again', isExpired ? words.newRequest : words.again);
  const other = look(
    frame,
    'pay',
    failure === 'number' ? words.changeNumber : words.otherWay,
    canRepeat ? 'btn two' : 'btn',
  );
  const further =
    failure === 'number' && ways(offers).some(Boolean)
      ? html`<p class="gap-m">${look(frame, 'other', words.useOtherWay)}</p>`
      : '';
  const buttons = canRepeat ? html`${repeat}<p class="gap-m">${other}</p>` : html`${other}${further}`;
  const main = html`${verdict(isExpired ? 'off' : 'no', isExpired ? words.timeRanOut : words.notPaid, title)}${nothingTaken(frame)}${why === null ? '' : html`<p class="why">${why}</p>`}${todo(todoOf(frame, step))}<div class="actions">${buttons}${leave(frame)}</div>`;
  return { main, said: `${title}. ${words.nothingTaken}`, isOver: true };
}

function whyOf(frame: Frame, { failure, prompt }: Of<'failed'>): Html | string | null {
  const { words, clock } = frame;
  switch (failure) {
    case 'funds':
      return words.hasLessThan(prompt.wallet, totalText(frame));
    case 'busy':
      return words.oneAtATime(prompt.name);
    case 'phone':
      return words.mayBeOff(prompt.phone);
    case 'limit':
      return words.dayLimit(prompt.name);
    case 'number':
      return words.notKnownThere(prompt.name, prompt.phone);
    case 'expired':
      return prompt.untilMs === null ? null : words.closedAt(prompt.name, clock.time(prompt.untilMs));
    default:
      return null;
  }
}

function todoOf(frame: Frame, { failure, prompt, offers }: Of<'failed'>): (Html | string)[] {
  const { words } = frame;
  const items: (Html | string)[] = [...words.failures[failure].todo(prompt.name)];
  if (failure === 'funds' || failure === 'limit') items.push(words.orAnother(...ways(offers)));
  if (failure === 'pin') {
    const helpline = prompt.network?.helpline ?? null;
    items.push(helpline === null ? words.cannotSeePin : words.forgotPin(prompt.name, dial(helpline)));
  }
  if (failure === 'expired') items.push(words.gotSms(prompt.name, frame.owner));
  return items;
}

const ways = ({ card, bank }: Offers): [hasCard: boolean, hasBank: boolean] => [
  card?.isAvailable === true,
  bank?.isAvailable === true,
];

export function tooManyPage(frame: Frame, { againAtMs, offers }: Of<'too_many'>): Body {
  const { words, clock } = frame;
  const [hasCard, hasBank] = ways(offers);
  const items: (Html | string)[] = [words.tooManyAgain(clock.time(againAtMs))];
  if (hasCard || hasBank) items.push(words.tooManyOther(hasCard, hasBank));
  const main = html`${verdict('off', words.pleaseWait, words.tooManyTitle)}${nothingTaken(frame)}<p class="why">${words.tooManyText}</p>${todo(items)}<div class="actions">${look(frame, 'other', words.anotherWay, 'btn')}${leave(frame)}</div>`;
  return { main, said: `${words.tooManyTitle}. ${words.nothingTaken}`, isOver: true };
}

export function closedPage(frame: Frame, { topUp }: Of<'closed'>): Body {
  const { words, clock } = frame;
  const open =
    topUp.status === 'expired' && topUp.expiresAtMs <= frame.nowMs
      ? html`${words.wasOpenUntil(clock.time(topUp.expiresAtMs), clock.day(topUp.expiresAtMs))} `
      : '';
  const main = html`${verdict('ended', words.ended, words.closedTitle)}${nothingTaken(frame)}<p class="why">${open}${words.closedText(frame.merchant)}</p><div class="actions">${goBack(frame)}</div>`;
  return { main, said: `${words.closedTitle}. ${words.nothingTaken}`, isAlone: true };
}
