import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import type { Queryable } from '@/server/kernel/sql-time';

/** One set of a client's books, as a request finds it. */
export interface ClientBooks {
  readonly tenantId: string;
  /** The client's public id. */
  readonly clientId: string;
  readonly clientCode: string;
  readonly isActive: boolean;
}

/** Columns for `toBooks`, from `tenants t join clients c`. */
export const BOOKS_COLUMNS = `t.id as tenant_id, c.public_id as client_public_id, c.code as client_code, c.status as client_status`;

export interface BooksRow {
  tenant_id: string;
  client_public_id: string;
  client_code: string;
  client_status: string;
}

export function toBooks(row: BooksRow): ClientBooks {
  return {
    tenantId: row.tenant_id,
    clientId: row.client_public_id,
    clientCode: row.client_code,
    isActive: row.client_status === 'active',
  };
}

/**
 * Which books a look-up may search: those of one tenant, or of every client in the caller's mode for one of the
 * operator's people who named no client. A condition on `t` (tenants), with its parameters from `$first` on.
 */
export function booksVisible(
  ctx: Context,
  first: number,
): { readonly sql: string; readonly values: readonly string[] } {
  return actsOnAny(ctx)
    ? { sql: `t.mode = $${first}`, values: [ctx.principal.mode] }
    : { sql: `t.id = $${first}`, values: [ctx.principal.tenantId] };
}

/** True for one of the operator's people who named no client. */
export function actsOnAny({ principal }: Context): boolean {
  return principal.isOperator && !principal.actsOnClient;
}

/** The books of a client named by its code or public id; of another client there is nothing to find. */
export async function booksOfClient(ctx: Context, named: string, db: Queryable = ctx.db.pool): Promise<ClientBooks> {
  const visible = booksVisible(ctx, 3);
  const { rows } = await db.query<BooksRow>(
    `select ${BOOKS_COLUMNS} from clients c join tenants t on t.client_id = c.id
     where (c.code = $1 or c.public_id = $1) and t.mode = $2 and ${visible.sql}`,
    [named, ctx.principal.mode, ...visible.values],
  );
  const row = rows[0];
  if (row === undefined) {
    throw new Problem('resource_missing', `There is no client ${named.slice(0, 64)}.`, { param: 'client_code' });
  }
  return toBooks(row);
}

/** The same request on these books: what verbs of a tenant are given when the request names somebody's account. */
export function actOn(ctx: Context, books: ClientBooks): Context {
  const { principal } = ctx;
  if (books.tenantId === principal.tenantId) return ctx;
  return {
    ...ctx,
    principal: { ...principal, tenantId: books.tenantId, clientId: books.clientId, actsOnClient: true },
  };
}

/** @throws Problem client_inactive: a client that is inactive moves nothing, whoever asks. */
export function requireActive(books: ClientBooks): void {
  if (books.isActive) return;
  throw new Problem('client_inactive', `The client ${books.clientCode} is inactive: nothing of it moves.`);
}
