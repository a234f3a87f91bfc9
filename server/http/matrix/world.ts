import { randomInt, randomUUID } from 'node:crypto';
import type { ApiHarness } from '../testing';

/** One client with one of everything that an operation can name; each a text as a request carries it. */
export interface MatrixWorld {
  readonly clientCode: string;
  readonly customerId: string;
  /** A wallet with money, and a second one. */
  readonly walletId: string;
  readonly otherWalletId: string;
  /** A frozen one. */
  readonly frozenWalletId: string;
  /** An empty one. */
  readonly emptyWalletId: string;
  readonly transactionId: string;
  /** Nothing else stands on this one. */
  readonly reversibleId: string;
  readonly holdId: string;
  readonly topUpId: string;
  /** The customer's phone, and a wallet of another customer with a rule that asks theirs. */
  readonly paymentMethodId: string;
  readonly ruledWalletId: string;
  readonly paymentId: string;
  /** A closed wallet that money is still owed of, and a refund of a part of it. */
  readonly dueWalletId: string;
  readonly refundId: string;
  readonly promotionId: string;
  /** Checked, and to be issued; and another. */
  readonly importId: string;
  readonly spareImportId: string;
  readonly keyId: string;
  readonly userId: string;
  readonly invitationId: string;
  /** The same account in the words of either family. */
  readonly accountId: string;
  readonly accountNumber: string;
  readonly otherAccountNumber: string;
  readonly serviceCode: string;
  readonly accountTransactionId: string;
  readonly sourceTransactionId: string;
  /** Of a colleague, with what was seen of it. */
  readonly approvalId: string;
  readonly approvalState: string;
  readonly auditId: string;
  readonly webhookId: string;
  readonly spareWebhookId: string;
  readonly deliveryId: string;
  readonly eventId: string;
  /** A statement with one line that asks for an answer. */
  readonly reconciliationId: string;
  /** Of one of the client's people; null where there is nobody. */
  readonly login: { readonly username: string; readonly password: string } | null;
}

const short = (): string => randomUUID().slice(0, 18);
const PASSWORD = 'volta lake sunrise 1965';

/** Of a phone that has not been prompted before. */
export const aPayment = () => ({
  amount: 80,
  phone: `23320${String(randomInt(10_000_000)).padStart(7, '0')}`,
  provider: 'TELECEL',
  description: 'Matrix',
});

/** Made through the API by an admin of the client, as anybody would. */
export async function makeWorld(
  api: ApiHarness,
  client: { readonly code: string; readonly admin: string },
): Promise<MatrixWorld> {
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const answer = await api.call('POST', path, client.admin, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const wallet = async (customerId: string): Promise<string> =>
    (await post('/v1/wallets', { customer_id: customerId, currency: 'GHS' }))['id'] as string;
  const account = async (): Promise<string> =>
    (
      await post('/api/v1/accounts', {
        client_code: client.code,
        account_type_code: 'FLOAT_ACCOUNT',
        account_name: 'Float',
        currency: 'GHS',
        minimum_balance: 0,
        status: 'ACTIVE',
      })
    )['account_number'] as string;
  const money = () => ({ amount: 500, description: 'Matrix', reference: short() });

  const customerId = `cus_${short()}`;
  const walletId = await wallet(customerId);
  const frozenWalletId = await wallet(`cus_${short()}`);
  await post(`/v1/wallets/${frozenWalletId}/freeze`, {});
  const transactionId = (await post(`/v1/wallets/${walletId}/credit`, money()))['id'] as string;
  const holdId = (await post(`/v1/wallets/${walletId}/holds`, { ...money(), amount: 50 }))['id'] as string;
  const otherWalletId = await wallet(`cus_${short()}`);
  const reversibleId = (await post(`/v1/wallets/${otherWalletId}/credit`, money()))['id'] as string;
  const topUp = await post(`/v1/wallets/${walletId}/topups`, { amount: 500, redirect_url: 'http://localhost/done' });
  const method = async (ofCustomer: string): Promise<string> => {
    const { phone } = aPayment();
    const body = {
      customer_id: ofCustomer,
      type: 'mobile_money',
      provider: 'TELECEL',
      phone,
      consent: { statement: 'Yes' },
    };
    return (await post('/v1/payment_methods', body))['id'] as string;
  };
  const ruledCustomerId = `cus_${short()}`;
  const ruledWalletId = await wallet(ruledCustomerId);
  await post(`/v1/wallets/${ruledWalletId}/auto_topup`, {
    threshold: 100,
    amount: 500,
    payment_method_id: await method(ruledCustomerId),
  });
  const payment = await api.call('POST', '/v1/payments/receive', client.admin, aPayment());
  const promotion = await post('/v1/promotions', { code: short(), name: 'Matrix', currency: 'GHS' });
  const promotionId = promotion['id'] as string;
  const importOfCredits = async (): Promise<string> => {
    const rows = [{ wallet_id: walletId, amount: '1.00' }];
    return (await post('/v1/promotion_imports', { promotion_id: promotionId, description: 'Matrix', rows }))[
      'id'
    ] as string;
  };
  const key = await post('/v1/api_keys', { name: 'Matrix', scopes: ['wallets:read'] });
  const username = `matrix-${short()}@example.com`;
  const user = await post('/v1/users', { email: username, name: 'Esi', role: 'support', password: PASSWORD });
  const invited = await post('/v1/invitations', {
    email: `matrix-${short()}@example.com`,
    name: 'Yaw',
    role: 'support',
  });
  const accountNumber = await account();
  const service = await post('/api/v1/client-services', {
    client_code: client.code,
    client_service_name: 'Payout',
    service_code: 'PAYOUT',
    has_transaction_fee: false,
    minimum_transaction_amount: 0.01,
    maximum_transaction_amount: 1_000,
    is_active: 1,
  });
  const sourceTransactionId = short();
  const movement = await post('/api/v1/transactions?command=CREDIT', {
    account_number: accountNumber,
    client_service_code: service['client_service_code'],
    transaction_source: 'EXTERNAL',
    transaction_amount: 50,
    source_transaction_id: sourceTransactionId,
    transaction_date: '2026-06-01T12:00:00Z',
  });
  const dueWallet = await post('/v1/wallets', { customer_id: `cus_${short()}`, currency: 'GHS' });
  const dueWalletId = dueWallet['id'] as string;
  await post('/api/v1/transactions?command=CREDIT', {
    account_number: dueWallet['account_number'],
    client_service_code: service['client_service_code'],
    transaction_source: 'EXTERNAL',
    transaction_amount: 10,
    source_transaction_id: short(),
    transaction_date: '2026-06-01T12:00:00Z',
  });
  await post(`/v1/wallets/${dueWalletId}/close`, {});
  const refund = await post('/v1/refunds', {
    wallet_id: dueWalletId,
    amount: 1,
    method: 'recorded',
    reason: 'Matrix',
    reference: short(),
  });
  const endpoint = async (): Promise<string> =>
    (await post('/v1/webhook_endpoints', { url: 'https://hooks.example.org/' }))['id'] as string;
  const webhookId = await endpoint();
  const delivery = await post(`/v1/webhook_endpoints/${webhookId}/test`, {});
  const statement = await post('/v1/reconciliations', {
    provider: 'hubtel',
    format: 'generic',
    currency: 'GHS',
    file_name: 'matrix.csv',
    content: `receipt,amount,status,date\n${short()},1.00,paid,2026-06-06\n`,
  });
  const { body: events } = await api.call('GET', '/v1/events?limit=1', client.admin);
  const { body: accounts } = await api.call('GET', `/v1/accounts/${accountNumber}`, client.admin);
  const { body: audit } = await api.call('GET', '/v1/audit?limit=1', client.admin);
  return {
    clientCode: client.code,
    customerId,
    walletId,
    otherWalletId,
    frozenWalletId,
    emptyWalletId: await wallet(`cus_${short()}`),
    transactionId,
    reversibleId,
    holdId,
    topUpId: topUp['id'] as string,
    paymentMethodId: await method(customerId),
    ruledWalletId,
    paymentId: payment.body.data.id,
    dueWalletId,
    refundId: refund['id'] as string,
    promotionId,
    importId: await importOfCredits(),
    spareImportId: await importOfCredits(),
    keyId: key['id'] as string,
    userId: user['id'] as string,
    invitationId: invited['id'] as string,
    accountId: accounts.id,
    accountNumber,
    otherAccountNumber: await account(),
    serviceCode: service['client_service_code'] as string,
    accountTransactionId: movement['transaction_id'] as string,
    sourceTransactionId,
    ...(await anApproval(api, client, post)),
    auditId: audit.data[0].id,
    webhookId,
    spareWebhookId: await endpoint(),
    deliveryId: delivery['id'] as string,
    eventId: events.data[0].id,
    reconciliationId: statement['id'] as string,
    login: { username, password: PASSWORD },
  };
}

/** A colleague's act that waits. The policy is about an amount and a currency that nothing else of this world has. */
async function anApproval(
  api: ApiHarness,
  client: { readonly admin: string },
  post: (path: string, body: unknown) => Promise<Record<string, string>>,
): Promise<{ approvalId: string; approvalState: string }> {
  const rules = [{ verb: 'credit', above: { GHS: Number.MAX_SAFE_INTEGER, KES: 9_999 } }];
  await api.call('PUT', '/v1/approval_policy', client.admin, { rules });
  const { id: walletId } = await post('/v1/wallets', { customer_id: `cus_${short()}`, currency: 'KES' });
  const username = `maker-${short()}@example.com`;
  await post('/v1/users', { email: username, name: 'Yaw', role: 'finance', password: PASSWORD });
  const logIn = await api.call('POST', '/api/v1/auth/login', null, { username, password: PASSWORD });
  const held = await api.call('POST', `/v1/wallets/${walletId}/credit`, logIn.body.access_token, {
    amount: 10_000,
    description: 'Matrix',
    reference: short(),
  });
  if (held.status !== 202) throw new Error(`The credit does not wait: ${held.status} ${JSON.stringify(held.body)}`);
  const { body } = await api.call('GET', `/v1/approvals/${held.body.id}`, client.admin);
  return { approvalId: body.id, approvalState: body.state };
}

/** Names of the right form that nobody has. */
export function absentWorld(): MatrixWorld {
  const id = (prefix: string): string => `${prefix}_0000000000032`;
  return {
    clientCode: 'XXX0000000',
    customerId: `cus_${short()}`,
    walletId: id('wal'),
    otherWalletId: id('wal').replace(/2$/, '3'),
    frozenWalletId: id('wal'),
    emptyWalletId: id('wal'),
    transactionId: id('txn').replace(/2$/, '1'),
    reversibleId: id('txn').replace(/2$/, '1'),
    holdId: id('hold'),
    topUpId: id('top'),
    paymentMethodId: id('pm'),
    ruledWalletId: id('wal'),
    paymentId: `pay_${'0'.repeat(31)}1`,
    dueWalletId: id('wal').replace(/2$/, '4'),
    refundId: id('rfd'),
    promotionId: id('promo'),
    importId: id('pim'),
    spareImportId: id('pim'),
    keyId: id('key'),
    userId: id('usr'),
    invitationId: id('inv'),
    accountId: id('act'),
    accountNumber: '99999998',
    otherAccountNumber: '99999999',
    serviceCode: 'XXX0000000',
    accountTransactionId: '33',
    sourceTransactionId: short(),
    approvalId: id('apr'),
    approvalState: 'none',
    auditId: id('aud'),
    webhookId: id('we'),
    spareWebhookId: id('we'),
    deliveryId: id('whd'),
    eventId: id('evt'),
    reconciliationId: id('rec'),
    login: null,
  };
}
