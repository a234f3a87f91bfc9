import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker';
import { HttpClient } from './http';
import { FakeProvider, listen } from './testing';

let fake: FakeProvider;
beforeAll(async () => {
  fake = await FakeProvider.start();
});
afterEach(() => fake.reset());
afterAll(() => fake.stop());

const CANARY = 'canary-1d2c3b4a5f';

function client(timeoutMs = 2_000) {
  const nowMs = () => 1_700_000_000_000;
  const breaker = new CircuitBreaker(nowMs, { failuresInARow: 2 });
  return new HttpClient({ provider: 'hubtel', breaker, nowMs, timeoutMs, secrets: [CANARY] });
}

const get = (url: string) => ({ operation: 'status', method: 'GET', url, headers: {} }) as const;

describe('what became of a request', () => {
  it('is an answer, whatever its status and content type', async () => {
    fake.on('GET /a', { status: 502, text: '<html>Bad gateway</html>', contentType: 'text/html' });
    fake.on('GET /b', { body: { ok: 1.1 }, contentType: 'text/plain' });
    const http = client();
    expect(await http.send(get(`${fake.origin}/a`), {})).toMatchObject({
      kind: 'answered',
      status: 502,
      json: undefined,
    });
    expect(await http.send(get(`${fake.origin}/b`), {})).toMatchObject({ kind: 'answered', json: { ok: '1.1' } });
  });

  it('is never sent when nobody listens or the name is unknown', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as { port: number };
    await new Promise((resolve) => probe.close(resolve));
    const refused = await client().send(get(`http://127.0.0.1:${port}/`), {});
    expect(refused).toEqual({ kind: 'never_sent', reason: 'connection_refused' });
    const unknown = await client().send(get('http://no-such-host.invalid/'), {});
    expect(unknown).toEqual({ kind: 'never_sent', reason: 'dns' });
  });

  it('is unanswered after silence, half an answer or a closed connection', async () => {
    fake
      .on('GET /hang', { fault: 'hang' })
      .on('GET /cut', { fault: 'cut', text: '{"status":' })
      .on('GET /reset', { fault: 'reset' });
    expect(await client(60).send(get(`${fake.origin}/hang`), {})).toEqual({ kind: 'unanswered', reason: 'timeout' });
    expect(await client().send(get(`${fake.origin}/cut`), {})).toEqual({
      kind: 'unanswered',
      reason: 'connection_lost',
    });
    expect(await client().send(get(`${fake.origin}/reset`), {})).toEqual({
      kind: 'unanswered',
      reason: 'connection_lost',
    });
  });

  it('is unanswered when the answer is larger than any of the contracts', async () => {
    fake.on('GET /large', { text: 'x'.repeat(300_000) });
    expect(await client().send(get(`${fake.origin}/large`), {})).toEqual({
      kind: 'unanswered',
      reason: 'answer_too_large',
    });
  });

  it('follows no redirect', async () => {
    fake.on('GET /from', { status: 302, headers: { location: `${fake.origin}/to` } }).on('GET /to', { body: {} });
    expect(await client().send(get(`${fake.origin}/from`), {})).toMatchObject({ kind: 'answered', status: 302 });
    expect(fake.asked('GET /to')).toHaveLength(0);
  });

  it('is never sent while the circuit is open, and that is recorded too', async () => {
    fake.on('GET /down', { status: 503 });
    const http = client();
    const { call, exchanges } = listen();
    for (let i = 0; i < 3; i++) await http.send(get(`${fake.origin}/down`), call);
    expect(http.isAvailable()).toBe(false);
    expect(fake.heard).toHaveLength(2);
    expect(exchanges.at(-1)).toMatchObject({ response: null, failure: { kind: 'never_sent', reason: 'circuit_open' } });
  });
});

describe('the record of an exchange', () => {
  it('shows no secret, wherever it stands and however broken its surroundings', async () => {
    const card = '4084084084084081';
    const answers = [
      { body: { access_token: CANARY, nested: { Password: CANARY, list: [{ pin: 1234, otp: '998877' }] } } },
      { text: `<html>Invalid key ${CANARY} for card ${card} and Bearer bearer-canary-77</html>` },
      { text: `{"secret": "${CANARY}` },
      { text: `token=${CANARY}&ok=1`, headers: { 'set-cookie': `session=${CANARY}` } },
      { body: { card: { number: card, cvv: '408', expiry_month: '12' }, data: { authorization_code: 'AUTH_canary' } } },
    ];
    for (const answer of answers) {
      fake.on('POST /x', answer);
      const { call, exchanges } = listen();
      await client().send(
        {
          operation: 'initiate',
          method: 'POST',
          url: `${fake.origin}/x?token=${CANARY}`,
          headers: {
            Authorization: 'Bearer bearer-canary-77',
            'Ocp-Apim-Subscription-Key': CANARY,
            'X-Callback-Url': `https://a/${CANARY}`,
          },
          body: JSON.stringify({ Passkey: CANARY, url: 'https://a/callback-canary-9', Amount: 5 }),
          secrets: ['callback-canary-9'],
        },
        call,
      );
      const text = JSON.stringify(exchanges);
      for (const secret of [
        CANARY,
        'bearer-canary-77',
        'callback-canary-9',
        card,
        '998877',
        '1234',
        '"408"',
        'AUTH_canary',
      ]) {
        expect(text, `${secret} in ${text}`).not.toContain(secret);
      }
      expect(exchanges[0]?.request.body).toContain('"Amount":5');
    }
    // The provider itself got everything.
    expect(fake.heard[0]?.headers['authorization']).toBe('Bearer bearer-canary-77');
  });
});
