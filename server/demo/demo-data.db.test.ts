import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '@/db/client';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { openLog } from '@/server/kernel/log';
import { openSecretBox } from '@/server/kernel/secret-box';
import { proveBooks } from '@/server/ledger/books/prove';
import { openLedger } from '@/server/ledger/open-ledger';
import { newSealKeyPem, sealKeyFrom } from '@/server/ledger/seals/seal';
import { makeFirstAdmin } from '@/server/staff/make-first-admin';
import { type DemoData, type DemoDataOptions, ensureDemoData } from './ensure-demo-data';

const NOW_MS = Date.UTC(2026, 10, 20, 16);
const OPTIONS: DemoDataOptions = { mode: 'auto', password: 'a-month-of-two-businesses', progress: () => {} };
const SLOW = 300_000;

interface Theatre {
  readonly db: Database;
  readonly url: string;
  ensure(options?: Partial<DemoDataOptions>): Promise<DemoData | null>;
  close(): Promise<void>;
}

async function openTheatre(): Promise<Theatre> {
  const { url, db, close } = await makeTestDatabase();
  const clock = fixedClock(NOW_MS);
  const ledger = await openLedger({ url, clock });
  const secretBox = openSecretBox({ keys: [Buffer.alloc(32, 'demo').toString('base64')], dataDir: '' });
  const parts = { url, db, ledger, clock, secretBox, sealKey: sealKeyFrom(newSealKeyPem()), log: openLog('silent') };
  await makeFirstAdmin(parts, { email: 'operator@example.com', name: 'Operator', password: OPTIONS.password });
  return {
    db,
    url,
    ensure: (options = {}) => ensureDemoData(parts, { ...OPTIONS, ...options }),
    close: async () => {
      await ledger.close();
      await close();
    },
  };
}

/** What of the story is the same whoever tells it: no ids, no addresses of chance. */
async function totalsOf(db: Database): Promise<unknown> {
  const read = async (sql: string): Promise<unknown[]> => (await db.pool.query(sql)).rows;
  return {
    accounts: await read(
      `select c.public_id, a.type, a.currency, a.status, count(*), sum(a.balance_minor), sum(a.held_minor)
       from accounts a join tenants t on t.id = a.tenant_id join clients c on c.id = t.client_id group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    ),
    wallets: await read(
      `select customer_id, balance_minor, held_minor, status from accounts where type = 'CUSTOMER_WALLET' order by customer_id`,
    ),
    journals: await read(
      'select kind, currency, count(*), sum(amount_minor), sum(fee_minor) from journals group by 1, 2 order by 1, 2',
    ),
    payments: await read(
      'select state, channel, failure_code, count(*), sum(amount_minor) from payments group by 1, 2, 3 order by 1, 2, 3',
    ),
    lots: await read(
      'select sum(granted_minor) g, sum(used_minor) u, sum(expired_minor) e, sum(forfeited_minor) f, count(*) from lots',
    ),
    holds: await read('select status, count(*) from holds group by 1 order by 1'),
    approvals: await read('select status, verb, currency, amount_minor from approvals order by 1, 2, 3, 4'),
    breaks: await read('select outcome, count(*) from reconciliation_lines group by 1 order by 1'),
    imports: await read(
      'select state, issued_count, refused_count, failed_count from promotion_imports order by 1, 2, 3, 4',
    ),
  };
}

describe('demo data', () => {
  let told: Theatre;
  let first: DemoData | null;

  beforeAll(async () => {
    told = await openTheatre();
    first = await told.ensure();
  }, SLOW);

  afterAll(() => told?.close());

  it('leaves books in which nothing is wrong, proved and sealed', async () => {
    expect(first?.isNew).toBe(true);
    expect(first?.journals).toBeGreaterThan(4_000);
    expect((await proveBooks(told.db.pool)).findings).toEqual([]);
    const { rows } = await told.db.pool.query('select findings from books_proofs');
    expect(rows).toEqual([{ findings: 0 }]);
    const { rows: heads } = await told.db.pool.query(
      `select from accounts a where a.sequence > coalesce((
         select max(h.sequence) from seal_heads h where h.tenant_id = a.tenant_id and h.account_id = a.id), 0)`,
    );
    expect(heads).toEqual([]);
  });

  it('touches test books alone', async () => {
    const { rows } = await told.db.pool.query(
      `select from journals j join tenants t on t.id = j.tenant_id where t.mode <> 'test' limit 1`,
    );
    expect(rows).toEqual([]);
  });

  it('has what a month has', async () => {
    const one = async (sql: string): Promise<number> =>
      Number((await told.db.pool.query(`select count(*) as n ${sql}`)).rows[0].n);
    const states = [
      'succeeded',
      'failed',
      'canceled',
      'expired',
      'in_reconciliation',
      'reversed',
      'refunded',
      'pending',
    ];
    for (const state of states) {
      expect([state, await one(`from payments where state = '${state}'`)]).not.toEqual([state, 0]);
    }
    expect(await one(`from payment_transitions where cause = 'late_success'`)).toBe(2);
    expect(await one(`from payments where failure_code = 'amount_mismatch'`)).toBe(2);
    expect(await one(`from payments where failure_code = 'truth_unknown'`)).toBe(2);
    expect(await one(`from approvals where status = 'pending'`)).toBeGreaterThanOrEqual(6);
    expect(await one(`from approvals where status = 'rejected'`)).toBe(2);
    expect(await one(`from promotion_import_rows where state = 'refused'`)).toBe(4);
    expect(await one(`from accounts where type = 'CUSTOMER_WALLET' and status = 'frozen'`)).toBe(2);
    expect(await one(`from accounts where type = 'CUSTOMER_WALLET' and status = 'closed'`)).toBe(4);
    expect(await one(`from reconciliation_lines where outcome = 'amount_differs'`)).toBe(2);
    expect(await one(`from webhook_endpoints where failing_since is not null`)).toBe(1);
    expect(await one(`from webhook_attempts where http_status = 200`)).toBeGreaterThan(0);
    expect(await one(`from auto_topup_rules`)).toBeGreaterThan(8);
    expect(await one(`from holds where status = 'active'`)).toBeGreaterThan(0);
    expect(await one(`from lots where expired_minor > 0`)).toBeGreaterThan(0);
    expect(await one(`from lots where remaining_minor > 0 and expires_at > '2026-11-20'`)).toBeGreaterThan(0);
    expect(
      await one(`from audit_log a join tenants t on t.id = a.tenant_id join clients c on c.id = t.client_id
      where c.public_id in ('client_kaneshie_motors', 'client_savanna_fuels') and a.actor !~ '^(user|api_key):[0-9]+$'`),
    ).toBe(0);
  });

  it('changes nothing when it is there', async () => {
    const counts = async (): Promise<unknown> =>
      (
        await told.db.pool.query(
          'select (select count(*) from audit_log) a, (select count(*) from journals) j, (select count(*) from seals) s, (select count(*) from users) u',
        )
      ).rows[0];
    const before = await counts();
    expect(await told.ensure({ mode: 'on' })).toEqual({ ...first, isNew: false });
    expect(await counts()).toEqual(before);
  });

  it('is not made unasked where somebody has a client of their own', async () => {
    const theatre = await openTheatre();
    try {
      for (const name of ['a', 'b']) {
        await theatre.db.pool.query(
          `insert into clients (public_id, code, name, is_operator) values ($1, upper($1), $1, false)`,
          [name],
        );
      }
      expect(await theatre.ensure()).toBeNull();
    } finally {
      await theatre.close();
    }
  });

  it(
    'goes on where it was cut off, and comes to the same',
    async () => {
      const theatre = await openTheatre();
      const all = openDatabase({ url: theatre.url, maxConnections: 1, role: null, applicationName: 'test-cut' });
      try {
        const cut = theatre.ensure().then(
          () => 'it went through',
          () => 'cut',
        );
        for (;;) {
          const { rows } = await all.pool.query<{ n: string }>('select count(*) as n from journals');
          if (Number(rows[0]?.n) > 1_500) break;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await all.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'pesewa-demo'`,
        );
        expect(await cut).toBe('cut');
        expect((await theatre.ensure())?.isNew).toBe(true);
        expect((await proveBooks(theatre.db.pool)).findings).toEqual([]);
        expect(await totalsOf(theatre.db)).toEqual(await totalsOf(told.db));
      } finally {
        await all.pool.end();
        await theatre.close();
      }
    },
    SLOW,
  );
});
