import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import type { Outcome } from '@/simulator/plan';
import { startSimulator, type TestSimulator } from '@/simulator/testing';
import { ADAPTERS } from './adapters';
import type { Attempt, Callback, Provider } from './provider';
import { simulatedProviders } from './simulated';
import { anAttempt, FakeProvider } from './testing';

/** Adapters and simulator were written from the same documents by different hands: here they meet. */
let simulator: TestSimulator;
let merchant: FakeProvider;
const clock = fixedClock(Date.UTC(2026, 5, 6, 12));
const NONE = {};

beforeAll(async () => {
  merchant = await FakeProvider.start();
  simulator = await startSimulator({
    clock: { now: clock.fixedMs },
    settings: { vodacomMode: 'async', paystackWebhookUrl: `${merchant.origin}/callbacks/paystack` },
  });
});
afterEach(async () => {
  await simulator.control.idle();
  await simulator.control.reset();
  merchant.reset();
});
afterAll(async () => {
  await simulator.close();
  await merchant.stop();
});

function open(id: string): Provider {
  const entry = simulatedProviders(simulator.url).find((one) => one.id === id);
  if (entry === undefined) throw new Error(id);
  const endpoints =
    entry.adapter === 'vodacom-tz' ? { ...(entry.endpoints as object), flow: 'asynchronous' } : entry.endpoints;
  return ADAPTERS[entry.adapter].open(endpoints, entry.credentials, { nowMs: clock.fixedMs });
}

const CASES = [
  ['mtn-momo-ghana', { channel: 'MTN', country: 'GH', currency: 'GHS', phone: '233241234567' }],
  ['mtn-momo-uganda', { channel: 'MTN', country: 'UG', currency: 'UGX', phone: '256772123456' }],
  ['daraja', { channel: 'MPESA', country: 'KE', currency: 'KES', phone: '254708374149' }],
  ['hubtel', { channel: 'TELECEL', country: 'GH', currency: 'GHS', phone: '233200000000' }],
  ['hubtel', { channel: 'AIRTELTIGO', country: 'GH', currency: 'GHS', phone: '233271234567' }],
  ['paystack', { channel: 'MTN', country: 'GH', currency: 'GHS', phone: '233241234567' }],
] as const;

function attemptOf(given: Partial<Attempt>): Attempt {
  const callbackUrl = `${merchant.origin}/callbacks/tok_Vn3kQz81LmBx40Hs`;
  return anAttempt({ amountMinor: 5_100n, callbackUrl, startedAtMs: clock.fixedMs(), ...given });
}

/** What came in at the merchant, as the adapter reads it. */
async function callbacks(provider: Provider): Promise<readonly Callback[]> {
  await simulator.control.idle();
  return merchant.heard.map(({ method, path, headers, body }) =>
    provider.parseCallback({
      method,
      path,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      rawBody: Buffer.from(body, 'utf8'),
    }),
  );
}

describe.each(CASES)('%s %j', (id, payer) => {
  it('approved: accepted, pending, told by callback and by status', async () => {
    const provider = open(id);
    merchant.on('POST /callbacks/tok_Vn3kQz81LmBx40Hs', { body: {} }).on('POST /callbacks/paystack', { body: {} });
    const attempt = attemptOf(payer);
    const initiation = await provider.initiate(attempt, NONE);
    expect(initiation).toMatchObject({ status: 'accepted' });
    const begun = {
      ...attempt,
      providerReference: initiation.status === 'accepted' ? initiation.providerReference : null,
    };
    expect(await provider.fetchStatus(begun, NONE)).toMatchObject({ outcome: 'pending' });
    const charge = await simulator.control.charge({ phone: payer.phone });
    await simulator.control.answer(charge.id, { outcome: 'approve' });
    const saysAmount = provider.name !== 'daraja';
    expect(await provider.fetchStatus(begun, NONE)).toMatchObject({
      outcome: 'succeeded',
      amountMinor: saysAmount ? 5_100n : null,
    });
    const [told] = await callbacks(provider);
    expect(told).toMatchObject({ kind: 'observation', subject: 'payment' });
    if (told?.kind !== 'observation') return;
    expect(told.observation).toMatchObject({ outcome: 'succeeded', amountMinor: 5_100n, currency: payer.currency });
    expect(told.observation.receipt).not.toBeNull();
    expect([
      told.reference === attempt.reference,
      told.token !== null,
      told.providerReference === begun.providerReference,
    ]).toContain(true);
  });

  it.each(['decline', 'insufficient_funds', 'limit_reached'] satisfies Outcome[])(
    '%s is a failure in our words',
    async (outcome) => {
      const provider = open(id);
      merchant.on('POST /callbacks/tok_Vn3kQz81LmBx40Hs', { body: {} }).on('POST /callbacks/paystack', { body: {} });
      const attempt = attemptOf(payer);
      const initiation = await provider.initiate(attempt, NONE);
      const begun = {
        ...attempt,
        providerReference: initiation.status === 'accepted' ? initiation.providerReference : null,
      };
      const charge = await simulator.control.charge({ phone: payer.phone });
      await simulator.control.answer(charge.id, { outcome });
      const status = await provider.fetchStatus(begun, NONE);
      const told = (await callbacks(provider)).flatMap((callback) =>
        callback.kind === 'observation' ? [callback.observation] : [],
      );
      const failures = [status, ...told].filter((observation) => observation.outcome === 'failed');
      expect(failures.length).toBeGreaterThan(0);
      for (const { code } of failures) expect(code).not.toBeNull();
      expect([status, ...told].some((observation) => observation.outcome === 'succeeded')).toBe(false);
    },
  );
});

describe('vodacom-tz, asynchronous', () => {
  it('is accepted at once and asked about by our own id', async () => {
    const provider = open('vodacom-tz');
    const attempt = attemptOf({ channel: 'MPESA', country: 'TZ', currency: 'TZS', phone: '255741234567' });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({ status: 'accepted', next: { kind: 'prompt' } });
    const charge = await simulator.control.charge({ phone: '255741234567' });
    await simulator.control.answer(charge.id, { outcome: 'approve' });
    expect(await provider.fetchStatus(attempt, NONE)).toMatchObject({ outcome: 'succeeded' });
  });
});

describe('paystack', () => {
  it('opens a page for a card and gives an account for a transfer', async () => {
    const provider = open('paystack');
    const card = attemptOf({ channel: 'CARD', phone: null, returnUrl: `${merchant.origin}/back` });
    expect(await provider.initiate(card, NONE)).toMatchObject({ status: 'accepted', next: { kind: 'redirect' } });
    expect(await provider.fetchStatus(card, NONE)).toMatchObject({ outcome: 'pending' });
    const bank = attemptOf({ channel: 'BANK', phone: null });
    expect(await provider.initiate(bank, NONE)).toMatchObject({ status: 'accepted', next: { kind: 'bank_account' } });
  });
});

describe('mtn-momo', () => {
  it('sorts a repeated reference out itself', async () => {
    const provider = open('mtn-momo-ghana');
    const attempt = attemptOf({});
    await provider.initiate(attempt, NONE);
    expect(await provider.initiate(attempt, NONE)).toMatchObject({
      status: 'accepted',
      observation: { outcome: 'pending' },
    });
    expect(await simulator.control.charges({})).toHaveLength(1);
  });
});
