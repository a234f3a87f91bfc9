import type { Context } from '@/server/kernel/context';

export interface Myself {
  readonly kind: 'api_key' | 'login';
  /** Of the key or the session. */
  readonly credentialId: string;
  readonly user: { readonly id: string; readonly email: string; readonly name: string } | null;
  readonly role: string | null;
  readonly scopes: readonly string[];
  readonly client: { readonly id: string; readonly code: string; readonly name: string };
  readonly mode: 'live' | 'test';
  readonly isOperator: boolean;
  readonly actsOnClient: boolean;
}

/** Who asks, and on whose books. */
export async function whoAmI(ctx: Context): Promise<Myself> {
  const { principal } = ctx;
  const userId = principal.kind === 'login' ? principal.actor.slice('user:'.length) : null;
  const { rows } = await ctx.db.pool.query<{
    code: string;
    client_name: string;
    email: string | null;
    user_name: string | null;
  }>(
    `select c.code, c.name as client_name, u.email, u.name as user_name
     from clients c left join users u on u.id = $2 where c.public_id = $1`,
    [principal.clientId, userId],
  );
  const row = rows[0];
  if (row === undefined || principal.kind === 'nobody') throw new Error('The caller is of no client.');
  const user =
    userId === null || row.email === null || row.user_name === null
      ? null
      : { id: userId, email: row.email, name: row.user_name };
  return {
    kind: principal.kind,
    credentialId: principal.credentialId,
    user,
    role: principal.role,
    scopes: principal.scopes,
    client: { id: principal.clientId, code: row.code, name: row.client_name },
    mode: principal.mode,
    isOperator: principal.isOperator,
    actsOnClient: principal.actsOnClient,
  };
}
