import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '@/contracts/roles';
import { makeTestDatabase } from '@/db/testing';
import { databaseClock } from '@/server/kernel/clock';
import { proveBooks } from '@/server/ledger/books/prove';
import { installTestPorts, ScriptedProvider } from '@/server/payments/testing';
import { makeOperator, makeUser, tokenFor } from '@/server/staff/testing';
import { operations } from '../operations';
import { type ApiAnswer, type ApiHarness, openTestApi } from '../testing';
import { MATRIX, type MatrixRow } from './table';
import { absentWorld, type MatrixWorld, makeWorld } from './world';

/**
 * Every operation × every role × own and another's client. What each may is written down in `table.ts` by hand; what the
 * API does is held against it.
 */
interface Party {
  readonly publicId: string;
  readonly code: string;
  /** Tokens and a key that may do everything. */
  readonly admin: string;
  readonly key: string;
  readonly world: MatrixWorld;
  tokenOf(role: Role): Promise<string>;
}

const LETTER: Readonly<Record<Role, string>> = {
  admin: 'a',
  finance: 'f',
  ops: 'o',
  support: 's',
  developer: 'd',
  auditor: 'u',
};

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
/** Whom nobody but its own people may see: made once, and as it was at the end. */
let other: Party;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
  installTestPorts(database.db, new ScriptedProvider());
  await makeOperator(api.services);
  other = await newParty();
});

afterAll(async () => {
  await api.close();
  await database.close();
});

const methodOf = (operationId: string): string =>
  (operations.find((one) => one.operationId === operationId)?.method ?? '').toUpperCase();

it('knows every operation, and no other', () => {
  expect(Object.keys(MATRIX).sort()).toEqual(operations.map((operation) => operation.operationId).sort());
});

describe.each(Object.entries(MATRIX))('%s', (operationId, row) => {
  it('is answered for a good request', async () => {
    const party = await partyFor(operationId);
    const by = row.operatorOnly === true ? await operatorToken('admin') : party.admin;
    const answer = await send(operationId, row, party.world, row.isPublic === true ? null : by);
    const good = row.status === undefined ? [200, 201] : [row.status];
    expect(good, JSON.stringify(answer.body)).toContain(answer.status);
  });

  it('lets in the roles that it says, and no other', async () => {
    if (row.isPublic === true) return;
    const party = await partyFor(operationId);
    for (const role of ROLES) {
      const may = row.roles.includes(LETTER[role]) && row.operatorOnly !== true;
      const answer = await send(operationId, row, party.world, await party.tokenOf(role));
      expect({ role, refused: refusalOf(answer) }).toEqual({ role, refused: may ? null : expect.any(String) });
    }
    for (const role of ROLES) {
      const may = row.roles.includes(LETTER[role]);
      const headers = { 'Pesewa-Client': party.code };
      const answer = await send(operationId, row, party.world, await operatorToken(role), headers);
      expect({ role, refused: refusalOf(answer) }).toEqual({ role, refused: may ? null : 'scope_missing' });
    }
  });

  it('takes no request without credentials, nor from a key without scopes for it', async () => {
    if (row.isPublic === true) return;
    const none = await send(operationId, row, other.world, null);
    expect({ status: none.status, code: codeOf(none) }).toEqual({ status: 401, code: 'authentication_required' });
    const [operation] = operations.filter((one) => one.operationId === operationId);
    if (operation?.scope === null) return;
    const narrow = await api.call('POST', '/v1/api_keys', other.key, {
      name: 'Narrow',
      scopes: [operation?.scope === 'events:read' ? 'audit:read' : 'events:read'],
    });
    const refused = await send(operationId, row, other.world, narrow.body.secret);
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 403, code: 'scope_missing' });
  });

  it('shows and does nothing of another client', async () => {
    if (row.isPublic === true) return;
    const stranger = await newParty();
    for (const authorization of [stranger.admin, stranger.key]) {
      if (row.stranger === 'own') {
        const answer = await send(operationId, row, other.world, authorization);
        const text = JSON.stringify(answer.body);
        for (const name of namesOf(other)) expect(text).not.toContain(name);
        continue;
      }
      if (row.stranger === 'fresh') continue;
      const theirs = await send(operationId, row, other.world, authorization);
      const absent = absentWorld();
      const nobodys = await send(operationId, row, absent, authorization);
      if (row.operatorOnly === true) {
        expect(codeOf(theirs)).toBe('operator_required');
        continue;
      }
      expect(shapeOf(theirs, other.world)).toEqual(shapeOf(nobodys, absent));
      expect(missing(theirs), JSON.stringify(theirs.body)).toBe(true);
    }
    // Naming it in the header is naming what is not there.
    const headers = { 'Pesewa-Client': other.code };
    const answer = await send(operationId, row, other.world, stranger.admin, headers);
    if (row.operatorOnly !== true) expect(codeOf(answer)).toBe('resource_missing');
  });
});

it('leaves the client that strangers knocked at as it was, and books that prove', async () => {
  const [operation] = await Promise.all([api.call('GET', `/v1/wallets/${other.world.walletId}`, other.key)]);
  expect(operation.body).toMatchObject({ balance: 500, status: 'active' });
  expect((await api.call('GET', `/v1/holds/${other.world.holdId}`, other.key)).body.status).toBe('active');
  expect((await api.call('GET', `/v1/accounts/${other.world.accountId}`, other.key)).body.balance).toBe(5_000);
  expect((await proveBooks(database.db.pool)).findings).toEqual([]);
});

let readers: Promise<Party> | undefined;

/** What changes something has a client of its own; what only reads shares one. */
function partyFor(operationId: string): Promise<Party> {
  if (methodOf(operationId) !== 'GET') return newParty();
  readers ??= newParty();
  return readers;
}

async function newParty(): Promise<Party> {
  const client = await api.newClient({ name: 'Party' });
  const { rows } = await database.db.pool.query<{ code: string }>('select code from clients where public_id = $1', [
    client.publicId,
  ]);
  const code = rows[0]?.code ?? '';
  const tokenOf = async (role: Role): Promise<string> => {
    const user = await makeUser(database.db, { clientId: client.publicId, role });
    return tokenFor(database.db, databaseClock, user);
  };
  const admin = await tokenOf('admin');
  const world = await makeWorld(api, { code, admin });
  return { publicId: client.publicId, code, admin, key: client.secret, world, tokenOf };
}

async function operatorToken(role: Role): Promise<string> {
  return (await makeOperator(api.services, { role })).token;
}

function send(
  operationId: string,
  row: MatrixRow,
  world: MatrixWorld,
  authorization: string | null,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const { path, body } = row.request(world);
  return api.call(methodOf(operationId), path, authorization, body, headers);
}

const codeOf = (answer: ApiAnswer): string | undefined => answer.body?.error?.code ?? paymentCodeOf(answer);

/** The payments family says in words and statuses what the others have a code for. */
function paymentCodeOf({ status, body }: ApiAnswer): string | undefined {
  if (body?.success !== false) return undefined;
  if (status === 401) return 'authentication_required';
  if (status === 404) return 'resource_missing';
  if (status !== 403) return undefined;
  return /operator/.test(body.message) ? 'operator_required' : 'scope_missing';
}

/** What keeps somebody out, or null for anything else, good or bad. */
function refusalOf(answer: ApiAnswer): string | null {
  return answer.status === 401 || answer.status === 403 ? (codeOf(answer) ?? 'refused') : null;
}

/** An atomic batch says it of its item. */
function missing(answer: ApiAnswer): boolean {
  return codeOf(answer) === 'resource_missing' || answer.body?.error?.details?.items?.[0]?.code === 'resource_missing';
}

/** What a stranger can tell answers apart by: all but the request's own name and the names that they sent. */
function shapeOf(answer: ApiAnswer, { login, ...names }: MatrixWorld): unknown {
  // The longest first: one name may be a part of another.
  const sent = [...Object.values(names), login?.username ?? '']
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length);
  const error = answer.body.error ?? { code: answer.body.responseCode, message: answer.body.message };
  return {
    status: answer.status,
    code: error?.code,
    param: error?.param,
    message: sent.reduce((message, name) => message.replaceAll(name, '…'), String(error?.message)),
  };
}

function namesOf({ publicId, code, world }: Party): string[] {
  const { login, ...names } = world;
  return [publicId, code, ...Object.values(names), login?.username ?? publicId];
}
