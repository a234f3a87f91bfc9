import { generateKeyPairSync } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { readJournals } from '../read-journal';
import { sealKeyFrom } from '../seals/seal';
import { sealHeads } from '../seals/seal-heads';
import { recordServiceVersion } from '../service-versions';
import { aService, type LedgerHarness, openTestLedger } from '../testing';
import { prove, proveBooks } from './prove';

/**
 * Books with one of everything in them, and for every invariant a hand that breaks it: `books` must say which. The
 * breaks are made as superuser past triggers and roles, inside a transaction that is rolled back.
 */
const DAY = 86_400_000;
const clock = fixedClock(Date.UTC(2026, 0, 15));

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let h: LedgerHarness;
let admin: pg.Pool;
let wallet: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  h = await openTestLedger(database, clock);
  admin = h.adminPool(database.url);
  await fillBooks();
});

afterAll(async () => {
  await admin.end();
  await h.close();
  await database.close();
});

async function fillBooks(): Promise<void> {
  const submit = async (command: Parameters<typeof h.ledger.submit>[0]) => {
    const outcome = await h.ledger.submit(command);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome;
  };
  wallet = await h.openWallet();
  const other = await h.openWallet();
  const closing = await h.openWallet();
  await submit(h.fund(wallet, 100_000n, 'fund'));
  await submit(h.fund(closing, 700n));
  await submit(h.promote(wallet, 5_000n, { expiresAtMs: clock.fixedMs() + DAY, reference: 'promo' }));
  await submit(h.promote(wallet, 2_000n, { expiresAtMs: clock.fixedMs() + 30 * DAY }));
  const debit = await submit(h.debit(wallet, 1_500n, 'd1'));
  await submit(h.transfer(wallet, other, 900n, 't1'));
  if (debit.posted === null) throw new Error('no journal');
  await submit(h.reverse(debit.posted));
  const hold = await submit(h.hold(wallet, 400n, clock.fixedMs() + 5 * DAY, 'h1'));
  await submit(h.hold(wallet, 350n, clock.fixedMs() + 9 * DAY, 'h2'));
  await submit(h.capture(wallet, hold.hold?.id ?? '', 300n));
  const service = aService(h.ledger.nextId(), {
    fee: { type: 'PERCENTAGE', partsPerMillion: 20_000n },
    taxPartsPerMillion: 160_000n,
  });
  await recordServiceVersion(h.db.pool, h.tenantId, service);
  await submit({ ...h.debit(wallet, 1_000n, 'd2'), service });
  clock.advance(2 * DAY);
  await submit(h.debit(wallet, 10n, 'd3'));
  await submit(h.setStatus(other, 'frozen'));
  await submit(h.fund(other, 50n));
  await submit(h.setStatus(closing, 'closed'));
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await sealHeads(h.db.pool, h.tenantId, sealKeyFrom(pem), () => h.ledger.nextId(), clock.fixedMs());
}

async function broken(sql: string): Promise<number[]> {
  const client = await admin.connect();
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    const { rowCount } = await client.query(sql);
    if (sql.startsWith('update') || sql.startsWith('delete')) expect(rowCount).toBeGreaterThan(0);
    const { findings } = await prove(client);
    return [...new Set(findings.map((finding) => finding.invariant))];
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('whole books have no finding', async () => {
  const proof = await proveBooks(h.db.pool);
  expect(proof.findings).toEqual([]);
  expect(proof.counts.journals).toBeGreaterThan(10);
});

describe('every invariant is seen when broken', () => {
  const aDebit = `(select id from journals where reference = 'd3')`;
  const cases: [invariant: number, name: string, sql: () => string][] = [
    [1, 'an entry is gone', () => `delete from entries where journal_id = ${aDebit} and leg = 2`],
    [1, 'an entry without a journal', () => `delete from journals where id = ${aDebit}`],
    [2, 'a balance edited', () => `update accounts set balance_minor = balance_minor + 1 where id = ${wallet}`],
    [
      3,
      'a balance that is not its entries’',
      () => `update accounts set balance_minor = balance_minor + 1 where id = ${wallet}`,
    ],
    [3, 'a counter that is not its entries’', () => `update accounts set sequence = sequence + 1 where id = ${wallet}`],
    [
      4,
      'a gap in the sequence',
      () => `update entries set sequence = sequence + 100 where account_id = ${wallet} and sequence = 2`,
    ],
    [
      4,
      'a running balance that does not follow',
      () => `update entries set balance_after_minor = 1 where account_id = ${wallet} and sequence = 2`,
    ],
    [
      5,
      'an amount edited',
      () => `update entries set amount_minor = amount_minor - 1 where journal_id = ${aDebit} and leg = 1`,
    ],
    [5, 'a description edited', () => `update journals set description = 'Something else' where id = ${aDebit}`],
    [5, 'a reference edited', () => `update journals set reference = 'other' where id = ${aDebit}`],
    [5, 'a head edited', () => `update accounts set head_hash = decode(repeat('ab', 32), 'hex') where id = ${wallet}`],
    [
      5,
      'a sealed head rewritten',
      () => `update seal_heads set hash = decode(repeat('cd', 32), 'hex') where account_id = ${wallet}`,
    ],
    [5, 'a seal edited', () => `update seals set sealed_at = sealed_at + interval '1 hour'`],
    [
      6,
      'a balance under its minimum',
      () => `update accounts set minimum_balance_minor = balance_minor + 1 where id = ${wallet}`,
    ],
    [
      7,
      'a lot that does not add up',
      () =>
        'update lots set used_minor = used_minor + 1, remaining_minor = remaining_minor - 1 where remaining_minor > 0',
    ],
    [7, 'a lot use removed', () => `delete from lot_uses where use = 'grant'`],
    [8, 'an open lot not counted', () => `update accounts set open_lots = 0 where id = ${wallet}`],
    [8, 'a hold not summed', () => `update accounts set held_minor = 0 where id = ${wallet}`],
    [8, 'a hold that pins too little', () => `update holds set pin_amounts[1] = pin_amounts[1] - 1`],
    [
      9,
      'a lot used after its expiry',
      () => `update lots set expires_at = '2026-01-01' where id in (select lot_id from lot_uses where use = 'use')`,
    ],
    [
      9,
      'an expiry before its time',
      () => `update lots set expires_at = expires_at + interval '90 days' where expired_minor > 0`,
    ],
    [
      10,
      'a reference used twice',
      () => `drop index journals_reference; update journals set reference = 'd1' where operation = 'debit'`,
    ],
    [
      10,
      'an answer for no journal',
      () =>
        `insert into answers (tenant_id, key, fingerprint, status, body, journal_id) values (${h.tenantId}, 'k', 'f', 200, '{}', 1)`,
    ],
    [
      11,
      'a reversal of another amount',
      () => `update journals set amount_minor = amount_minor - 1 where kind = 'reversal'`,
    ],
    [11, 'a reversal of a reversal', () => `update journals set reversal_of = id where kind = 'reversal'`],
    [
      12,
      'posted after a close',
      () =>
        `update audit_log set after = '{"status":"closed","sequence":0,"version":1,"order":0}' where action = 'wallet.close'`,
    ],
    [
      12,
      'taken while frozen',
      () =>
        `update audit_log set action = 'wallet.freeze', object_id = '${wallet}', after = '{"status":"frozen","sequence":1,"version":1,"order":0}' where action = 'wallet.freeze'`,
    ],
    [14, 'a fee that is not its legs', () => 'update journals set fee_minor = fee_minor + 1 where fee_minor > 0'],
    [14, 'a fee without a service', () => `update journals set service_version_id = null where fee_minor > 0`],
    [15, 'another currency', () => `update journals set currency = 'KES' where id = ${aDebit}`],
    [
      15,
      'two open wallets',
      () =>
        `drop index accounts_open_wallet; update accounts set customer_id = 'same', status = 'active' where customer_id is not null`,
    ],
    [
      16,
      'a transfer whose legs differ',
      () => `update entries set amount_minor = amount_minor + 1 where kind = 'transfer' and leg = 2`,
    ],
    [17, 'a journal of nobody', () => `update journals set actor = '' where id = ${aDebit}`],
    [18, 'an event gone', () => `delete from events where journal_id = ${aDebit}`],
    [18, 'an event of no journal', () => `update events set journal_id = 1 where journal_id = ${aDebit}`],
  ];
  test.each(cases)('%i: %s', async (invariant, _name, sql) => {
    expect(await broken(sql())).toContain(invariant);
  });
});

test('the application’s role cannot change history', async () => {
  for (const table of [
    'journals',
    'entries',
    'lot_uses',
    'events',
    'audit_log',
    'seals',
    'seal_heads',
    'entries_0',
    'journals_0',
  ]) {
    for (const sql of [`delete from ${table}`, `truncate ${table}`, `update ${table} set tenant_id = tenant_id`]) {
      await expect(h.db.pool.query(sql), sql).rejects.toMatchObject({ code: '42501' });
    }
  }
});

test('behind the role a trigger refuses the owner too', async () => {
  for (const table of ['journals', 'entries', 'lot_uses', 'events', 'audit_log']) {
    for (const sql of [
      `delete from ${table}`,
      `truncate ${table} cascade`,
      `update ${table} set tenant_id = tenant_id`,
    ]) {
      await expect(admin.query(sql), sql).rejects.toThrow(/append-only/);
    }
  }
});

test('a journal reads back as it was posted', async () => {
  const outcome = await h.ledger.submit(h.debit(wallet, 33n, 'read_back'));
  if (!outcome.ok || outcome.posted === null) throw new Error('refused');
  const { journal } = outcome.posted;
  const found = await readJournals(h.db.pool, [{ tenantId: journal.tenantId, id: journal.id }]);
  expect(found.get(journal.id)).toEqual(outcome.posted);
});
