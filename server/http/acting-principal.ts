import { actOn, booksOfClient } from '@/server/clients/act-on';
import type { Context, Principal } from '@/server/kernel/context';
import type { IncomingRequest } from './request';
import type { Services } from './services';

/** Names the client to act on, for a log-in: its code or its public id. */
export const CLIENT_HEADER = 'pesewa-client';

/**
 * Whose books a log-in acts on in this request. A client's own people are always on their client's; naming another is
 * naming what is not there.
 * @throws Problem resource_missing
 */
export async function actingPrincipal(
  caller: Principal,
  request: IncomingRequest,
  { db, clock, ledger }: Services,
): Promise<Principal> {
  const named = request.header(CLIENT_HEADER);
  if (named === null) return caller;
  const ctx: Context = { principal: caller, requestId: '', address: null, clock, db, ledger, answer: null };
  return actOn(ctx, await booksOfClient(ctx, named)).principal;
}
