import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup whose texts are escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export const NOTHING: Html = raw('');

/** Figures that must not break, in digits of one width. */
export const num = (text: string): Html => html`<span class="num">${text}</span>`;
export const boldNum = (text: string): Html => html`<b class="num">${text}</b>`;
export const bold = (text: string): Html => html`<b>${text}</b>`;
/** Read out, not shown. */
export const unseen = (text: string): Html => html`<span class="vh">${text}</span>`;
