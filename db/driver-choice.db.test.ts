import pg from 'pg';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from './client';
import { makeTestDatabase } from './testing';

/**
 * Why `pg` is the driver: docs/decisions/0001-driver-pg.md. The same two scenarios against both drivers, with nothing
 * between them and PostgreSQL. The expectations of postgres.js describe its faults in 3.4.9 (porsager/postgres #1189
 * and #1215). If an upgrade of it fails them, it has changed there: look at the decision again.
 */
const CONNECTIONS = 10;
/** postgres.js's default `max_pipeline`: so many queries may wait on one connection behind the one that runs. */
const PIPELINE = 100;

interface Session {
  read(): Promise<unknown>;
  insert(note: string): Promise<unknown>;
}

interface Transaction extends Session {
  pid(): Promise<number>;
  /** Resolves when the driver has noticed that the transaction's connection is gone. */
  readonly cut: Promise<unknown>;
}

interface Driver extends Session {
  transaction(work: (inside: Transaction) => Promise<unknown>): Promise<unknown>;
  close(): Promise<void>;
}

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let admin: pg.Client;

beforeAll(async () => {
  database = await makeTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query('create table entry (note text not null)');
});

afterEach(() => admin.query('truncate entry'));

afterAll(async () => {
  await admin.end();
  await database.close();
});

function openPg(pipeline: boolean): Driver {
  const { pool } = openDatabase({
    url: database.url,
    maxConnections: CONNECTIONS,
    role: null,
    applicationName: 'driver-choice',
    pipeline,
  });
  const over = (runner: pg.Pool | pg.PoolClient): Session => ({
    read: () => runner.query('select 1'),
    insert: (note) => runner.query('insert into entry values ($1)', [note]),
  });
  return {
    ...over(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      const cut = new Promise((resolve) => client.once('end', resolve));
      client.on('error', () => {});
      try {
        await client.query('begin');
        await work({
          ...over(client),
          pid: async () => (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0,
          cut,
        });
        await client.query('commit');
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

function openPostgresJs(): Driver {
  let closed = (): void => {};
  const cut = new Promise<void>((resolve) => {
    closed = resolve;
  });
  // Its defaults, but for the pool's size (which is also its default) and two listeners.
  const sql = postgres(database.url, { max: CONNECTIONS, onclose: () => closed(), onnotice: () => {} });
  // execute() sends in the order of the calls, as begin() does; an awaited query goes one microtask later.
  const over = (runner: postgres.Sql | postgres.TransactionSql): Session => ({
    read: () => runner`select 1`.execute(),
    insert: (note) => runner`insert into entry values (${note})`.execute(),
  });
  return {
    ...over(sql),
    transaction: (work) =>
      sql.begin((inside) =>
        work({
          ...over(inside),
          pid: async () => (await inside<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0,
          cut,
        }),
      ),
    close: () => sql.end({ timeout: 1 }),
  };
}

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T>[] =>
  Array.from({ length: count }, (_, index) => make(index));

const fulfilled = (settled: PromiseSettledResult<unknown>[]): number =>
  settled.filter(({ status }) => status === 'fulfilled').length;

async function notes(): Promise<string[]> {
  const { rows } = await admin.query<{ note: string }>('select note from entry order by note');
  return rows.map(({ note }) => note);
}

/** Each connection gets as many reads as leave room for one query more; then come five transactions, then INSERTs. */
async function burst(driver: Driver) {
  try {
    await Promise.all(times(CONNECTIONS, () => driver.read()));
    const reads = times(CONNECTIONS * PIPELINE, () => driver.read());
    const transactions = times(5, () => driver.transaction((inside) => inside.read()));
    const [answered, committed] = await Promise.all([Promise.allSettled(reads), Promise.allSettled(transactions)]);
    const inserts = await Promise.allSettled(times(CONNECTIONS, (index) => driver.insert(String(index))));
    const { rowCount: leftOpen } = await admin.query(
      `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    return {
      reads: fulfilled(answered),
      transactions: fulfilled(committed),
      acknowledged: fulfilled(inserts),
      visible: (await notes()).length,
      leftOpen: leftOpen ?? 0,
    };
  } finally {
    await driver.close();
  }
}

/** A backend dies while a transaction's callback is busy elsewhere; others query meanwhile; then the callback goes on. */
async function backendDies(driver: Driver) {
  try {
    let second: PromiseSettledResult<unknown>[] = [];
    let over = (): void => {};
    const workOver = new Promise<void>((resolve) => {
      over = resolve;
    });
    const transaction = driver.transaction(async (inside) => {
      try {
        await inside.insert('first');
        await admin.query('select pg_terminate_backend($1)', [await inside.pid()]);
        await inside.cut;
        await Promise.allSettled(times(CONNECTIONS, () => driver.read()));
        second = await Promise.allSettled([inside.insert('second')]);
      } finally {
        over();
      }
    });
    const outcome = await Promise.allSettled([transaction]);
    await workOver;
    return { committed: fulfilled(outcome), secondAcknowledged: fulfilled(second), visible: await notes() };
  } finally {
    await driver.close();
  }
}

describe.each([
  ['pg', false],
  ['pg, pipelining', true],
])('%s', (_, pipeline) => {
  test('a burst with transactions after it loses no acknowledged INSERT and leaves no transaction open', async () => {
    expect(await burst(openPg(pipeline))).toEqual({
      reads: CONNECTIONS * PIPELINE,
      transactions: 5,
      acknowledged: CONNECTIONS,
      visible: CONNECTIONS,
      leftOpen: 0,
    });
  });

  test('when its backend dies, nothing of a transaction commits', async () => {
    expect(await backendDies(openPg(pipeline))).toEqual({ committed: 0, secondAcknowledged: 0, visible: [] });
  });
});

describe('postgres.js', () => {
  test('a burst with transactions after it loses acknowledged INSERTs and leaves transactions open', async () => {
    const { visible, leftOpen, ...told } = await burst(openPostgresJs());
    expect(told).toEqual({ reads: CONNECTIONS * PIPELINE, transactions: 0, acknowledged: CONNECTIONS });
    expect(visible).toBeLessThan(CONNECTIONS);
    expect(leftOpen).toBeGreaterThan(0);
  });

  test('when its backend dies, the next statement of the transaction commits alone', async () => {
    expect(await backendDies(openPostgresJs())).toEqual({ committed: 0, secondAcknowledged: 1, visible: ['second'] });
  });
});
