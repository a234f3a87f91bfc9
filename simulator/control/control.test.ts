import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../testing';
import { type Merchant, startMerchant } from '../testing-merchant';

const PHONE = '233241234567';
const HOUR_MS = 3_600_000;
let simulator: TestSimulator;
let merchant: Merchant;

beforeAll(async () => {
  [simulator, merchant] = await Promise.all([startSimulator(), startMerchant()]);
});
afterEach(async () => {
  await simulator.comeUp();
  await simulator.control.reset();
  await simulator.control.configure({ autoApproveMs: null });
  merchant.heard.length = 0;
});
afterAll(async () => {
  await simulator.close();
  await merchant.close();
});

const authorization = (): string => {
  const { clientId, clientSecret } = simulator.credentials.hubtel;
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
};

async function receive(
  change: { amount?: number; phone?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
) {
  const reference = randomUUID();
  const answer = await fetch(`${simulator.url}/hubtel/merchantaccount/merchants/11684/receive/mobilemoney`, {
    method: 'POST',
    headers: { authorization: authorization(), 'content-type': 'application/json', ...change.headers },
    signal: change.signal ?? null,
    body: JSON.stringify({
      CustomerMsisdn: change.phone ?? PHONE,
      Channel: 'mtn-gh',
      Amount: change.amount ?? 51,
      PrimaryCallbackUrl: `${merchant.url}/cb/${reference}`,
      Description: 'Top-up',
      ClientReference: reference,
    }),
  });
  return { reference, answer };
}

async function status(reference: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${simulator.url}/hubtel/transactions/11684/status?clientReference=${reference}`, {
    headers: { authorization: authorization() },
  });
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

const told = (): string[] =>
  merchant.heard.map(({ body }) => (JSON.parse(body) as { ResponseCode: string }).ResponseCode);

describe('plans', () => {
  it('delay an outcome', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', delayMs: 10_000 });
    const { reference } = await receive();
    await simulator.control.advance(9_999);
    expect(await status(reference)).toMatchObject({ status: 'Unpaid' });
    await simulator.control.advance(1);
    expect(await status(reference)).toMatchObject({ status: 'Paid' });
  });

  it.each([
    [{ callbacks: 3 }, 3],
    [{ callbacks: 0 }, 0],
  ])('%j: the callback comes that often', async (plan, times) => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', ...plan });
    const { reference } = await receive();
    await simulator.control.idle();
    expect(merchant.heard).toHaveLength(times);
    expect(await status(reference)).toMatchObject({ status: 'Paid' });
  });

  it('send the callback late', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', callbackDelayMs: HOUR_MS });
    await receive();
    await simulator.control.advance(HOUR_MS - 1);
    expect(merchant.heard).toHaveLength(0);
    await simulator.control.advance(1);
    expect(told()).toEqual(['0000']);
  });

  it('let the callback overtake the answer', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', callbackFirst: true });
    const { answer } = await receive();
    expect(answer.status).toBe(200);
    expect(told()).toEqual(['0000']);
  });

  it('hold the answer of an initiation that took effect', async () => {
    await simulator.control.next({ phone: PHONE }, { answerDelayMs: 30_000 });
    const held = receive();
    await expect.poll(() => simulator.control.charges({ phone: PHONE })).toHaveLength(1);
    await simulator.control.advance(30_000);
    expect((await held).answer.status).toBe(200);
  });

  it('pay late after the time ran out', async () => {
    await simulator.control.next({ phone: PHONE }, { lateSuccessMs: 3 * HOUR_MS });
    const { reference } = await receive();
    await simulator.control.advance(5 * 60_000);
    expect(await status(reference)).toMatchObject({ status: 'Unpaid' });
    await simulator.control.advance(3 * HOUR_MS);
    expect(await status(reference)).toMatchObject({ status: 'Paid' });
    expect(told()).toEqual(['2001', '0000']);
  });

  it.each([
    ['both', 5, 5],
    ['callback', 5, 51],
    ['status', 51, 5],
  ] as const)('report a wrong amount in %s', async (where, inCallback, inStatus) => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve', report: { amount: 500, where } });
    const { reference } = await receive();
    await simulator.control.idle();
    expect(JSON.parse(merchant.heard[0]?.body ?? '')).toMatchObject({ Data: { Amount: inCallback } });
    expect(await status(reference)).toMatchObject({ amount: inStatus });
  });

  it('lie so many times', async () => {
    await simulator.control.next({ phone: PHONE }, { lie: { answers: 2, says: 'paid' } });
    const { reference } = await receive();
    const statuses = [];
    for (let asked = 0; asked < 3; asked++) statuses.push((await status(reference))['status']);
    expect(statuses).toEqual(['Paid', 'Paid', 'Unpaid']);
  });

  it('count the narrower before the wider and the next before all', async () => {
    await simulator.control.always('all', { outcome: 'decline' });
    await simulator.control.always({ provider: 'hubtel' }, { outcome: 'busy' });
    await simulator.control.always({ phone: PHONE }, { outcome: 'wrong_pin' });
    await simulator.control.next('all', { outcome: 'approve' });
    for (const phone of [PHONE, PHONE, '233241111111']) await receive({ phone });
    await simulator.control.idle();
    const failures = (await simulator.control.charges()).reverse().map(({ failure }) => failure);
    expect(failures).toEqual([null, 'wrong_pin', 'busy']);
    await simulator.control.forget({ provider: 'hubtel' });
    const { reference } = await receive({ phone: '233241111111' });
    await simulator.control.idle();
    expect(await simulator.control.charge({ reference })).toMatchObject({ failure: 'decline' });
  });

  it('leave it to the handset again with ask', async () => {
    await simulator.control.always('all', { outcome: 'approve' });
    await simulator.control.next({ phone: PHONE }, { outcome: 'ask' });
    const { reference } = await receive();
    await simulator.control.idle();
    expect(await simulator.control.charge({ reference })).toMatchObject({ state: 'waiting', isPrompted: true });
  });

  it.each([
    [404.0, 'paid', null],
    [1404.01, 'failed', 'wrong_pin'],
    [404.02, 'failed', 'insufficient_funds'],
    [404.03, 'failed', 'decline'],
    [404.05, 'failed', 'unreachable'],
    [404.09, 'waiting', null],
    [403.01, 'waiting', null],
  ])('are made by amounts: %d is %s %s', async (amount, state, failure) => {
    const { reference } = await receive({ amount });
    await simulator.control.idle();
    expect(await simulator.control.charge({ reference })).toMatchObject({ state, failure });
  });

  it('are made by a header, before everything else', async () => {
    await simulator.control.always('all', { outcome: 'approve' });
    const { reference } = await receive({ headers: { 'x-simulator-outcome': 'decline' } });
    await simulator.control.idle();
    expect(await simulator.control.charge({ reference })).toMatchObject({ failure: 'decline' });
  });

  it('approve by themselves when set to', async () => {
    await simulator.control.configure({ autoApproveMs: 3_000 });
    const { reference } = await receive();
    await simulator.control.advance(2_999);
    expect(await simulator.control.charge({ reference })).toMatchObject({ state: 'waiting' });
    await simulator.control.advance(1);
    expect(await simulator.control.charge({ reference })).toMatchObject({ state: 'paid' });
  });

  it.each([
    [{ outcome: 'maybe' }, /outcome/],
    [{ callbacks: -1 }, /callbacks/],
    [{ delayMs: 1.5 }, /delayMs/],
    [{ colour: 'red' }, /colour/],
    [{ report: { currency: 'XYZ' } }, /ISO 4217/],
  ])('%j is refused in words', async (plan, words) => {
    await expect(simulator.control.next('all', plan as never)).rejects.toThrow(words);
  });
});

describe('doors', () => {
  it.each([
    ['unavailable', 503],
    ['rate_limited', 429],
  ] as const)('%s: HTTP %i, and nothing happened', async (mode, code) => {
    await simulator.control.breakDoor('hubtel', { mode, times: 1 });
    expect((await receive()).answer.status).toBe(code);
    expect(await simulator.control.charges()).toHaveLength(0);
    expect((await receive()).answer.status).toBe(200);
  });

  it('refuse: cut before anything happened', async () => {
    await simulator.control.breakDoor('hubtel', { mode: 'refuse', times: 1 });
    await expect(receive()).rejects.toThrow();
    expect(await simulator.control.charges()).toHaveLength(0);
  });

  it('lost_answer: cut after it happened', async () => {
    await simulator.control.breakDoor('hubtel', { mode: 'lost_answer', times: 1 });
    await expect(receive()).rejects.toThrow();
    expect(await simulator.control.charges()).toHaveLength(1);
  });

  it.each([
    ['hang', 0],
    ['no_answer', 1],
  ] as const)('%s: no answer, and %i charge', async (mode, count) => {
    await simulator.control.breakDoor('hubtel', { mode, times: 1 });
    await expect(receive({ signal: AbortSignal.timeout(150) })).rejects.toThrow();
    expect(await simulator.control.charges()).toHaveLength(count);
  });

  it('slow: held on the simulated clock', async () => {
    await simulator.control.breakDoor('hubtel', { mode: 'slow', delayMs: 20_000, times: 1 });
    const held = receive();
    await expect.poll(() => simulator.control.charges()).toHaveLength(1);
    await simulator.control.advance(20_000);
    expect((await held).answer.status).toBe(200);
  });

  it.each(['garbage', 'truncated', 'empty', 'html'] as const)(
    '%s: it happened, and the answer cannot be read',
    async (mode) => {
      await simulator.control.breakDoor('hubtel', { mode, times: 1 });
      const { answer } = await receive();
      await expect(answer.json()).rejects.toThrow();
      expect(await simulator.control.charges()).toHaveLength(1);
    },
  );

  it('huge: more than anybody should read', async () => {
    await simulator.control.breakDoor('hubtel', { mode: 'huge', times: 1 });
    const { answer } = await receive();
    let length = 0;
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > 2_000_000) break;
    }
    expect(length).toBeGreaterThan(2_000_000);
  });

  it('only what they are told, for as long as they are told', async () => {
    await simulator.control.breakDoor('all', { mode: 'unavailable', operations: ['status'], forMs: HOUR_MS });
    const { reference, answer } = await receive();
    expect(answer.status).toBe(200);
    const ask = () =>
      fetch(`${simulator.url}/hubtel/transactions/11684/status?clientReference=${reference}`, {
        headers: { authorization: authorization() },
      });
    expect((await ask()).status).toBe(503);
    await simulator.control.advance(HOUR_MS);
    expect((await ask()).status).toBe(200);
  });

  it('mend', async () => {
    await simulator.control.breakDoor('hubtel', { mode: 'unavailable' });
    await simulator.control.mendDoor('hubtel');
    expect((await receive()).answer.status).toBe(200);
  });

  it('nobody listens while it is down, and it remembers when it is up', async () => {
    const { reference } = await receive();
    await simulator.goDown();
    await expect(receive()).rejects.toMatchObject({ cause: expect.objectContaining({ code: 'ECONNREFUSED' }) });
    await simulator.comeUp();
    expect(await status(reference)).toMatchObject({ status: 'Unpaid' });
  });
});

describe('the world', () => {
  it('remembers requests, without credentials', async () => {
    const { reference } = await receive();
    await status(reference);
    const requests = await simulator.control.requests({ provider: 'hubtel' });
    expect(requests.map(({ operation, status: code }) => [operation, code])).toEqual([
      ['initiate', 200],
      ['status', 200],
    ]);
    expect(requests[0]?.headers['authorization']).toBe('Basic …');
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ ClientReference: reference });
  });

  it('answers for the payer, once', async () => {
    const { reference } = await receive();
    const { id } = await simulator.control.charge({ reference });
    expect(await simulator.control.answer(id, { outcome: 'decline' })).toMatchObject({
      state: 'failed',
      failure: 'decline',
    });
    expect(await simulator.control.answer(id, { outcome: 'wrong_pin' })).toMatchObject({ failure: 'decline' });
    expect(await simulator.control.answer(id, { outcome: 'approve' })).toMatchObject({ state: 'paid' });
    expect(await simulator.control.answer(id, { outcome: 'decline' })).toMatchObject({ state: 'paid' });
    expect(await simulator.control.reverse(id)).toMatchObject({ state: 'reversed' });
  });

  it('sends the last word again', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve' });
    const { reference } = await receive();
    await simulator.control.idle();
    const { id } = await simulator.control.charge({ reference });
    await simulator.control.sendCallback(id);
    expect(told()).toEqual(['0000', '0000']);
  });

  it('forgets everything', async () => {
    await simulator.control.setPhone(PHONE, { isOn: false, balance: { currency: 'GHS', amount: 1 } });
    await receive();
    await simulator.control.advance(HOUR_MS);
    await simulator.control.reset();
    expect(await simulator.control.charges()).toHaveLength(0);
    expect(await simulator.control.phone(PHONE)).toMatchObject({ isOn: true, balances: { GHS: '31200' } });
    expect((await simulator.control.now()).toISOString()).toBe('2026-06-06T12:00:00.000Z');
  });

  it('keeps a callback that nobody took', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve' });
    merchant.answers = [500];
    const { reference } = await receive();
    await simulator.control.idle();
    merchant.answers = [200];
    expect(await simulator.control.charge({ reference })).toMatchObject({ callbacks: [{ status: 500, error: null }] });
  });

  it('follows another clock', async () => {
    let now = Date.UTC(2026, 0, 1);
    const other = await startSimulator({ clock: { now: () => now } });
    try {
      await other.control.next({ phone: PHONE }, { outcome: 'approve', delayMs: 60_000 });
      const answer = await fetch(`${other.url}/hubtel/merchantaccount/merchants/11684/receive/mobilemoney`, {
        method: 'POST',
        headers: { authorization: authorization() },
        body: JSON.stringify({
          CustomerMsisdn: PHONE,
          Channel: 'mtn-gh',
          Amount: 1,
          PrimaryCallbackUrl: merchant.url,
          Description: 'x',
          ClientReference: 'a1',
        }),
      });
      expect(answer.status).toBe(200);
      now += 60_000;
      await other.control.runDue();
      expect(await other.control.charge({ reference: 'a1' })).toMatchObject({ state: 'paid', settledAt: now });
    } finally {
      await other.close();
    }
  });

  it('has no such path', async () => {
    expect((await fetch(`${simulator.url}/control/nothing`)).status).toBe(404);
    expect((await fetch(`${simulator.url}/nothing`)).status).toBe(404);
    expect(
      (await fetch(`${simulator.url}/control/providers/nobody/faults`, { method: 'POST', body: '{"mode":"hang"}' }))
        .status,
    ).toBe(404);
    const large = await fetch(`${simulator.url}/hubtel/x`, { method: 'POST', body: 'x'.repeat(300_000) }).then(
      ({ status: code }) => code,
      () => 413,
    );
    expect(large).toBe(413);
  });
});
