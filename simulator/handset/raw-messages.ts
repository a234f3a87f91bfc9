import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Message } from '../message-log';
import type { Simulator } from '../simulator';
import { page } from './layout';
import { secondsText } from './text';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const SHOWN_MAX = 100;

/** What Pesewa asked and what it was told, as it went over the wire; credentials are left out. */
export function rawMessages(simulator: Simulator): Html {
  const messages = simulator.log.list().slice(-SHOWN_MAX).reverse();
  return page({
    title: 'Raw messages',
    here: 'messages',
    main: html`<div class="head"><div><h1>Raw messages</h1><p>The last ${SHOWN_MAX} requests to the providers, the newest first. Callbacks are under Past requests.</p></div></div>
${messages.length === 0 ? html`<p class="quiet-now">Nothing was asked yet.</p>` : html`<div class="panel raw">${messages.map(entry)}</div>`}`,
  });
}

function entry(message: Message): Html {
  const status = message.status === null ? '…' : message.status === 0 ? 'cut' : String(message.status);
  const kind = message.status === null ? 'wait' : message.status >= 200 && message.status < 300 ? 'ok' : 'no';
  return html`<details><summary><span>${secondsText(message.at, null)}</span><b>${message.provider}</b><span class="mono path">${message.method} ${message.path}</span>${
    message.fault === null ? '' : html`<span class="tag odd">${message.fault}</span>`
  }<span class="tag ${kind}">${status}</span></summary>
<pre>${Object.entries(message.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}

${message.body}</pre><pre>${message.answer ?? ''}</pre></details>`;
}
