import { generateKeyPairSync } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { fixedClock } from '@/server/kernel/clock';
import { paymentAccounts } from '@/server/payments/books-accounts';
import { newPublicHex } from '@/server/payments/ids';
import { readJournals } from '../read-journal';
import { sealKeyFrom } from '../seals/seal';
import { sealHeads } from '../seals/seal-heads';
import { aService, type LedgerHarness, openTestLedger, recordTestService } from '../testing';
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
let limited: string;
let resting: string;

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
  await recordTestService(h.db.pool, h.tenantId, service);
  await submit({ ...h.debit(wallet, 1_000n, 'd2'), service });
  clock.advance(2 * DAY);
  await submit(h.debit(wallet, 10n, 'd3'));
  await submit(h.setStatus(other, 'frozen'));
  await submit(h.fund(other, 50n));
  await submit(h.setStatus(closing, 'closed'));
  // Limits that were raised, then rested on promotional credit that expired: no break of them.
  limited = await h.openWallet();
  await submit(h.fund(limited, 300n));
  await submit(h.debit(limited, 290n));
  await submit(h.promote(limited, 500n, { expiresAtMs: clock.fixedMs() + DAY }));
  await submit(h.change(limited, { minimumBalanceMinor: 400n }));
  clock.advance(2 * DAY);
  await submit(h.sweep(limited));
  await submit(h.change(limited, { minimumBalanceMinor: 5n, canOverdraw: true }));
  await submit(h.debit(limited, 50n));
  resting = await h.openWallet();
  await submit(h.fund(resting, 40n));
  await submit(h.change(resting, { status: 'inactive' }));
  await submit(h.change(resting, { status: 'active' }));
  await submit(h.fund(resting, 60n));
  await submit(h.change(resting, { status: 'inactive', words: { name: 'Resting' } }));
  await receivePayments();
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await sealHeads(h.db.pool, h.tenantId, sealKeyFrom(pem), () => h.ledger.nextId(), clock.fixedMs());
}

/** One payment that is paid, and one that was and that its provider took back. */
async function receivePayments(): Promise<void> {
  for (const state of ['succeeded', 'reversed']) {
    const id = h.ledger.nextId();
    const hex = newPublicHex(id);
    const where = { tenantId: h.tenantId, currency: 'GHS', provider: 'mtn-momo' };
    const accounts = await paymentAccounts({ db: h.db, ledger: h.ledger, clock }, where);
    const common = {
      tenantId: h.tenantId,
      origin: { actor: 'test', requestId: 'req_test' },
      accountId: wallet,
      clearingAccountId: accounts.clearingId,
      suspenseAccountId: accounts.suspenseId,
      amountMinor: 80n,
      reference: `pay_${hex}`,
      description: null,
      metadata: null,
      businessAtMs: null,
    };
    const credited = await h.ledger.submit({
      ...common,
      kind: 'collect',
      id: h.ledger.nextId(),
      dueAccountId: accounts.dueId,
      operation: 'payment',
      into: 'account',
      service: null,
    });
    if (!credited.ok) throw new Error(credited.refusal.code);
    if (state === 'reversed') {
      const taken = await h.ledger.submit({ ...common, kind: 'clawback', id: h.ledger.nextId(), chargesMinor: 0n });
      if (!taken.ok) throw new Error(taken.refusal.code);
    }
    await h.db.pool.query(
      `insert into payments (tenant_id, id, public_hex, reference, fingerprint, state, channel, country, currency,
         amount_minor, fee_bearer, provider, provider_account, attempt_reference, wallet_id, description, journal_id, actor,
         request_id, created_at, updated_at)
       values ($1, $2, $3, $3, '', $4, 'MTN', 'GH', 'GHS', 80, 'client', 'mtn-momo', 'test', gen_random_uuid(), $5, 'Test',
         $6, 'test', 'req_test', '2026-01-20', '2026-01-20')`,
      [h.tenantId, id, hex, state, wallet, credited.posted?.journal.id],
    );
  }
}

async function broken(sql: string): Promise<number[]> {
  const client = await admin.connect();
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    const { rowCount } = await client.query(sql);
    if (/^(update|delete)[^;]*$/.test(sql)) expect(rowCount).toBeGreaterThan(0);
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
      6,
      'a minimum that no change set',
      () => `update accounts set minimum_balance_minor = minimum_balance_minor - 1 where id = ${limited}`,
    ],
    [6, 'an overdraft that no change gave', () => `update accounts set can_overdraw = true where id = ${resting}`],
    [
      6,
      'a minimum raised over the balance',
      () =>
        `update audit_log set after = replace(after, '"minimum_balance_minor":"400"', '"minimum_balance_minor":"511"')
         where object_id = '${limited}'`,
    ],
    [
      6,
      'taken under a new minimum',
      () =>
        `select; update accounts set can_overdraw = false where id = ${limited};
         update audit_log set after = replace(after, '"can_overdraw":true', '"can_overdraw":false')
         where object_id = '${limited}'`,
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
    [
      12,
      'posted while inactive',
      () =>
        `update audit_log set after = '{"status":"inactive","sequence":2,"version":9,"order":0}'
         where action = 'wallet.activate' and object_id = '${resting}'`,
    ],
    [
      12,
      'put in while inactive',
      () =>
        `update audit_log set after = replace(after, '"sequence":2', '"sequence":1')
         where action = 'wallet.deactivate' and object_id = '${resting}'`,
    ],
    [12, 'a status that no change set', () => `update accounts set status = 'active' where id = ${resting}`],
    [13, 'a paid payment of another amount', () => `update payments set amount_minor = 81 where state = 'succeeded'`],
    [
      13,
      'a credit of a payment that is not paid',
      () => `update payments set state = 'failed' where state = 'succeeded'`,
    ],
    [
      13,
      'a paid payment whose credit is another’s',
      () => `update payments set public_hex = repeat('0', 32) where state = 'succeeded'`,
    ],
    [13, 'a credit of no payment', () => `delete from payments where state = 'succeeded'`],
    [
      13,
      'credited twice',
      () =>
        `update journals set reference = (select 'pay_' || public_hex from payments where state = 'succeeded'), operation = 'payment_resolution'
         where kind = 'topup' and reference = (select 'pay_' || public_hex from payments where state = 'reversed')`,
    ],
    [
      13,
      'taken back from a payment that stands',
      () => `update payments set state = 'succeeded' where state = 'reversed'`,
    ],
    [13, 'reversed and never taken back', () => `update payments set state = 'reversed' where state = 'succeeded'`],
    [
      13,
      'a payment that names another’s journal',
      () => `update payments set journal_id = ${aDebit} where state = 'reversed'`,
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
    [19, 'an audit row edited', () => `update audit_log set reason = 'Another' where action = 'wallet.freeze'`],
    [
      19,
      'an audit row’s address edited',
      () => `update audit_log set address = '1.2.3.4' where action = 'wallet.freeze'`,
    ],
    [19, 'an audit row gone', () => `delete from audit_log where action = 'wallet.freeze'`],
    [19, 'an audit row written past the chain', () => PAST_THE_CHAIN],
    [19, 'a link gone', () => 'delete from audit_chain where sequence = 1'],
    [19, 'a link edited', () => `update audit_chain set hash = decode(repeat('ab', 32), 'hex') where sequence = 1`],
    [19, 'a link that names another row', () => 'update audit_chain set audit_id = audit_id + 1 where sequence = 2'],
    [19, 'the tail gone, row and link', () => `${NO_TAIL}; ${NO_TAIL_LINK}`],
    [19, 'a head edited', () => `update audit_heads set hash = decode(repeat('ab', 32), 'hex')`],
    [19, 'a head gone', () => 'delete from audit_heads'],
  ];
  const PAST_THE_CHAIN = `insert into audit_log (tenant_id, id, actor, request_id, action, object_id, created_at)
    select tenant_id, id + 1, actor, request_id, action, object_id, created_at from audit_log`;
  const NO_TAIL = `delete from audit_log a using audit_chain c
    where c.audit_id = a.id and c.sequence = (select max(sequence) from audit_chain)`;
  const NO_TAIL_LINK = 'delete from audit_chain where sequence = (select max(sequence) from audit_chain)';
  test.each(cases)('%i: %s', async (invariant, _name, sql) => {
    expect(await broken(sql())).toContain(invariant);
  });
});

describe('an audit log rewritten with its chain is whole in itself, and its seal sees it', () => {
  /** Every link and the head anew over the rows as they are, by the database's own functions. */
  const RECHAINED = `
    with recursive links as (
      select c.tenant_id, c.sequence, audit_link_hash(decode(repeat('00', 32), 'hex'), 1, a) as hash
      from audit_chain c join audit_log a on a.tenant_id = c.tenant_id and a.id = c.audit_id where c.sequence = 1
      union all
      select c.tenant_id, c.sequence, audit_link_hash(l.hash, c.sequence, a)
      from links l join audit_chain c on c.tenant_id = l.tenant_id and c.sequence = l.sequence + 1
      join audit_log a on a.tenant_id = c.tenant_id and a.id = c.audit_id
    ), relinked as (
      update audit_chain c set hash = l.hash from links l where l.tenant_id = c.tenant_id and l.sequence = c.sequence
    )
    update audit_heads h set hash = l.hash, sequence = l.sequence from links l
    where l.tenant_id = h.tenant_id and l.sequence = (select max(m.sequence) from links m where m.tenant_id = h.tenant_id)`;
  const TAIL = '(select max(sequence) from audit_chain)';
  test.each([
    ['a row edited', `update audit_log set reason = 'Another' where action = 'wallet.freeze'; ${RECHAINED}`],
    [
      'the tail cut off',
      `delete from audit_log a using audit_chain c where c.audit_id = a.id and c.sequence = ${TAIL};
       delete from audit_chain where sequence = ${TAIL}; ${RECHAINED}`,
    ],
  ])('%s', async (_name, sql) => {
    const found = await broken(sql);
    expect(found).toContain(5);
    expect(found).not.toContain(19);
  });
});

test('the application’s role cannot change history', async () => {
  for (const table of [
    'journals',
    'entries',
    'lot_uses',
    'events',
    'audit_log',
    'audit_chain',
    'audit_heads',
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
  for (const table of ['journals', 'entries', 'lot_uses', 'events', 'audit_log', 'audit_chain']) {
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
