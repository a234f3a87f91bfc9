import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { nodeListener } from '@/server/http/mount';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { type Books, openBooks, openUsedBooks } from './report-testing';

const clock = fixedClock(Date.UTC(2026, 4, 24, 10));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let harness: LedgerHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  harness = await openTestLedger(database, clock);
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  await harness?.close();
  await api?.close();
  await database?.close();
});

describe('reports', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer(nodeListener(api.services));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const open = (path: string, secret: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${secret}` };
      get(`${origin}${path}`, { headers, agent: false }, resolve).on('error', reject);
    });

  async function withEntries(count: number): Promise<Books> {
    const books = await openBooks({ api, db: database.db });
    const commands = Array.from({ length: count }, () => harness.fund(books.accountId, 1n));
    for (let n = 0; n < commands.length; n += 2_000) {
      await Promise.all(commands.slice(n, n + 2_000).map((command) => books.submit(command)));
    }
    return books;
  }

  const collectGarbage = (): void => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
  };

  it('send 20 000 entries in flat memory', { timeout: 120_000 }, async () => {
    const ENTRIES = 20_000;
    const books = await withEntries(ENTRIES);
    for (const format of ['json', 'csv']) {
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      let [highest, bytes, chunks, tail] = [0, 0, 0, ''];
      const message = await open(`/v1/accounts/${books.number}/statement?format=${format}`, books.client.secret);
      for await (const chunk of message) {
        bytes += chunk.length;
        tail = (tail + chunk).slice(-400);
        if (++chunks % 8 !== 0) continue;
        collectGarbage();
        highest = Math.max(highest, process.memoryUsage().heapUsed - before);
      }
      expect(message.complete).toBe(true);
      expect(bytes).toBeGreaterThan(ENTRIES * 90);
      expect(tail).toContain(format === 'json' ? `"entry_count":${ENTRIES}}` : ',closing_balance,');
      // All of it at once, in rows, objects and text, is more than ten times as much.
      expect(highest).toBeLessThan(6 * 2 ** 20);
    }
  });

  it('are broken off when they fail midway', async () => {
    const books = await withEntries(1_200);
    const { pool } = database.db;
    const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
    let pages = 0;
    vi.spyOn(pool, 'query').mockImplementation(((text: unknown, values: unknown) => {
      if (String(text).includes('original_reference') && ++pages === 2) {
        return Promise.reject(new Error('The connection broke.'));
      }
      return query(text, values);
    }) as never);
    const message = await open(`/v1/accounts/${books.number}/statement?format=csv`, books.client.secret);
    expect(message.statusCode).toBe(200);
    let text = '';
    await expect(async () => {
      for await (const chunk of message) text += chunk;
    }).rejects.toThrow(/aborted/);
    expect(pages).toBe(2);
    expect(text).not.toContain('closing_balance');
    expect(message.complete).toBe(false);
  });

  it('end their query when the reader hangs up', async () => {
    const books = await openUsedBooks({ api, db: database.db, harness, clock });
    const admin = new pg.Pool({ connectionString: database.url, max: 2 });
    const locker = await admin.connect();
    const running = async (): Promise<number> => {
      const { rowCount } = await admin.query(
        `select from pg_stat_activity where datname = current_database() and query ~ '^(declare|fetch)' and state = 'active'`,
      );
      return rowCount ?? 0;
    };
    const patience = { timeout: 10_000, interval: 20 };
    try {
      // Holds the query up where it reads the entries.
      await locker.query('begin; lock table entries in access exclusive mode');
      const request = get(`${origin}/v1/reports/trial_balance?detail=accounts`, {
        headers: { Authorization: `Bearer ${books.client.secret}` },
        agent: false,
      });
      request.on('error', () => {});
      await vi.waitFor(async () => expect(await running()).toBe(1), patience);
      request.destroy();
      await vi.waitFor(async () => expect(await running()).toBe(0), patience);
    } finally {
      locker.release(true);
      await admin.end();
    }
    // Nothing is left behind that another report would have to wait for.
    for (let n = 0; n < 5; n++) {
      expect((await books.get('/v1/reports/trial_balance?detail=accounts')).body.balanced).toBe(true);
    }
  });

  it('ask for nothing at a HEAD, and are two at a time for a client', async () => {
    const books = await openUsedBooks({ api, db: database.db, harness, clock });
    const path = '/v1/reports/trial_balance?detail=accounts';
    for (let n = 0; n < 6; n++) expect((await api.call('HEAD', path, books.client.secret)).status).toBe(200);
    const request = () =>
      api.app.request(path, { headers: { Authorization: `Bearer ${books.client.secret}` } }) as Promise<Response>;
    const readers = await Promise.all(
      [await request(), await request()].map(async (response) => {
        const reader = response.body?.getReader();
        // The head of the report, then its first page: the query is under way.
        await reader?.read();
        await reader?.read();
        return reader;
      }),
    );
    const third = await request();
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('5');
    for (const reader of readers) await reader?.cancel();
    expect((await request()).status).toBe(200);
  });
});
