import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { makeWebhookSecret, signedHeaders } from './signature';

it('makes the signature of the published test vector', () => {
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestampSeconds: 1614265330,
    body: '{"test": 2432232314}',
  };
  expect(signedHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('is verified by the reference library, under each of two valid secrets and no other', () => {
  const [older, newer, foreign] = [makeWebhookSecret(), makeWebhookSecret(), makeWebhookSecret()];
  const body = JSON.stringify({ name: 'Ɔkyerɛ', amount: '₵5' });
  const headers = signedHeaders({ id: 'evt_1', timestampSeconds: Math.floor(Date.now() / 1000), body }, [newer, older]);
  for (const secret of [older, newer]) {
    expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body));
  }
  expect(() => new Webhook(foreign).verify(body, { ...headers })).toThrow();
  expect(() => new Webhook(newer).verify(`${body} `, { ...headers })).toThrow();
  expect(() => new Webhook(newer).verify(body, { ...headers, 'webhook-id': 'evt_2' })).toThrow();
});

it('makes secrets of 24 bytes and more, each its own', () => {
  const secrets = Array.from({ length: 50 }, makeWebhookSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(secret.slice(6), 'base64').length).toBeGreaterThanOrEqual(24);
  }
});
