import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from './adapters';
import { observationOfQuery as darajaQuery, observationOfCallback } from './daraja/codes';
import { observationOfStatus as hubtelStatus, observationOfEnvelope } from './hubtel/codes';
import { readJson } from './json';
import { observationOfStatus as momoStatus } from './mtn-momo/codes';
import { observationOfMovement, observationOfTransaction } from './paystack/codes';
import { simulatedProviders } from './simulated';
import { aCallback } from './testing';
import { observationOfResult, observationOfQuery as vodacomQuery } from './vodacom-tz/codes';

/**
 * A code that no adapter knows makes an outcome unknown, never failed and never succeeded. fast-check prints the seed of
 * what it finds.
 */
const KNOWN = new Set(
  [
    'PENDING SUCCESSFUL FAILED',
    '0 1 2 3 4 8 17 26 1001 1019 1025 1032 1037 2001 4999 9999',
    '0000 0001 2001 2050 2051 2100 2101 2102 2103 2152 2153 2154 2201 4000 4070 4101 4103 Paid Unpaid Refunded',
    'success failed timeout reversed abandoned ongoing pending processing queued send_otp pay_offline open_url',
    'pending_bank_transfer processed received needs-attention otp rejected blocked',
    'completed pending initiated submitted authorized failed declined cancelled expired',
    [
      '0',
      '2',
      '4',
      '5',
      '6',
      '13',
      '15',
      '17',
      '20',
      '21',
      '26',
      '28',
      '30',
      '990',
      '991',
      '992',
      '993',
      '994',
      '995',
      '996',
      '997',
      '998',
      '2006',
      '2051',
    ]
      .map((n) => `INS-${n}`)
      .join(' '),
  ].flatMap((line) => line.split(' ')),
);
const KNOWN_LOWER = new Set([...KNOWN].map((code) => code.toLowerCase()));

const unknownCode = fc
  .oneof(
    fc.string(),
    fc.integer({ min: 0, max: 99_999 }).map(String),
    fc.integer({ min: 0, max: 99_999 }).map((n) => `INS-${n}`),
    fc.constantFrom(...KNOWN).map((code) => `${code} `),
    fc.constantFrom(...KNOWN).map((code) => `0${code}`),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  )
  .filter((code) => !KNOWN_LOWER.has(code.toLowerCase()));

const UUID = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';

describe('a code that nobody knows', () => {
  const readers: readonly (readonly [string, (code: string) => { outcome: string; code: string | null }])[] = [
    ['mtn-momo status', (status) => momoStatus({ status, amount: '1', currency: 'GHS' }, 'status', '', null)],
    ['daraja callback', (ResultCode) => observationOfCallback({ ResultCode }, '')],
    ['daraja query', (ResultCode) => darajaQuery({ ResultCode }, '')],
    [
      'hubtel callback',
      (ResponseCode) => observationOfEnvelope({ ResponseCode, Data: { Amount: '1' } }, 'callback', ''),
    ],
    ['hubtel status', (status) => hubtelStatus({ status, amount: '1', clientReference: 'r' }, 'r', '')],
    [
      'paystack transaction',
      (status) => observationOfTransaction({ status, amount: '1', currency: 'GHS' }, 'status', ''),
    ],
    ['paystack movement', (status) => observationOfMovement({ status }, null, 'status', '')],
    [
      'vodacom query',
      (output_ResponseTransactionStatus) =>
        vodacomQuery({ output_ResponseCode: 'INS-0', output_ResponseTransactionStatus }, ''),
    ],
    ['vodacom callback', (input_ResultCode) => observationOfResult({ input_ResultCode }, '')],
  ];

  it.each(readers)('%s: unknown', (_, read) => {
    fc.assert(
      fc.property(unknownCode, (code) => {
        expect(read(code)).toMatchObject({ outcome: 'unknown', code: null });
      }),
      { numRuns: 500 },
    );
  });
});

describe('anything at all as a callback', () => {
  const providers = simulatedProviders('http://127.0.0.1:1').map(({ adapter, endpoints, credentials }) =>
    ADAPTERS[adapter].open(endpoints, credentials, { nowMs: () => 0 }),
  );

  it('is read without throwing, and is never a success', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
        ),
        (body) => {
          for (const provider of providers) {
            const callback = provider.parseCallback(aCallback(body));
            expect(callback.kind === 'observation' && callback.observation.outcome === 'succeeded').toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('nested as deep as a body can be is no trouble', () => {
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    for (const provider of providers) expect(provider.parseCallback(aCallback(deep)).kind).not.toBe('observation');
  });
});

describe('numbers on the wire', () => {
  it('keep every digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.string(),
        (whole, fraction, text) => {
          const json = readJson(`{"a":${whole}.${fraction},"b":[${whole}],"c":${JSON.stringify(text)}}`);
          expect(json).toEqual({ a: `${whole}.${fraction}`, b: [String(whole)], c: text });
        },
      ),
    );
  });

  it('are not looked for within texts', () => {
    expect(readJson('{"a":"1 \\" 2","b":"\\\\","c":-1.50,"d":1e3,"e":true,"f":null}')).toEqual({
      a: '1 " 2',
      b: '\\',
      c: '-1.50',
      d: '1e3',
      e: true,
      f: null,
    });
    expect(readJson(`{"reference":"${UUID}"}`)).toEqual({ reference: UUID });
  });
});
