import type { Principal } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { liveNeedsSecondFactor } from '@/server/staff/second-factor-policy';
import type { AnyOperation } from './operation';
import type { IncomingRequest } from './request';
import type { Services } from './services';
import { isSecure, readCookie, sessionCookieName } from './session-cookie';

/** Which set of books a request by cookie is about: a session of the console is for both. */
export const MODE_HEADER = 'pesewa-mode';
/** Sent with what a page asks for by itself, so that an empty chair is not taken for somebody at work. */
export const BACKGROUND_HEADER = 'pesewa-background';

/** What a form of any site may send without asking first. */
const FORM_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)(?:[ \t]*;|[ \t]*$)/i;

/**
 * Who asks with the console's cookie; null where there is none.
 * @throws Problem cross_site_request, parameter_missing, parameter_invalid, credentials_invalid, token_expired, client_inactive
 */
export async function cookieCaller(request: IncomingRequest, services: Services): Promise<Principal | null> {
  const cookie = cookieOf(request, services);
  if (cookie === null) return null;
  requireSameOrigin(request, services);
  const mode = request.header(MODE_HEADER);
  if (mode === null) {
    throw new Problem('parameter_missing', 'With a session of the console, send Pesewa-Mode: live or test.', {
      param: 'Pesewa-Mode',
    });
  }
  if (mode !== 'live' && mode !== 'test') {
    throw new Problem('parameter_invalid', 'Pesewa-Mode must be live or test.', { param: 'Pesewa-Mode' });
  }
  const caller = await services.authenticator.authenticateCookie(cookie, mode);
  if (request.header(BACKGROUND_HEADER) === null) await services.authenticator.noteSeen(caller);
  return caller;
}

/**
 * What the console asks beyond the role: a second factor for live books, a fresh proof for what is dangerous. Keys and
 * access tokens are not affected.
 * @throws Problem second_factor_required, step_up_required
 */
export async function requireConsoleDemands(
  caller: Principal,
  operation: AnyOperation,
  request: IncomingRequest,
  services: Services,
): Promise<void> {
  const session = caller.console;
  if (session === undefined) return;
  const isOpen = caller.mode === 'test' || session.hasSecondFactor || operation.isBeforeSecondFactor === true;
  if (!isOpen && liveNeedsSecondFactor(caller, services.config.secondFactor)) {
    throw new Problem('second_factor_required', 'Live books need a second factor: set up an authenticator app first.');
  }
  if (operation.stepUp !== true || session.isProved) return;
  // What is believed may be a second old, and the proof newer.
  const cookie = cookieOf(request, services);
  const fresh = cookie === null ? null : await services.authenticator.authenticateCookie(cookie, caller.mode, true);
  if (fresh?.console?.isProved === true) return;
  throw new Problem('step_up_required', 'Confirm with your password or a code first, then repeat.');
}

/**
 * A browser sends the cookie along with what another site makes it send. Such a request is told by where the browser
 * says it comes from, and by a content type that no form has.
 * @throws Problem cross_site_request
 */
export function requireSameOrigin(request: IncomingRequest, services: Pick<Services, 'config'>): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (!isSameOrigin(request, services)) {
    throw new Problem('cross_site_request', 'A request by cookie must come from a page of this console.');
  }
  if (request.method === 'DELETE') return;
  const type = request.header('content-type');
  if (type === null || FORM_TYPES.test(type)) {
    throw new Problem('cross_site_request', 'A request by cookie must say Content-Type: application/json.');
  }
}

/** By Sec-Fetch-Site, which no page can write; of older browsers by Origin. */
export function isSameOrigin(request: Pick<IncomingRequest, 'header'>, { config }: Pick<Services, 'config'>): boolean {
  const site = request.header('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.header('origin');
  if (origin === null) return false;
  if (config.baseUrl !== null && origin === config.baseUrl) return true;
  const protocol = isSecure((name) => request.header(name), config) ? 'https' : 'http';
  return origin === `${protocol}://${request.header('host')}`;
}

function cookieOf(request: IncomingRequest, { config }: Services): string | null {
  return readCookie(request, sessionCookieName(isSecure((name) => request.header(name), config)));
}
