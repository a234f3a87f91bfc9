import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup whose texts are escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export const NOTHING: Html = raw('');

/** The stem-and-coin p. */
export const MARK: Html = raw(
  '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4.5 4.5v13"/><circle cx="10.5" cy="8.5" r="6"/></svg>',
);

const ICONS = {
  alert: '<circle cx="8" cy="8" r="6.5"/><path d="M8 4.8v3.6M8 11v.1"/>',
  clock: '<circle cx="8" cy="8" r="6.5"/><path d="M8 4.5V8l2.3 1.5"/>',
} as const;

const icon = (name: keyof typeof ICONS): Html =>
  raw(`<svg viewBox="0 0 16 16" aria-hidden="true">${ICONS[name]}</svg>`);

/** What kept somebody from the next step. */
export interface Trouble {
  readonly text: string;
  /** Until the next try counts. */
  readonly waitSeconds?: number;
}

export function alert(trouble: Trouble | null): Html {
  if (trouble === null) return NOTHING;
  const isWait = trouble.waitSeconds !== undefined;
  return html`<p class="alert ${isWait ? 'a-amber' : 'a-red'}" role="alert">${icon(isWait ? 'clock' : 'alert')}<span>${trouble.text}</span></p>`;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  readonly hint?: string;
  readonly value?: string;
  /** Beside the label. */
  readonly aside?: Html;
  readonly className?: string;
  /** Further attributes, ours alone. */
  readonly attributes?: string;
  readonly fault?: string | null;
}

export function field(input: Field): Html {
  const { name, label, type = 'text', autocomplete, hint, value, aside, className, attributes = '' } = input;
  const fault = input.fault ?? null;
  const described = [hint === undefined ? '' : `${name}-hint`, fault === null ? '' : `${name}-fault`]
    .filter((id) => id !== '')
    .join(' ');
  const text = html`<label for="${name}">${label}</label>`;
  return html`<div class="f${fault === null ? '' : ' bad'}">${aside === undefined ? text : html`<div class="row">${text}${aside}</div>`}${hint === undefined ? NOTHING : html`<small id="${name}-hint">${hint}</small>`}<input${className === undefined ? NOTHING : html` class="${className}"`} id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required${value === undefined ? NOTHING : html` value="${value}"`}${raw(attributes === '' ? '' : ` ${attributes}`)}${described === '' ? NOTHING : html` aria-describedby="${described}"`}${fault === null ? NOTHING : html` aria-invalid="true"`}>${fault === null ? NOTHING : html`<p class="err" id="${name}-fault" role="alert">${icon('alert')}<span>${fault}</span></p>`}</div>`;
}

export function button(text: string, trouble: Trouble | null = null): Html {
  const wait = trouble?.waitSeconds;
  return html`<button class="btn"${wait === undefined ? NOTHING : html` data-wait="${wait}"`}>${text}</button>`;
}

export function who(email: string, other: string): Html {
  return html`<p class="who"><span>${email}</span><a href="${other}">Not you?</a></p>`;
}
