import type { Context } from '@/server/kernel/context';
import { type Queryable, sqlMs } from '@/server/kernel/sql-time';

export interface WalletNote {
  readonly id: string;
  readonly walletId: string;
  readonly body: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly createdAtMs: number;
  readonly livemode: boolean;
}

interface Row {
  id: string;
  account_id: string;
  body: string;
  actor: string;
  actor_name: string | null;
  created_at_ms: string;
}

const NUMBER = '([0-9]{1,18}|[1-8][0-9]{18})';

const COLUMNS = `n.id, n.account_id, n.body, n.actor, ${sqlMs('n.created_at')} as created_at_ms, coalesce(
  (select u.name from users u where u.id = substring(n.actor from '^user:${NUMBER}$')::bigint),
  (select k.name from api_keys k where k.tenant_id = n.tenant_id and k.id = substring(n.actor from '^api_key:${NUMBER}$')::bigint)
) as actor_name`;

/**
 * A wallet's notes, newest first.
 * @returns up to `limit + 1`: the one over says there is more
 */
export async function readNotes(
  ctx: Context,
  walletId: string,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<WalletNote[]> {
  const { rows } = await ctx.db.pool.query<Row>(
    `select ${COLUMNS} from account_notes n
     where n.tenant_id = $1 and n.account_id = $2 and ($3::bigint is null or n.id < $3) order by n.id desc limit $4`,
    [ctx.principal.tenantId, walletId, page.afterId, page.limit + 1],
  );
  return rows.map((row) => toNote(ctx, row));
}

export async function readNote(ctx: Context, id: string, db: Queryable): Promise<WalletNote> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from account_notes n where n.tenant_id = $1 and n.id = $2`, [
    ctx.principal.tenantId,
    id,
  ]);
  if (rows[0] === undefined) throw new Error('A note that was written is there.');
  return toNote(ctx, rows[0]);
}

function toNote(ctx: Context, row: Row): WalletNote {
  return {
    id: row.id,
    walletId: row.account_id,
    body: row.body,
    actor: row.actor,
    actorName: row.actor_name,
    createdAtMs: Number(row.created_at_ms),
    livemode: ctx.principal.mode === 'live',
  };
}
