import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '@/db/client';
import { createClient } from '@/server/clients/create-client';
import { databaseClock } from '@/server/kernel/clock';
import { idSource } from '@/server/ledger/ids';
import { type Answer, type Api, apiAt, basic, booksOf, fresh, MOUNTS, newWallet } from './golden/api';

/** What is sent, as JSON text: numbers beyond 2^53 and repeated keys survive in it. */
type Fields = Readonly<Record<string, string>>;

interface Target {
  readonly name: string;
  readonly path: (walletId: string) => string;
  /** Each good field as JSON text. */
  readonly fields: (reference: string) => Fields;
  readonly required: readonly string[];
  /** Bad values by field, as JSON text. */
  readonly bad: Readonly<Record<string, readonly string[]>>;
}

const AMOUNTS = [
  'null',
  '"500"',
  'true',
  '{}',
  '[]',
  '-500',
  '0',
  '0.5',
  '1e999',
  '9007199254740992',
  '18014398509481984',
];
const TEXTS = ['null', '1', 'true', '{}', '[]', '""', `"${'x'.repeat(501)}"`, '"a\\u0000b"', '"\\ud800"'];
const REFERENCES = ['1', '{}', '""', '"with space"', '"ünïcode"', '"a\\nb"', `"${'x'.repeat(129)}"`];
const CURRENCIES = ['null', '1', '{}', '""', '"ghs"', '"GHSS"', '"QQQ"', '"€"'];
const METADATA = ['1', '"x"', '[]', '{"a":{}}', '{"a":[]}', `{"${'k'.repeat(41)}":1}`, `{"a":"${'x'.repeat(501)}"}`];
const INSTANTS = [
  '1',
  '"tomorrow"',
  '"2026-08-01"',
  '"2026-08-01T00:00:00"',
  '"2001-01-01T00:00:00Z"',
  '"2027-02-29T00:00:00Z"',
];

const TARGETS: readonly Target[] = [
  {
    name: 'debit',
    path: (id) => `/v1/wallets/${id}/debit`,
    fields: (reference) => ({ amount: '5', description: '"Bad input"', reference: `"${reference}"` }),
    required: ['amount', 'description', 'reference'],
    bad: { amount: AMOUNTS, description: TEXTS, reference: ['null', ...REFERENCES], metadata: ['null', ...METADATA] },
  },
  {
    name: 'credit',
    path: (id) => `/v1/wallets/${id}/credit`,
    fields: (reference) => ({ amount: '5', description: '"Bad input"', reference: `"${reference}"` }),
    required: ['amount', 'description', 'reference'],
    bad: {
      amount: AMOUNTS,
      description: TEXTS,
      reference: ['null', ...REFERENCES],
      expires_at: INSTANTS,
      priority: ['null', '-1', '101', '1.5', '"50"'],
      metadata: METADATA,
    },
  },
  {
    name: 'transactions',
    path: (id) => `/v1/wallets/${id}/transactions`,
    fields: () => ({ amount: '-5', currency: '"GHS"', description: '"Bad input"' }),
    required: ['amount', 'currency', 'description'],
    bad: {
      amount: AMOUNTS.filter((amount) => amount !== '-500').concat('-9007199254740992'),
      currency: [...CURRENCIES, '"USD"'],
      description: TEXTS,
      reference: REFERENCES,
      metadata: METADATA,
    },
  },
  {
    name: 'holds',
    path: (id) => `/v1/wallets/${id}/holds`,
    fields: () => ({ amount: '5' }),
    required: ['amount'],
    bad: {
      amount: AMOUNTS,
      currency: [...CURRENCIES, '"USD"'],
      description: TEXTS.filter((text) => text !== 'null'),
      reference: REFERENCES,
      expires_at: [...INSTANTS, '"2099-01-01T00:00:00Z"'],
      metadata: METADATA,
    },
  },
  {
    name: 'wallets',
    path: () => '/v1/wallets',
    fields: (reference) => ({ customer_id: `"${reference}"`, currency: '"GHS"' }),
    required: ['customer_id', 'currency'],
    bad: {
      customer_id: ['null', '1', '{}', '""', '"with space"', '"ü"', `"${'x'.repeat(65)}"`],
      currency: CURRENCIES,
      metadata: METADATA,
    },
  },
];

const jsonOf = (fields: Fields): string =>
  `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${value}`)
    .join(',')}}`;

let other: string;
const db = openDatabase({
  url: process.env['E2E_DATABASE_URL'] ?? '',
  maxConnections: 1,
  role: null,
  applicationName: 'pesewa-e2e',
});

beforeAll(async () => {
  // A worker number of its own: the servers took the first ones.
  const ledger = { nextId: idSource(127) };
  const made = await createClient({ db, ledger, clock: databaseClock }, { name: 'Another client' });
  other = basic({ clientId: made.publicId, secret: made.secret });
});
afterAll(() => db.pool.end());

function expectRefusal(answer: Answer, status: number, param?: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('request-id')).toMatch(/^req_/);
  const error = answer.body['error'] as Record<string, unknown>;
  expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  expect(error['request_id']).toBe(answer.headers.get('request-id'));
  if (param === undefined) return;
  expect(String(error['param']).split('.')[0], answer.text).toBe(param);
  expect(error['message']).toContain(param);
}

describe.each(MOUNTS)('bad input, %s', (_mount, baseUrl) => {
  const api: Api = apiAt(baseUrl);
  let walletId: string;
  let before: unknown;

  beforeAll(async () => {
    walletId = await newWallet(api, { amount: 1_000 });
    before = await booksOf(api, walletId);
  });
  // Whatever was refused, and however: the books are as they were.
  afterAll(async () => expect(await booksOf(api, walletId)).toEqual(before));

  describe.each(TARGETS)('$name', (target) => {
    const send = (fields: Fields, headers?: Record<string, string>) =>
      api.raw('POST', target.path(walletId), jsonOf(fields), headers);
    const good = () => target.fields(fresh('bad'));

    it.each(target.required)('without %s', async (field) => {
      const { [field]: _, ...rest } = good();
      const answer = await send(rest);
      expectRefusal(answer, 400, field);
      expect(answer.body['error']).toMatchObject({ code: 'parameter_missing' });
    });

    it.each(Object.entries(target.bad).flatMap(([field, values]) => values.map((value) => [field, value] as const)))(
      '%s = %.40s',
      async (field, value) => {
        const answer = await send({ ...good(), [field]: value });
        expect(answer.status, answer.text).toBe(400);
        const error = answer.body['error'] as Record<string, unknown>;
        expect(String(error['param']).split('.')[0], answer.text).toBe(field);
        expect(answer.headers.get('request-id')).toMatch(/^req_/);
      },
    );

    it('an unknown field, by name', async () => {
      const answer = await send({ ...good(), ammount: '5' });
      expectRefusal(answer, 400, 'ammount');
      expect(answer.body['error']).toMatchObject({ code: 'parameter_unknown' });
    });

    it.each(['', '{', '{"amount":}', '[]', 'null', '"x"', '5', '{"amount":5,}', '\u0000'])(
      'a body of %j',
      async (body) => {
        const answer = await api.raw('POST', target.path(walletId), body);
        expectRefusal(answer, 400);
      },
    );

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('content type %s', async (type) => {
      expectRefusal(await send(good(), { 'Content-Type': type }), 415);
    });

    it('a body of 10 MB', async () => {
      const answer = await send({ ...good(), metadata: `{"a":"${'x'.repeat(10_000_000)}"}` }).catch(
        (error: unknown) => error,
      );
      // The server may hang up on a body it has refused; it must not have taken it.
      if (!(answer instanceof Error)) expectRefusal(answer as Answer, 413);
    });
  });

  const onWallets = TARGETS.filter((target) => target.name !== 'wallets');

  it.each(onWallets)('$name on a wallet that is not there', async (target) => {
    for (const id of ['wal_a1b2c3', 'wal_0000000000001', 'hold_0000000000001', 'x', '%00', "1'%20or%20'1'='1"]) {
      expectRefusal(await api.raw('POST', target.path(id), jsonOf(target.fields(fresh('bad')))), 404);
    }
  });

  it.each(onWallets)('$name on another client’s wallet is as one that is not there', async (target) => {
    const stranger = apiAt(baseUrl, other);
    const body = jsonOf(target.fields(fresh('bad')));
    const theirs = await stranger.raw('POST', target.path(walletId), body);
    const nobodys = await stranger.raw('POST', target.path('wal_0000000000001'), body);
    expectRefusal(theirs, 404);
    const shown = ({ body: { error } }: Answer) => {
      const { request_id: _, details: __, ...rest } = error as Record<string, unknown>;
      return rest;
    };
    expect(shown(theirs)).toEqual(shown(nobodys));
  });

  it.each(['', '/transactions', '/lots', '/holds', '/statement'])('another client cannot read %s', async (path) => {
    expectRefusal(await apiAt(baseUrl, other).call('GET', `/v1/wallets/${walletId}${path}`), 404);
  });

  it.each([
    ['/v1/wallets?limit=5&limit=6', 'limit'],
    ['/v1/wallets?limit=0', 'limit'],
    ['/v1/wallets?limit=101', 'limit'],
    ['/v1/wallets?limit=1e1', 'limit'],
    ['/v1/wallets?after=nonsense', 'after'],
    ['/v1/wallets?currency=QQQ', 'currency'],
    ['/v1/wallets?status=open', 'status'],
    ['/v1/wallets?page=2', 'page'],
    ['/v1/customers?after=WyJ4Il0', 'after'],
  ])('GET %s', async (path, param) => {
    expectRefusal(await api.call('GET', path), 400, param);
  });

  it.each([
    ['/transactions?type=drawdown', 'type'],
    ['/transactions?after=WyJ4Il0', 'after'],
    ['/lots?after=WyIxIl0', 'after'],
    ['/statement?from=yesterday', 'from'],
    ['/statement?from=2026-05-02&to=2026-04-01', 'from'],
    ['/statement?format=xlsx', 'format'],
  ])('GET wallet%s', async (path, param) => {
    expectRefusal(await api.call('GET', `/v1/wallets/${walletId}${path}`), 400, param);
  });
});
