import { html, raw } from 'hono/html';
import type { PromptFacts } from '@/server/top-ups/checkout-step';
import { countdown, isoDuration } from './format';
import { type Html, num, unseen } from './html';
import { icon } from './icons';
import type { Frame } from './page';

/** Something is done by posting a form of its own: no script, and nothing in the address. */
export function action(
  frame: Frame,
  path: string,
  label: string,
  { look = 'btn', fields = {} }: { readonly look?: string; readonly fields?: Readonly<Record<string, string>> } = {},
): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${frame.path}/${path}">${hidden}<button class="${look}">${label}</button></form>`;
}

/** Somewhere else to look, and nothing changes by it. */
export function look(frame: Frame, view: string, label: string, style = 'btn two'): Html {
  return html`<a class="${style}" href="${frame.path}${view === '' ? '' : `?view=${view}`}">${label}</a>`;
}

export function goBack(frame: Frame, style = 'btn'): Html {
  return html`<a class="${style}" href="${frame.backUrl}">${frame.words.goBack(frame.merchant)}</a>`;
}

/** Ends the top-up, where nothing is under way. */
export function leave(frame: Frame): Html {
  return action(frame, 'cancel', frame.words.leave(frame.merchant), { look: 'out' });
}

export function safe(text: string, name: 'lock' | 'check' = 'lock'): Html {
  return html`<p class="safe">${icon(name)}<span>${text}</span></p>`;
}

const SEALS = { ok: 'check', no: 'x', wait: 'clock', off: 'clock', ended: 'x' } as const;

/** Sign, word and sentence: the same for every end. */
export function verdict(tone: keyof typeof SEALS, word: string, title: string): Html {
  const style = tone === 'ended' ? 'off' : tone;
  return html`<div class="verdict t-${style}"><span class="seal">${icon(SEALS[tone])}</span><div><p>${word}</p><h1>${title}</h1></div></div>`;
}

export function nothingTaken(frame: Frame): Html {
  return html`<p class="kept">${icon('check')}${frame.words.nothingTaken}</p>`;
}

export function todo(items: readonly (Html | string)[]): Html {
  return items.length === 0 ? raw('') : html`<ul class="todo">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

export interface StepRow {
  readonly state: 'done' | 'now' | 'next' | 'past';
  readonly label: string;
  readonly time?: string | undefined;
  readonly below?: Html;
}

export function steps(frame: Frame, rows: readonly StepRow[], style = ''): Html {
  const { words } = frame;
  const said = { done: words.done, now: words.now, next: words.next, past: '' };
  const line = ({ state, label, time, below }: StepRow): Html =>
    html`<li class="${state}"${state === 'now' ? raw(' aria-current="step"') : ''}><span class="mk">${state === 'done' ? icon('check') : ''}</span><div class="row"><b>${said[state] === '' ? '' : unseen(said[state])}${label}</b>${time === undefined ? '' : num(time)}</div>${below ?? ''}</li>`;
  return html`<ol class="steps${style}" aria-label="${words.progress}">${rows.map(line)}</ol>`;
}

/** What is left of the network's own time: counted down by the script, exact when the page was made. */
export function timeLeft(frame: Frame, untilMs: number, says: Html, style = 'left'): Html {
  const leftMs = untilMs - frame.nowMs;
  return html`<p class="${style}"><span><b>${frame.words.timeLeft}</b>${says}</span><time role="timer" data-until="${untilMs}" data-now="${frame.nowMs}" datetime="${isoDuration(leftMs)}">${countdown(leftMs)}</time></p>`;
}

export function sentRow(frame: Frame, prompt: PromptFacts): StepRow {
  return { state: 'done', label: frame.words.sentTo(prompt.name), time: frame.clock.time(prompt.sentAtMs) };
}

/** A code to dial: a link that asks before it calls. */
export function dial(code: string): Html {
  return html`<a href="tel:${code.replaceAll('#', '%23')}">${code}</a>`;
}
