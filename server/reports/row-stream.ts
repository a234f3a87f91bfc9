import type pg from 'pg';
import type { Database } from '@/db/client';
import type { Context } from '@/server/kernel/context';
import { Problem } from '@/server/kernel/problem';

/** Rows of one query, in one snapshot, a page at a time. */
export interface RowStream<Row> {
  /** Asks the database for nothing before its first page is asked for. Once. */
  readonly pages: () => AsyncGenerator<readonly Row[], void, undefined>;
  /** Ends the query at once, whatever it is doing: nobody reads any more. */
  readonly stop: () => void;
}

const PAGE_SIZE = 1_000;
/** A stream holds a connection and a snapshot for as long as its reader takes, so there are few and none lasts. */
const STREAMS_MAX = 4;
const STREAMS_PER_TENANT_MAX = 2;
const LASTS_MS_MAX = 15 * 60_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * A reader who takes nothing for half a minute is cut off. The interval makes PostgreSQL notice within a second that we
 * dropped the connection under a running query; not every platform has it.
 */
const BEGIN = `begin read only;
  set local jit = off;
  set local cursor_tuple_fraction = 1;
  set local idle_in_transaction_session_timeout = '30s';
  do $$ begin
    perform set_config('client_connection_check_interval', '1s', true);
  exception when others then null;
  end $$`;

const FETCH = `fetch forward ${PAGE_SIZE} from report`;

/**
 * @throws Problem rate_limited, when as many are under way as may be
 */
export function openRowStream<Row extends pg.QueryResultRow>(
  ctx: Pick<Context, 'db' | 'principal'>,
  sql: string,
  values: readonly unknown[],
): RowStream<Row> {
  const { tenantId } = ctx.principal;
  requireRoom(ctx.db, tenantId);
  let connection: pg.PoolClient | null = null;
  let stoppedBy: Error | null = null;
  const drop = (reason: Error): void => {
    stoppedBy ??= reason;
    const dropped = connection;
    connection = null;
    dropped?.release(reason);
  };

  async function* pages(): AsyncGenerator<readonly Row[], void, undefined> {
    const leave = enter(ctx.db, tenantId);
    const timer = setTimeout(() => drop(new Error('The report took longer than it may.')), LASTS_MS_MAX);
    timer.unref();
    try {
      const client = await ctx.db.pool.connect();
      connection = client;
      // Without a listener of ours a connection that dies between two pages would end the process.
      client.on('error', drop);
      if (stoppedBy !== null) throw stoppedBy;
      await client.query(BEGIN);
      await client.query(`declare report no scroll cursor for ${sql}`, [...values]);
      for (;;) {
        const { rows } = await client.query<Row>(FETCH);
        if (rows.length > 0) yield rows;
        if (rows.length < PAGE_SIZE) break;
      }
      await client.query('commit');
      client.off('error', drop);
      connection = null;
      client.release();
    } finally {
      clearTimeout(timer);
      // Anything but a clean end leaves a connection that nobody else should get.
      drop(new Error('The report was left before its end.'));
      leave();
    }
  }

  return { pages, stop: () => drop(new Error('Nobody reads the report any more.')) };
}

/** Tenants of the streams under way; by database, of which tests have several in one process. */
const underWay = new WeakMap<Database, string[]>();

function requireRoom(db: Database, tenantId: string): string[] {
  const tenants = underWay.get(db) ?? [];
  underWay.set(db, tenants);
  const own = tenants.filter((other) => other === tenantId).length;
  if (own < STREAMS_PER_TENANT_MAX && tenants.length < STREAMS_MAX) return tenants;
  throw new Problem('rate_limited', 'Other reports are being downloaded; repeat when one of them is done.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function enter(db: Database, tenantId: string): () => void {
  const tenants = requireRoom(db, tenantId);
  tenants.push(tenantId);
  return () => {
    tenants.splice(tenants.indexOf(tenantId), 1);
  };
}
