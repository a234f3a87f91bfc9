import { randomBytes } from 'node:crypto';
import { html, raw } from 'hono/html';
import { type Html, MARK, NOTHING } from './parts';
import { FONT_PATH, SCRIPT, STYLES } from './styles';

/** What every sign-in page says around its card. */
export interface Frame {
  /** Where this console is, as people know it. */
  readonly host: string;
  readonly idleMinutes: number;
  /** As chosen in the console; null follows the system. */
  readonly theme: 'dark' | 'light' | null;
}

export interface PageParts {
  readonly title: string;
  readonly card: Html;
  readonly isWide?: boolean;
  /** Below the card. */
  readonly under?: Html;
}

export interface PageOptions {
  readonly status?: number;
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands on these pages is somebody's own; no other site may frame, cache or script them. */
const PRIVATE = {
  'Cache-Control': 'no-store',
  // Within the site alone: with no-referrer a browser would send no Origin with a form, by which it is told from a forged one.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

export function pageAnswer(frame: Frame, parts: PageParts, options: PageOptions = {}): Response {
  const nonce = randomBytes(16).toString('base64');
  const headers = new Headers({
    ...PRIVATE,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "font-src 'self'",
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    ...options.headers,
  });
  for (const cookie of options.cookies ?? []) headers.append('Set-Cookie', cookie);
  return new Response(String(render(frame, parts, nonce)), { status: options.status ?? 200, headers });
}

/** After a form: the browser asks for a page, which can be loaded again without sending the form again. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...PRIVATE, Location: location });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}

function render({ host, idleMinutes, theme }: Frame, { title, card, isWide, under }: PageParts, nonce: string): Html {
  const font = (name: string) =>
    html`<link rel="preload" href="${FONT_PATH}${name}" as="font" type="font/woff2" crossorigin>`;
  return html`<!doctype html><html lang="en"${theme === null ? NOTHING : raw(` data-theme="${theme}"`)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title} · Pesewa</title>${font('geist-sans-latin.woff2')}<link rel="icon" href="data:,"><style nonce="${nonce}">${raw(STYLES)}</style></head><body><header><a class="brand" href="/">${MARK}Pesewa</a><span class="host">${host}</span></header><main><section class="card${isWide === true ? ' wide' : ''}">${card}</section>${under ?? NOTHING}<p class="under">You are signed out after ${idleText(idleMinutes)} without a click, and after 12 hours in any case.</p></main><footer><a href="/docs">Docs</a></footer><script nonce="${nonce}">${raw(SCRIPT)}</script></body></html>`;
}

function idleText(minutes: number): string {
  if (minutes % 60 !== 0) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
}
