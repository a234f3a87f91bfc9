import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Page {
  readonly title: string;
  readonly main: Html;
  /** Which entry of the menu; pages for payers have none. */
  readonly here?: 'handset' | 'cards' | 'messages';
  /** Seconds after which a page without JavaScript loads itself again. */
  readonly refresh?: number;
}

const MENU = [
  ['handset', '/handset', 'Handset'],
  ['cards', '/handset/cards', 'Cards and banks'],
  ['messages', '/handset/messages', 'Raw messages'],
] as const;

/** Every page of the simulator: never to be taken for a real one, and readable without a script. */
export function page({ title, main, here, refresh }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Pesewa simulator</title>
<link rel="icon" href="/handset/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/handset/style.css">
${refresh === undefined ? '' : html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript><script src="/handset/script.js" defer></script>`}
</head>
<body>
<aside class="sim" aria-label="Mode"><span>Simulator. No real network, no real money.</span></aside>
${here === undefined ? PAYERS : menu(here)}
<main>${main}</main>
</body>
</html>`;
}

/** The pages for payers are Paystack's, not ours. */
const PAYERS = html`<header class="top"><span class="payers">Paystack<small>simulated</small></span></header>`;

function menu(here: Page['here']): Html {
  return html`<header class="top">
  <a class="brand" href="/handset"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4.5 4.5v13"/><circle cx="10.5" cy="8.5" r="6"/></svg>Pesewa <small>Simulator</small></a>
  <nav aria-label="Simulator">${MENU.map(([name, href, text]) => html`<a href="${href}" ${name === here ? html`aria-current="page"` : ''}>${text}</a>`)}</nav>
</header>`;
}

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke-width="2.6" stroke-linecap="round"><style>g{stroke:#8a6100}@media(prefers-color-scheme:dark){g{stroke:#e5b94e}}</style><g><path d="M4.5 4.5v13"/><circle cx="10.5" cy="8.5" r="6"/></g></svg>';
