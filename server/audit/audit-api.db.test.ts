import { createHash, generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntrySchema, provenAuditEntrySchema } from '@/contracts/audit';
import { makeTestDatabase } from '@/db/testing';
import type { NewClient } from '@/server/clients/create-client';
import { type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { auditChainFault, exportAuditChain } from '@/server/ledger/seals/audit-chain-export';
import { sealFault, sealKeyFrom } from '@/server/ledger/seals/seal';
import { sealHeads } from '@/server/ledger/seals/seal-heads';
import { openTestLedger } from '@/server/ledger/testing';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';
import { testContext } from '@/server/wallets/testing';
import { verifyChain } from './verify-chain';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 4, 24, 10);
const clock = fixedClock(START_MS);
const FROM = { 'X-Forwarded-For': '192.0.2.7' };
const ZEROS = '0'.repeat(64);

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { TRUSTED_PROXIES: '1' } });
});

afterAll(async () => {
  await api.close();
  await database.close();
});

/** A client whose log says: client.created by set-up, customer and wallet created, frozen. */
async function clientWithLog(): Promise<NewClient & { walletId: string }> {
  const client = await api.newClient({ name: 'Audited' });
  const wallet = await api.call('POST', '/v1/wallets', client.secret, { customer_id: 'cus_1', currency: 'GHS' }, FROM);
  expect(wallet.status).toBe(201);
  const path = `/v1/wallets/${wallet.body.id}/freeze`;
  expect((await api.call('POST', path, client.secret, { reason: 'Disputed' }, FROM)).status).toBe(200);
  return { ...client, walletId: wallet.body.id };
}

const list = async (client: { secret: string }, query = '') =>
  (await api.call('GET', `/v1/audit${query}`, client.secret)).body;
const actionsOf = (body: { data: { action: string }[] }): string[] => body.data.map((entry) => entry.action);

describe('GET /v1/audit', () => {
  it('shows who did what to what, from where, from what to what', async () => {
    const client = await clientWithLog();
    const body = await list(client);
    expect(actionsOf(body).slice(0, 3)).toEqual(['wallet.freeze', 'wallet.created', 'customer.created']);
    const [freeze, created] = body.data;
    expect(auditEntrySchema.strict().safeParse(freeze).error).toBeUndefined();
    expect(freeze).toMatchObject({
      object: 'audit_entry',
      actor: { type: 'api_key', id: expect.stringMatching(/^key_/), name: 'First key', email: null, role: null },
      credential: freeze.actor.id,
      address: '192.0.2.7',
      request_id: expect.stringMatching(/^req_/),
      target: { type: 'wallet', id: client.walletId, name: 'cus_1, GHS' },
      reason: 'Disputed',
      before: expect.objectContaining({ status: 'active' }),
      after: expect.objectContaining({ status: 'frozen' }),
      previous_hash: created.hash,
      sequence: created.sequence + 1,
      created_at: new Date(clock.fixedMs()).toISOString(),
      livemode: false,
    });
    expect(freeze.changes).toEqual([{ field: 'status', before: 'active', after: 'frozen' }]);
    expect(created.address).toBe('192.0.2.7');
  });

  it('keeps what set-up did readable', async () => {
    const client = await api.newClient();
    const { data } = await list(client);
    const first = data.at(-1);
    expect(first).toMatchObject({
      actor: { type: 'operator', id: null, name: null, email: null, role: null },
      request_id: 'set-up',
      action: 'client.created',
      target: { type: 'client', id: client.publicId },
      previous_hash: ZEROS,
      sequence: 1,
    });
    expect(actionsOf(await list(client, '?actor=operator'))).toContain('client.created');
  });

  it('shows the operator’s people every client’s together, each entry with its client, and nobody else', async () => {
    const [one, two] = [await clientWithLog(), await clientWithLog()];
    const { token } = await makeOperator(api.services);
    const pages: { id: string; client: { code: string }; target: { name: string | null } }[] = [];
    let after = '';
    do {
      const { body, status } = await api.call(
        'GET',
        `/v1/audit?all_clients=true&action=wallet.&limit=3${after}`,
        token,
      );
      expect(status, JSON.stringify(body)).toBe(200);
      pages.push(...body.data);
      after = body.next_cursor === null ? '' : `&after=${body.next_cursor}`;
    } while (after !== '');
    expect(pages.map(({ id }) => id)).toEqual([...new Set(pages.map(({ id }) => id))].sort().reverse());
    for (const client of [one, two]) {
      const theirs = pages.filter(({ client: { code } }) => code === client.code);
      expect(theirs.map(({ target }) => target.name)).toEqual(['cus_1, GHS', 'cus_1, GHS']);
      expect((await list(client)).data[0].client).toBeUndefined();
    }
    const refused = await api.call('GET', '/v1/audit?all_clients=true', one.secret);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'operator_required']);
    const csv = await api.call('GET', '/v1/audit?all_clients=true&action=wallet.freeze&format=csv', token);
    expect(String(csv.body)).toContain(one.code);
  });

  it('streams what matches as JSON, an entry a line', async () => {
    const client = await clientWithLog();
    const { body, headers } = await api.call('GET', '/v1/audit?format=jsonl&action=wallet.', client.secret);
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const lines = String(body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(actionsOf({ data: lines })).toEqual(['wallet.freeze', 'wallet.created']);
    expect(auditEntrySchema.strict().safeParse(lines[0]).error).toBeUndefined();
  });

  it('filters by actor, action, object, request and time, and by all of them', async () => {
    const client = await clientWithLog();
    const [freeze] = (await list(client)).data;
    const all = (await list(client)).data.length;
    const exactly = async (query: string): Promise<string[]> => actionsOf(await list(client, query));
    expect(await exactly('?action=wallet.freeze')).toEqual(['wallet.freeze']);
    expect(await exactly('?action=wallet.')).toEqual(['wallet.freeze', 'wallet.created']);
    expect(await exactly(`?object_id=${client.walletId}`)).toEqual(['wallet.freeze', 'wallet.created']);
    expect(await exactly('?object_id=cus_1')).toEqual(['customer.created']);
    expect(await exactly(`?request_id=${freeze.request_id}`)).toEqual(['wallet.freeze']);
    expect(await exactly(`?actor=${freeze.actor.id}&action=customer.`)).toEqual(['customer.created']);
    expect(await exactly('?actor=nobody')).toEqual([]);
    expect(await exactly('?from=2026-05-25')).toEqual([]);
    expect(await exactly('?to=2026-05-23')).toEqual([]);
    const instant = new Date(START_MS).toISOString();
    expect(await exactly(`?action=wallet.freeze&from=${instant}`)).toEqual(['wallet.freeze']);
    expect(await exactly(`?action=wallet.freeze&to=${instant}`)).toEqual([]);
    expect((await exactly('?from=2026-01-01')).length).toBe(all);
  });

  it('pages by cursor, and refuses what is no filter', async () => {
    const client = await clientWithLog();
    const whole = (await list(client)).data;
    const seen = [];
    let query = '?limit=1';
    for (;;) {
      const page = await list(client, query);
      seen.push(...page.data);
      if (!page.has_more) break;
      query = `?limit=1&after=${page.next_cursor}`;
    }
    expect(seen).toEqual(whole);
    for (const bad of [
      '?action=Wallet',
      '?action=wallet',
      '?from=yesterday',
      '?limit=0',
      '?after=x',
      '?who=me',
      '?format=xml',
    ])
      expect((await api.call('GET', `/v1/audit${bad}`, client.secret)).status, bad).toBe(400);
  });

  it('is streamed as CSV, every entry that matches', async () => {
    const client = await clientWithLog();
    await api.call('PATCH', '/v1/customers/cus_1', client.secret, { name: '=1+1, "Ama"' });
    const answer = await api.call('GET', '/v1/audit?format=csv&limit=1', client.secret);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = (answer.body as string).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^created_at,id,sequence,actor_type/);
    expect(lines).toHaveLength(1 + (await list(client)).data.length);
    expect(lines[1]).toContain('customer.updated,customer,cus_1');
    expect(lines[1]).toContain('\\""Ama\\""');
    const wallets = await api.call('GET', '/v1/audit?format=csv&action=wallet.', client.secret);
    expect((wallets.body as string).trimEnd().split('\r\n')).toHaveLength(3);
  });
});

describe('whose log it is', () => {
  it('is the caller’s, and needs its scope', async () => {
    const [one, other] = [await clientWithLog(), await clientWithLog()];
    const [entry] = (await list(other)).data;
    const foreign = await api.call('GET', `/v1/audit/${entry.id}`, one.secret);
    const absent = await api.call('GET', '/v1/audit/aud_0000000000001', one.secret);
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body.error, request_id: '' }).toEqual({ ...absent.body.error, request_id: '' });
    expect(actionsOf(await list(one, `?object_id=${other.walletId}`))).toEqual([]);
    const narrow = await api.newClient({ scopes: ['wallets:read'] });
    for (const path of ['/v1/audit', '/v1/audit/verify', `/v1/audit/${entry.id}`])
      expect((await api.call('GET', path, narrow.secret)).status, path).toBe(403);
  });

  it('is a client’s for the operator who names it, the operator’s own otherwise', async () => {
    const client = await clientWithLog();
    const operator = await makeOperator(api.services);
    const naming = { 'Pesewa-Client': client.publicId };
    const made = await api.call(
      'POST',
      `/v1/wallets/${client.walletId}/unfreeze`,
      operator.token,
      {},
      { ...FROM, ...naming },
    );
    expect(made.status).toBe(200);
    const theirs = await api.call('GET', '/v1/audit', operator.token, undefined, naming);
    expect(theirs.body.data[0]).toMatchObject({
      action: 'wallet.unfreeze',
      actor: { type: 'user', id: operator.user.publicId, name: 'Ama Mensah', email: operator.user.email },
      credential: expect.stringMatching(/^ses_/),
      address: '192.0.2.7',
      target: { type: 'wallet', id: client.walletId },
    });
    const own = await api.call('GET', '/v1/audit', operator.token);
    expect(JSON.stringify(own.body.data)).not.toContain(client.walletId);
    // The client sees who of the operator's it was, and not their address.
    const [seen] = (await list(client)).data;
    expect(seen.actor).toEqual({ ...theirs.body.data[0].actor, email: null });
    const verified = await api.call('GET', '/v1/audit/verify', operator.token, undefined, naming);
    expect(verified.body).toMatchObject({ verified: true, head: { sequence: seen.sequence, hash: seen.hash } });
  });

  it('shows a client its own people by name and address', async () => {
    const client = await clientWithLog();
    const person = await makeUser(database.db, { clientId: client.publicId, name: 'Kofi' });
    const token = await tokenFor(database.db, clock, person);
    await api.call('PATCH', '/v1/customers/cus_1', token, { name: 'Ama' });
    const { data } = await list(client, `?actor=${person.publicId}`);
    expect(data).toHaveLength(1);
    expect(data[0].actor).toEqual({
      type: 'user',
      role: 'admin',
      id: person.publicId,
      name: 'Kofi',
      email: person.email,
    });
  });
});

describe('the proof', () => {
  it('of an entry recomputes from the answer alone, and names the seal that covers it', async () => {
    const client = await clientWithLog();
    const [freeze] = (await list(client)).data;
    const read = async () => (await api.call('GET', `/v1/audit/${freeze.id}`, client.secret)).body;
    const before = await read();
    expect(provenAuditEntrySchema.strict().safeParse(before).error).toBeUndefined();
    const { proof, ...entry } = before;
    expect(entry).toEqual(freeze);
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    expect(proof).toMatchObject({ verified: true, digest: sha256(proof.content), seal: null });
    expect(sha256(proof.link)).toBe(freeze.hash);
    expect(proof.link).toContain(`|${freeze.previous_hash}|`);

    const key = sealKeyFrom(newKeyPem());
    const seal = await sealHeads(
      database.db.pool,
      client.testTenantId,
      key,
      () => api.ledger.nextId(),
      clock.fixedMs(),
    );
    if (seal === null) throw new Error('nothing was sealed');
    expect(seal.heads[0]).toEqual({ accountId: '0', sequence: freeze.sequence, hash: freeze.hash });
    expect((await read()).proof.seal).toMatchObject({ id: seal.sealId, key_id: key.id, sequence: freeze.sequence });

    // What an outsider does with the seal, the public key and the exported chain.
    expect(sealFault(seal, key.publicKeyPem)).toBeNull();
    const chain = await exportAuditChain(database.db.pool, client.testTenantId);
    expect(auditChainFault(chain, seal)).toBeNull();
    const [first, ...rest] = chain.links;
    if (first === undefined) throw new Error('no links');
    expect(auditChainFault({ ...chain, links: [{ ...first, digest: ZEROS }, ...rest] }, seal)).toBe(
      'link 1 does not hash to what it says',
    );
    expect(auditChainFault({ ...chain, links: chain.links.slice(0, -1) }, seal)).toMatch(/^the chain ends at/);
    // Nothing moved since, so there is nothing to seal.
    expect(await sealHeads(database.db.pool, client.testTenantId, key, () => api.ledger.nextId(), null)).toBeNull();
  });

  it('of a log says where it breaks', async () => {
    const client = await clientWithLog();
    const verify = async () => (await api.call('GET', '/v1/audit/verify', client.secret)).body;
    const whole = await verify();
    const [freeze] = (await list(client)).data;
    expect(whole).toEqual({
      object: 'audit_verification',
      verified: true,
      entries: freeze.sequence,
      head: { sequence: freeze.sequence, hash: freeze.hash },
      first_break: null,
      livemode: false,
    });
    const tenant = client.testTenantId;
    await asSuperuser(
      `update audit_log set reason = 'Nothing' where tenant_id = ${tenant} and action = 'wallet.created'`,
    );
    const altered = await verify();
    expect(altered).toMatchObject({
      verified: false,
      first_break: { problem: 'row_altered', sequence: freeze.sequence - 1, entry_id: expect.stringMatching(/^aud_/) },
    });
    const entry = await api.call('GET', `/v1/audit/${altered.first_break.entry_id}`, client.secret);
    expect(entry.body.proof.verified).toBe(false);
    await asSuperuser(`update audit_log set reason = null where tenant_id = ${tenant} and action = 'wallet.created'`);
    expect((await verify()).verified).toBe(true);
  });

  it('of one log is shared, of too many at once refused', async () => {
    const h = await openTestLedger(database, clock);
    const ctx = testContext(h, database.db, clock);
    const of = (tenantId: string) => verifyChain({ ...ctx, principal: { ...ctx.principal, tenantId } });
    const outcomes = await Promise.allSettled(['1', '1', '1', '2', '3'].map(of));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([...Array(4).fill('fulfilled'), 'rejected']);
    await expect(of('3')).resolves.toMatchObject({ entries: 0 });
    await h.close();
  });

  it('of an empty log holds', async () => {
    const h = await openTestLedger(database, clock);
    const ctx = testContext(h, database.db, clock);
    expect(await verifyChain(ctx)).toMatchObject({ entries: 0, head: { sequence: 0, hash: ZEROS }, firstBreak: null });
    await h.close();
  });
});

it('leaves books that prove', async () => {
  clock.advance(DAY_MS);
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});

function newKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    expect((await client.query(sql)).rowCount).toBe(1);
  } finally {
    await client.end();
  }
}
