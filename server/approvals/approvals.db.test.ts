import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaOfEvent } from '@/contracts/events';
import { parseId } from '@/contracts/ids';
import type { Role } from '@/contracts/roles';
import { makeTestDatabase } from '@/db/testing';
import { proveAndRecord } from '@/server/attention/record-proof';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import type { Clock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { installTestPorts, ScriptedProvider } from '@/server/payments/testing';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';
import { finishApproved } from './carry-out';
import { lapseApprovals } from './lapse';
import { approvalRunner, installApprovalRunner } from './runner';

const START_MS = Date.UTC(2026, 5, 16, 12);
const DAY_MS = 86_400_000;
let nowMs = START_MS;
const clock: Clock = { fixedMs: () => nowMs };

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock });
});

afterAll(async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
  await api.close();
  await database.close();
});

const fresh = (): string => `fresh${++count}`;

interface World {
  readonly key: string;
  readonly code: string;
  /** Tokens of two people who may approve. */
  readonly maker: string;
  readonly checker: string;
  readonly makerId: string;
  readonly checkerId: string;
  readonly walletId: string;
  person(role: Role): Promise<string>;
}

/** A client with a policy: credits above GH₵200.00, every reversal, every change of a service. */
async function newWorld(rules: unknown = RULES): Promise<World> {
  const client = await api.newClient({ name: 'Volta' });
  const makeOne = (role: Role, name: string) => makeUser(database.db, { clientId: client.publicId, role, name });
  const maker = await makeOne('finance', 'Yaw Darko');
  const checker = await makeOne('finance', 'Efua Asante');
  const tokens = {
    maker: await tokenFor(database.db, clock, maker),
    checker: await tokenFor(database.db, clock, checker),
  };
  if (rules !== null) await must('PUT', '/v1/approval_policy', tokens.checker, { rules });
  const wallet = await must('POST', '/v1/wallets', client.secret, { customer_id: fresh(), currency: 'GHS' });
  return {
    key: client.secret,
    code: client.code,
    ...tokens,
    makerId: maker.id,
    checkerId: checker.id,
    walletId: wallet.body.id,
    person: async (role) => tokenFor(database.db, clock, await makeOne(role, 'Somebody')),
  };
}

const RULES = [{ verb: 'credit', above: { GHS: 20_000 } }, { verb: 'reversal' }, { verb: 'service_change' }];

async function must(method: string, path: string, by: string, body?: unknown, headers = {}): Promise<ApiAnswer> {
  const answer = await api.call(method, path, by, body, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer;
}

const creditBody = (amount: number) => ({ amount, description: 'Goodwill', reference: fresh() });

async function held(world: World, amount = 35_000): Promise<{ id: string; state: string }> {
  const answer = await api.call('POST', `/v1/wallets/${world.walletId}/credit`, world.maker, creditBody(amount));
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return look(world, answer.body.id);
}

async function look(world: World, id: string): Promise<{ id: string; state: string }> {
  return (await must('GET', `/v1/approvals/${id}`, world.checker)).body;
}

const balanceOf = async (world: World, walletId = world.walletId): Promise<number> =>
  (await must('GET', `/v1/wallets/${walletId}`, world.key)).body.balance;

const approve = (by: string, { id, state }: { id: string; state: string }, more = {}): Promise<ApiAnswer> =>
  api.call('POST', `/v1/approvals/${id}/approve`, by, { state, ...more });

async function auditOf(id: string): Promise<{ action: string; actor: string; before: string; after: string }[]> {
  const { rows } = await database.db.pool.query(
    `select action, actor, before, after from audit_log where object_id = $1 and action like 'approval.%' order by id`,
    [parseId('approval', id)],
  );
  return rows;
}

describe('what waits', () => {
  it('is nothing while no policy is set', async () => {
    const world = await newWorld(null);
    expect((await must('GET', '/v1/approval_policy', world.maker)).body).toMatchObject({ source: 'none', rules: [] });
    await must('POST', `/v1/wallets/${world.walletId}/credit`, world.maker, creditBody(9_000_000));
  });

  it('is a person’s credit above the limit, and nothing has moved', async () => {
    const world = await newWorld();
    const body = creditBody(20_001);
    const answer = await api.call('POST', `/v1/wallets/${world.walletId}/credit`, world.maker, body);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      object: 'approval',
      status: 'pending',
      verb: 'credit',
      amount: 20_001,
      currency: 'GHS',
      reason: 'Goodwill',
      target: { type: 'wallet', id: world.walletId },
      maker: { name: 'Yaw Darko' },
      checker: null,
      rule: { above: 20_000, policy_version: 1 },
      expires_at: new Date(nowMs + 7 * DAY_MS).toISOString(),
      decidable: false,
      cancelable: true,
    });
    expect(await balanceOf(world)).toBe(0);
    const again = await api.call('POST', `/v1/wallets/${world.walletId}/credit`, world.maker, body);
    expect([again.status, again.body.id]).toEqual([202, answer.body.id]);
  });

  it('is neither one up to the limit nor a program’s', async () => {
    const world = await newWorld();
    await must('POST', `/v1/wallets/${world.walletId}/credit`, world.maker, creditBody(20_000));
    await must('POST', `/v1/wallets/${world.walletId}/credit`, world.key, creditBody(5_000_000));
    expect(await balanceOf(world)).toBe(5_020_000);
  });

  it('comes in through no other door: signed amounts, account numbers, batches', async () => {
    const world = await newWorld();
    const signed = { amount: 30_000, currency: 'GHS', description: 'Signed' };
    const first = await api.call('POST', `/v1/wallets/${world.walletId}/transactions`, world.maker, signed);
    expect([first.status, first.body.verb]).toEqual([202, 'credit']);
    const items = [1, 2].map(() => ({ type: 'credit', wallet_id: world.walletId, ...creditBody(15_000) }));
    const batch = await api.call('POST', '/v1/batches', world.maker, { atomic: true, items });
    expect([batch.status, batch.body.error.code]).toEqual([403, 'approval_required']);
    expect(await balanceOf(world)).toBe(0);
  });

  it('is refused at once when it could not be done anyway', async () => {
    const world = await newWorld();
    await must('POST', `/v1/wallets/${world.walletId}/close`, world.key, {});
    const answer = await api.call('POST', `/v1/wallets/${world.walletId}/credit`, world.maker, creditBody(30_000));
    expect([answer.status, answer.body.error.code]).toEqual([409, 'wallet_closed']);
  });

  it('keeps its answer under an Idempotency-Key', async () => {
    const world = await newWorld();
    const headers = { 'Idempotency-Key': fresh() };
    const path = `/v1/wallets/${world.walletId}/credit`;
    const body = creditBody(30_000);
    const first = await api.call('POST', path, world.maker, body, headers);
    const second = await api.call('POST', path, world.maker, body, headers);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
  });
});

describe('a decision', () => {
  it('does what was asked, as who asked for it, with both names in the audit log', async () => {
    const world = await newWorld();
    const approval = await held(world);
    expect(approval).toMatchObject({
      decidable: true,
      effect: {
        possible: true,
        balances: [{ account_id: world.walletId, before: 0, after: 35_000, change: 35_000 }, {}],
      },
    });
    const answer = await approve(world.checker, approval, { reason: 'Ticket checked' });
    expect(answer.body).toMatchObject({
      status: 'executed',
      maker: { name: 'Yaw Darko' },
      checker: { name: 'Efua Asante' },
      decision_reason: 'Ticket checked',
      outcome: { status: 200, body: { amount: 35_000, balance_after: 35_000 } },
      decidable: false,
    });
    expect(await balanceOf(world)).toBe(35_000);
    const { rows } = await database.db.pool.query('select actor, request_id from journals where account_id = $1', [
      parseId('wallet', world.walletId),
    ]);
    expect(rows).toEqual([{ actor: `user:${world.makerId}`, request_id: answer.body.request_id }]);
    const audit = await auditOf(approval.id);
    expect(audit.map(({ action, actor }) => [action, actor])).toEqual([
      ['approval.requested', `user:${world.makerId}`],
      ['approval.approved', `user:${world.checkerId}`],
      ['approval.executed', `user:${world.makerId}`],
    ]);
    expect(JSON.parse(audit[2]?.after ?? '')).toMatchObject({
      status: 'executed',
      maker: { name: 'Yaw Darko' },
      checker: { name: 'Efua Asante' },
    });
    const { rows: events } = await database.db.pool.query<{ type: string }>(
      `select e.type from events e join approvals a on a.tenant_id = e.tenant_id and a.id = $1 where e.type like 'approval.%' order by e.id`,
      [parseId('approval', approval.id)],
    );
    expect(events.map(({ type }) => type)).toEqual(['approval.requested', 'approval.approved']);
    const told = (await must('GET', '/v1/events?limit=100&type=approval.approved', world.key)).body.data;
    expect(schemaOfEvent('approval.approved').parse(told[0])).toEqual(told[0]);
    expect(told[0].data).toMatchObject({ id: approval.id, status: 'approved', checker: { name: 'Efua Asante' } });
  });

  it('is never one’s own', async () => {
    const world = await newWorld();
    const approval = await held(world);
    const own = await approve(world.maker, approval);
    expect([own.status, own.body.error.code]).toEqual([403, 'approval_own']);
    const rejected = await api.call('POST', `/v1/approvals/${approval.id}/reject`, world.maker, { reason: 'No' });
    expect(rejected.body.error.code).toBe('approval_own');
    await expect(
      database.db.pool.query(
        `update approvals set status = 'approved', checker_id = maker_id, decided_at = now(), terms_seen = ''
         where id = $1`,
        [parseId('approval', approval.id)],
      ),
    ).rejects.toThrow(/approvals_maker_is_not_checker/);
    expect(await balanceOf(world)).toBe(0);
  });

  it('is a person’s who might have asked for it, of nobody else’s client', async () => {
    const world = await newWorld();
    const approval = await held(world);
    expect((await approve(world.key, approval)).body.error.code).toBe('person_required');
    expect((await approve(await world.person('support'), approval)).body.error.code).toBe('scope_missing');
    const stranger = await newWorld();
    expect((await approve(stranger.checker, approval)).status).toBe(404);
    expect((await api.call('GET', `/v1/approvals/${approval.id}`, stranger.checker)).status).toBe(404);
    const listed = await must('GET', '/v1/approvals', stranger.checker);
    expect(listed.body.data.map((one: { id: string }) => one.id)).not.toContain(approval.id);
  });

  it('of two at once has one effect', async () => {
    const world = await newWorld();
    const approval = await held(world);
    const other = await world.person('admin');
    const answers = await Promise.all([approve(world.checker, approval), approve(other, approval)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await balanceOf(world)).toBe(35_000);
  });

  it('is not taken on what is no longer so, and shows it anew', async () => {
    const world = await newWorld();
    const approval = await held(world);
    await must('POST', `/v1/wallets/${world.walletId}/credit`, world.key, creditBody(100));
    const stale = await approve(world.checker, approval);
    expect([stale.status, stale.body.error.code]).toEqual([409, 'approval_stale']);
    const anew = stale.body.error.details.approval;
    expect(anew).toMatchObject({ status: 'pending', effect: { balances: [{ before: 100, after: 35_100 }, {}] } });
    expect(anew.state).not.toBe(approval.state);
    expect((await approve(world.checker, anew)).body.status).toBe('executed');
  });

  it('may be taken although balances move, but not although terms do', async () => {
    const world = await newWorld();
    const approval = await held(world);
    await must('POST', `/v1/wallets/${world.walletId}/credit`, world.key, creditBody(100));
    const answer = await approve(world.checker, approval, { balances_may_move: true });
    expect(answer.body.status).toBe('executed');
    expect(await balanceOf(world)).toBe(35_100);
  });

  it('can be no, with a reason, or be taken back by who asked', async () => {
    const world = await newWorld();
    const [first, second] = [await held(world), await held(world)];
    const no = await must('POST', `/v1/approvals/${first.id}/reject`, world.checker, { reason: 'Ticket is closed' });
    expect(no.body).toMatchObject({ status: 'rejected', decision_reason: 'Ticket is closed' });
    const other = await api.call('POST', `/v1/approvals/${second.id}/cancel`, world.checker, {});
    expect([other.status, other.body.error.code]).toEqual([409, 'approval_not_yours']);
    expect((await must('POST', `/v1/approvals/${second.id}/cancel`, world.maker, {})).body.status).toBe('canceled');
    for (const approval of [first, second]) {
      expect((await approve(world.checker, approval)).body.error.code).toBe('approval_not_pending');
    }
    expect(await balanceOf(world)).toBe(0);
  });

  it('lapses after seven days, whether or not the job has run', async () => {
    const world = await newWorld();
    const approval = await held(world);
    nowMs += 7 * DAY_MS - 1;
    expect((await look(world, approval.id)) as unknown).toMatchObject({ status: 'pending' });
    nowMs += 1;
    const late = await approve(await lateToken(world), approval);
    expect(late.body.error).toMatchObject({ code: 'approval_not_pending', details: { status: 'expired' } });
    expect(await lapseApprovals({ db: database.db, clock, ledger: api.ledger })).toBeGreaterThan(0);
    expect((await auditOf(approval.id)).at(-1)).toMatchObject({ action: 'approval.expired', actor: 'job:approvals' });
    expect(await balanceOf(world)).toBe(0);
  });
});

/** The others' log-ins have ended by then. */
async function lateToken({ checkerId }: World): Promise<string> {
  return tokenFor(database.db, clock, { id: checkerId });
}

describe('a crash between decision and effect', () => {
  it('is finished by the job, once', async () => {
    const world = await newWorld();
    const approval = await held(world);
    const runner = approvalRunner(database.db);
    installApprovalRunner(database.db, {
      look: (one) => runner.look(one),
      run: () => Promise.reject(new Error('The process died.')),
    });
    const answer = await approve(world.checker, approval);
    expect(answer.body.status).toBe('approved');
    expect(await balanceOf(world)).toBe(0);
    installApprovalRunner(database.db, runner);
    expect(await finishApproved({ db: database.db, clock, ledger: api.ledger })).toBe(0);
    nowMs += 60_001;
    await Promise.all([1, 2, 3].map(() => finishApproved({ db: database.db, clock, ledger: api.ledger })));
    expect(await look(world, approval.id)).toMatchObject({ status: 'executed', outcome: { status: 200 } });
    expect(await balanceOf(world)).toBe(35_000);
  });

  it('has one effect even where two processes do it at once, without a reference to tell them apart', async () => {
    const world = await newWorld();
    const signed = { amount: 30_000, currency: 'GHS', description: 'Signed' };
    const asked = await api.call('POST', `/v1/wallets/${world.walletId}/transactions`, world.maker, signed);
    const runner = approvalRunner(database.db);
    installApprovalRunner(database.db, {
      look: (one) => runner.look(one),
      run: async (one) => {
        const ran = await Promise.all([1, 2, 3, 4].map(() => runner.run(one).catch(() => null)));
        return ran[0] ?? null;
      },
    });
    const answer = await approve(world.checker, await look(world, asked.body.id));
    installApprovalRunner(database.db, runner);
    expect(answer.body.status).toBe('executed');
    expect(await balanceOf(world)).toBe(30_000);
  });

  it('has no effect at all once it has failed', async () => {
    const world = await newWorld();
    const approval = await held(world);
    const runner = approvalRunner(database.db);
    installApprovalRunner(database.db, {
      look: (one) => runner.look(one),
      run: async (one) => {
        // Somebody else gave up on it while this one was slow.
        await database.db.pool.query(
          `insert into answers (tenant_id, key, fingerprint, status, body) values ($1, $2, '', 500, '{}')`,
          [one.books.tenantId, `§apr:${one.id}`],
        );
        return runner.run(one);
      },
    });
    const answer = await approve(world.checker, approval);
    installApprovalRunner(database.db, runner);
    expect(answer.body).toMatchObject({ status: 'failed', outcome: { status: 500 } });
    expect(await balanceOf(world)).toBe(0);
  });
});

describe('whose it is', () => {
  it('is said by name, as the customer was called when it was asked', async () => {
    const world = await newWorld();
    const customer = fresh();
    await must('POST', '/v1/customers', world.key, { id: customer, name: 'Kofi Boateng' });
    const wallet = await must('POST', '/v1/wallets', world.key, { customer_id: customer, currency: 'GHS' });
    const asked = await api.call('POST', `/v1/wallets/${wallet.body.id}/credit`, world.maker, creditBody(35_000));
    expect(asked.body).toMatchObject({
      target: { type: 'wallet', id: wallet.body.id, name: 'Kofi Boateng' },
      effect: { balances: [{ customer_id: customer, name: 'Kofi Boateng' }, { type: 'PROMOTION_EXPENSE' }] },
    });
    const attention = await must('GET', '/v1/console/attention', world.checker);
    expect(attention.body.approvals.items[0].target.name).toBe('Kofi Boateng');
  });
});

describe('a reversal', () => {
  it('shows each balance before and after, and fails visibly when the money has gone', async () => {
    const world = await newWorld();
    const credit = await must('POST', `/v1/wallets/${world.walletId}/credit`, world.key, creditBody(5_000));
    const path = `/v1/transactions/${credit.body.id}/reverse`;
    const asked = await api.call('POST', path, world.maker, { reason: 'Sent twice' });
    expect([asked.status, asked.body.verb, asked.body.reason]).toEqual([202, 'reversal', 'Sent twice']);
    const seen = await look(world, asked.body.id);
    expect(seen).toMatchObject({
      effect: { balances: [{ account_id: world.walletId, before: 5_000, after: 0 }, {}], after: { reversed: true } },
    });
    await must('POST', `/v1/wallets/${world.walletId}/debit`, world.key, creditBody(4_000));
    const anew = await look(world, asked.body.id);
    expect(anew).toMatchObject({ effect: { possible: false, problem: { code: 'insufficient_funds' } } });
    const answer = await approve(world.checker, anew);
    expect(answer.body).toMatchObject({
      status: 'failed',
      outcome: { status: 402, body: { error: { code: 'insufficient_funds' } } },
    });
    expect((await auditOf(asked.body.id)).at(-1)).toMatchObject({ action: 'approval.failed' });
    expect(await balanceOf(world)).toBe(1_000);
  });

  it('goes through when it is possible, and once', async () => {
    const world = await newWorld();
    const credit = await must('POST', `/v1/wallets/${world.walletId}/credit`, world.key, creditBody(5_000));
    const path = `/v1/transactions/${credit.body.id}/reverse`;
    const asked = await api.call('POST', path, world.maker, {});
    const other = await api.call('POST', path, world.checker, {});
    expect((await approve(world.checker, await look(world, asked.body.id))).body.status).toBe('executed');
    const second = (await must('GET', `/v1/approvals/${other.body.id}`, world.maker)).body;
    expect(second).toMatchObject({ effect: { possible: false, problem: { code: 'already_reversed' } } });
    expect((await approve(world.maker, second)).body.status).toBe('failed');
    expect(await balanceOf(world)).toBe(0);
  });
});

describe('who asked', () => {
  it('must still be somebody who may, when it is done', async () => {
    const world = await newWorld();
    const approval = await held(world);
    await database.db.pool.query(`update users set status = 'inactive' where id = $1`, [world.makerId]);
    const anew = await look(world, approval.id);
    expect(anew).toMatchObject({ effect: { possible: false, problem: { code: 'scope_missing' } } });
    expect((await approve(world.checker, anew)).body.status).toBe('failed');
    expect(await balanceOf(world)).toBe(0);
  });
});

describe('a service’s change', () => {
  it('waits with its rules before and after, and is not done on others than were seen', async () => {
    const world = await newWorld();
    const service = await must('POST', '/api/v1/client-services', world.key, {
      client_code: world.code,
      client_service_name: 'Payout',
      service_code: 'PAYOUT',
      has_transaction_fee: false,
      minimum_transaction_amount: 1,
      maximum_transaction_amount: 1_000,
      is_active: 1,
    });
    const path = `/api/v1/client-services/${service.body.client_service_code}`;
    const fee = { has_transaction_fee: true, transaction_fee_type: 'FIXED', transaction_fee: 2 };
    const asked = await api.call('PATCH', path, world.maker, { ...fee, reason: 'New tariff' });
    expect([asked.status, asked.body.verb, asked.body.amount]).toEqual([202, 'service_change', null]);
    const seen = await look(world, asked.body.id);
    nowMs += 1_000;
    expect((await look(world, asked.body.id)).state).toBe(seen.state);
    await must('PATCH', path, world.key, { maximum_transaction_amount: 500 });
    expect((await approve(world.checker, seen)).body.error.code).toBe('approval_stale');
    const answer = await approve(world.checker, await look(world, asked.body.id));
    expect(answer.body).toMatchObject({ status: 'executed', outcome: { body: { version_number: 3 } } });
    const now = await must('GET', path, world.key);
    expect(now.body).toMatchObject({ has_transaction_fee: true, maximum_transaction_amount: 500 });
  });
});

describe('the policy', () => {
  it('is changed by people alone, and by two while it is on', async () => {
    const world = await newWorld();
    const off = { rules: [], reason: 'Too slow' };
    expect((await api.call('PUT', '/v1/approval_policy', world.key, off)).body.error.code).toBe('person_required');
    const asked = await api.call('PUT', '/v1/approval_policy', world.maker, off);
    expect([asked.status, asked.body.verb]).toEqual([202, 'policy_change']);
    const rival = { rules: [{ verb: 'refund' }] };
    const other = await api.call('PUT', '/v1/approval_policy', world.checker, rival);
    const seen = await look(world, asked.body.id);
    expect(seen).toMatchObject({ effect: { before: { reversal: 'every' }, after: {} } });
    const otherSeen = (await must('GET', `/v1/approvals/${other.body.id}`, world.maker)).body;
    expect((await approve(world.checker, seen)).body.status).toBe('executed');
    expect((await approve(world.maker, otherSeen)).body.error.code).toBe('approval_stale');
    const policy = await must('GET', '/v1/approval_policy', world.maker);
    expect(policy.body).toMatchObject({ source: 'set', version: 2, rules: [] });
  });

  it('refuses rules that say nothing', async () => {
    const world = await newWorld(null);
    for (const rules of [
      [{ verb: 'reversal' }, { verb: 'reversal' }],
      [{ verb: 'service_change', above: { GHS: 1 } }],
      [{ verb: 'credit', above: { QQQ: 1 } }],
      [{ verb: 'credit', above: { GHS: -1 } }],
      [{ verb: 'debit' }],
    ]) {
      expect((await api.call('PUT', '/v1/approval_policy', world.maker, { rules })).status).toBe(400);
    }
  });

  it('is built in for the operator’s own people on live books, and theirs alone', async () => {
    const client = await api.newClient({ name: 'Live', keyMode: 'live' });
    const operator = await makeOperator(api.services, { mode: 'live' });
    const second = await makeOperator(api.services, { mode: 'live' });
    const member = await makeUser(database.db, { clientId: client.publicId, role: 'admin' });
    const memberToken = await tokenFor(database.db, clock, member, 'live');
    const headers = { 'Pesewa-Client': client.code };
    const wallet = await must('POST', '/v1/wallets', client.secret, { customer_id: fresh(), currency: 'GHS' });
    const path = `/v1/wallets/${wallet.body.id}/credit`;
    expect((await must('GET', '/v1/approval_policy', operator.token, undefined, headers)).body.source).toBe('built_in');
    expect((await api.call('POST', path, memberToken, creditBody(200_000))).status).toBe(200);
    expect((await api.call('POST', path, operator.token, creditBody(100_000), headers)).status).toBe(200);
    const asked = await api.call('POST', path, operator.token, creditBody(100_001), headers);
    expect([asked.status, asked.body.client.code]).toEqual([202, client.code]);
    // Without naming the client: over all of them.
    const waiting = await must('GET', '/v1/approvals?status=pending&decidable=true', second.token);
    expect(waiting.body.data.map((one: { id: string }) => one.id)).toContain(asked.body.id);
    const attention = await must('GET', '/v1/console/attention', second.token);
    expect(attention.body.approvals.count).toBe(waiting.body.data.length);
    expect(attention.body.approvals.items[0].id).toBe(asked.body.id);
    expect((await must('GET', '/v1/console/attention', operator.token)).body.approvals.count).toBe(0);
    const seen = await must('GET', `/v1/approvals/${asked.body.id}`, second.token);
    expect((await approve(second.token, seen.body)).body.status).toBe('executed');
  });
});

describe('a refund', () => {
  it('waits before anything is written, shows who is paid from what, and pays once', async () => {
    const world = await newWorld([{ verb: 'refund', above: { GHS: 100 } }]);
    const service = await must('POST', '/api/v1/client-services', world.key, {
      client_code: world.code,
      client_service_name: 'Deposits',
      service_code: 'DEPOSIT',
      has_transaction_fee: false,
      minimum_transaction_amount: 1,
      maximum_transaction_amount: 1_000,
      is_active: 1,
    });
    const wallet = await must('GET', `/v1/wallets/${world.walletId}`, world.key);
    await must('POST', '/api/v1/transactions?command=CREDIT', world.maker, {
      account_number: wallet.body.account_number,
      client_service_code: service.body.client_service_code,
      transaction_source: 'EXTERNAL',
      transaction_amount: 10,
      source_transaction_id: fresh(),
      transaction_date: '2026-06-16T12:00:00Z',
    });
    await must('POST', `/v1/wallets/${world.walletId}/close`, world.key, {});
    const body = { wallet_id: world.walletId, method: 'recorded', reason: 'Cash desk', reference: fresh() };
    await must('POST', '/v1/refunds', world.maker, { ...body, amount: 100, reference: fresh() });
    const asked = await api.call('POST', '/v1/refunds', world.maker, body);
    expect([asked.status, asked.body.verb, asked.body.amount]).toEqual([202, 'refund', 900]);
    const refunds = async (): Promise<unknown[]> => (await must('GET', '/v1/refunds', world.key)).body.data;
    expect(await refunds()).toHaveLength(1);
    const seen = await look(world, asked.body.id);
    expect(seen).toMatchObject({
      effect: { after: { method: 'recorded' }, balances: [{ type: 'REFUNDS_DUE', before: 900, after: 0 }, {}] },
    });
    expect((await approve(world.checker, seen)).body).toMatchObject({ status: 'executed', outcome: { status: 201 } });
    expect(await refunds()).toHaveLength(2);
  });
});

describe('where money is paid to', () => {
  it('waits with what may be shown of the credentials, and keeps the rest sealed', async () => {
    installTestPorts(database.db, new ScriptedProvider());
    const world = await newWorld([{ verb: 'payout_destination' }]);
    const [maker, checker] = [await world.person('developer'), await world.person('admin')];
    const path = '/v1/provider_credentials/hubtel-own';
    const secret = 'audit-secret-0001';
    const credentials = { clientId: 'audit', clientSecret: secret, posSalesId: '11684' };
    const asked = await api.call('PUT', path, maker, { credentials });
    expect([asked.status, asked.body.verb]).toEqual([202, 'payout_destination']);
    const { rows } = await database.db.pool.query<{ row: string }>(
      'select a::text as row from approvals a where id = $1',
      [parseId('approval', asked.body.id)],
    );
    expect(rows[0]?.row).not.toContain(secret);
    const seen = await must('GET', `/v1/approvals/${asked.body.id}`, checker);
    expect(JSON.stringify(seen.body)).not.toContain(secret);
    expect(seen.body.effect).toMatchObject({ before: null, after: { posSalesId: '11684' } });
    const finance = await approve(world.checker, seen.body);
    expect(finance.body.error).toMatchObject({ code: 'scope_missing', details: { required_scope: 'keys:write' } });
    expect((await approve(checker, seen.body)).body.status).toBe('executed');
    await must('GET', path, maker);
    expect((await api.call('DELETE', path, maker)).status).toBe(202);
  });
});

describe('what needs somebody', () => {
  it('says how the books stood at the last proof, and since when', async () => {
    const world = await newWorld();
    const books = async () => (await must('GET', '/v1/console/attention', world.key)).body.books;
    expect(await books()).toMatchObject({ is_balanced: null, proved_at: null, unbroken_since: null });
    const parts = { db: database.db, clock, ledger: api.ledger };
    const firstMs = nowMs;
    await proveAndRecord(parts);
    nowMs += 1_000;
    await proveAndRecord(parts);
    expect(await books()).toMatchObject({
      is_balanced: true,
      proved_at: new Date(nowMs).toISOString(),
      unbroken_since: new Date(firstMs).toISOString(),
      invariants: 19,
      broken: [],
    });
    await database.db.pool.query(
      `insert into books_proofs select 1, to_timestamp($1 / 1000.0), 1, 19, 2, '{4,5}', 0, 0, 0`,
      [nowMs + 1_000],
    );
    expect(await books()).toMatchObject({ is_balanced: false, unbroken_since: null, broken: [4, 5] });
  });

  it('counts failing endpoints and payments that nobody knows the truth of, of this client alone', async () => {
    const world = await newWorld();
    const endpoint = await must('POST', '/v1/webhook_endpoints', world.key, { url: 'https://hooks.example.org/' });
    await database.db.pool.query('update webhook_endpoints set failing_since = now() where id = $1', [
      parseId('webhook', endpoint.body.id),
    ]);
    const attention = await must('GET', '/v1/console/attention', world.maker);
    expect(attention.body).toMatchObject({
      approvals: { count: 0 },
      webhooks: { count: 1, items: [{ id: endpoint.body.id, client_code: world.code }] },
      payments: { count: 0, items: [] },
      breaks: { count: 0, items: [] },
    });
    const other = await newWorld(null);
    expect((await must('GET', '/v1/console/attention', other.maker)).body.webhooks.count).toBe(0);
  });
});

describe('the list', () => {
  it('filters by status, verb, mine to decide and made by me, in pages', async () => {
    const world = await newWorld();
    const made = [await held(world), await held(world), await held(world)].map(({ id }) => id).reverse();
    await must('POST', `/v1/approvals/${made[0]}/reject`, world.checker, { reason: 'No' });
    const ids = async (query: string, by = world.checker): Promise<string[]> =>
      (await must('GET', `/v1/approvals?${query}`, by)).body.data.map((one: { id: string }) => one.id);
    expect(await ids('')).toEqual(made);
    expect(await ids('status=pending')).toEqual(made.slice(1));
    expect(await ids('status=rejected')).toEqual(made.slice(0, 1));
    expect(await ids('ended=true')).toEqual(made.slice(0, 1));
    expect(await ids('verb=reversal')).toEqual([]);
    expect(await ids('decidable=true')).toEqual(made.slice(1));
    expect(await ids('decidable=true', world.maker)).toEqual([]);
    expect(await ids('decidable=true', await world.person('auditor'))).toEqual([]);
    expect(await ids('made_by_me=true', world.maker)).toEqual(made);
    expect(await ids('made_by_me=true', world.key)).toEqual([]);
    const page = await must('GET', '/v1/approvals?limit=2', world.checker);
    expect(await ids(`limit=2&after=${page.body.next_cursor}`)).toEqual(made.slice(2));
  });
});
