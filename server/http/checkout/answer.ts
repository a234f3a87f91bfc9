import { randomBytes } from 'node:crypto';
import type { Answer } from '../exchange';
import type { Html } from './html';

/** Where a form of ours may lead: itself, and the hosts that the customer may be sent back to. */
export function pageAnswer(
  render: (nonce: string) => Html,
  {
    status = 200,
    lang,
    formTargets = [],
    headers = {},
  }: {
    readonly status?: number;
    /** Of the words on the page. */
    readonly lang: string;
    readonly formTargets?: readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
  },
): Answer {
  const nonce = randomBytes(16).toString('base64');
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': lang,
      Vary: 'Accept-Language',
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src 'nonce-${nonce}'`,
        'img-src data:',
        "connect-src 'self'",
        // A browser holds the redirect after a form to this too: cancelling leads back to the merchant.
        `form-action ${["'self'", ...new Set(formTargets)].join(' ')}`,
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      ...PRIVATE,
      ...headers,
    },
    body: String(render(nonce)),
  };
}

/** The address is a secret, and what stands on the page is somebody's. */
const PRIVATE = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** After a form: the browser asks for a page, which can be loaded again without sending the form again. */
export function seeOther(location: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 303, headers: { Location: location, ...PRIVATE, ...headers }, body: null };
}

export function textAnswer(text: string): Answer {
  return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...PRIVATE }, body: text };
}
