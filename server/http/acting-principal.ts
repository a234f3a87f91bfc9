import type { Scope } from '@/contracts/scopes';
import { actOn, booksOfClient, requireActive } from '@/server/clients/act-on';
import type { Context, Principal } from '@/server/kernel/context';
import type { AnyOperation } from './operation';
import type { IncomingRequest } from './request';
import type { Services } from './services';

/** Names the client to act on, for a log-in: its code or its public id. */
export const CLIENT_HEADER = 'pesewa-client';

/** What moves money, or makes what does: refused on the books of a client that is inactive, whoever asks. */
const MOVES_MONEY: ReadonlySet<Scope | null> = new Set<Scope>([
  'wallets:write',
  'transactions:write',
  'reversals:write',
  'payments:write',
  'mobilemoney-receive-direct',
]);

/**
 * Whose books a log-in acts on in this request. A client's own people are always on their client's; naming another is
 * naming what is not there.
 * @throws Problem resource_missing, client_inactive
 */
export async function actingPrincipal(
  caller: Principal,
  { scope }: Pick<AnyOperation, 'scope'>,
  request: IncomingRequest,
  { db, clock, ledger }: Services,
): Promise<Principal> {
  const named = request.header(CLIENT_HEADER);
  if (named === null) return caller;
  const ctx: Context = { principal: caller, requestId: '', address: null, clock, db, ledger, answer: null };
  const books = await booksOfClient(ctx, named);
  if (MOVES_MONEY.has(scope)) requireActive(books);
  return actOn(ctx, books).principal;
}
