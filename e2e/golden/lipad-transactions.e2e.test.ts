import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Api, fresh, MOUNTS } from './api';
import { operatorApi } from './operator';

/**
 * “Make a Debit or Credit”, “Make an Internal Transfer” and “Make a Reversal” of lipad-wallet-as-a-service.txt. The bodies
 * are the document's, byte for byte but for account numbers, service codes and source ids, which are the test's own.
 */
const TRANSACTION = (account: string, service: string, source: string): string => `{
"account_number": "${account}",
"client_service_code": "${service}",
"transaction_source": "EXTERNAL",
"transaction_amount": 100.0,
"source_transaction_id": "${source}",
"source_transaction_data": {
"data": "test"
},
"transaction_narration": "Test",
"transaction_date": "2024-07-29T12:34:56Z"
}`;

const TRANSFER = (from: string, to: string, service: string, source: string): string => `{
"source_account_number": "${from}",
"destination_account_number": "${to}",
"client_service_code": "${service}",
"transaction_amount": 10.0,
"source_transaction_id": "${source}",
"transaction_source": "INTERNAL",
"source_transaction_data": {},
"transaction_narration": "Transfer for payment",
"transaction_date": "2022-07-29T12:34:56Z"
}`;

const AMOUNT = expect.stringMatching(/^-?[0-9]+\.[0-9]{4}$/);
const NUMBER = expect.stringMatching(/^[0-9]{8,}$/);

/** The fields of the document's answers, in their order, each with its type and format. */
const DOCUMENTED = {
  transaction_id: expect.stringMatching(/^[0-9]+$/),
  account: NUMBER,
  client_service: expect.any(String),
  transaction_type: expect.stringMatching(/^(CREDIT|DEBIT)$/),
  currency: 'KES',
  transaction_amount: AMOUNT,
  previous_balance: AMOUNT,
  current_balance: AMOUNT,
  other_party_account: NUMBER,
  other_party_transaction_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  transaction_source: expect.any(String),
  source_transaction_id: expect.any(String),
  source_transaction_data: expect.any(Object),
  transaction_narration: expect.any(String),
  transaction_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
};

type Row = Record<string, unknown>;

/** Every documented field, and a row that adds up. */
function expectRow(row: unknown, facts: Row): void {
  expect(row).toMatchObject({ ...DOCUMENTED, ...facts });
  const shown = row as Row;
  expect(Object.keys(shown).slice(0, 15)).toEqual(Object.keys(DOCUMENTED));
  const units = (name: string): bigint => BigInt(String(shown[name]).replace('.', ''));
  const sign = shown['transaction_type'] === 'CREDIT' ? 1n : -1n;
  expect(units('previous_balance') + sign * units('transaction_amount')).toBe(units('current_balance'));
}

describe.each(MOUNTS)('Lipad: transactions, %s', (_mount, baseUrl) => {
  let api: Api;
  let service: string;
  let clientCode: string;

  const made = (answer: Answer): Row => {
    if (answer.status !== 201) throw new Error(`Not made: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const newAccount = async (name: string): Promise<string> =>
    String(
      made(
        await api.call('POST', '/api/v1/accounts', {
          client_code: clientCode,
          account_type_code: 'FLOAT_ACCOUNT',
          account_name: name,
          currency: 'KES',
          minimum_balance: 0,
          can_overdraw: false,
          status: 'ACTIVE',
          status_description: 'Collection Account',
        }),
      )['account_number'],
    );

  beforeAll(async () => {
    api = await operatorApi(baseUrl);
    const client = await api.call('POST', '/api/v1/clients', {
      client_name: 'LIPAD',
      client_email: `${fresh('info')}@lipad.example`,
      client_phone_number: '254712345678',
      contact_person_name: 'Admin',
      contact_person_email: 'admin@lipad.example',
      contact_person_msisdn: '254712345678',
      business_pin: fresh('pin'),
      country: 'Kenya',
      is_active: 1,
    });
    clientCode = String(made(client)['client_code']);
    const created = await api.call('POST', '/api/v1/client-services', {
      client_code: clientCode,
      client_service_name: 'Payout KES Nairobi',
      service_code: 'CUSTOM_SERVICE',
      has_transaction_fee: true,
      transaction_fee_type: 'FIXED',
      transaction_fee: 0.0,
      minimum_transaction_amount: 1.0,
      maximum_transaction_amount: 100.0,
      is_active: 1,
    });
    service = String(made(created)['client_service_code']);
  });

  const post = (type: string, account: string, source: string): Promise<Answer> =>
    api.raw('POST', `/api/v1/transactions?command=${type}`, TRANSACTION(account, service, source));

  it('credits and debits as the samples say', async () => {
    const account = await newAccount('Collection Account KES 2');
    const source = fresh('src');
    const credited = await post('CREDIT', account, source);
    expect(credited.status, credited.text).toBe(200);
    const common = {
      account,
      client_service: service,
      transaction_amount: '100.0000',
      transaction_source: 'EXTERNAL',
      source_transaction_data: { data: 'test' },
      transaction_narration: 'Test',
      transaction_date: '2024-07-29T12:34:56.000Z',
    };
    expectRow(credited.body, {
      ...common,
      transaction_type: 'CREDIT',
      previous_balance: '0.0000',
      current_balance: '100.0000',
      source_transaction_id: source,
    });
    const debited = await post('DEBIT', account, fresh('src'));
    expect(debited.status, debited.text).toBe(200);
    expectRow(debited.body, {
      ...common,
      transaction_type: 'DEBIT',
      previous_balance: '100.0000',
      current_balance: '0.0000',
      other_party_account: credited.body['other_party_account'],
    });

    const again = await post('CREDIT', account, source);
    expect(again.text).toBe(credited.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await post('DEBIT', account, source)).toMatchObject({
      status: 409,
      body: { status: 409, message: expect.any(String), error: { code: 'reference_conflict' } },
    });
    const read = await api.call('GET', `/api/v1/transactions/${credited.body['transaction_id']}`);
    expectRow(read.body, credited.body);
    const list = await api.call('GET', `/api/v1/transactions?account_number=${account}`);
    const data = list.body['data'] as Row[];
    expect(data.map((row) => row['transaction_id'])).toEqual([
      debited.body['transaction_id'],
      credited.body['transaction_id'],
    ]);
    for (const row of data) expectRow(row, {});
  });

  it('transfers as the sample says', async () => {
    const [from, to] = [await newAccount('Source'), await newAccount('Destination')];
    await post('CREDIT', from, fresh('src'));
    const source = fresh('ift');
    const moved = await api.raw('POST', '/api/v1/account-transfers', TRANSFER(from, to, service, source));
    expect(moved.status, moved.text).toBe(200);
    expect(Object.keys(moved.body)).toEqual(['source_transaction', 'destination_transaction']);
    const common = {
      client_service: service,
      transaction_amount: '10.0000',
      transaction_source: 'INTERNAL',
      source_transaction_data: {},
      transaction_narration: 'Transfer for payment',
      transaction_date: '2022-07-29T12:34:56.000Z',
    };
    expectRow(moved.body['source_transaction'], {
      ...common,
      account: from,
      transaction_type: 'DEBIT',
      previous_balance: '100.0000',
      current_balance: '90.0000',
      other_party_account: to,
      source_transaction_id: `IFT1${source}`,
    });
    expectRow(moved.body['destination_transaction'], {
      ...common,
      account: to,
      transaction_type: 'CREDIT',
      previous_balance: '0.0000',
      current_balance: '10.0000',
      other_party_account: from,
      source_transaction_id: `IFT2${source}`,
    });
  });

  it.each(['/api/v1/transactions', '/transactions'])('reverses at %s/:id?command=REVERSE', async (path) => {
    const account = await newAccount('Reversed');
    const source = fresh('src');
    const credited = await post('CREDIT', account, source);
    const undone = await api.raw('POST', `${path}/${credited.body['transaction_id']}?command=REVERSE`, null);
    expect(undone.status, undone.text).toBe(200);
    expect(Object.keys(undone.body)).toEqual(['source_transaction', 'destination_transaction']);
    const settlement = credited.body['other_party_account'];
    const common = { client_service: service, transaction_amount: '100.0000', transaction_source: 'INTERNAL' };
    expectRow(undone.body['source_transaction'], {
      ...common,
      account,
      transaction_type: 'DEBIT',
      previous_balance: '100.0000',
      current_balance: '0.0000',
      other_party_account: settlement,
      source_transaction_id: `RVS1${source}`,
    });
    expectRow(undone.body['destination_transaction'], {
      ...common,
      account: settlement,
      transaction_type: 'CREDIT',
      other_party_account: account,
      source_transaction_id: `RVS2${source}`,
    });
    const again = await api.raw('POST', `${path}/${credited.body['transaction_id']}?command=REVERSE`, null);
    expect(again).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'already_reversed',
          details: { transaction_id: (undone.body['source_transaction'] as Row)['transaction_id'] },
        },
      },
    });
  });
});
