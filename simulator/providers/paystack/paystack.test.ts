import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../../testing';
import { type Merchant, startMerchant } from '../../testing-merchant';

const EMAIL = 'ama@example.com';
let simulator: TestSimulator;
let merchant: Merchant;
let references = 0;

beforeAll(async () => {
  merchant = await startMerchant();
  simulator = await startSimulator({ settings: { paystackWebhookUrl: `${merchant.url}/hook` } });
});
afterEach(async () => {
  await simulator.control.idle();
  await simulator.control.reset();
  merchant.heard.length = 0;
  merchant.answers = [200];
});
afterAll(async () => {
  await simulator.close();
  await merchant.close();
});

interface Answer {
  readonly code: number;
  readonly body: {
    readonly status: boolean;
    readonly message: string;
    readonly code?: string;
    readonly data: Record<string, unknown>;
  };
}

async function call(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
  const answer = await fetch(`${simulator.url}/paystack${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key ?? simulator.credentials.paystack.secretKey}`,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { code: answer.status, body: (await answer.json()) as Answer['body'] };
}

const nextReference = (): string => {
  references += 1;
  return `ref-${String(references).padStart(16, '0')}`;
};

const terms = (more: Record<string, unknown> = {}) => ({
  email: EMAIL,
  amount: 5_100,
  currency: 'GHS',
  reference: nextReference(),
  ...more,
});

const verify = (reference: unknown): Promise<Answer> => call('GET', `/transaction/verify/${String(reference)}`);

const events = (): { event: string; data: Record<string, unknown> }[] =>
  merchant.heard.map(({ body }) => JSON.parse(body) as { event: string; data: Record<string, unknown> });

/** As a browser without JavaScript does it. */
async function submit(url: unknown, fields: Record<string, string>): Promise<Response> {
  return fetch(String(url), { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

const CARD = { number: '4084 0840 8408 4081', expiry: '12/30', cvv: '408', do: 'pay' };

describe('all calls', () => {
  it('want the key', async () => {
    expect(await call('POST', '/charge', terms(), 'sk_test_other')).toMatchObject({
      code: 401,
      body: { status: false, code: 'invalid_Key' },
    });
    const answer = await fetch(`${simulator.url}/paystack/transaction/verify/x`);
    expect(answer.status).toBe(401);
  });

  it.each([
    [400, 'invalid_email_address', { email: 'nobody' }],
    [400, 'invalid_amount', { amount: 51.5 }],
    [400, 'invalid_amount', { amount: 0 }],
    [403, 'unsupported_currency', { currency: 'EUR' }],
    [400, 'invalid_params', { reference: 'a b' }],
  ])('refuse with %i %s: %j', async (code, name, change) => {
    expect(await call('POST', '/transaction/initialize', terms(change))).toMatchObject({
      code,
      body: { status: false, code: name },
    });
  });

  it('refuse a reference twice', async () => {
    const given = terms();
    await call('POST', '/transaction/initialize', given);
    expect(await call('POST', '/transaction/initialize', given)).toMatchObject({
      code: 400,
      body: { message: 'Duplicate Transaction Reference', code: 'duplicate_reference' },
    });
  });

  it('know no other reference', async () => {
    expect(await verify('nobody')).toMatchObject({
      code: 400,
      body: { status: false, message: 'Transaction reference not found.' },
    });
  });
});

describe('card page', () => {
  const open = async (more: Record<string, unknown> = {}) => {
    const given = terms({ callback_url: `${merchant.url}/back?session=1`, channels: ['card'], ...more });
    const { body } = await call('POST', '/transaction/initialize', given);
    return { reference: given.reference, url: body.data['authorization_url'] };
  };

  it('is abandoned until used, takes a test card, comes back with the reference, and tells', async () => {
    const { reference, url } = await open();
    expect((await verify(reference)).body.data).toMatchObject({ status: 'abandoned', paid_at: null, amount: 5_100 });
    const page = await fetch(String(url));
    const text = await page.text();
    expect([page.status, text.includes('GHS 51.00'), text.includes('<script')]).toEqual([200, true, false]);
    const answer = await submit(url, CARD);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `${merchant.url}/back?session=1&trxref=${reference}&reference=${reference}`,
    );
    const { data } = (await verify(reference)).body;
    expect(data).toMatchObject({
      status: 'success',
      reference,
      amount: 5_100,
      currency: 'GHS',
      channel: 'card',
      gateway_response: 'Successful',
      fees: 99,
      paid_at: '2026-06-06T12:00:00.000Z',
      authorization: {
        bin: '408408',
        last4: '4081',
        exp_month: '12',
        exp_year: '2030',
        reusable: true,
        channel: 'card',
        brand: 'visa',
      },
      customer: { email: EMAIL },
    });
    await simulator.control.idle();
    expect(events()).toEqual([{ event: 'charge.success', data }]);
  });

  it('signs what it tells over the body as sent', async () => {
    const { url } = await open();
    await submit(url, CARD);
    const [told] = merchant.heard;
    const expected = createHmac('sha512', simulator.credentials.paystack.secretKey)
      .update(told?.body ?? '')
      .digest('hex');
    expect(told?.headers['x-paystack-signature']).toBe(expected);
  });

  it.each([
    ['4084 0800 0000 5408', '001', 'Declined'],
    ['4000 0000 0000 0002', '123', 'Insufficient Funds'],
  ])('%s is declined, and another card may pay', async (number, cvv, gatewayResponse) => {
    const { reference, url } = await open();
    const declined = await submit(url, { ...CARD, number, cvv });
    expect([declined.status, (await declined.text()).includes(gatewayResponse)]).toEqual([402, true]);
    expect((await verify(reference)).body.data).toMatchObject({ status: 'failed', gateway_response: gatewayResponse });
    expect(merchant.heard).toHaveLength(0);
    await submit(url, CARD);
    expect((await verify(reference)).body.data['status']).toBe('success');
  });

  it('lets a person decline for the bank, and cancel', async () => {
    const { reference, url } = await open();
    expect((await submit(url, { ...CARD, do: 'decline' })).status).toBe(402);
    const cancelled = await submit(url, { do: 'cancel' });
    expect(cancelled.headers.get('location')).toContain(`reference=${reference}`);
    expect((await verify(reference)).body.data['status']).toBe('failed');
  });

  it.each([
    [{ number: '4111 1111 1111 1111' }, 'no real card'],
    [{ expiry: '01/20' }, 'expired'],
    [{ expiry: 'soon' }, 'month and year'],
    [{ cvv: '000' }, 'security code'],
  ])('refuses %j in words', async (change, words) => {
    const { url } = await open();
    const answer = await submit(url, { ...CARD, ...change });
    expect([answer.status, (await answer.text()).includes(words)]).toEqual([422, true]);
  });

  it('charges no card twice: a paid page only leads back', async () => {
    const { url } = await open();
    await submit(url, CARD);
    expect((await submit(url, CARD)).status).toBe(303);
    await simulator.control.idle();
    expect(merchant.heard).toHaveLength(1);
  });

  it('escapes what the merchant wrote', async () => {
    const { url } = await open({ email: '"<b>"@example.com' });
    expect(await (await fetch(String(url))).text()).not.toContain('<b>"@');
  });
});

describe('saved card', () => {
  const save = async (number = CARD.number, cvv = CARD.cvv): Promise<string> => {
    const { body } = await call('POST', '/transaction/initialize', terms());
    await submit(body.data['authorization_url'], { ...CARD, number, cvv });
    const { data } = (await verify(body.data['reference'])).body;
    return (data['authorization'] as { authorization_code: string }).authorization_code;
  };
  const charge = (authorization_code: string, more: Record<string, unknown> = {}): Promise<Answer> =>
    call('POST', '/transaction/charge_authorization', terms({ authorization_code, ...more }));

  it('is charged without its owner', async () => {
    const code = await save();
    expect(await charge(code)).toMatchObject({
      code: 200,
      body: { message: 'Charge attempted', data: { status: 'success', amount: 5_100 } },
    });
  });

  it('has nothing left, when it is the card for that', async () => {
    const code = await save('5200 0000 0000 0007', '123');
    expect((await charge(code)).body.data).toMatchObject({ status: 'failed', gateway_response: 'Insufficient Funds' });
  });

  it('belongs to its email', async () => {
    expect(await charge(await save(), { email: 'kofi@example.com' })).toMatchObject({ code: 400 });
    expect(await charge('AUTH_nobody')).toMatchObject({ code: 400 });
  });

  it('cannot be charged again where it is not reusable', async () => {
    expect(await charge(await save('5078 5078 5078 5078', '081'))).toMatchObject({ code: 400 });
  });
});

describe('mobile money', () => {
  const charge = (phone: string, provider: string, more: Record<string, unknown> = {}): Promise<Answer> =>
    call('POST', '/charge', terms({ mobile_money: { phone, provider }, ...more }));

  it('rings the phone for three minutes', async () => {
    const { body } = await charge('0241234567', 'mtn');
    expect(body).toMatchObject({
      message: 'Charge attempted',
      data: { status: 'pay_offline', display_text: expect.any(String) },
    });
    expect((await verify(body.data['reference'])).body.data['status']).toBe('ongoing');
    expect(await simulator.control.charge({ phone: '233241234567' })).toMatchObject({ isPrompted: true });
    await simulator.control.advance(180_000);
    expect((await verify(body.data['reference'])).body.data).toMatchObject({
      status: 'failed',
      gateway_response: 'The transaction timed out',
    });
    expect(merchant.heard).toHaveLength(0);
  });

  it('asks Telecel’s customers for a code first', async () => {
    const { body } = await charge('0201234567', 'vod');
    const { reference } = body.data;
    expect(body.data['status']).toBe('send_otp');
    expect(await simulator.control.charge({ phone: '233201234567' })).toMatchObject({ isPrompted: false });
    expect((await call('POST', '/charge/submit_otp', { otp: '000000', reference })).body.data['status']).toBe(
      'send_otp',
    );
    expect((await call('POST', '/charge/submit_otp', { otp: '123456', reference })).body.data['status']).toBe(
      'pay_offline',
    );
    const { id } = await simulator.control.charge({ phone: '233201234567' });
    await simulator.control.answer(id, { pin: '1234' });
    expect((await verify(reference)).body.data).toMatchObject({ status: 'success', channel: 'mobile_money' });
    expect((await call('GET', `/charge/${String(reference)}`)).body.data['status']).toBe('success');
  });

  it('gives up after three wrong codes', async () => {
    const { reference } = (await charge('0201234567', 'vod')).body.data;
    for (let tries = 0; tries < 3; tries++) await call('POST', '/charge/submit_otp', { otp: '000000', reference });
    expect((await verify(reference)).body.data['status']).toBe('failed');
    expect(await call('POST', '/charge/submit_otp', { otp: '123456', reference })).toMatchObject({ code: 400 });
  });

  it('reaches M-Pesa in shillings, and nobody in other currencies', async () => {
    expect((await charge('+254712345678', 'mpesa', { currency: 'KES', amount: 66_300 })).body.data['status']).toBe(
      'pay_offline',
    );
    expect(await charge('0241234567', 'mtn', { currency: 'KES' })).toMatchObject({ code: 400 });
    expect(await charge('12345', 'mtn')).toMatchObject({ code: 400, body: { message: 'Invalid phone number' } });
  });
});

describe('bank transfer', () => {
  it('gives an account until the time that was asked for', async () => {
    const given = terms({ bank_transfer: { account_expires_at: '2026-06-06T13:00:00.000Z' } });
    const { body } = await call('POST', '/charge', given);
    expect(body.data).toMatchObject({
      status: 'pending_bank_transfer',
      account_number: expect.stringMatching(/^[0-9]{10}$/),
      account_expires_at: '2026-06-06T13:00:00.000Z',
      bank: { name: 'Simulated Bank' },
    });
    expect((await verify(given.reference)).body.data['status']).toBe('pending');
    const { id } = await simulator.control.charge({ reference: given.reference });
    const other = await fetch(`${simulator.url}/handset/cards`, {
      method: 'POST',
      body: new URLSearchParams({ charge: id, do: 'other' }),
      redirect: 'manual',
    });
    expect(other.status).toBe(303);
    expect((await verify(given.reference)).body.data['status']).toBe('pending');
    await fetch(`${simulator.url}/handset/cards`, {
      method: 'POST',
      body: new URLSearchParams({ charge: id, do: 'exact' }),
      redirect: 'manual',
    });
    expect((await verify(given.reference)).body.data).toMatchObject({ status: 'success', channel: 'bank_transfer' });
    expect(events().map(({ event }) => event)).toEqual(['bank.transfer.rejected', 'charge.success']);
  });

  it('fails when nobody sends anything', async () => {
    const given = terms({ bank_transfer: {} });
    await call('POST', '/charge', given);
    await simulator.control.advance(30 * 60_000);
    expect((await verify(given.reference)).body.data['status']).toBe('failed');
  });
});

describe('webhooks', () => {
  it('come again until 200: every three minutes four times, then hourly', async () => {
    merchant.answers = [500, 500, 500, 500, 500, 500, 200];
    await simulator.control.next('all', { outcome: 'approve' });
    await call('POST', '/charge', terms({ mobile_money: { phone: '0241234567', provider: 'mtn' } }));
    await simulator.control.idle();
    const counts = [];
    for (const minutes of [0, 3, 3, 3, 3, 59, 1, 60]) {
      await simulator.control.advance(minutes * 60_000);
      counts.push(merchant.heard.length);
    }
    expect(counts).toEqual([1, 2, 3, 4, 5, 5, 6, 7]);
    await simulator.control.advance(24 * 3_600_000);
    expect(merchant.heard).toHaveLength(7);
    expect(new Set(merchant.heard.map(({ body }) => body)).size).toBe(1);
  });

  it('tell of a chargeback as a lost dispute, with the transaction reversed', async () => {
    await simulator.control.next('all', { outcome: 'approve', reverseAfterMs: 60_000 });
    const given = terms({ mobile_money: { phone: '0241234567', provider: 'mtn' } });
    await call('POST', '/charge', given);
    await simulator.control.advance(60_000);
    await simulator.control.idle();
    expect(events().map(({ event }) => event)).toEqual(['charge.success', 'charge.dispute.resolve']);
    expect(events()[1]?.data).toMatchObject({
      resolution: 'merchant-accepted',
      transaction: { reference: given.reference, status: 'reversed' },
    });
    expect((await verify(given.reference)).body.data['status']).toBe('reversed');
  });
});

describe('refunds', () => {
  const paid = async (): Promise<string> => {
    await simulator.control.next('all', { outcome: 'approve' });
    const given = terms({ mobile_money: { phone: '0241234567', provider: 'mtn' } });
    await call('POST', '/charge', given);
    await simulator.control.idle();
    merchant.heard.length = 0;
    return given.reference;
  };

  it('of a part leave the rest, and never give back more than was paid', async () => {
    const reference = await paid();
    const { body } = await call('POST', '/refund', { transaction: reference, amount: 2_000, merchant_note: 'ours' });
    expect(body).toMatchObject({
      message: 'Refund has been queued for processing',
      data: { status: 'pending', amount: 2_000, merchant_note: 'ours' },
    });
    await simulator.control.idle();
    expect((await call('GET', `/refund/${String(body.data['id'])}`)).body.data).toMatchObject({ status: 'processed' });
    expect(events()).toMatchObject([
      { event: 'refund.processed', data: { transaction_reference: reference, amount: '2000' } },
    ]);
    expect(await call('POST', '/refund', { transaction: reference, amount: 3_101 })).toMatchObject({ code: 400 });
    await call('POST', '/refund', { transaction: reference });
    await simulator.control.idle();
    expect((await verify(reference)).body.data['status']).toBe('reversed');
    expect(await call('POST', '/refund', { transaction: reference })).toMatchObject({
      code: 400,
      body: { message: 'Transaction has been fully reversed' },
    });
    const { id } = (await verify(reference)).body.data;
    const list = await call('GET', `/refund?transaction=${String(id)}`);
    expect(list.body.data as unknown).toHaveLength(2);
  });

  it('fail for their magic amount, and can be tried again', async () => {
    await simulator.control.next('all', { outcome: 'approve' });
    const given = terms({ amount: 50_000, mobile_money: { phone: '0241234567', provider: 'mtn' } });
    await call('POST', '/charge', given);
    await simulator.control.idle();
    await call('POST', '/refund', { transaction: given.reference, amount: 40_408 });
    await simulator.control.idle();
    expect(events().at(-1)?.event).toBe('refund.failed');
    expect(await call('POST', '/refund', { transaction: given.reference })).toMatchObject({ code: 200 });
  });

  it('are for paid transactions', async () => {
    const given = terms();
    await call('POST', '/transaction/initialize', given);
    expect(await call('POST', '/refund', { transaction: given.reference })).toMatchObject({ code: 400 });
    expect(await call('POST', '/refund', { transaction: 'nobody' })).toMatchObject({ code: 404 });
  });
});

describe('transfers', () => {
  const recipient = async (): Promise<string> => {
    const { code, body } = await call('POST', '/transferrecipient', {
      type: 'mobile_money',
      name: 'Ama',
      account_number: '0241234567',
      bank_code: 'MTN',
      currency: 'GHS',
    });
    expect(code).toBe(201);
    return String(body.data['recipient_code']);
  };

  it('arrive on the phone once, whoever sends the reference twice', async () => {
    const before = (await simulator.control.phone('233241234567')).balances['GHS'];
    const given = {
      source: 'balance',
      amount: 1_000,
      recipient: await recipient(),
      reference: nextReference(),
      reason: 'close',
    };
    expect(await call('POST', '/transfer', given)).toMatchObject({
      code: 200,
      body: { message: 'Transfer has been queued', data: { status: 'pending' } },
    });
    await simulator.control.idle();
    expect((await call('GET', `/transfer/verify/${given.reference}`)).body.data).toMatchObject({
      status: 'success',
      amount: 1_000,
    });
    expect(await call('POST', '/transfer', given)).toMatchObject({
      code: 400,
      body: { message: expect.stringMatching(/unique reference/) },
    });
    expect(Number((await simulator.control.phone('233241234567')).balances['GHS']) - Number(before)).toBe(1_000);
    expect(events().map(({ event }) => event)).toEqual(['transfer.success']);
  });

  it('fail and come back when planned', async () => {
    const code = await recipient();
    await simulator.control.next({ phone: '233241234567' }, { outcome: 'internal_error' });
    const failing = { source: 'balance', amount: 1_000, recipient: code, reference: nextReference() };
    await call('POST', '/transfer', failing);
    await simulator.control.next({ phone: '233241234567' }, { reverseAfterMs: 60_000 });
    const reversed = { ...failing, reference: nextReference() };
    await call('POST', '/transfer', reversed);
    await simulator.control.advance(60_000);
    expect((await call('GET', `/transfer/verify/${failing.reference}`)).body.data['status']).toBe('failed');
    expect((await call('GET', `/transfer/verify/${reversed.reference}`)).body.data['status']).toBe('reversed');
    expect(await call('GET', '/transfer/verify/nobody')).toMatchObject({ code: 404 });
  });

  it('want a recipient that is one', async () => {
    expect(
      await call('POST', '/transfer', {
        source: 'balance',
        amount: 1_000,
        recipient: 'RCP_x',
        reference: nextReference(),
      }),
    ).toMatchObject({ code: 404 });
    expect(
      await call('POST', '/transferrecipient', {
        type: 'mobile_money',
        name: 'Ama',
        account_number: '0241234567',
        bank_code: 'XYZ',
      }),
    ).toMatchObject({ code: 400 });
  });
});
