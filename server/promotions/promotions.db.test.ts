import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { newSealKeyPem, sealKeyFrom } from '@/server/ledger/seals/seal';
import { sealHeads } from '@/server/ledger/seals/seal-heads';
import { sweepExpired } from '@/server/ledger/sweep';
import { runImports } from './run-imports';

const clock = fixedClock(Date.UTC(2026, 4, 1, 9));
let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let secret: string;
let tenantId: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  const client = await api.newClient();
  ({ secret } = client);
  tenantId = client.testTenantId;
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api?.close();
  await database?.close();
});

const get = async (path: string) => (await api.call('GET', path, secret)).body;
const post = (path: string, body: unknown = {}) => api.call('POST', path, secret, body);

async function wallets(count: number, prefix: string, currency = 'GHS'): Promise<{ id: string; customer: string }[]> {
  const made: { id: string; customer: string }[] = [];
  for (let i = 0; i < count; i++) {
    const customer = `${prefix}_${i}`;
    made.push({ id: (await post('/v1/wallets', { customer_id: customer, currency })).body.id, customer });
  }
  return made;
}

describe('a file of credits', () => {
  it('is judged row by row before anything moves', async () => {
    const [a, b, closed] = await wallets(3, 'judge');
    await post(`/v1/wallets/${closed?.id}/close`);
    await wallets(1, 'judge', 'KES');
    await api.call('PATCH', '/v1/customers/judge_1', secret, { phone: '+233241234567' });
    const csv = [
      'Customer ID;phone;wallet;amount;currency;expires at;note',
      'judge_0;;;10.00;GHS;2026-07-17;June',
      'judge_0;;;10.00;;;',
      ';+233 24 123 4567;;5.5;;;',
      `;;${a?.id};0;;;`,
      `;;${a?.id};1.005;;;`,
      `judge_1;;${a?.id};1;;;`,
      'nobody;;;1;;;',
      'judge_2;;;1;;;',
      `;;${b?.id};1;;2026-02-30;`,
      `;;${b?.id};1;;2020-01-01;`,
      ';;;1;;;',
      `;;${b?.id};;;;`,
      `;;${b?.id};1;KES;;`,
    ].join('\r\n');
    const { status, body } = await post('/v1/promotion_imports', { description: 'June', csv });
    expect(status).toBe(201);
    expect(body.counts).toMatchObject({ total: 13, ready: 2, refused: 11 });
    const { data } = await get(`/v1/promotion_imports/${body.id}/rows?limit=100`);
    expect(
      data.map((row: { line: number; problem: { code: string; field: string } | null }) => [
        row.line,
        row.problem?.code,
        row.problem?.field,
      ]),
    ).toEqual(
      [
        [2, undefined, undefined],
        [3, 'recipient_ambiguous', 'customer_id'],
        [4, undefined, undefined],
        [5, 'amount_invalid', 'amount'],
        [6, 'amount_invalid', 'amount'],
        [7, 'recipient_not_found', 'wallet_id'],
        [8, 'recipient_not_found', 'customer_id'],
        [9, 'wallet_closed', 'customer_id'],
        [10, 'expires_at_invalid', 'expires_at'],
        [11, 'expires_at_past', 'expires_at'],
        [12, 'recipient_missing', undefined],
        [13, 'amount_missing', 'amount'],
        [14, 'currency_mismatch', 'wallet_id'],
      ].map(([line, code, field]) => [line, code, code === 'recipient_missing' ? null : field]),
    );
    const ready = await get(`/v1/promotion_imports/${body.id}/rows?state=ready&neighbours=true&limit=2`);
    expect(ready.data.map((row: { line: number }) => row.line)).toEqual([2, 3]);
    const rest = await get(
      `/v1/promotion_imports/${body.id}/rows?state=ready&neighbours=true&after=${ready.next_cursor}`,
    );
    expect(rest.data.map((row: { line: number }) => row.line)).toEqual([4, 5]);
    expect(body.totals).toMatchObject([
      { currency: 'GHS', rows: 2, amount: 1550, expense_now: 0, expense_after: 1550 },
    ]);
    expect(body.expiries).toEqual([
      { date: '2026-07-17', currency: 'GHS', rows: 1, amount: 1000 },
      { date: null, currency: 'GHS', rows: 1, amount: 550 },
    ]);
    expect((await get(`/v1/wallets/${a?.id}`)).balance).toBe(0);
    const csvRows = await api.call('GET', `/v1/promotion_imports/${body.id}/rows?state=refused`, secret, undefined, {
      Accept: 'text/csv',
    });
    expect(csvRows.body.trim().split('\r\n')).toHaveLength(12);
    expect((await post(`/v1/promotion_imports/${body.id}/cancel`)).body).toMatchObject({
      state: 'discarded',
      counts: { left_out: 2 },
    });
    expect((await post(`/v1/promotion_imports/${body.id}/issue`)).body.error.code).toBe('import_not_ready');
  });

  it('refuses a file that is none, by name', async () => {
    for (const csv of [
      '',
      'customer_id,amount\n',
      'name,amount\nA,1',
      'amount\n1',
      'customer_id,customer\na,b',
      'customer_id,amount\n"a,1\n',
    ]) {
      const { status, body } = await post('/v1/promotion_imports', { description: 'x', csv });
      expect([status, body.error.param], csv).toEqual([400, 'csv']);
    }
    expect((await post('/v1/promotion_imports', { description: 'x' })).status).toBe(400);
  });

  it('is issued once per row, whatever dies in between', async () => {
    const made = await wallets(30, 'run');
    const lines = Array.from({ length: 600 }, (_, i) => `${made[i % 30]?.customer},1.00,2026-06-01`);
    const { body } = await post('/v1/promotion_imports', {
      description: 'Run',
      csv: `customer_id,amount,expires_at\n${lines.join('\n')}`,
    });
    expect(body).toMatchObject({ counts: { ready: 600 }, repeated_recipients: 30 });
    const started = await post(`/v1/promotion_imports/${body.id}/issue`);
    expect(started.body.state).toBe('issuing');
    // Posts the group and dies before it can say so.
    const ledger = {
      ...api.ledger,
      nextId: () => api.ledger.nextId(),
      submitEach: async (...args: Parameters<typeof api.ledger.submitEach>) => {
        await api.ledger.submitEach(...args);
        throw new Error('killed');
      },
    };
    await expect(runImports({ db: database.db, ledger, clock })).rejects.toThrow('killed');
    expect((await get(`/v1/promotion_imports/${body.id}`)).counts.issued).toBe(0);
    const services = { db: database.db, ledger: api.ledger, clock };
    // Somebody else still holds it.
    expect(await runImports(services)).toBe(0);
    clock.advance(31_000);
    await Promise.all([runImports(services), runImports(services)]);
    const done = await get(`/v1/promotion_imports/${body.id}`);
    expect(done).toMatchObject({ state: 'done', counts: { issued: 600, failed: 0, ready: 0 } });
    const { rows } = await database.db.pool.query(
      'select count(*)::int as n from journals where tenant_id = $1 and reference like $2',
      [tenantId, `${body.id}:%`],
    );
    expect(rows[0].n).toBe(600);
    expect((await get(`/v1/wallets/${made[0]?.id}`)).promotional).toBe(2000);
    const [row] = (await get(`/v1/promotion_imports/${body.id}/rows?state=issued&limit=1`)).data;
    expect((await get(`/v1/journals/${row.journal_id}`)).reference).toBe(row.reference);
  });

  it('holds its promotion’s budget and gives back what is not issued', async () => {
    const [a, b] = await wallets(2, 'budget');
    const promotion = (
      await post('/v1/promotions', { code: 'may', name: 'May', currency: 'GHS', amount: 300, budget: 1000 })
    ).body;
    expect((await post('/v1/promotions', { code: 'may', name: 'May', currency: 'GHS' })).body.error.code).toBe(
      'promotion_exists',
    );
    const make = async (amounts: (string | null)[]) =>
      (
        await post('/v1/promotion_imports', {
          promotion_id: 'may',
          description: 'May',
          rows: amounts.map((amount, i) => ({ wallet_id: i === 0 ? a?.id : b?.id, amount })),
        })
      ).body;
    const [first, second] = [await make([null, '4.00']), await make(['4.00'])];
    expect((await post(`/v1/promotion_imports/${first.id}/issue`)).status).toBe(200);
    const refused = await post(`/v1/promotion_imports/${second.id}/issue`);
    expect([refused.status, refused.body.error.code, refused.body.error.details.shortfall]).toEqual([
      409,
      'budget_exceeded',
      100,
    ]);
    // Closed meanwhile: that row fails by itself, and its money is free again.
    await post(`/v1/wallets/${b?.id}/close`);
    await runImports({ db: database.db, ledger: api.ledger, clock });
    expect(await get(`/v1/promotion_imports/${first.id}`)).toMatchObject({
      state: 'done',
      counts: { issued: 1, failed: 1 },
    });
    const [failed] = (await get(`/v1/promotion_imports/${first.id}/rows?state=failed`)).data;
    expect(failed.problem.code).toBe('wallet_closed');
    expect(await get(`/v1/promotions/${promotion.id}`)).toMatchObject({
      committed: 300,
      issued: 300,
      open: 300,
      lots: 1,
    });
    expect((await post(`/v1/promotion_imports/${second.id}/issue`)).status).toBe(200);
    expect((await post(`/v1/promotion_imports/${second.id}/cancel`, { reason: 'Wrong file' })).body.state).toBe(
      'stopping',
    );
    await runImports({ db: database.db, ledger: api.ledger, clock });
    expect(await get(`/v1/promotion_imports/${second.id}`)).toMatchObject({
      state: 'stopped',
      counts: { issued: 0, left_out: 1 },
    });
    expect((await get('/v1/promotions/may')).committed).toBe(300);
    const lots = await get('/v1/promotion_lots?promotion=may');
    expect(lots.data).toMatchObject([
      { granted: 300, promotion_code: 'may', state: 'open', customer: { id: 'budget_0' } },
    ]);
  });
});

describe('reports', () => {
  it('agree with the books, day by day', async () => {
    const client = await api.newClient();
    const call = async (method: string, path: string, body?: unknown) =>
      (await api.call(method, path, client.secret, body)).body;
    const wallet = await call('POST', '/v1/wallets', { customer_id: 'rep', currency: 'GHS' });
    await call('POST', `/v1/wallets/${wallet.id}/credit`, {
      amount: 1000,
      description: 'Gift',
      reference: 'g1',
      expires_at: new Date(clock.fixedMs() + 86_400_000).toISOString(),
    });
    const debit = await call('POST', `/v1/wallets/${wallet.id}/debit`, {
      amount: 400,
      description: 'Use',
      reference: 'd1',
    });
    const first = new Date(clock.fixedMs()).toISOString().slice(0, 10);
    const before = await call('GET', '/v1/reports/liabilities');
    expect(before.currencies[0].owed).toMatchObject({
      customers_paid: 0,
      customers_promotional: 600,
      clients: 400,
      total: 1000,
    });
    expect(before.currencies[0].held).toMatchObject({ promotion_expense: 1000, total: 1000 });
    const calendar = await call('GET', '/v1/promotion_lots/expiry_calendar?from=2026-05-01&to=2026-05-31');
    expect(calendar.days).toMatchObject([{ lots: 1, amount: 600 }]);
    clock.advance(2 * 86_400_000);
    await sweepExpired(database.db.pool, api.ledger, clock.fixedMs());
    const report = await call('GET', `/v1/reports/promotions?from=${first}`);
    expect(report.currencies[0]).toMatchObject({ issued: 1000, used: 400, expired: 600, open: 0, open_before: 0 });
    expect(report.currencies[0].days.map((day: { open: number }) => day.open)).toEqual([600, 600, 0]);
    const liabilities = await call('GET', `/v1/reports/liabilities?from=${first}`);
    expect(
      liabilities.currencies[0].days.map((day: { owed: { customers_promotional: number; total: number } }) => [
        day.owed.customers_promotional,
        day.owed.total,
      ]),
    ).toEqual([
      [600, 1000],
      [600, 1000],
      [0, 400],
    ]);
    const breakage = await call('GET', '/v1/reports/breakage');
    expect(breakage.currencies[0]).toMatchObject({ broken: 600, rate_ppm: 600_000 });
    await call('POST', `/v1/transactions/${debit.id}/reverse`, { reason: 'Test' });
    const after = await call('GET', '/v1/reports/promotions');
    // What was undone comes back, and has expired by then.
    expect(after.currencies[0]).toMatchObject({ issued: 1000, used: 0, expired: 1000, open: 0 });
    expect(await call('GET', '/v1/reports/top_ups')).toMatchObject({ currencies: [] });
    expect(await call('GET', '/v1/reports/fees')).toMatchObject({ currencies: [] });
  });
});

describe('journals', () => {
  it('are found by everything they say, page by page', async () => {
    const [w] = await wallets(1, 'find');
    for (let i = 1; i <= 7; i++) {
      clock.advance(1000);
      await post(`/v1/wallets/${w?.id}/credit`, { amount: i * 100, description: 'Find', reference: `find-${i}` });
    }
    for (const filter of [`wallet=${w?.id}`, 'customer=find_0', `wallet=${w?.id}&kind=credit`]) {
      const seen: number[] = [];
      for (let after = ''; ; ) {
        const page = await get(`/v1/journals?limit=3&${filter}${after}`);
        seen.push(...page.data.map((row: { amount: number }) => row.amount));
        if (!page.has_more) break;
        after = `&after=${page.next_cursor}`;
      }
      expect(seen, filter).toEqual([700, 600, 500, 400, 300, 200, 100]);
    }
    expect((await get('/v1/journals?reference=find-3')).data).toMatchObject([
      { amount: 300, account: { customer: { id: 'find_0' } } },
    ]);
    expect((await get(`/v1/journals?wallet=${w?.id}&min_amount=600`)).data).toHaveLength(2);
    expect((await get('/v1/journals?customer=nobody')).data).toEqual([]);
    const newest = await get('/v1/journals?limit=1&kind=credit');
    expect(newest).toMatchObject({ has_more: true, data: [{ amount: 700 }] });
    const older = await get(`/v1/journals?limit=1&kind=credit&after=${newest.next_cursor}`);
    expect(older.data[0].amount).toBe(600);
  });

  it('show both sides, forecast their reversal and prove themselves', async () => {
    const [w] = await wallets(1, 'prove');
    const credit = (await post(`/v1/wallets/${w?.id}/credit`, { amount: 500, description: 'Proof', reference: 'p1' }))
      .body;
    const debit = (await post(`/v1/wallets/${w?.id}/debit`, { amount: 200, description: 'Proof', reference: 'p2' }))
      .body;
    const journal = await get(`/v1/journals/${debit.id}`);
    expect(journal).toMatchObject({
      kind: 'debit',
      total: 200,
      legs: [
        { side: 'debit', balance_before: 500, balance_after: 300, sequence: 2, lots: [{ use: 'use', amount: 200 }] },
        { side: 'credit', amount: 200 },
      ],
      reversal: { possible: true, accounts: [{ balance_now: 300, balance_after: 500 }, {}] },
      origin: { actor: { type: 'api_key' } },
      sealed: false,
    });
    expect(journal.legs[0].previous_journal_id).toBe((await get(`/v1/journals/${credit.id}`)).id);
    // What was spent of it cannot be taken back.
    expect((await get(`/v1/journals/${credit.id}`)).reversal).toMatchObject({
      possible: false,
      refusal: { code: 'insufficient_funds' },
    });
    const key = sealKeyFrom(newSealKeyPem());
    await post(`/v1/wallets/${w?.id}/debit`, { amount: 10, description: 'Later', reference: 'p3' });
    await sealHeads(database.db.pool, tenantId, key, () => api.ledger.nextId(), clock.fixedMs());
    const proof = await get(`/v1/journals/${journal.id}/proof`);
    expect(proof).toMatchObject({ verified: true, faults: [], seal: { number: 1, valid: true } });
    expect(proof.entries[0]).toMatchObject({ matches: true, seal: { links: 1, chain: 'verified' } });
    expect((await get(`/v1/journals/${journal.id}`)).sealed).toBe(true);
    const other = await api.newClient();
    expect((await api.call('GET', `/v1/journals/${journal.id}`, other.secret)).status).toBe(404);
  });

  it('come as PDF, and so do statements', async () => {
    const [w] = await wallets(1, 'pdf');
    for (let i = 0; i < 60; i++)
      await post(`/v1/wallets/${w?.id}/credit`, { amount: 12_345, description: `Line ${i}`, reference: `pdf-${i}` });
    const { data } = await get(`/v1/journals?wallet=${w?.id}&limit=1`);
    for (const path of [`/v1/journals/${data[0].id}`, `/v1/wallets/${w?.id}/statement`]) {
      const response = await api.app.request(path, {
        headers: { Authorization: `Bearer ${secret}`, Accept: 'application/pdf' },
      });
      expect(response.headers.get('content-type')).toBe('application/pdf');
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(bytes.subarray(-6).toString()).toContain('%%EOF');
      if (path.includes('statement'))
        expect(bytes.toString('latin1').match(/\/Type \/Page\n/g)?.length).toBeGreaterThanOrEqual(3);
      if (process.env['PDF_DIR'] !== undefined) {
        const { writeFileSync } = await import('node:fs');
        writeFileSync(`${process.env['PDF_DIR']}/${path.includes('journals') ? 'journal' : 'statement'}.pdf`, bytes);
      }
    }
  });
});
