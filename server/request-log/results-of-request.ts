import { formatId } from '@/contracts/ids';
import type { Context } from '@/server/kernel/context';
import { idAt } from '@/server/ledger/ids';
import type { ReadRequest } from './read-requests';

/** What a request brought about. */
export interface RequestResult {
  readonly type: 'journal' | 'payment' | 'event';
  readonly id: string;
  /** `debit`, the payment's reference, `wallet.debited`. */
  readonly title: string;
}

export const RESULTS_MAX = 20;
/** The log's row says when the answer left; another process's ids may be ahead of it by as much as clocks differ. */
const SLACK_MS = 5_000;

/**
 * The journals and payments that name the request, and the journals' events. There is no index on who asked: every posting
 * would pay for it. What a request makes has an id between its own and the end of its answer, and ids are the key.
 */
export async function resultsOfRequest(ctx: Context, request: ReadRequest): Promise<RequestResult[]> {
  if (request.method === 'GET' || request.method === 'HEAD') return [];
  const { rows } = await ctx.db.pool.query<{ type: RequestResult['type']; id: string; title: string }>(
    `with made as materialized (
       select j.id, j.kind from journals j
       where j.tenant_id = $1 and j.id between $2 and $3 and j.request_id = $4 order by j.id limit ${RESULTS_MAX}
     )
     select 'journal' as type, id::text, kind as title, 1 as place, id as at from made
     union all
     (select 'payment', p.public_hex, p.reference, 2, p.id from payments p
      where p.tenant_id = $1 and p.id between $2 and $3 and p.request_id = $4 order by p.id limit ${RESULTS_MAX})
     union all
     (select 'event', e.id::text, e.type, 3, e.id from events e
      where e.tenant_id = $1 and e.id in (select id from made) order by e.id limit ${RESULTS_MAX})
     order by place, at`,
    [ctx.principal.tenantId, request.id, idAt(request.atMs + SLACK_MS), request.requestId],
  );
  return rows.map(({ type, id, title }) => ({
    type,
    id: type === 'payment' ? `pay_${id}` : formatId(type, id),
    title,
  }));
}
