import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { operations } from '@/server/http/operations';
import { type ApiAnswer, type ApiHarness, openTestApi } from '@/server/http/testing';
import { fixedClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { accepted, installTestPorts, observation, type ScriptedProvider } from '@/server/payments/testing';
import { RefundingProvider, startedAs } from '@/server/refunds/testing';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';
import { type Audited, COVERAGE, type CoverageWorld } from './coverage-table';

/**
 * Every operation that changes something is either audited, which is proved by doing it, or exempt for a reason. An
 * operation that the table does not know fails.
 */
const clock = fixedClock(Date.UTC(2026, 5, 1, 12));
const ADDRESS = '192.0.2.44';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let operator: Awaited<ReturnType<typeof makeOperator>>;
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database, { clock, env: { TRUSTED_PROXIES: '1' } });
  installTestPorts(database.db, lyingProvider());
  operator = await makeOperator(api.services);
});

/** Takes every payment, and says at once of some, and of every refund, that less was paid: those a person has to resolve. */
function lyingProvider(): ScriptedProvider {
  const provider = new RefundingProvider('mtn-momo');
  provider.reply = ({ reference }) => ({
    ...startedAs(reference),
    observation: observation({ outcome: 'succeeded', amountMinor: 1n, currency: 'GHS' }),
  });
  provider.answer = (attempt) =>
    attempt.description === 'Pays too little'
      ? accepted(attempt, { observation: observation({ outcome: 'succeeded', amountMinor: 79n, currency: 'GHS' }) })
      : accepted(attempt);
  return provider;
}

afterAll(async () => {
  await api.close();
  await database.close();
});

const methodOf = (operationId: string): string => {
  const operation = operations.find((one) => one.operationId === operationId);
  if (operation === undefined) throw new Error(`There is no operation ${operationId}.`);
  return operation.method.toUpperCase();
};

it('knows every operation that changes something, and no other', () => {
  const changing = operations.filter((operation) => operation.method !== 'get');
  expect(Object.keys(COVERAGE).sort()).toEqual(changing.map((operation) => operation.operationId).sort());
  for (const [operationId, { audited, exempt }] of Object.entries(COVERAGE)) {
    expect(audited !== undefined || (exempt ?? '').length > 10, operationId).toBe(true);
  }
});

describe('an audited operation leaves a row that says who, from where, in which request, and what', () => {
  const cases = Object.entries(COVERAGE).flatMap(([operationId, { audited }]): [string, Audited][] =>
    audited === undefined ? [] : [[operationId, audited]],
  );
  it.each(cases)('%s', async (operationId, audited) => {
    const world = await newWorld();
    const answer = await send(operationId, world, audited, audited.by);
    const rows = await rowsOf(answer);
    const row = rows.find((one) => one.action === audited.action);
    expect(row, JSON.stringify(rows)).toBeDefined();
    const { actor, credential } = world.as[audited.by];
    // A log-in begins with nobody and is its own credential.
    const isLogIn = operationId === 'logIn';
    expect(row?.actor).toEqual(isLogIn ? expect.stringMatching(/^user:/) : actor);
    expect(row?.credential).toEqual(isLogIn || audited.by !== 'key' ? expect.stringMatching(/^session:/) : credential);
    expect(row?.address).toBe(ADDRESS);
    expect(row?.object_id).not.toBe('');
    expect({ before: row?.before !== null, after: row?.after !== null }).toEqual({
      before: audited.states === 'both',
      after: audited.states !== 'neither',
    });
    for (const state of [row?.before, row?.after])
      if (state !== null && state !== undefined) expect(JSON.parse(state)).toBeTypeOf('object');
    const asked = (answer.sent as { reason?: string } | undefined)?.reason;
    if (asked !== undefined) expect(row?.reason).toBe(asked);
  });
});

describe('what a person does is audited where a key’s request is not', () => {
  const cases = Object.entries(COVERAGE).flatMap(([operationId, { audited, exempt }]): [string, Audited][] =>
    audited === undefined || exempt === undefined ? [] : [[operationId, audited]],
  );
  it.each(cases)('%s', async (operationId, audited) => {
    const answer = await send(operationId, await newWorld(), audited, 'key');
    expect(await rowsOf(answer)).toEqual([]);
  });
});

it('leaves books that prove, the audit log’s chain among them', async () => {
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});

interface Caller {
  readonly authorization: string;
  readonly actor: string;
  readonly credential: string;
}

type World = CoverageWorld & { readonly as: Readonly<Record<Audited['by'], Caller>> };

async function newWorld(): Promise<World> {
  const client = await api.newClient({ name: 'Covered' });
  const person = await makeUser(database.db, { clientId: client.publicId });
  const key = `api_key:${client.keyId}`;
  const as = {
    key: { authorization: client.secret, actor: key, credential: key },
    person: {
      authorization: await tokenFor(database.db, clock, person),
      actor: `user:${person.id}`,
      credential: 'session',
    },
    operator: { authorization: operator.token, actor: `user:${operator.user.id}`, credential: 'session' },
  };
  const prepare: CoverageWorld['prepare'] = async (method, path, body, by = 'key') => {
    const authorization = path.endsWith('/auth/login') ? null : as[by].authorization;
    const answer = await api.call(method, path, authorization, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const fresh = (): string => `fresh${++count}`;
  const customerId = fresh();
  const wallet = await prepare('POST', '/v1/wallets', { customer_id: customerId, currency: 'GHS' });
  const credit = { amount: 1_000, description: 'To act on', reference: fresh() };
  await prepare('POST', `/v1/wallets/${wallet.id}/credit`, credit);
  const { publicId, code, keyId } = client;
  return { client: { publicId, code, keyId }, walletId: wallet.id, customerId, fresh, prepare, as };
}

async function send(
  operationId: string,
  world: World,
  audited: Audited,
  by: Audited['by'],
): Promise<ApiAnswer & { sent: unknown }> {
  const { path, body } = await audited.request(world);
  const authorization = operationId === 'logIn' ? null : world.as[by].authorization;
  const answer = await api.call(methodOf(operationId), path, authorization, body, { 'X-Forwarded-For': ADDRESS });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return { ...answer, sent: body };
}

interface AuditLogRow {
  action: string;
  actor: string;
  credential: string | null;
  address: string | null;
  object_id: string;
  reason: string | null;
  before: string | null;
  after: string | null;
}

/** In whichever books: a client's profile is in both of its own, whoever changed it. */
async function rowsOf(answer: ApiAnswer): Promise<AuditLogRow[]> {
  const { rows } = await database.db.pool.query<AuditLogRow>(
    `select a.action, a.actor, a.credential, a.address, a.object_id, a.reason, a.before, a.after
     from audit_log a join audit_chain c on c.tenant_id = a.tenant_id and c.audit_id = a.id where a.request_id = $1`,
    [answer.headers.get('Request-Id')],
  );
  return rows;
}
