import type { RowClient } from '@/contracts/all-clients';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';
import { actsOnAny } from './act-on';

/**
 * Whose rows a list has. Each tenant's are read to the page's length by their own index (`cross join lateral (… limit)`)
 * and then merged: a page costs as much as the tenants have rows near its beginning, not as much as they have rows.
 */
export interface BooksOfList {
  /** A condition on `t` (tenants), whose one parameter is `value`. */
  readonly sql: (parameter: number) => string;
  readonly value: string;
  readonly isAll: boolean;
  /** What a row says of its client: nothing where all rows are one client's. */
  readonly clientOf: (row: {
    readonly client_code: string | null;
    readonly client_name: string | null;
  }) => RowClient | null;
}

export function ownBooks({ principal }: Context): BooksOfList {
  return { sql: (parameter) => `t.id = $${parameter}`, value: principal.tenantId, isAll: false, clientOf: () => null };
}

/**
 * The caller's books, or with `all` every client's in the mode.
 * @throws Problem operator_required: `all` is for the operator's people, and they must have named no client
 */
export function booksOfList(ctx: Context, all: boolean): BooksOfList {
  if (!all) return ownBooks(ctx);
  if (ctx.principal.kind !== 'login' || !actsOnAny(ctx)) {
    throw new Problem(
      'operator_required',
      'Only the operator’s people see every client’s, by log-in and without Pesewa-Client.',
      { param: 'all_clients' },
    );
  }
  return {
    sql: (parameter) => `t.mode = $${parameter}`,
    value: ctx.principal.mode,
    isAll: true,
    clientOf: ({ client_code: code, client_name: name }) => ({ code: code ?? '', name: name ?? '' }),
  };
}
