import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestDatabase } from '@/db/testing';
import { type ApiHarness, openTestApi } from './testing';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let api: ApiHarness;
let secret: string;

beforeAll(async () => {
  database = await makeTestDatabase();
  api = await openTestApi(database);
  ({ secret } = await api.newClient());
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

const PATH = '/v1/wallets';
const nested = (depth: number): string => `{"metadata":${'['.repeat(depth)}${']'.repeat(depth)}}`;

describe('input that cannot be served', () => {
  it.each<[name: string, body: unknown, status: number, code: string, param: string | null]>([
    ['a missing field', { currency: 'GHS' }, 400, 'parameter_missing', 'customer_id'],
    ['a null field', { customer_id: null, currency: 'GHS' }, 400, 'parameter_invalid', 'customer_id'],
    ['a wrong type', { customer_id: 5, currency: 'GHS' }, 400, 'parameter_invalid', 'customer_id'],
    ['an unknown field', { customer_id: 'c', currency: 'GHS', colour: 'red' }, 400, 'parameter_unknown', 'colour'],
    ['an unknown currency', { customer_id: 'c', currency: 'ZZZ' }, 400, 'parameter_invalid', 'currency'],
    ['no body', undefined, 400, 'parameter_missing', 'customer_id'],
    ['broken JSON', '{"customer_id":"c",}', 400, 'body_not_json', null],
    ['an array', '[]', 400, 'body_not_json', null],
    ['null', 'null', 400, 'body_not_json', null],
    ['a number', '5', 400, 'body_not_json', null],
    ['deep nesting', nested(20), 400, 'json_too_deep', null],
    ['very deep nesting', nested(30_000), 400, 'json_too_deep', null],
    ['a long array', `{"metadata":[${'1,'.repeat(1000)}1]}`, 400, 'json_too_deep', 'metadata'],
    ['NUL', '{"customer_id":"a\\u0000","currency":"GHS"}', 400, 'parameter_invalid', 'customer_id'],
    [
      'a lone surrogate',
      '{"customer_id":"a","currency":"GHS","metadata":{"k":"\\ud800"}}',
      400,
      'parameter_invalid',
      'metadata.k',
    ],
    ['NUL in a key', '{"a\\u0000":1}', 400, 'parameter_invalid', null],
    ['a body of 10 MB', JSON.stringify({ customer_id: 'x'.repeat(10_000_000) }), 413, 'body_too_large', null],
  ])('%s is refused by name', async (_name, body, status, code, param) => {
    const answer = await api.call('POST', PATH, secret, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code, param, doc_url: `/docs/errors#${code}` });
    expect(answer.headers.get('request-id')).toBe(answer.body.error.request_id);
    expect(answer.body.error.request_id).toMatch(/^req_[0-9a-z]{13}$/);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonp',
    '',
  ])('a body as %j is 415', async (type) => {
    const answer = await api.call('POST', PATH, secret, '{}', { 'Content-Type': type });
    expect([answer.status, answer.body.error.code]).toEqual([415, 'content_type_unsupported']);
  });

  it('takes JSON with a charset', async () => {
    const answer = await api.call(
      'POST',
      PATH,
      secret,
      { customer_id: 'charset', currency: 'GHS' },
      { 'Content-Type': 'Application/JSON; charset="UTF-8"' },
    );
    expect(answer.status).toBe(201);
  });

  it('names every field at fault, the first in param', async () => {
    const { body } = await api.call('POST', PATH, secret, { currency: 5, colour: 'red' });
    expect(body.error.param).toBe('customer_id');
    expect(body.error.message).toMatch(/`customer_id` is missing; it must be a string/);
    expect(
      body.error.details.fields.map((field: { param: string; code: string }) => [field.param, field.code]),
    ).toEqual([
      ['customer_id', 'parameter_missing'],
      ['currency', 'parameter_invalid'],
      ['colour', 'parameter_unknown'],
    ]);
  });

  it('does not echo what was sent', async () => {
    const { body } = await api.call('POST', PATH, secret, { customer_id: { password: 'hunter2' }, currency: 'GHS' });
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(body.error.message).toMatch(/got an object/);
  });

  it('leaves __proto__ inert', async () => {
    const sent = '{"customer_id":"proto","currency":"GHS","metadata":{"__proto__":"x","constructor":"y"}}';
    const answer = await api.call('POST', PATH, secret, sent);
    expect(answer.status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect((await api.call('POST', PATH, secret, '{"__proto__":{"currency":"GHS"},"customer_id":"p"}')).status).toBe(
      400,
    );
  });

  it.each([
    ['limit=1&limit=2', 'parameter_repeated', 'limit'],
    ['limit=0', 'parameter_invalid', 'limit'],
    ['limit=101', 'parameter_invalid', 'limit'],
    ['limit=1e1', 'parameter_invalid', 'limit'],
    ['limit=', 'parameter_invalid', 'limit'],
    ['after=nonsense', 'parameter_invalid', 'after'],
    ['colour=red', 'parameter_unknown', 'colour'],
    ['__proto__=1', 'parameter_unknown', '__proto__'],
    ['limit=%zz', 'parameter_invalid', 'limit'],
    ['limit=%00', 'parameter_invalid', 'limit'],
    ['customer_id=%ff', 'parameter_invalid', 'customer_id'],
  ])('the query ?%s is refused', async (query, code, param) => {
    const answer = await api.call('GET', `${PATH}?${query}`, secret);
    expect([answer.status, answer.body.error.code, answer.body.error.param]).toEqual([400, code, param]);
  });

  it.each(['wal_nonsense', 'wal_%00', '%ff', '..%2f..%2fetc', 'x'.repeat(2_000), '%F0%9F%92%B8'])(
    'the id %s is 404',
    async (id) => {
      const answer = await api.call('GET', `${PATH}/${id}`, secret);
      expect(answer.status).toBe(404);
      expect((await api.call('GET', `/v1/customers/${id}`, secret)).status).toBe(404);
    },
  );
});

describe('addresses', () => {
  it('that are not there are 404 in JSON', async () => {
    const answer = await api.call('GET', '/v1/nothing', null);
    expect([answer.status, answer.body.error.code]).toEqual([404, 'route_missing']);
    expect(answer.headers.get('request-id')).toBe(answer.body.error.request_id);
  });

  it('say what they take', async () => {
    const answer = await api.call('DELETE', PATH, secret);
    expect([answer.status, answer.body.error.code]).toEqual([405, 'method_not_allowed']);
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST']);
    const options = await api.call('OPTIONS', PATH, null);
    expect([options.status, options.headers.get('allow')]).toEqual([204, answer.headers.get('allow')]);
  });

  it('answer HEAD as GET without a body', async () => {
    const answer = await api.call('HEAD', PATH, secret);
    expect([answer.status, answer.body]).toEqual([200, '']);
  });

  it('tell of health', async () => {
    expect((await api.call('GET', '/healthz', null)).body).toEqual({ status: 'ok' });
    expect((await api.call('GET', '/readyz', null)).body).toEqual({ status: 'ready' });
    api.services.draining = true;
    const draining = await api.call('GET', '/readyz', null);
    api.services.draining = false;
    expect([draining.status, draining.body.reasons]).toEqual([503, ['shutting_down']]);
  });

  it('show metrics to nobody whose address is not known', async () => {
    expect((await api.call('GET', '/metrics', null)).status).toBe(404);
  });
});

describe('the request log', () => {
  it('holds what was asked and nothing that was sent', async () => {
    const client = await api.newClient();
    await api.call('POST', `${PATH}?x=secret-query`, client.secret, { customer_id: 'canary-body', currency: 'GHS' });
    await api.call('GET', `${PATH}/wal_nonsense`, client.secret);
    await api.services.requestLog.flush();
    const { rows } = await database.db.pool.query(
      'select method, path, status, error_code, duration_ms > 0 as timed from request_log where tenant_id = $1 order by id',
      [client.testTenantId],
    );
    expect(rows).toEqual([
      { method: 'POST', path: PATH, status: 400, error_code: 'parameter_unknown', timed: true },
      { method: 'GET', path: `${PATH}/wal_nonsense`, status: 404, error_code: 'resource_missing', timed: true },
    ]);
  });
});

describe('rate limits', () => {
  it('are told in headers and kept', async () => {
    const limited = await openTestApi(database, { env: { RATE_LIMIT_PER_MINUTE: '3' } });
    const client = await limited.newClient();
    const first = await limited.call('GET', PATH, client.secret);
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['3', '2']);
    await limited.call('GET', PATH, client.secret);
    await limited.call('GET', PATH, client.secret);
    const refused = await limited.call('GET', PATH, client.secret);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    const other = await limited.newClient();
    expect((await limited.call('GET', PATH, other.secret)).status).toBe(200);
    await limited.close();
  });
});
