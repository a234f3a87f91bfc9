import { decode, encode } from 'next-auth/jwt';
import type { Config } from '@/server/kernel/config';
import { SESSION_SECONDS } from '@/server/staff/insert-session';
import type { IncomingRequest } from './request';

/**
 * The console's cookie is next-auth's: its name, its encryption (`encode`, `decode`), so that `/api/auth/session` and our
 * own pages mean the same session. What it holds is a token that says nothing; the row it leads to says everything.
 */
const NAME = 'next-auth.session-token';

/** With `__Host-` a browser takes it over TLS alone, from this very host, for every path. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? `__Host-${NAME}` : NAME;
}

/** Whether the browser speaks TLS: by what the deployment says of itself, or what its own proxy says. */
export function isSecure(header: (name: string) => string | null, { baseUrl, trustedProxies }: Config): boolean {
  if (baseUrl?.startsWith('https://') === true) return true;
  return trustedProxies > 0 && header('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https';
}

export function readCookie(request: Pick<IncomingRequest, 'header'>, name: string): string | null {
  for (const part of (request.header('cookie') ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim() || null;
  }
  return null;
}

/** @param maxAge seconds; 0 takes the cookie away */
export function cookieText(name: string, value: string, options: { maxAge: number; isSecure: boolean }): string {
  return `${name}=${value}; Path=/; Max-Age=${options.maxAge}; HttpOnly; SameSite=Lax${options.isSecure ? '; Secure' : ''}`;
}

export async function sealSessionCookie(secret: string, token: string): Promise<string> {
  return encode({ token: { token }, secret, maxAge: SESSION_SECONDS });
}

/** The session's token, or null when it was not this deployment that made the cookie. */
export async function openSessionCookie(secret: string, cookie: string): Promise<string | null> {
  try {
    const token = (await decode({ token: cookie, secret }))?.['token'];
    return typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}
