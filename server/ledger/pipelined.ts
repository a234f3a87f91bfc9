import type { Writable } from 'node:stream';
import type pg from 'pg';

/**
 * Sends queries as one write on a connection that pipelines (db/client.ts), and gives their results, or the first error
 * once every one of them has ended. After an error PostgreSQL refuses the rest of the transaction, COMMIT included.
 */
export async function pipelined(client: pg.ClientBase, queries: readonly pg.QueryConfig[]): Promise<pg.QueryResult[]> {
  // `pg` writes query by query; on a loopback a write costs as much as a small statement.
  const stream = streamOf(client);
  stream.cork();
  let sent: Promise<pg.QueryResult>[];
  try {
    sent = queries.map((query) => client.query(query));
  } finally {
    stream.uncork();
  }
  const settled = await Promise.allSettled(sent);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * Until what was sent has left this process. More than a socket's buffer holds goes out only while this thread is free:
 * PostgreSQL would wait for the rest of its message behind whatever is computed next. Never rejects.
 */
export function sent(client: pg.ClientBase): Promise<void> {
  const stream = streamOf(client);
  if (!stream.writableNeedDrain || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

function streamOf(client: pg.ClientBase): Writable {
  return (client as pg.ClientBase & { connection: { stream: Writable } }).connection.stream;
}
