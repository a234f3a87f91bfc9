import { formatId } from '@/contracts/ids';
import type { Context, Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { SESSION_SECONDS } from '@/server/staff/insert-session';
import { PENDING_MINUTES } from '@/server/staff/sign-in';
import { clientAddress, type IncomingRequest } from '../request';
import type { Services } from '../services';
import { cookieText, isSecure, readCookie, sealSessionCookie, sessionCookieName } from '../session-cookie';
import type { Frame } from './page';
import type { Trouble } from './parts';

const PENDING = 'pesewa.sign-in';
const FORM_BYTES_MAX = 8_192;

/** Where people land who came for nothing in particular. */
export const HOME = '/console';

/** A request to a sign-in page, and what it is answered with. */
export class Visit {
  readonly isSecure: boolean;

  constructor(
    readonly services: Services,
    readonly request: IncomingRequest,
  ) {
    this.isSecure = isSecure((name) => request.header(name), services.config);
  }

  get frame(): Frame {
    const { config } = this.services;
    const theme = readCookie(this.request, 'pesewa_theme');
    const host = config.baseUrl === null ? (this.request.header('host') ?? '') : new URL(config.baseUrl).host;
    return {
      host,
      idleMinutes: config.sessionIdleMinutes,
      theme: theme === 'dark' || theme === 'light' ? theme : null,
    };
  }

  get userAgent(): string | null {
    return this.request.header('user-agent');
  }

  query(name: string): string | null {
    return new URLSearchParams(this.request.search).get(name);
  }

  async form(): Promise<URLSearchParams> {
    return new URLSearchParams(Buffer.from(await this.request.readBody(FORM_BYTES_MAX)).toString('utf8'));
  }

  /** For whom nobody has signed in yet, in the books that a log-in opens by default. */
  context(principal?: Principal): Context {
    const { clock, db, ledger, secretBox, config } = this.services;
    return {
      principal: principal ?? { ...NOBODY, mode: config.loginMode },
      requestId: formatId('request', ledger.nextId()),
      address: clientAddress(this.request, config.trustedProxies),
      clock,
      db,
      ledger,
      answer: null,
      secretBox,
      people: { idleMinutes: config.sessionIdleMinutes, secondFactor: config.secondFactor },
      publicOrigin: this.origin,
    };
  }

  get origin(): string {
    const { config } = this.services;
    return config.baseUrl ?? `${this.isSecure ? 'https' : 'http'}://${this.request.header('host')}`;
  }

  /** Who has this browser's session; null when it has none that works. */
  async person(): Promise<Principal | null> {
    const cookie = readCookie(this.request, sessionCookieName(this.isSecure));
    return cookie === null ? null : this.personOf(cookie);
  }

  async personOf(cookie: string): Promise<Principal | null> {
    try {
      return await this.services.authenticator.authenticateCookie(cookie, this.services.config.loginMode);
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  get pendingToken(): string | null {
    return readCookie(this.request, this.#pendingName);
  }

  get #pendingName(): string {
    return this.isSecure ? `__Host-${PENDING}` : PENDING;
  }

  pendingCookie(token: string): string {
    return cookieText(this.#pendingName, token, { maxAge: PENDING_MINUTES * 60, isSecure: this.isSecure });
  }

  /** The session's cookie, and the end of what was pending. */
  async sessionCookies(token: string): Promise<string[]> {
    const value = await sealSessionCookie(this.services.authSecret(), token);
    const name = sessionCookieName(this.isSecure);
    return [
      cookieText(name, value, { maxAge: SESSION_SECONDS, isSecure: this.isSecure }),
      cookieText(this.#pendingName, '', { maxAge: 0, isSecure: this.isSecure }),
    ];
  }

  get endCookies(): string[] {
    return [sessionCookieName(this.isSecure), this.#pendingName].map((name) =>
      cookieText(name, '', { maxAge: 0, isSecure: this.isSecure }),
    );
  }
}

/** A place on this host, or home: what a link says must lead nowhere else. */
export function safeNext(next: string | null): string {
  if (next === null || next.length > 2_000 || !/^\/(?![/\\])[!-~]*$/.test(next) || next.includes('\\')) return HOME;
  // Of the sign-in pages only the one that comes after signing in.
  return /^\/signin(?:[/?#]|$)/.test(next) && !/^\/signin\/second-factor(?:\?|$)/.test(next) ? HOME : next;
}

/** What a person may hear of a refusal. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Problem)) throw error;
  const wait = error.retryAfterSeconds;
  switch (error.code) {
    case 'credentials_invalid':
      return { text: 'That e-mail and password do not match.' };
    case 'login_throttled':
      return {
        text: `Too many tries. You can try again in ${secondsText(wait ?? 1)}. Your account is not locked.`,
        waitSeconds: wait ?? 1,
      };
    case 'login_busy':
      return { text: 'Too many people are signing in at this moment. Try again.', waitSeconds: wait ?? 1 };
    case 'client_inactive':
      return { text: 'Your company’s account is inactive. Ask the operator of this console.' };
    case 'database_unavailable':
      return { text: 'The database cannot be reached just now. Try again in a moment.' };
    default:
      return { text: error.message };
  }
}

export function statusOf(error: unknown): { status: number; headers?: Record<string, string> } {
  if (error instanceof Problem && error.retryAfterSeconds !== null) {
    return { status: 429, headers: { 'Retry-After': String(error.retryAfterSeconds) } };
  }
  return { status: 422 };
}

function secondsText(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

const NOBODY: Omit<Principal, 'mode'> = {
  kind: 'nobody',
  tenantId: '0',
  clientId: '',
  credentialId: '',
  actor: 'nobody',
  scopes: [],
  role: null,
  isOperator: false,
  actsOnClient: false,
};
