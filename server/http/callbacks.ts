import { loggableError } from '@/server/kernel/log';
import { processKept, receiveCallback } from '@/server/payments/inbox';
import type { Answer } from './exchange';
import { BODY_BYTES_MAX, clientAddress, type IncomingRequest } from './request';
import type { Services } from './services';

/** Headers that signatures and readings may rest on; cookies and the like are nobody's business. */
const KEPT_HEADERS = ['content-type', 'user-agent', 'x-paystack-signature', 'x-reference-id'];

/**
 * What a provider tells us on its own: kept first, answered at once, looked at after. Any content type up to 64 kB, since
 * providers send forms, HTML and worse; nothing in it is believed here.
 */
export async function callbackAnswer(
  services: Services,
  request: IncomingRequest,
  { provider, token }: { readonly provider: string; readonly token: string },
): Promise<Answer> {
  const rawBody = await request.readBody(BODY_BYTES_MAX);
  const path = request.search === '' ? request.pathname : `${request.pathname}?${request.search}`;
  const { status, body, kept } = await receiveCallback(services, {
    provider,
    token,
    address: clientAddress(request, services.config.trustedProxies),
    request: { method: request.method, path, headers: headersOf(request), rawBody },
  });
  // Not awaited: the answer must not wait for a provider or the books. Whatever fails here the job takes up.
  if (kept !== null) {
    processKept(services, kept).catch((error: unknown) => {
      services.log.error({ inboxId: kept.id, error: loggableError(error) }, 'callback left to the job');
    });
  }
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' };
  if (body === null) return { status, headers, body: '' };
  headers['Content-Type'] = 'application/json';
  return { status, headers, body: JSON.stringify(body) };
}

function headersOf(request: IncomingRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = request.header(name);
    if (value !== null) headers[name] = value.slice(0, 2_048);
  }
  return headers;
}
