import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type TestSimulator } from '../testing';
import { type Merchant, startMerchant } from '../testing-merchant';

const PHONE = '255754123456';
let simulator: TestSimulator;
let merchant: Merchant;

beforeAll(async () => {
  [simulator, merchant] = await Promise.all([startSimulator(), startMerchant()]);
});
afterEach(async () => {
  await simulator.control.reset();
  await simulator.control.configure({ vodacomMode: 'sync', vodacomResponseUrl: null });
  merchant.heard.length = 0;
});
afterAll(async () => {
  await simulator.close();
  await merchant.close();
});

const base = (): string => `${simulator.url}/vodacom-tz/sandbox/ipg/v2/vodacomTZN`;

function bearer(secret: string): string {
  const key = createPublicKey({
    key: Buffer.from(simulator.credentials['vodacom-tz'].publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return `Bearer ${publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(secret)).toString('base64')}`;
}

async function session(): Promise<string> {
  const answer = await fetch(`${base()}/getSession/`, {
    headers: { authorization: bearer(simulator.credentials['vodacom-tz'].apiKey), origin: '*' },
  });
  const body = (await answer.json()) as { output_ResponseCode: string; output_SessionID: string };
  expect(body.output_ResponseCode).toBe('INS-0');
  return body.output_SessionID;
}

interface Answer {
  code: number;
  body: Record<string, unknown>;
}

async function pay(change: Record<string, unknown> = {}): Promise<Answer & { reference: string }> {
  const reference = randomBytes(16).toString('hex');
  const answer = await fetch(`${base()}/c2bPayment/singleStage/`, {
    method: 'POST',
    headers: { authorization: bearer(await session()), 'content-type': 'application/json', origin: '*' },
    body: JSON.stringify({
      input_Amount: '5000',
      input_Country: 'TZN',
      input_Currency: 'TZS',
      input_CustomerMSISDN: PHONE,
      input_ServiceProviderCode: '000000',
      input_ThirdPartyConversationID: reference,
      input_TransactionReference: reference.slice(0, 20),
      input_PurchasedItemsDesc: 'Top up',
      ...change,
    }),
  });
  return { code: answer.status, body: (await answer.json()) as Record<string, unknown>, reference };
}

async function query(reference: string): Promise<Answer> {
  const search = new URLSearchParams({
    input_QueryReference: reference,
    input_ServiceProviderCode: '000000',
    input_ThirdPartyConversationID: randomBytes(16).toString('hex'),
    input_Country: 'TZN',
  });
  const answer = await fetch(`${base()}/queryTransactionStatus/?${search}`, {
    headers: { authorization: bearer(await session()) },
  });
  return { code: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('session', () => {
  it('is refused for another key, for plain text and for noise', async () => {
    for (const authorization of [
      bearer('another key'),
      `Bearer ${simulator.credentials['vodacom-tz'].apiKey}`,
      `Bearer ${randomBytes(256).toString('base64')}`,
    ]) {
      const answer = await fetch(`${base()}/getSession/`, { headers: { authorization } });
      expect([answer.status, await answer.json()]).toEqual([
        400,
        expect.objectContaining({ output_ResponseCode: 'INS-2' }),
      ]);
    }
  });

  it('is wanted for everything else', async () => {
    const answer = await fetch(`${base()}/queryTransactionStatus/`, {
      headers: { authorization: bearer('no session') },
    });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      expect.objectContaining({ output_error: expect.any(String) }),
    ]);
  });
});

describe('synchronous', () => {
  it('answers when the payer has: 201 INS-0 with the receipt', async () => {
    await simulator.control.next({ phone: PHONE }, { outcome: 'approve' });
    const { code, body, reference } = await pay();
    expect([code, body]).toEqual([
      201,
      {
        output_ResponseCode: 'INS-0',
        output_ResponseDesc: 'Request processed successfully',
        output_ConversationID: expect.any(String),
        output_ThirdPartyConversationID: reference,
        output_TransactionID: expect.stringMatching(/^[A-Z0-9]{10}$/),
      },
    ]);
    expect((await query(reference)).body).toMatchObject({
      output_ResponseCode: 'INS-0',
      output_ResponseTransactionStatus: 'Completed',
      output_OriginalTransactionID: body['output_TransactionID'],
      output_Reversed: 'false',
    });
  });

  it('holds the answer until the time is over, and can be asked meanwhile', async () => {
    const held = pay();
    await expect.poll(() => simulator.control.charges({ phone: PHONE })).toHaveLength(1);
    const [charge] = await simulator.control.charges({ phone: PHONE });
    expect((await query(charge?.reference ?? '')).body).toMatchObject({ output_ResponseTransactionStatus: 'Pending' });
    await simulator.control.advance(90_000);
    expect(await held).toMatchObject({ code: 408, body: { output_ResponseCode: 'INS-9' } });
    expect((await query(charge?.reference ?? '')).body).toMatchObject({ output_ResponseTransactionStatus: 'Expired' });
  });

  it.each([
    ['insufficient_funds', 422, 'INS-2006'],
    ['decline', 401, 'INS-5'],
    ['wrong_pin', 401, 'INS-6'],
    ['limit_reached', 400, 'INS-991'],
    ['payer_not_found', 400, 'INS-2051'],
    ['internal_error', 500, 'INS-1'],
    ['unavailable', 503, 'INS-16'],
  ] as const)('%s is HTTP %i %s', async (outcome, code, responseCode) => {
    await simulator.control.next({ phone: PHONE }, { outcome });
    expect(await pay()).toMatchObject({
      code,
      body: { output_ResponseCode: responseCode, output_TransactionID: 'N/A' },
    });
  });

  it('answers INS-10 to an id that was used', async () => {
    await simulator.control.always({ phone: PHONE }, { outcome: 'approve' });
    const { reference } = await pay();
    expect(await pay({ input_ThirdPartyConversationID: reference })).toMatchObject({
      code: 409,
      body: { output_ResponseCode: 'INS-10' },
    });
  });

  it.each([
    ['INS-13', { input_ServiceProviderCode: '1' }],
    ['INS-15', { input_Amount: '0' }],
    ['INS-17', { input_TransactionReference: 'x'.repeat(21) }],
    ['INS-21', { input_Country: 'TZA' }],
    ['INS-22', { input_ThirdPartyConversationID: 'a b' }],
    ['INS-26', { input_Currency: 'KES' }],
    ['INS-28', { input_PurchasedItemsDesc: '' }],
    ['INS-2051', { input_CustomerMSISDN: '254754123456' }],
  ])('refuses with %s: %j', async (code, change) => {
    expect(await pay(change)).toMatchObject({ code: 400, body: { output_ResponseCode: code } });
  });
});

it('asynchronous: accepted at once, told to the response URL', async () => {
  await simulator.control.configure({ vodacomMode: 'async', vodacomResponseUrl: `${merchant.url}/response` });
  const { code, body, reference } = await pay();
  expect(code).toBe(201);
  expect(body).not.toHaveProperty('output_TransactionID');
  const { id } = await simulator.control.charge({ reference });
  const { receipt } = await simulator.control.answer(id, { outcome: 'approve' });
  expect(JSON.parse(merchant.heard[0]?.body ?? '')).toEqual({
    input_OriginalConversationID: body['output_ConversationID'],
    input_ThirdPartyConversationID: reference,
    input_TransactionID: receipt,
    input_ResultCode: 'INS-0',
    input_ResultDesc: 'Request processed successfully',
  });
});

it('reverses once, the whole amount', async () => {
  await simulator.control.next({ phone: PHONE }, { outcome: 'approve' });
  const { body, reference } = await pay();
  const reverse = async (amount: string): Promise<Answer> => {
    const answer = await fetch(`${base()}/reversal/`, {
      method: 'PUT',
      headers: { authorization: bearer(await session()) },
      body: JSON.stringify({
        input_TransactionID: body['output_TransactionID'],
        input_ReversalAmount: amount,
        input_ThirdPartyConversationID: 'r1',
      }),
    });
    return { code: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  expect(await reverse('4999')).toMatchObject({ body: { output_ResponseCode: 'INS-15' } });
  expect(await reverse('5000')).toMatchObject({ code: 200, body: { output_ResponseCode: 'INS-0' } });
  expect(await reverse('5000')).toMatchObject({ body: { output_ResponseCode: 'INS-10' } });
  expect((await query(reference)).body).toMatchObject({ output_Reversed: 'true' });
});

it('knows no other payment', async () => {
  expect(await query('nobody')).toMatchObject({ code: 400, body: { output_ResponseCode: 'INS-23' } });
});
