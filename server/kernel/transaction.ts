import type pg from 'pg';
import type { Database } from '@/db/client';
import { AnswerExists, OutcomeUnknown } from '@/server/ledger/ledger';
import type { AnswerSlot, Context } from './context';

/** A connection inside a transaction. */
export type Transaction = pg.PoolClient;

const TRIES_MAX = 5;
/** Serialization failure and deadlock: PostgreSQL undid the transaction, and a repeat is expected. */
const REPEATABLE = new Set(['40001', '40P01']);

/**
 * Runs `work` in a transaction of its own and commits. With an Idempotency-Key the rendered answer commits with it.
 * `work` may run again after a serialization failure or deadlock, so it keeps its effects in the transaction.
 * @throws AnswerExists when another request stored an answer under the same key first; nothing happened.
 * @throws OutcomeUnknown when the connection broke during COMMIT.
 */
export function inTransaction<R>(
  ctx: Pick<Context, 'db' | 'answer'>,
  work: (tx: Transaction) => Promise<R>,
): Promise<R> {
  const { answer } = ctx;
  if (answer === null) return transact(ctx.db, work);
  return transact(ctx.db, async (tx) => {
    const result = await work(tx);
    await storeAnswer(tx, answer, result);
    return result;
  });
}

/** The same without a request behind it: set-up and jobs. */
export async function transact<R>(db: Database, work: (tx: Transaction) => Promise<R>): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(db, work);
    } catch (error) {
      if (tries >= TRIES_MAX || !REPEATABLE.has(sqlStateOf(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries));
    }
  }
}

async function attempt<R>(db: Database, work: (tx: Transaction) => Promise<R>): Promise<R> {
  const client = await db.pool.connect();
  // Without a listener of ours a connection that dies while checked out would end the process.
  const ignore = (): void => {};
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await commit(client);
    return result;
  } catch (error) {
    if (error instanceof OutcomeUnknown) broken = error;
    else broken = await rollBack(client);
    throw error;
  } finally {
    client.off('error', ignore);
    // A connection in an unknown state is closed, never put back into the pool.
    client.release(broken);
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  let tag: string;
  try {
    tag = (await client.query('commit')).command;
  } catch (error) {
    // An answer with an SQLSTATE of the server's is a refusal (a deferred constraint); silence is not.
    if (sqlStateOf(error) === null || /^(57|08)/.test(sqlStateOf(error) ?? '')) throw new OutcomeUnknown(error);
    throw error;
  }
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, not with an error.
  if (tag !== 'COMMIT') throw new Error('The transaction had failed before it was to be committed.');
}

async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed');
  }
}

/** Guarantee: the primary key (tenant, key) lets one request in the world store an answer, and its effect with it. */
async function storeAnswer(tx: Transaction, slot: AnswerSlot, result: unknown): Promise<void> {
  const reply = slot.render(result);
  try {
    await tx.query({
      name: 'store_answer',
      text: 'insert into answers (tenant_id, key, fingerprint, status, body) values ($1, $2, $3, $4, $5)',
      values: [slot.tenantId, slot.key, slot.fingerprint, reply.status, JSON.stringify(reply.body)],
    });
  } catch (error) {
    if (sqlStateOf(error) === '23505') throw new AnswerExists();
    throw error;
  }
}

/** The SQLSTATE of a PostgreSQL error, or null for any other (sockets have codes too, of other shapes). */
export function sqlStateOf(error: unknown): string | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
