import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { accepted, installTestPorts, observation, ScriptedProvider } from '@/server/payments/testing';
import type { Attempt } from '@/server/providers/provider';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';
import { darajaStatement, hubtelStatement, type StatementRow } from './testing';

/** Statements against payments that were really collected, in books that prove. */
const NOON = Date.UTC(2026, 5, 6, 12);
const clock = fixedClock(NOON);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let provider: ScriptedProvider;
let client: NewClient;
let code: string;
let operator: string;
let n = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
  operator = (await makeOperator(api.services)).token;
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(async () => {
  clock.set(NOON);
  provider = new ScriptedProvider('hubtel');
  installTestPorts(database.db, provider);
  client = await api.newClient({ name: `Volta ${++n}` });
  code = await codeOf(client);
});

async function codeOf({ publicId }: NewClient): Promise<string> {
  const { rows } = await database.db.pool.query<{ code: string }>('select code from clients where public_id = $1', [
    publicId,
  ]);
  return rows[0]?.code ?? '';
}

interface Paid {
  readonly id: string;
  readonly receipt: string;
  readonly attempt: Attempt;
}

/** @param says what the provider says of it: paid with a receipt, unless told otherwise */
async function collect(
  by: NewClient = client,
  { amount = 8_000, says = {}, currency = 'GHS' }: { amount?: number; says?: object; currency?: 'GHS' | 'KES' } = {},
): Promise<Paid> {
  const receipt = `RC${++n}`;
  provider.answer = (attempt) =>
    accepted(attempt, {
      observation: observation({ outcome: 'succeeded', amountMinor: BigInt(amount), currency, receipt, ...says }),
    });
  const isGhana = currency === 'GHS';
  const answer = await api.call('POST', '/v1/payments/receive', by.secret, {
    amount,
    currency,
    phone: `${isGhana ? '23320' : '25471'}${String(1_000_000 + n)}`,
    provider: isGhana ? 'TELECEL' : 'MPESA',
    description: 'Dues',
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { id: answer.body.data.id, receipt, attempt: provider.initiated.at(-1) as Attempt };
}

const row = (rest: Partial<StatementRow> = {}): StatementRow => ({
  receipt: null,
  reference: null,
  amount: '80.00',
  at: '2026-06-06 12:00:44',
  ...rest,
});
const rowOf = ({ receipt }: Paid, rest: Partial<StatementRow> = {}) => row({ receipt, ...rest });

async function importFile(
  content: string,
  rest: object = {},
  authorization = client.secret,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const body = { provider: 'hubtel', file_name: 'june.csv', content, ...rest };
  const answer = await api.call('POST', '/v1/reconciliations', authorization, body, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer;
}

const detail = async (id: string, authorization = client.secret) =>
  (await api.call('GET', `/v1/reconciliations/${id}`, authorization)).body;
const linesOf = async (id: string, query = '', authorization = client.secret) =>
  (await api.call('GET', `/v1/reconciliations/${id}/lines?limit=100${query}`, authorization)).body.data;
const outcomesOf = async (id: string) => (await linesOf(id)).map((line: { outcome: string }) => line.outcome);
const resolve = (
  id: string,
  number: number,
  body: object,
  authorization = client.secret,
  headers: Record<string, string> = {},
) => api.call('POST', `/v1/reconciliations/${id}/lines/${number}/resolve`, authorization, body, headers);
const wholeBooks = async () => expect((await proveBooks(database.db.pool)).findings).toEqual([]);

describe('a statement', () => {
  it('with one missing and one wrong row explains its difference to the minor unit', async () => {
    const [one, two, lost, late] = [await collect(), await collect(), await collect(), await collect()];
    const { body } = await importFile(
      hubtelStatement([
        rowOf(one),
        rowOf(two, { amount: '79.00' }),
        row({ receipt: 'STRANGER', amount: '12.34' }),
        rowOf(late, { status: 'Failed' }),
        row({ receipt: 'FEE', amount: '-1.00', type: 'Settlement fee' }),
        row({ receipt: 'BAD', amount: '80.005' }),
      ]),
    );
    expect(body).toMatchObject({
      object: 'reconciliation',
      covers: 'client',
      client: { code },
      lines: 6,
      breaks: 5,
      open_breaks: 5,
      currencies: ['GHS'],
      period_start: '2026-06-06T00:00:00Z',
      period_end: '2026-06-07T00:00:00Z',
      livemode: false,
    });
    expect(await outcomesOf(body.id)).toEqual([
      'matched',
      'amount_differs',
      'missing_here',
      'status_differs',
      'not_compared',
      'unreadable',
      'missing_there',
    ]);
    const { totals, outcomes } = await detail(body.id);
    expect(totals).toMatchObject([
      { currency: 'GHS', theirs: 8_000 + 7_900 + 1_234, ours: 4 * 8_000, difference: -14_866 },
    ]);
    const [{ explained_by: parts, ...whole }] = totals;
    for (const figure of ['theirs', 'ours', 'difference'] as const) {
      expect(parts.reduce((sum: number, part: Record<string, number>) => sum + (part[figure] ?? 0), 0)).toBe(
        whole[figure],
      );
    }
    expect(parts).toContainEqual({ outcome: 'missing_there', lines: 1, theirs: 0, ours: 8_000, difference: -8_000 });
    expect(outcomes).toContainEqual({ outcome: 'unreadable', lines: 1, open: 1 });
    const [missing] = await linesOf(body.id, '&outcome=missing_there');
    expect(missing).toMatchObject({ theirs: null, ours: { payment_id: lost.id, status: 'succeeded', amount: 8_000 } });
    const [unreadable] = await linesOf(body.id, '&outcome=unreadable');
    expect(unreadable.theirs).toMatchObject({
      line: 7,
      problem: { field: 'Amount', reason: expect.stringContaining('80.005') },
    });
    await wholeBooks();
  });

  it('twice is one import; read in another zone it is another', async () => {
    const file = hubtelStatement([rowOf(await collect())]);
    const first = await importFile(file);
    const again = await importFile(file, { file_name: 'copy.csv' });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    const both = await Promise.all([
      importFile(file, { time_zone: 'Africa/Nairobi' }),
      importFile(file, { time_zone: 'Africa/Nairobi' }),
    ]);
    expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
    expect(both[0]?.body.id).not.toBe(first.body.id);
    const { body } = await api.call('GET', '/v1/reconciliations', client.secret);
    expect(body.data).toHaveLength(2);
    const { rows } = await database.db.pool.query(
      `select action from audit_log where tenant_id = $1 and action = 'reconciliation.imported'`,
      [client.testTenantId],
    );
    expect(rows).toHaveLength(2);
  });

  it('finds payments by our reference where it has no receipt of ours', async () => {
    const one = await collect(client, { says: { receipt: null } });
    const { body } = await importFile(
      hubtelStatement([row({ receipt: 'NEW', reference: one.attempt.reference.replaceAll('-', '') })]),
    );
    expect(await linesOf(body.id)).toMatchObject([
      { outcome: 'matched', ours: { payment_id: one.id, matched_by: 'reference' } },
    ]);
  });

  it('finds them by payer, amount and time where it has neither', async () => {
    const one = await collect(client, { says: { receipt: null } });
    const payer = one.attempt.phone ?? '';
    const { body } = await importFile(hubtelStatement([row({ receipt: 'NEW', payer })]));
    expect(await linesOf(body.id)).toMatchObject([{ outcome: 'matched', ours: { matched_by: 'payer' } }]);
  });

  it('lists a line twice: it counts once', async () => {
    const one = await collect();
    const { body } = await importFile(hubtelStatement([rowOf(one), rowOf(one)]));
    expect(await outcomesOf(body.id)).toEqual(['matched', 'duplicate']);
    expect((await detail(body.id)).totals).toMatchObject([{ theirs: 8_000, ours: 8_000, difference: 0 }]);
    expect(body).toMatchObject({ breaks: 0, open_breaks: 0 });
  });

  it('in another currency than the payment counts on either side in its own', async () => {
    provider = new ScriptedProvider('daraja');
    installTestPorts(database.db, provider);
    const one = await collect(client, { currency: 'KES' });
    const other = await collect(client, { currency: 'GHS' });
    const { body } = await importFile(
      darajaStatement([
        row({ receipt: one.receipt, at: '2026-06-06 15:00:44' }),
        row({ receipt: other.receipt, at: '2026-06-06 15:00:50' }),
      ]),
      { provider: 'daraja' },
    );
    expect(await linesOf(body.id)).toMatchObject([
      { outcome: 'matched' },
      { outcome: 'amount_differs', difference: null, theirs: { currency: 'KES' }, ours: { currency: 'GHS' } },
    ]);
    expect((await detail(body.id)).totals).toMatchObject([
      { currency: 'GHS', theirs: 0, ours: 8_000, difference: -8_000 },
      { currency: 'KES', theirs: 16_000, ours: 8_000, difference: 8_000 },
    ]);
  });

  it('says nothing of payments in other currencies, through other providers, of other days', async () => {
    const one = await collect();
    await collect(client, { currency: 'KES' });
    clock.set(NOON + 86_400_000);
    await collect();
    const { body } = await importFile(hubtelStatement([rowOf(one)]));
    expect(await outcomesOf(body.id)).toEqual(['matched']);
    const wide = await importFile(hubtelStatement([rowOf(one)]), { last_day: '2026-06-07' });
    expect(await outcomesOf(wide.body.id)).toEqual(['matched', 'missing_there']);
  });

  it('is of days in its own zone', async () => {
    provider = new ScriptedProvider('daraja');
    installTestPorts(database.db, provider);
    // 23:30 on the 6th in Nairobi, and 00:30 on the 7th: one UTC day.
    clock.set(Date.parse('2026-06-06T20:30:00Z'));
    const before = await collect(client, { currency: 'KES' });
    clock.set(Date.parse('2026-06-06T21:30:00Z'));
    const after = await collect(client, { currency: 'KES' });
    const sixth = await importFile(darajaStatement([rowOf(before, { at: '06-06-2026 23:30:00' })]), {
      provider: 'daraja',
    });
    expect(await outcomesOf(sixth.body.id)).toEqual(['matched']);
    expect(sixth.body).toMatchObject({ period_start: '2026-06-05T21:00:00Z', period_end: '2026-06-06T21:00:00Z' });
    const seventh = await importFile(darajaStatement([rowOf(after, { at: '07-06-2026 00:30:00' })]), {
      provider: 'daraja',
    });
    expect(await outcomesOf(seventh.body.id)).toEqual(['matched']);
  });

  it('has tomorrow what today’s lacked: the break stays, answered', async () => {
    clock.set(Date.parse('2026-06-06T23:59:59Z'));
    const one = await collect();
    const other = await collect();
    const today = await importFile(hubtelStatement([rowOf(other)]));
    expect(today.body.open_breaks).toBe(1);
    const tomorrow = await importFile(hubtelStatement([rowOf(one, { at: '2026-06-07 00:00:01' })]));
    expect(tomorrow.body.breaks).toBe(0);
    expect(await detail(today.body.id)).toMatchObject({ breaks: 1, open_breaks: 0 });
    const [line] = await linesOf(today.body.id, '&outcome=missing_there');
    expect(line.resolution).toMatchObject({ action: 'matched_later', reason: `In the statement ${tomorrow.body.id}` });
  });

  it.each([
    [{ content: 'a,b\n1,2\n' }, 'statement_unreadable', 'content'],
    [{ content: 'Date,External Transaction Id,Amount,Status\n' }, 'statement_unreadable', 'content'],
    [{ content: hubtelStatement([row({ receipt: 'x' })]), time_zone: 'Mars/Base' }, 'parameter_invalid', 'time_zone'],
    [
      { content: hubtelStatement([row({ receipt: 'x' })]), first_day: '2026-06-08', last_day: '2026-06-07' },
      'parameter_invalid',
      'last_day',
    ],
    [{ content: hubtelStatement([row({ receipt: 'x' })]), first_day: '2020-01-01' }, 'parameter_invalid', 'first_day'],
    [{ content: 'x', columns: { colour: 'red' } }, 'parameter_unknown', 'columns.colour'],
  ])('%j is refused', async (body, expected, param) => {
    const whole = { provider: 'hubtel', file_name: 'june.csv', ...body };
    const answer = await api.call('POST', '/v1/reconciliations', client.secret, whole);
    expect([answer.status, answer.body.error.code, answer.body.error.param]).toEqual([400, expected, param]);
  });
});

describe('a break', () => {
  it('is answered once, with a reason and an audit row, and never goes away', async () => {
    const { body } = await importFile(hubtelStatement([row({ receipt: 'STRANGER' }), rowOf(await collect())]));
    const person = await makeUser(database.db, { clientId: client.publicId, role: 'finance', name: 'Efua Asante' });
    const token = await tokenFor(database.db, clock, person);
    const answers = await Promise.all([
      resolve(body.id, 1, { action: 'note', reason: 'Ours, by hand' }, token),
      resolve(body.id, 1, { action: 'note', reason: 'Ours, by hand' }, token),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [line] = await linesOf(body.id, '&outcome=missing_here');
    expect(line.resolution).toMatchObject({ action: 'noted', reason: 'Ours, by hand', by: { name: 'Efua Asante' } });
    expect(await detail(body.id)).toMatchObject({ breaks: 1, open_breaks: 0 });
    expect(await linesOf(body.id, '&open=true')).toEqual([]);
    expect(await linesOf(body.id, '&open=false')).toHaveLength(1);
    const matched = await resolve(body.id, 2, { action: 'note', reason: 'x' });
    expect([matched.status, matched.body.error.code]).toEqual([409, 'break_not_open']);
    expect((await resolve(body.id, 9, { action: 'note', reason: 'x' })).status).toBe(404);
    const { rows } = await database.db.pool.query(
      `select reason, before, after, actor from audit_log where tenant_id = $1 and action = 'reconciliation.break_resolved'`,
      [client.testTenantId],
    );
    expect(rows).toMatchObject([{ reason: 'Ours, by hand', actor: `user:${person.id}` }]);
    expect(JSON.parse(rows[0].before)).toMatchObject({ line: 1, resolution: null });
    expect(JSON.parse(rows[0].after)).toMatchObject({ line: 1, resolution: 'noted', action: 'note' });
  });

  it('is answered again with what was answered, under the same Idempotency-Key', async () => {
    const { body } = await importFile(hubtelStatement([row({ receipt: 'STRANGER' })]));
    const answer = { action: 'note', reason: 'Ours, by hand' };
    const headers = { 'idempotency-key': `break-${body.id}` };
    const first = await resolve(body.id, 1, answer, client.secret, headers);
    expect([first.status, first.body.reconciliation_id]).toEqual([200, body.id]);
    expect(await resolve(body.id, 1, answer, client.secret, headers)).toMatchObject({ status: 200, body: first.body });
  });

  it('is kept by the database', async () => {
    const { body } = await importFile(hubtelStatement([row({ receipt: 'STRANGER' })]));
    await resolve(body.id, 1, { action: 'note', reason: 'Known' });
    const refused = { code: '42501' };
    const { pool } = database.db;
    const where = 'where tenant_id = $1';
    await expect(pool.query(`delete from reconciliation_lines ${where}`, [client.testTenantId])).rejects.toMatchObject(
      refused,
    );
    await expect(
      pool.query(`update reconciliation_lines set resolution_reason = 'other' ${where}`, [client.testTenantId]),
    ).rejects.toMatchObject(refused);
    const second = await importFile(hubtelStatement([row({ receipt: 'OTHER' })]));
    expect(second.body.open_breaks).toBe(1);
    await expect(
      pool.query(`update reconciliation_lines set theirs_minor = 0 ${where} and resolved_at is null`, [
        client.testTenantId,
      ]),
    ).rejects.toMatchObject(refused);
  });

  it('resolves the payment that waits for a person, by the operator’s people alone', async () => {
    const silent = await collect(client, { says: { outcome: 'pending', amountMinor: null, receipt: null } });
    await database.db.pool.query(
      `update payments set state = 'in_reconciliation', next_poll_at = null where tenant_id = $1 and public_hex = $2`,
      [client.testTenantId, silent.id.slice(4)],
    );
    const { body } = await importFile(
      hubtelStatement([row({ receipt: 'PAIDIT', reference: silent.attempt.reference })]),
    );
    const [line] = await linesOf(body.id);
    expect(line).toMatchObject({
      outcome: 'status_differs',
      can_resolve_payment: true,
      ours: { status: 'in_reconciliation' },
    });
    const answer = { action: 'resolve_payment', reason: 'On the statement of 6 June' };
    expect((await resolve(body.id, 1, answer)).body.error.code).toBe('operator_required');
    const resolved = await resolve(body.id, 1, answer, operator, { 'idempotency-key': `pay-${body.id}` });
    expect(resolved.body).toMatchObject({
      can_resolve_payment: false,
      resolution: { action: 'payment_resolved' },
      ours: { status: 'in_reconciliation', current_status: 'succeeded' },
    });
    const { body: payment } = await api.call('GET', `/v1/payments/${silent.id}/details`, client.secret);
    expect(payment).toMatchObject({ status: 'succeeded', receipt: 'PAIDIT' });
    await wholeBooks();
  });

  it('resolves no payment by a line that has another amount or no payment', async () => {
    const one = await collect();
    const { body } = await importFile(hubtelStatement([rowOf(one, { amount: '1.00' }), row({ receipt: 'STRANGER' })]));
    for (const number of [1, 2]) {
      const answer = await resolve(body.id, number, { action: 'resolve_payment', reason: 'x' }, operator);
      expect([answer.status, answer.body.error.code]).toEqual([409, 'break_not_open']);
    }
    expect((await detail(body.id)).open_breaks).toBe(2);
  });
});

describe('whose it is', () => {
  it('a client’s statement is held against its own payments; the operator’s against all', async () => {
    const stranger = await api.newClient({ name: 'Other' });
    const [mine, theirs] = [await collect(), await collect(stranger)];
    const file = hubtelStatement([rowOf(mine), rowOf(theirs)]);
    const own = await importFile(file);
    expect(await outcomesOf(own.body.id)).toEqual(['matched', 'missing_here']);
    const all = await importFile(file, { first_day: '2026-06-06' }, operator);
    expect(all.body.covers).toBe('all');
    const lines = await linesOf(all.body.id, '&outcome=matched', operator);
    expect(lines.map((line: { ours: { client: { code: string } } }) => line.ours.client.code)).toEqual([
      code,
      await codeOf(stranger),
    ]);
    // Each sees its own; the operator's people see all of them.
    expect((await api.call('GET', `/v1/reconciliations/${all.body.id}`, client.secret)).status).toBe(404);
    expect((await api.call('GET', `/v1/reconciliations/${own.body.id}`, stranger.secret)).status).toBe(404);
    expect((await api.call('GET', `/v1/reconciliations/${own.body.id}/lines`, stranger.secret)).status).toBe(404);
    expect((await resolve(own.body.id, 2, { action: 'note', reason: 'x' }, stranger.secret)).status).toBe(404);
    const listed = await api.call('GET', '/v1/reconciliations?limit=100&open=true', operator);
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(own.body.id);
    const narrowed = await api.call('GET', '/v1/reconciliations', operator, undefined, { 'Pesewa-Client': code });
    expect(narrowed.body.data.map(({ id }: { id: string }) => id)).toEqual([own.body.id]);
  });

  it('pages by its cursor and exports what is filtered', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => row({ receipt: `S${i}`, amount: `${i + 1}.00` }));
    const { body } = await importFile(hubtelStatement(rows));
    const path = `/v1/reconciliations/${body.id}/lines`;
    const first = (await api.call('GET', `${path}?limit=4&open=true`, client.secret)).body;
    expect(first.has_more).toBe(true);
    const second = (await api.call('GET', `${path}?limit=4&open=true&after=${first.next_cursor}`, client.secret)).body;
    expect([...first.data, ...second.data].map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const csv = await api.call('GET', `${path}?format=csv&outcome=missing_here`, client.secret);
    expect(csv.body.trim().split('\r\n')).toHaveLength(8);
    expect(csv.headers.get('content-type')).toContain('text/csv');
  });
});

it('20 000 lines are read, compared and kept within seconds', async () => {
  const LINES = 20_000;
  await database.db.pool.query(
    `insert into payments (tenant_id, id, public_hex, reference, fingerprint, state, channel, country, currency, amount_minor,
       fee_bearer, provider, provider_account, attempt_reference, receipt, description, actor, request_id, created_at,
       updated_at, paid_at)
     select $1, 9000000000 + i, lpad(to_hex(9000000000 + i), 16, '0') || '00000000000000ff', 'bulk-' || i, 'x', 'succeeded', 'MTN', 'UG', 'UGX',
       100 + i, 'client', 'mtn-momo', 'bulk', gen_random_uuid(), 'BULK' || i, 'Bulk', 'test', 'req', $2, $2, $2
     from generate_series(1, $3::integer) i`,
    [client.testTenantId, new Date(NOON), LINES + 10],
  );
  const head = 'receipt,amount,status,date\n';
  const content =
    head + Array.from({ length: LINES }, (_, i) => `BULK${i + 1},${101 + i},paid,2026-06-06 12:00:00\n`).join('');
  const startedMs = performance.now();
  const { body } = await importFile(content, { provider: 'mtn-momo', format: 'generic', currency: 'UGX' });
  const tookMs = performance.now() - startedMs;
  expect(body).toMatchObject({ lines: LINES, breaks: 10 });
  // Alone on two cores it takes about two seconds; this is run beside everything else.
  expect(tookMs).toBeLessThan(20_000);
  const readMs = performance.now();
  const { totals } = await detail(body.id);
  expect(totals[0].difference).toBe(
    -totals[0].explained_by.find((one: { outcome: string }) => one.outcome === 'missing_there').ours,
  );
  console.info(`import ${Math.round(tookMs)} ms, totals ${Math.round(performance.now() - readMs)} ms`);
}, 60_000);
