import { expect, it } from 'vitest';
import { type LoggedRequest, milliseconds, requestSentence } from './request-words';

it('says how a request was answered', () => {
  const request = { method: 'POST', path: '/v1/wallets', status: 201, error_code: null } as LoggedRequest;
  expect(requestSentence(request)).toBe('POST /v1/wallets was answered with 201.');
  expect(requestSentence({ ...request, status: 402, error_code: 'insufficient_funds' })).toBe(
    'POST /v1/wallets was refused: insufficient_funds.',
  );
  expect(requestSentence({ ...request, status: 503 })).toBe('POST /v1/wallets failed: 503.');
});

it('tells a duration as exactly as it matters', () => {
  expect([4.21, 120.4, 1_240].map(milliseconds)).toEqual(['4.2 ms', '120 ms', '1.24 s']);
});
