import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICATION_ROLE, type Database, openDatabase } from '@/db/client';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { transact } from '@/server/kernel/transaction';
import { type AuditBreak, auditBreaks } from '@/server/ledger/audit-chain';
import { proveBooks } from '@/server/ledger/books/prove';
import { AUDIT_LAYOUT } from '@/server/ledger/core/audit-hash';
import { type LedgerHarness, openTestLedger } from '@/server/ledger/testing';
import { testContext } from '@/server/wallets/testing';
import { type Change, recordChange } from './record-change';

/** Every audit row has its link when its transaction has committed, whoever wrote the row and however many at once. */
const clock = fixedClock(Date.UTC(2026, 5, 1));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let admin: pg.Pool;
/** As many connections as a few processes have together. */
let crowd: Database;
const harnesses: LedgerHarness[] = [];

beforeAll(async () => {
  database = await makeTestDatabase();
  admin = new pg.Pool({ connectionString: database.url, max: 2 });
  crowd = openDatabase({ url: database.url, maxConnections: 40, role: APPLICATION_ROLE, applicationName: 'crowd' });
});

afterAll(async () => {
  for (const h of harnesses) await h.close();
  await crowd.pool.end();
  await admin.end();
  await database.close();
});

async function newTenant(): Promise<LedgerHarness> {
  const h = await openTestLedger(database, clock);
  harnesses.push(h);
  return h;
}

const change = (objectId: string): Change => ({
  action: 'customer.updated',
  objectId,
  reason: 'Größe „GH₵“ 🙂',
  before: '{"name":null}',
  after: `{"name":"${objectId}"}`,
});

async function breaksOf(tenantId: string): Promise<AuditBreak[]> {
  const found: AuditBreak[] = [];
  for await (const one of auditBreaks(database.db.pool, tenantId)) found.push(one);
  return found;
}

async function links(tenantId: string): Promise<{ sequence: string; id: string; object_id: string }[]> {
  const { rows } = await database.db.pool.query(
    `select c.sequence, a.id, a.object_id from audit_chain c
     join audit_log a on a.tenant_id = c.tenant_id and a.id = c.audit_id where c.tenant_id = $1 order by c.sequence`,
    [tenantId],
  );
  return rows;
}

describe('the chain', () => {
  it('has a link for each row, as the rules outside the database say', async () => {
    const h = await newTenant();
    const ctx = testContext(h, database.db, clock);
    for (const name of ['one', 'two']) await transact(database.db, (tx) => recordChange(ctx, tx, change(name)));
    expect((await links(h.tenantId)).map((link) => link.object_id)).toEqual(['one', 'two']);
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });

  it('takes the rows of one transaction in the order of their ids, and not those of a savepoint that was undone', async () => {
    const h = await newTenant();
    const ctx = testContext(h, database.db, clock);
    const ids = [h.ledger.nextId(), h.ledger.nextId(), h.ledger.nextId(), h.ledger.nextId()];
    const withId = (index: number) => ({ ...ctx, ledger: { ...ctx.ledger, nextId: () => ids[index] as string } });
    await transact(database.db, async (tx) => {
      await recordChange(withId(3) as typeof ctx, tx, change('last'));
      await recordChange(withId(0) as typeof ctx, tx, change('first'));
      await tx.query('savepoint s');
      await recordChange(withId(1) as typeof ctx, tx, change('undone'));
      await tx.query('rollback to savepoint s');
      await recordChange(withId(2) as typeof ctx, tx, change('middle'));
    });
    expect((await links(h.tenantId)).map((link) => link.object_id)).toEqual(['first', 'middle', 'last']);
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });

  it('holds through 200 changes at once on one tenant', async () => {
    const h = await newTenant();
    const ctx = testContext(h, database.db, clock);
    // Two each, so that a transaction comes with more than one row. A deadlock would be repeated, and so counted.
    let attempts = 0;
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        transact(crowd, async (tx) => {
          attempts += 1;
          await recordChange(ctx, tx, change(`a${i}`));
          await recordChange(ctx, tx, change(`b${i}`));
        }),
      ),
    );
    expect(attempts).toBe(200);
    const chained = await links(h.tenantId);
    expect(chained.map((link) => Number(link.sequence))).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
    // Rows of one transaction stand together.
    for (let i = 0; i < 400; i += 2) {
      expect(chained[i + 1]?.object_id).toBe(chained[i]?.object_id.replace('a', 'b'));
    }
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });

  it('locks the heads of several tenants in one order, whichever way round their rows were written', async () => {
    const [one, two] = [await newTenant(), await newTenant()];
    const contexts = [testContext(one, database.db, clock), testContext(two, database.db, clock)];
    let attempts = 0;
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        transact(crowd, async (tx) => {
          attempts += 1;
          for (const ctx of i % 2 === 0 ? contexts : contexts.toReversed())
            await recordChange(ctx, tx, change(`c${i}`));
        }),
      ),
    );
    expect(attempts).toBe(100);
    for (const h of [one, two]) {
      expect(await links(h.tenantId)).toHaveLength(100);
      expect(await breaksOf(h.tenantId)).toEqual([]);
    }
  });

  it('can fail: with the head unlocked, changes at once break it or collide', async () => {
    const h = await newTenant();
    const ctx = testContext(h, database.db, clock);
    const { rows } = await admin.query<{ body: string }>(`select pg_get_functiondef('audit_append'::regproc) as body`);
    const whole = rows[0]?.body ?? '';
    const weak = whole.replace(' for no key update', '');
    expect(weak).not.toBe(whole);
    await admin.query(weak);
    try {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 100 }, (_, i) => transact(crowd, (tx) => recordChange(ctx, tx, change(`d${i}`)))),
      );
      const collided = outcomes.some((outcome) => outcome.status === 'rejected');
      expect(collided || (await breaksOf(h.tenantId)).length > 0).toBe(true);
    } finally {
      await admin.query(whole);
    }
    // Out of the way of the proof at the end.
    const client = await admin.connect();
    try {
      await client.query("set session_replication_role = 'replica'");
      for (const table of ['audit_log', 'audit_chain', 'audit_heads'])
        await client.query(`delete from ${table} where tenant_id = $1`, [h.tenantId]);
    } finally {
      await client.query("set session_replication_role = 'origin'");
      client.release();
    }
  });
});

describe('what the ledger writes', () => {
  it('is linked with a batch that was loaded: freezes at once, of one process and of two', async () => {
    const h = await newTenant();
    const other = await newTenant();
    const wallets = await Promise.all(Array.from({ length: 20 }, () => h.openWallet()));
    const outcomes = await Promise.all(
      wallets.flatMap((wallet, i) => {
        const ledger = i % 2 === 0 ? h.ledger : other.ledger;
        return [ledger.submit(h.setStatus(wallet, 'frozen')), h.ledger.submit(h.fund(wallet, 100n))];
      }),
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(await links(h.tenantId)).toHaveLength(20);
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });

  it('is linked with a batch that is one statement and no transaction around it', async () => {
    const h = await newTenant();
    const ids = [h.ledger.nextId(), h.ledger.nextId()];
    const audit = ids.map((id) => ({
      tenant: h.tenantId,
      id,
      actor: 'api_key:1',
      request: 'req_alone',
      action: 'wallet.freeze',
      object: '1',
      reason: null,
      before: '{"status":"active"}',
      after: '{"status":"frozen","sequence":0,"version":1,"order":0}',
      credential: 'api_key:1',
      address: '192.0.2.7',
    }));
    const { rows } = await database.db.pool.query<{ args: number }>(
      `select pronargs as args from pg_proc where proname = 'ledger_append'`,
    );
    const values = Array.from({ length: (rows[0]?.args ?? 0) - 2 }, () => "'{}'").join(', ');
    await database.db.pool.query(`select ledger_append($1, ${values}, $2)`, [
      String(clock.fixedMs()),
      JSON.stringify({ audit }),
    ]);
    expect((await links(h.tenantId)).map((link) => link.id)).toEqual(ids);
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });

  it('is linked with movements that were decided from memory, noted because a person made them', async () => {
    const h = await newTenant();
    const wallet = await h.openWallet();
    await h.ledger.submit(h.fund(wallet, 1_000n));
    await h.ledger.submit(h.debit(wallet, 1n));
    const note = {
      action: 'transaction.debited',
      objectId: '1',
      reason: null,
      before: null,
      after: '{"amount_minor":"10"}',
    };
    for (let i = 0; i < 5; i++) {
      const outcome = await h.ledger.submit({ ...h.debit(wallet, 10n), audit: note });
      expect(outcome.ok).toBe(true);
    }
    expect(await links(h.tenantId)).toHaveLength(5);
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });

  it('touches no chain with a debit', async () => {
    const h = await newTenant();
    const wallet = await h.openWallet();
    await h.ledger.submit(h.fund(wallet, 1_000n));
    await h.ledger.submit(h.debit(wallet, 10n, 'd1'));
    expect(await links(h.tenantId)).toEqual([]);
  });
});

describe('who may write it', () => {
  it('is nobody but the trigger', async () => {
    const { pool } = database.db;
    for (const sql of [
      `insert into audit_chain (tenant_id, sequence, audit_id, hash) values (1, 1, 1, '\\x00')`,
      `insert into audit_heads (tenant_id, sequence, hash) values (1, 1, '\\x00')`,
      'update audit_heads set sequence = sequence + 1',
      'delete from audit_chain',
      'delete from audit_heads',
      'truncate audit_heads',
      'select audit_append()',
    ]) {
      await expect(pool.query(sql), sql).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|0A000)$/) });
    }
    await expect(admin.query('update audit_heads set sequence = sequence + 2')).rejects.toThrow(/only goes forward/);
    await expect(admin.query('delete from audit_heads')).rejects.toThrow(/only goes forward/);
  });

  it('is not fooled by a note that was tampered with', async () => {
    const h = await newTenant();
    const ctx = testContext(h, database.db, clock);
    for (const note of ['', 'nonsense,1:2:3', `${h.tenantId}:1`]) {
      await transact(database.db, async (tx) => {
        await recordChange(ctx, tx, change('one'));
        await recordChange(ctx, tx, change('two'));
        await tx.query(`select set_config('pesewa.audit_rows', $1, true)`, [note]);
      });
    }
    expect(await links(h.tenantId)).toHaveLength(6);
    expect(await breaksOf(h.tenantId)).toEqual([]);
  });
});

it('is made for the rows that were there before it, by tenant in id order', async () => {
  const h = await newTenant();
  const ctx = testContext(h, database.db, clock);
  for (const name of ['one', 'two', 'three']) await transact(database.db, (tx) => recordChange(ctx, tx, change(name)));
  const migration = readFileSync('db/migrations/0007_audit_chain.sql', 'utf8');
  const chainExisting = /^do \$\$[\s\S]*?^end \$\$;/m.exec(migration)?.[0] ?? '';
  expect(chainExisting).toContain('order by tenant_id, id');
  const client = await admin.connect();
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    await client.query('delete from audit_chain; delete from audit_heads');
    await client.query(chainExisting);
    const { value } = await auditBreaks(client, null).next();
    expect(value).toBeUndefined();
    const { rows } = await client.query<{ sequence: string }>('select sequence from audit_heads where tenant_id = $1', [
      h.tenantId,
    ]);
    expect(rows).toEqual([{ sequence: '3' }]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

it('covers every column of the audit log: a new one asks for a new layout', async () => {
  const { rows } = await admin.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = 'audit_log' order by column_name`,
  );
  expect(AUDIT_LAYOUT).toBe(1);
  expect(rows.map((row) => row.column_name)).toEqual([
    'action',
    'actor',
    'address',
    'after',
    'before',
    'created_at',
    'credential',
    'id',
    'object_id',
    'reason',
    'request_id',
    'tenant_id',
  ]);
});

it('leaves books that prove', async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});
