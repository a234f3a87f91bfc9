import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '@/server/kernel/clock';
import type { Payout, Refund } from '../provider';
import { aCallback, anAttempt, FakeProvider, listen } from '../testing';
import { paystack } from './adapter';

let fake: FakeProvider;
beforeAll(async () => {
  fake = await FakeProvider.start();
});
afterEach(() => fake.reset());
afterAll(() => fake.stop());

const KEY = 'sk_test_canary0123456789';
const CHARGE = 'POST /charge';
const NONE = {};

function account(timeoutMs = 2_000) {
  const clock = fixedClock(Date.parse('2026-06-06T12:00:00Z'));
  const credentials = { secretKey: KEY, contactEmail: 'pay@example.com' };
  return {
    clock,
    provider: paystack.create({ baseUrl: fake.origin }, credentials, { nowMs: clock.fixedMs, timeoutMs }),
  };
}

const data = (reference: string, given: object = {}) => ({
  id: 4_099_260_516,
  status: 'success',
  reference,
  amount: 5_100,
  currency: 'GHS',
  gateway_response: 'Successful',
  paid_at: '2026-06-06T12:00:44.000Z',
  channel: 'card',
  fees: 99,
  authorization: {
    authorization_code: 'AUTH_canary_uh8bcl3zbn',
    last4: '4081',
    exp_month: '12',
    exp_year: '2030',
    channel: 'card',
    brand: 'visa',
    reusable: true,
  },
  customer: { email: 'ama@example.com' },
  ...given,
});
const answer = (given: unknown, status = 200) => ({
  status,
  body: { status: status < 400, message: 'Charge attempted', data: given },
});

describe('asking a payer', () => {
  it('sends mobile money with the number as Paystack writes it', async () => {
    const { provider } = account();
    const { call, exchanges } = listen();
    for (const [channel, country, currency, phone, theirs, number] of [
      ['MTN', 'GH', 'GHS', '233241234567', 'mtn', '0241234567'],
      ['TELECEL', 'GH', 'GHS', '233200000000', 'vod', '0200000000'],
      ['AIRTELTIGO', 'GH', 'GHS', '233270000000', 'atl', '0270000000'],
      ['MPESA', 'KE', 'KES', '254710000000', 'mpesa', '+254710000000'],
    ] as const) {
      fake.reset();
      const attempt = anAttempt({ channel, country, currency, phone });
      fake.on(
        CHARGE,
        answer({ reference: attempt.reference, status: 'pay_offline', display_text: 'Complete it on your phone' }),
      );
      expect(await provider.initiate(attempt, call)).toMatchObject({
        status: 'accepted',
        next: { kind: 'prompt', text: 'Complete it on your phone' },
      });
      expect(JSON.parse(fake.heard[0]?.body ?? '')).toEqual({
        email: 'pay@example.com',
        amount: 5_100,
        currency,
        reference: attempt.reference,
        mobile_money: { phone: number, provider: theirs },
      });
      expect(fake.heard[0]?.headers['authorization']).toBe(`Bearer ${KEY}`);
    }
    expect(JSON.stringify(exchanges)).not.toContain('canary');
  });

  it('opens Paystack’s page for a card: no card number passes here', async () => {
    const { provider } = account();
    const attempt = anAttempt({
      channel: 'CARD',
      phone: null,
      payer: { name: null, email: 'ama@example.com' },
      returnUrl: 'https://pay.example.com/pay/x',
    });
    fake.on('POST /transaction/initialize', {
      body: {
        status: true,
        message: 'Authorization URL created',
        data: {
          authorization_url: 'https://checkout.paystack.com/3ni8',
          access_code: '3ni8',
          reference: attempt.reference,
        },
      },
    });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({
      status: 'accepted',
      providerReference: attempt.reference,
      next: { kind: 'redirect', url: 'https://checkout.paystack.com/3ni8' },
    });
    expect(JSON.parse(fake.heard[0]?.body ?? '')).toEqual({
      email: 'ama@example.com',
      amount: 5_100,
      currency: 'GHS',
      reference: attempt.reference,
      callback_url: 'https://pay.example.com/pay/x',
      channels: ['card'],
    });
  });

  it('shows the account to transfer to', async () => {
    const { provider } = account();
    fake.on(
      CHARGE,
      answer({
        status: 'pending_bank_transfer',
        reference: 'r',
        account_name: 'PAYSTACK CHECKOUT',
        account_number: '1231084927',
        bank: { name: 'Test Bank' },
        account_expires_at: '2026-06-06T13:00:00.000Z',
      }),
    );
    const attempt = anAttempt({ channel: 'BANK', country: 'NG', currency: 'NGN', phone: null });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({
      next: {
        kind: 'bank_account',
        bankName: 'Test Bank',
        accountNumber: '1231084927',
        accountName: 'PAYSTACK CHECKOUT',
        expiresAtMs: Date.parse('2026-06-06T13:00:00Z'),
      },
    });
    expect(JSON.parse(fake.heard[0]?.body ?? '')).toMatchObject({
      bank_transfer: { account_expires_at: '2026-06-06T13:00:00.000Z' },
    });
  });

  it.each([
    [
      { status: 'send_otp', display_text: 'Dial *110#' },
      { kind: 'otp', text: 'Dial *110#' },
    ],
    [{ status: 'pending' }, { kind: 'prompt', text: null }],
    [
      { status: 'open_url', url: 'https://bank.example/3ds' },
      { kind: 'redirect', url: 'https://bank.example/3ds' },
    ],
  ])('follows %j', async (given, next) => {
    const { provider } = account();
    fake.on(CHARGE, answer({ reference: 'r', ...given }));
    expect(await provider.initiate(anAttempt(), NONE)).toMatchObject({ status: 'accepted', next, observation: null });
  });

  it('takes the code that the payer was sent, and keeps it out of the timeline', async () => {
    const { provider } = account();
    const attempt = anAttempt();
    fake.on('POST /charge/submit_otp', answer({ reference: attempt.reference, status: 'pay_offline' }));
    const { call, exchanges } = listen();
    expect(await provider.submitOtp?.(attempt, '736152', call)).toMatchObject({
      status: 'accepted',
      next: { kind: 'prompt' },
    });
    expect(JSON.parse(fake.heard[0]?.body ?? '')).toEqual({ otp: '736152', reference: attempt.reference });
    expect(JSON.stringify(exchanges)).not.toContain('736152');
  });

  it('charges a saved card at once', async () => {
    const { provider } = account();
    const attempt = anAttempt({ channel: 'CARD', phone: null, payer: { name: null, email: 'ama@example.com' } });
    fake.on('POST /transaction/charge_authorization', answer(data(attempt.reference)));
    const { call, exchanges } = listen();
    expect(await provider.chargeSaved?.(attempt, 'AUTH_canary_uh8bcl3zbn', call)).toMatchObject({
      status: 'accepted',
      next: null,
      observation: { outcome: 'succeeded', amountMinor: 5_100n },
    });
    expect(JSON.parse(fake.heard[0]?.body ?? '')).toMatchObject({
      authorization_code: 'AUTH_canary_uh8bcl3zbn',
      email: 'ama@example.com',
    });
    expect(JSON.stringify(exchanges)).not.toContain('AUTH_canary');
    fake.on(
      'POST /transaction/charge_authorization',
      answer(data(attempt.reference, { status: 'failed', gateway_response: 'Insufficient Funds' })),
    );
    expect(await provider.chargeSaved?.(attempt, 'AUTH_canary_uh8bcl3zbn', NONE)).toMatchObject({
      status: 'rejected',
      code: 'insufficient_funds',
    });
  });

  it.each([
    [answer({ reference: 'r', status: 'failed', message: 'Declined' }, 400), 'declined', false],
    [answer({ reference: 'r', status: 'timeout' }), 'expired', false],
    [{ status: 400, body: { status: false, message: 'Invalid Amount Sent' } }, 'amount_invalid', false],
    [
      { status: 400, body: { status: false, message: 'Currency not supported by merchant' } },
      'currency_invalid',
      false,
    ],
    [{ status: 400, body: { status: false, message: 'Invalid mobile money number' } }, 'payer_not_found', false],
    [{ status: 401, body: { status: false, message: 'Invalid key' } }, 'configuration_error', false],
    [{ status: 429, body: { status: false, message: 'Slow down' } }, 'provider_unavailable', true],
  ])('tells a refusal for certain: %j', async (given, code, retryable) => {
    const { provider } = account();
    fake.on(CHARGE, given);
    expect(await provider.initiate(anAttempt(), NONE)).toMatchObject({ status: 'rejected', code, retryable });
  });

  it.each([
    [{ status: 500, body: { status: false, message: 'Oops' } }, 'server_error'],
    [answer({ reference: 'r', status: 'send_birthday' }), 'unknown_code'],
    [answer({ reference: 'r', status: 'open_url' }), 'unreadable_answer'],
    [{ text: '<html>', contentType: 'text/html' }, 'unreadable_answer'],
    [{ fault: 'hang' as const }, 'no_answer'],
  ])('does not know after %j', async (given, reason) => {
    const { provider } = account(150);
    fake.on(CHARGE, given);
    expect(await provider.initiate(anAttempt(), NONE)).toMatchObject({ status: 'unknown', reason });
  });

  it('asks what became of a reference that was used before', async () => {
    const { provider } = account();
    const attempt = anAttempt();
    fake.on(CHARGE, { status: 400, body: { status: false, message: 'Duplicate Transaction Reference' } });
    fake.on(`GET /transaction/verify/${attempt.reference}`, answer(data(attempt.reference)));
    expect(await provider.initiate(attempt, NONE)).toMatchObject({
      status: 'accepted',
      observation: { outcome: 'succeeded' },
    });
    fake.on(`GET /transaction/verify/${attempt.reference}`, { status: 500 });
    expect(await provider.initiate(attempt, NONE)).toMatchObject({ status: 'unknown' });
  });
});

describe('how an attempt stands', () => {
  it('paid, with the card to be charged again, whose code is not in what is kept', async () => {
    const { provider } = account();
    const attempt = anAttempt();
    fake.on(`GET /transaction/verify/${attempt.reference}`, answer(data(attempt.reference)));
    const observation = await provider.fetchStatus(attempt, NONE);
    expect(observation).toMatchObject({
      outcome: 'succeeded',
      amountMinor: 5_100n,
      currency: 'GHS',
      providerFeeMinor: 99n,
      receipt: '4099260516',
      savedMethod: { token: 'AUTH_canary_uh8bcl3zbn', brand: 'visa', lastFour: '4081', email: 'ama@example.com' },
    });
    expect(observation.raw).not.toContain('AUTH_canary');
  });

  it.each([
    [{ status: 'abandoned' }, 'pending', null],
    [{ status: 'ongoing' }, 'pending', null],
    [{ status: 'queued' }, 'pending', null],
    [{ status: 'failed', gateway_response: 'Insufficient funds' }, 'failed', 'insufficient_funds'],
    [{ status: 'failed', gateway_response: 'Incorrect PIN' }, 'failed', 'wrong_pin'],
    [{ status: 'failed', gateway_response: 'Expired Card' }, 'failed', 'declined'],
    [{ status: 'failed', gateway_response: 'Transaction timed out' }, 'failed', 'expired'],
    [{ status: 'failed', gateway_response: 'Anything of 2027' }, 'failed', 'declined'],
    [{ status: 'reversed' }, 'failed', 'provider_error'],
    [{ status: 'refurbished' }, 'unknown', null],
    [{ status: 'success', amount: 51.5 }, 'unknown', null],
    [{ status: 'success', amount: null }, 'unknown', null],
    [{ status: 'success', currency: 'CEDIS' }, 'unknown', null],
    [{ status: 'success', reference: 'another' }, 'unknown', null],
  ])('%j is %s %s', async (given, outcome, code) => {
    const { provider } = account();
    const attempt = anAttempt();
    fake.on(`GET /transaction/verify/${attempt.reference}`, answer(data(attempt.reference, given)));
    const observation = await provider.fetchStatus(attempt, NONE);
    expect(observation).toMatchObject({ outcome, code, isReversed: given.status === 'reversed' });
  });

  it('failed when the reference never arrived, but not at once', async () => {
    const { provider, clock } = account();
    const attempt = anAttempt();
    fake.on(`GET /transaction/verify/${attempt.reference}`, {
      status: 400,
      body: { status: false, message: 'Transaction reference not found' },
    });
    expect((await provider.fetchStatus(attempt, NONE)).outcome).toBe('unknown');
    clock.advance(15 * 60_000 + 1);
    expect((await provider.fetchStatus(attempt, NONE)).outcome).toBe('failed');
  });
});

describe('a refund', () => {
  const refundOf = (given: Partial<Refund> = {}): Refund => ({
    reference: 'a6b1f6a2-52f8-4a55-9b5d-0d7b3a3f2f11',
    attempt: anAttempt(),
    receipt: '4099260516',
    amountMinor: 1_000n,
    reason: 'Wrong wallet',
    startedAtMs: 0,
    providerReference: null,
    ...given,
  });

  it('names the transaction, and itself in the note', async () => {
    const { provider } = account();
    const refund = refundOf();
    fake.on('POST /refund', answer({ id: 3_018_284, status: 'pending', amount: 1_000, currency: 'GHS' }));
    expect(await provider.refund?.(refund, NONE)).toMatchObject({
      status: 'accepted',
      providerReference: '3018284',
      observation: { outcome: 'pending' },
    });
    expect(JSON.parse(fake.heard[0]?.body ?? '')).toMatchObject({
      transaction: refund.attempt.reference,
      amount: 1_000,
      merchant_note: refund.reference,
    });
  });

  it('is asked about by its id, or found by its note where the answer was lost', async () => {
    const { provider } = account();
    fake.on('GET /refund/3018284', answer({ id: 3_018_284, status: 'processed', amount: 1_000, currency: 'GHS' }));
    expect(await provider.fetchRefundStatus?.(refundOf({ providerReference: '3018284' }), NONE)).toMatchObject({
      outcome: 'succeeded',
      amountMinor: 1_000n,
    });
    const others = [
      { id: 1, merchant_note: 'another', status: 'processed' },
      { id: 2, merchant_note: refundOf().reference, status: 'failed', amount: 1_000, currency: 'GHS' },
    ];
    fake.on('GET /refund', { body: { status: true, data: others } });
    expect(await provider.fetchRefundStatus?.(refundOf(), NONE)).toMatchObject({
      outcome: 'failed',
      providerReference: '2',
    });
    fake.on('GET /refund', { body: { status: true, data: [] } });
    expect(await provider.fetchRefundStatus?.(refundOf(), NONE)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('a payout', () => {
  const payout: Payout = {
    reference: 'a6b1f6a2-52f8-4a55-9b5d-0d7b3a3f2f11',
    channel: 'MTN',
    country: 'GH',
    currency: 'GHS',
    amountMinor: 4_500n,
    phone: '233241234567',
    payeeName: 'Ama Mensah',
    reason: 'Refund of a closed wallet',
    startedAtMs: Date.parse('2026-06-06T12:00:00Z'),
    providerReference: null,
  };

  it('makes a recipient and transfers to it', async () => {
    const { provider } = account();
    fake.on('POST /transferrecipient', answer({ recipient_code: 'RCP_1' }));
    fake.on(
      'POST /transfer',
      answer({
        status: 'pending',
        transfer_code: 'TRF_1',
        reference: payout.reference,
        amount: 4_500,
        currency: 'GHS',
      }),
    );
    expect(await provider.payOut?.(payout, NONE)).toMatchObject({
      status: 'accepted',
      providerReference: 'TRF_1',
      observation: { outcome: 'pending' },
    });
    const [recipient, transfer] = fake.heard.map(({ body }) => JSON.parse(body) as object);
    expect(recipient).toEqual({
      type: 'mobile_money',
      name: 'Ama Mensah',
      account_number: '0241234567',
      bank_code: 'MTN',
      currency: 'GHS',
    });
    expect(transfer).toEqual({
      source: 'balance',
      amount: 4_500,
      currency: 'GHS',
      recipient: 'RCP_1',
      reference: payout.reference,
      reason: 'Refund of a closed wallet',
    });
  });

  it('that was made before is never told as refused', async () => {
    const { provider } = account();
    fake.on('POST /transferrecipient', answer({ recipient_code: 'RCP_1' }));
    fake.on('POST /transfer', {
      status: 400,
      body: { status: false, message: 'Please provide a unique reference. Reference already exists on a transfer' },
    });
    fake.on(
      `GET /transfer/verify/${payout.reference}`,
      answer({ status: 'success', transfer_code: 'TRF_1', amount: 4_500, currency: 'GHS' }),
    );
    expect(await provider.payOut?.(payout, NONE)).toMatchObject({
      status: 'accepted',
      observation: { outcome: 'succeeded' },
    });
  });

  it('is unknown after silence on the transfer, refused without a recipient', async () => {
    const { provider } = account(150);
    fake.on('POST /transferrecipient', { fault: 'hang' });
    expect(await provider.payOut?.(payout, NONE)).toMatchObject({ status: 'rejected', retryable: true });
    fake.on('POST /transferrecipient', answer({ recipient_code: 'RCP_1' }));
    fake.on('POST /transfer', { fault: 'hang' });
    expect(await provider.payOut?.(payout, NONE)).toMatchObject({ status: 'unknown', reason: 'no_answer' });
    fake.on(`GET /transfer/verify/${payout.reference}`, answer({ status: 'reversed', transfer_code: 'TRF_1' }));
    expect(await provider.fetchPayoutStatus?.(payout, NONE)).toMatchObject({ outcome: 'failed', isReversed: true });
    fake.on(`GET /transfer/verify/${payout.reference}`, answer({ status: 'on_the_moon', transfer_code: 'TRF_1' }));
    expect(await provider.fetchPayoutStatus?.(payout, NONE)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('a webhook', () => {
  const signed = (body: object | string, key = KEY) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const signature = createHmac('sha512', key).update(text).digest('hex');
    return aCallback(text, { path: '/callbacks/paystack', headers: { 'x-paystack-signature': signature } });
  };

  it('tells of a charge, named by our reference', () => {
    const { provider } = account();
    const callback = provider.parseCallback(signed({ event: 'charge.success', data: data('ref-1') }));
    expect(callback).toMatchObject({
      kind: 'observation',
      subject: 'payment',
      reference: 'ref-1',
      token: null,
      observation: { outcome: 'succeeded', amountMinor: 5_100n, source: 'callback' },
    });
    expect(
      JSON.stringify(callback, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).match(
        /AUTH_canary/g,
      ),
    ).toHaveLength(1);
  });

  it('is forged without the key, over another body, or with a signature of another kind', () => {
    const { provider } = account();
    const body = { event: 'charge.success', data: data('ref-1') };
    const good = signed(body);
    expect(provider.parseCallback(signed(body, 'sk_test_other'))).toMatchObject({ kind: 'forged' });
    expect(provider.parseCallback({ ...good, headers: {} })).toMatchObject({ kind: 'forged' });
    expect(provider.parseCallback({ ...good, headers: { 'x-paystack-signature': 'zz' } })).toMatchObject({
      kind: 'forged',
    });
    const touched = Buffer.from(good.rawBody);
    touched[touched.length - 1] = 0x20;
    expect(provider.parseCallback({ ...good, rawBody: touched })).toMatchObject({ kind: 'forged' });
  });

  it('tells of refunds, transfers and lost disputes', () => {
    const { provider } = account();
    expect(
      provider.parseCallback(
        signed({
          event: 'refund.processed',
          data: {
            status: 'processed',
            transaction_reference: 'ref-1',
            refund_reference: '132',
            amount: '5000',
            currency: 'NGN',
          },
        }),
      ),
    ).toMatchObject({
      subject: 'refund',
      reference: 'ref-1',
      observation: { outcome: 'succeeded', amountMinor: 5_000n },
    });
    expect(
      provider.parseCallback(
        signed({
          event: 'transfer.reversed',
          data: { status: 'reversed', reference: 'pay-1', transfer_code: 'TRF_1', amount: 100, currency: 'GHS' },
        }),
      ),
    ).toMatchObject({ subject: 'payout', reference: 'pay-1', observation: { outcome: 'failed', isReversed: true } });
    expect(
      provider.parseCallback(
        signed({ event: 'charge.dispute.resolve', data: { transaction: { ...data('ref-1'), status: 'reversed' } } }),
      ),
    ).toMatchObject({ subject: 'payment', reference: 'ref-1', observation: { outcome: 'failed', isReversed: true } });
    expect(
      provider.parseCallback(signed({ event: 'charge.dispute.resolve', data: { transaction: data('ref-1') } })),
    ).toMatchObject({ kind: 'ignore' });
  });

  it.each(['{}', '[]', '{', { event: 'invoice.create', data: {} }, { event: 'charge.success' }])(
    'is ignored when it is %j',
    (body) => {
      expect(account().provider.parseCallback(signed(body))).toMatchObject({ kind: 'ignore' });
    },
  );
});
