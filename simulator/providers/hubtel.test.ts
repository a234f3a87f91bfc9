import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../testing';
import { type Merchant, startMerchant } from '../testing-merchant';

const PHONE = '233200010000';
let simulator: TestSimulator;
let merchant: Merchant;
let references = 0;

beforeAll(async () => {
  [simulator, merchant] = await Promise.all([startSimulator(), startMerchant()]);
});
afterEach(async () => {
  await simulator.control.reset();
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

async function receive(change: Record<string, unknown> = {}, pos = '11684', key = authorization()) {
  references += 1;
  const answer = await fetch(`${simulator.url}/hubtel/merchantaccount/merchants/${pos}/receive/mobilemoney`, {
    method: 'POST',
    headers: { authorization: key, 'content-type': 'application/json' },
    body: JSON.stringify({
      CustomerName: 'Joe Doe',
      CustomerMsisdn: PHONE,
      CustomerEmail: 'username@example.com',
      Channel: 'vodafone-gh',
      Amount: 0.8,
      PrimaryCallbackUrl: `${merchant.url}/cb`,
      Description: 'Union Dues',
      ClientReference: `3jL2KlUy3vt21${references}`,
      ...change,
    }),
  });
  const text = await answer.text();
  return {
    code: answer.status,
    body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>),
    reference: `3jL2KlUy3vt21${references}`,
  };
}

async function status(query: string): Promise<{ code: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${simulator.url}/hubtel/transactions/11684/status?${query}`, {
    headers: { authorization: authorization() },
  });
  return { code: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('accepts, tells and reports as the documentation shows', async () => {
  const { code, body, reference } = await receive();
  const shown = { TransactionId: expect.stringMatching(/^[0-9a-f]{32}$/), ClientReference: reference, Amount: 0.8 };
  expect([code, body]).toEqual([
    200,
    {
      Message: 'Transaction pending. Expect callback request for final state',
      ResponseCode: '0001',
      Data: {
        ...shown,
        Description: 'Union Dues',
        Charges: 0.01,
        AmountAfterCharges: 0.79,
        AmountCharged: 0.8,
        DeliveryFee: 0,
      },
    },
  ]);
  expect(await status(`clientReference=${reference}`)).toMatchObject({
    code: 200,
    body: {
      message: 'Successful',
      responseCode: '0000',
      data: { status: 'Unpaid', externalTransactionId: null, currencyCode: null, amount: 0.8, charges: 0 },
    },
  });
  const { id } = await simulator.control.charge({ reference });
  await simulator.control.answer(id, { pin: '1234' });
  expect(JSON.parse(merchant.heard[0]?.body ?? '')).toEqual({
    ResponseCode: '0000',
    Message: 'success',
    Data: {
      ...shown,
      Charges: 0.01,
      AmountAfterCharges: 0.79,
      AmountCharged: 0.8,
      Description: 'The Telecel Cash payment has been approved and processed successfully',
      ExternalTransactionId: expect.stringMatching(/^[0-9]{11}$/),
      OrderId: expect.stringMatching(/^[0-9a-f]{32}$/),
      PaymentDate: '2026-06-06T12:00:00.0000000Z',
    },
  });
  expect((await status(`clientReference=${reference}`)).body['data']).toMatchObject({
    status: 'Paid',
    charges: 0.01,
    amountAfterCharges: 0.79,
  });
});

it('lets the customer bear the fee when asked', async () => {
  const { body } = await receive({ FeesOnCustomer: true });
  expect(body?.['Data']).toMatchObject({ Amount: 0.8, AmountAfterCharges: 0.8, AmountCharged: 0.81 });
});

it.each([
  ['wrong_pin', /PIN/],
  ['insufficient_funds', /sufficient funds/],
  ['decline', /cancelled/],
  ['expire', /timeout/],
] as const)('%s is 2001, and stays Unpaid in the status', async (outcome, description) => {
  await simulator.control.next({ phone: PHONE }, { outcome });
  const { reference } = await receive();
  await simulator.control.idle();
  const told = JSON.parse(merchant.heard[0]?.body ?? '') as {
    ResponseCode: string;
    Message: string;
    Data: { Description: string };
  };
  expect([told.ResponseCode, told.Message]).toEqual(['2001', 'failed']);
  expect(told.Data.Description).toMatch(description);
  expect((await status(`clientReference=${reference}`)).body['data']).toMatchObject({ status: 'Unpaid' });
});

it('sends a code that nobody knows when told', async () => {
  await simulator.control.next({ phone: PHONE }, { outcome: 'decline', code: '7777' });
  await receive();
  await simulator.control.idle();
  expect(JSON.parse(merchant.heard[0]?.body ?? '')).toMatchObject({ ResponseCode: '7777' });
});

it('runs out after five minutes', async () => {
  await receive();
  await simulator.control.advance(299_999);
  expect(merchant.heard).toHaveLength(0);
  await simulator.control.advance(1);
  expect(merchant.heard).toHaveLength(1);
});

it('says Refunded after a reversal, without a callback', async () => {
  await simulator.control.next({ phone: PHONE }, { outcome: 'approve', reverseAfterMs: 3_600_000 });
  const { reference } = await receive();
  await simulator.control.advance(3_600_000);
  expect((await status(`clientReference=${reference}`)).body['data']).toMatchObject({ status: 'Refunded' });
  expect(merchant.heard).toHaveLength(1);
});

it('finds a transaction by its other names', async () => {
  await simulator.control.next({ phone: PHONE }, { outcome: 'approve' });
  const { body } = await receive();
  await simulator.control.idle();
  const { TransactionId } = (body as { Data: { TransactionId: string } }).Data;
  const found = await status(`hubtelTransactionId=${TransactionId}`);
  expect(found.body['data']).toMatchObject({ status: 'Paid' });
  const { externalTransactionId } = found.body['data'] as { externalTransactionId: string };
  expect((await status(`networkTransactionId=${externalTransactionId}`)).body['data']).toMatchObject({
    transactionId: TransactionId,
  });
  expect((await status('clientReference=nobody')).code).toBe(404);
});

describe('refusals', () => {
  it.each([
    ['4000', 400, { CustomerMsisdn: '0200010000' }],
    ['4000', 400, { Channel: 'telecel' }],
    ['4000', 400, { Amount: '0.80' }],
    ['4000', 400, { Amount: 0.805 }],
    ['4000', 400, { Description: 'Rent & water' }],
    ['4000', 400, { ClientReference: 'x'.repeat(37) }],
    ['4000', 400, { PrimaryCallbackUrl: 'nowhere' }],
    ['4070', 424, { Amount: 0.05 }],
    ['4103', 403, { CustomerMsisdn: '233241234567' }],
  ])('%s with HTTP %i for %j', async (responseCode, code, change) => {
    expect(await receive(change)).toMatchObject({ code, body: { ResponseCode: responseCode, Data: null } });
  });

  it('4000 for a reference that was used', async () => {
    const { reference } = await receive();
    expect(await receive({ ClientReference: reference })).toMatchObject({ code: 400, body: { ResponseCode: '4000' } });
  });

  it('without a word to strangers, with 4101 for another merchant', async () => {
    expect(await receive({}, '11684', 'Basic eDp5')).toMatchObject({ code: 401, body: null });
    expect(await receive({}, '99999')).toMatchObject({ code: 403, body: { ResponseCode: '4101' } });
    const answer = await fetch(`${simulator.url}/hubtel/transactions/11684/status?clientReference=x`);
    expect(answer.status).toBe(403);
  });
});
