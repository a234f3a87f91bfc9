import { html, raw } from 'hono/html';
import type { View } from '@/server/top-ups/checkout-step';
import { amountText, type Clockface, initialsOf, isLight, plainAmount } from './format';
import { bold, boldNum, type Html, NOTHING } from './html';
import { icon, MARK } from './icons';
import { PAGE_SCRIPT } from './script';
import { STYLES } from './styles';
import type { Words } from './words/en';

/** What every page of a checkout says around its step. */
export interface Frame {
  /** `/pay/…` */
  readonly path: string;
  readonly merchant: string;
  /** What the phone's prompt calls the payee. */
  readonly payee: string;
  /** As people write it, and as phones dial it. */
  readonly help: { readonly shown: string; readonly dialled: string } | null;
  /** `#rrggbb` */
  readonly brandColour: string | null;
  readonly livemode: boolean;
  /** First name of the wallet's customer. */
  readonly owner: string | null;
  readonly number: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly totalMinor: bigint;
  /** Where the way back leads, with what became of the top-up. */
  readonly backUrl: string;
  readonly clock: Clockface;
  readonly nowMs: number;
  readonly words: Words;
}

/** What a step's page is made of. */
export interface Body {
  readonly main: Html;
  /** Said once to who listens, when the step is reached. */
  readonly said: string;
  /** Without the bill: the receipt has it, or nothing is to be paid any more. */
  readonly isAlone?: boolean;
  /** Nothing is to be paid now: the bill says the amount and does not ask for it. */
  readonly isOver?: boolean;
  /** A whole bill, not the total alone. */
  readonly isStart?: boolean;
  /** The number stands in the page itself. */
  readonly hasNumber?: boolean;
  /** How often the page asks whether something has changed. */
  readonly everySeconds?: number;
}

export const totalText = (frame: Frame): string => amountText(frame.totalMinor, frame.currency);

/** How often a page asks again without a script. */
const REFRESH_SECONDS = 10;

export interface PageOptions {
  readonly nonce: string;
  /** `versionOf` of what is shown. */
  readonly version: string;
  /** What was asked to be seen: the same is asked again. */
  readonly view: View;
}

export function renderPage(frame: Frame, body: Body, options: PageOptions): Html {
  const { words } = frame;
  const { nonce } = options;
  const title = `${body.said === '' ? '' : `${body.said.split('. ')[0]?.replace(/\.$/, '')} · `}${words.pageTitle(frame.merchant, totalText(frame))}`;
  const every = body.everySeconds ?? 0;
  return html`<!doctype html><html lang="${words.lang}"${frame.livemode ? '' : raw(' class="is-test"')}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>${title}</title><style nonce="${nonce}">${raw(STYLES)}${brandRule(frame.brandColour)}</style>${every === 0 ? '' : html`<noscript><meta http-equiv="refresh" content="${Math.max(REFRESH_SECONDS, every)}"></noscript>`}</head><body>${frame.livemode ? '' : html`<aside class="test" aria-label="${words.modeLabel}">${words.testMode}</aside>`}<p class="vh" id="say" role="status" aria-live="polite"></p>${page(frame, body, options, every)}<script nonce="${nonce}">${raw(PAGE_SCRIPT)}</script></body></html>`;
}

function page(frame: Frame, body: Body, { version, view }: PageOptions, every: number): Html {
  const { words } = frame;
  const polling =
    every === 0
      ? ''
      : html` data-every="${every * 1000}" data-status="${frame.path}/status${view === null ? '' : `?view=${view}`}" data-version="${version}"`;
  return html`<div class="page${body.isAlone === true ? ' alone' : ''}"><div class="side"><header class="top"><div class="who"><i aria-hidden="true">${initialsOf(frame.merchant)}</i>${frame.merchant}</div><div class="by">${MARK}Pesewa</div></header>${bill(frame, body)}</div><main data-say="${body.said}"${polling}>${every === 0 ? '' : offlineNote(words)}<section class="s">${body.main}</section></main>${foot(frame, body)}</div>`;
}

function bill(frame: Frame, body: Body): Html {
  const { words, currency } = frame;
  return html`<aside class="bill${body.isStart === true ? '' : ' brief'}" aria-label="${words.billLabel}"><dl class="sum"><div><dt>${words.billLine(frame.owner)}</dt><dd>${plainAmount(frame.amountMinor, currency)}</dd></div><div><dt>${words.fee}</dt><dd>${plainAmount(frame.feeMinor, currency)}</dd></div><div class="total"><dt>${body.isOver === true ? words.amount : words.youPay}</dt><dd><small>${currency}</small> ${plainAmount(frame.totalMinor, currency)}</dd></div></dl></aside>`;
}

function foot(frame: Frame, body: Body): Html {
  const { words, help } = frame;
  return html`<footer class="foot">${body.hasNumber === true ? '' : html`<p class="ref">${words.paymentNumber} ${boldNum(frame.number)}</p>`}${help === null ? '' : html`<p>${words.helpCall(frame.merchant)} <a class="num" href="tel:${help.dialled}">${help.shown}</a></p>`}</footer>`;
}

/** Shown by the script; a browser without one that is offline shows its own page. */
function offlineNote(words: Words): Html {
  return html`<div class="note n-blue" id="offline" hidden data-say="${words.offline}. ${words.offlineText}">${icon('off')}<div>${bold(words.offline)}${words.offlineText}</div></div>`;
}

/** Behind the initials alone, so that no colour makes a button unreadable. */
function brandRule(colour: string | null): Html {
  if (colour === null || !/^#[0-9a-f]{6}$/.test(colour)) return NOTHING;
  return raw(`.who i{background:${colour};color:${isLight(colour) ? '#1b1d1a' : '#fff'}}`);
}

/** Where no checkout is: for a wrong link, and for our own troubles. */
export function renderPlainPage(
  words: Words,
  { title, text, action }: { readonly title: string; readonly text: string; readonly action: string | null },
  nonce: string,
): Html {
  return html`<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>${title}</title><style nonce="${nonce}">${raw(STYLES)}</style></head><body><div class="page alone"><main><section class="s trouble"><h1>${title}</h1><p class="lead">${text}</p>${action === null ? '' : html`<div class="actions"><a class="btn two" href="">${action}</a></div>`}</section></main></div></body></html>`;
}
