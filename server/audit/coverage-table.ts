/**
 * What a test's request may need. Everything is the test's own: a client with a key that may do everything, an admin of
 * that client, one of the operator's, and things to act on.
 */
export interface CoverageWorld {
  readonly client: { readonly publicId: string; readonly code: string; readonly keyId: string };
  /** An active wallet with 1 000 minor units in it, and its customer's id. */
  readonly walletId: string;
  readonly customerId: string;
  /** A reference or name that nobody has used. */
  fresh(): string;
  /** A request that must succeed, to prepare the one that is looked at. By the client's key where nobody is named. */
  prepare(method: string, path: string, body?: unknown, by?: 'key' | 'person' | 'operator'): Promise<Made>;
}

/** What of an answer the next request is made of. */
export interface Made {
  readonly id: string;
  readonly account_number: string;
  readonly client_service_code: string;
  readonly transaction_id: string;
  /** Of an approval. */
  readonly state: string;
}

export interface CoverageRequest {
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** An operation that writes an audit row, and a good request that proves it. */
export interface Audited {
  readonly action: string;
  readonly by: 'key' | 'person' | 'operator';
  /** Which of its states the row has. A log-in has none: nothing is different after it. */
  readonly states: 'after' | 'both' | 'neither';
  request(world: CoverageWorld): Promise<CoverageRequest> | CoverageRequest;
}

export interface Coverage {
  readonly audited?: Audited;
  /** Why there is no row: for a key's request where a person's has one, for all where nothing is audited. */
  readonly exempt?: string;
}

const JOURNAL =
  'a movement by a key: its journal names key and request, is chained and sealed, and must not wait for the audit log’s head';
const HOLD =
  'a hold by a key: the hold names key and request, and every change of it is an event; its money is the journal’s';
const TOP_UP = 'a link of a key’s: it has an event for each change and moves nothing until a customer pays';
const PAYMENT = 'a payment by a key: it names key and request, and has a line for each step and an event for each end';
const READS = 'changes nothing';
const BY_CONSOLE =
  'needs a browser’s session, or an app with its secret: its row is proved in `server/http/sign-in/second-factor.db.test.ts`';

const audited = (
  action: string,
  states: Audited['states'],
  request: Audited['request'],
  by: Audited['by'] = 'key',
): Coverage => ({ audited: { action, states, by, request } });
const byHandOnly = (action: string, exempt: string, request: Audited['request']): Coverage => ({
  exempt,
  audited: { action, states: 'after', by: 'person', request },
});

const money = (world: CoverageWorld) => ({ amount: 10, description: 'Audit', reference: world.fresh() });

const anImport = ({ walletId }: CoverageWorld) => ({
  description: 'Audit',
  rows: [{ wallet_id: walletId, amount: '1.00' }],
});

async function aHold(world: CoverageWorld): Promise<string> {
  const hold = await world.prepare('POST', `/v1/wallets/${world.walletId}/holds`, { ...money(world) });
  return hold.id;
}

async function aKey(world: CoverageWorld): Promise<string> {
  const key = await world.prepare('POST', '/v1/api_keys', { name: 'Made for the test', scopes: ['wallets:read'] });
  return key.id;
}

/** What one of the operator's people asked for on the client's books, under a policy of the client's. */
async function anApproval(world: CoverageWorld): Promise<Made> {
  await world.prepare('PUT', '/v1/approval_policy', { rules: [{ verb: 'credit' }] }, 'person');
  const { path, body } = await accountMovement(world);
  const { id } = await world.prepare('POST', path, body, 'operator');
  return world.prepare('GET', `/v1/approvals/${id}`, undefined, 'person');
}

const endpointBody = { url: 'https://hooks.example.org/' };

async function anEndpoint(world: CoverageWorld): Promise<string> {
  const endpoint = await world.prepare('POST', '/v1/webhook_endpoints', endpointBody);
  return endpoint.id;
}

async function aUser(world: CoverageWorld): Promise<{ id: string; password: string; email: string }> {
  const body = userBody(world);
  const user = await world.prepare('POST', '/v1/users', body);
  return { id: user.id, password: body.password, email: body.email };
}

const methodBody = (world: CoverageWorld) => ({
  customer_id: world.customerId,
  type: 'mobile_money',
  provider: 'TELECEL',
  phone: '233200000000',
  consent: { statement: world.fresh() },
});

async function aMethod(world: CoverageWorld): Promise<string> {
  const method = await world.prepare('POST', '/v1/payment_methods', methodBody(world));
  return method.id;
}

/** Its address. */
async function aRule(world: CoverageWorld): Promise<string> {
  const path = `/v1/wallets/${world.walletId}/auto_topup`;
  await world.prepare('POST', path, { threshold: 5, amount: 500, payment_method_id: await aMethod(world) });
  return path;
}

const paymentBody = (world: CoverageWorld) => ({
  amount: 80,
  phone: '233200000000',
  provider: 'TELECEL',
  description: world.fresh(),
});

const userBody = (world: CoverageWorld) => ({
  email: `${world.fresh()}@example.com`,
  name: 'Kofi',
  role: 'ops',
  password: `four-random-words-${world.fresh()}`,
});

const providerCredentialsBody = {
  credentials: { clientId: 'audit', clientSecret: 'audit-secret-0001', posSalesId: '11684' },
};

const topUpBody = { amount: 500, redirect_url: 'http://localhost/done' };

const statementBody = (world: CoverageWorld) => ({
  provider: 'hubtel',
  format: 'generic',
  currency: 'GHS',
  file_name: 'audit.csv',
  content: `receipt,amount,status,date\n${world.fresh()},1.00,paid,2026-06-06\n`,
});

const accountBody = (world: CoverageWorld) => ({
  client_code: world.client.code,
  account_type_code: 'FLOAT_ACCOUNT',
  account_name: 'Float',
  currency: 'KES',
  minimum_balance: 0,
  can_overdraw: true,
  status: 'ACTIVE',
});

const serviceBody = (world: CoverageWorld) => ({
  client_code: world.client.code,
  client_service_name: 'Payout',
  service_code: 'PAYOUT',
  has_transaction_fee: false,
  minimum_transaction_amount: 1,
  maximum_transaction_amount: 1_000,
  is_active: 1,
});

const anAccount = async (world: CoverageWorld): Promise<string> =>
  (await world.prepare('POST', '/api/v1/accounts', accountBody(world))).account_number;
const aService = async (world: CoverageWorld): Promise<string> =>
  (await world.prepare('POST', '/api/v1/client-services', serviceBody(world))).client_service_code;

const movement = async (world: CoverageWorld) => ({
  client_service_code: await aService(world),
  transaction_source: 'EXTERNAL',
  transaction_amount: 10,
  source_transaction_id: world.fresh(),
  transaction_date: '2026-06-01T12:00:00Z',
  transaction_narration: 'Audit',
});

const accountMovement = async (world: CoverageWorld) => ({
  path: '/api/v1/transactions?command=CREDIT',
  body: { account_number: await anAccount(world), ...(await movement(world)) },
});

async function reversal(world: CoverageWorld, root: string): Promise<CoverageRequest> {
  const { path, body } = await accountMovement(world);
  const made = await world.prepare('POST', path, body);
  return { path: `${root}/${made.transaction_id}?command=REVERSE`, body: { reason: 'Audit' } };
}

/** A closed wallet that 10.00 is owed of. */
async function aDueWallet(world: CoverageWorld): Promise<string> {
  const wallet = await world.prepare('POST', '/v1/wallets', { customer_id: world.fresh(), currency: 'GHS' });
  const body = { account_number: wallet.account_number, ...(await movement(world)) };
  await world.prepare('POST', '/api/v1/transactions?command=CREDIT', body);
  await world.prepare('POST', `/v1/wallets/${wallet.id}/close`, {});
  return wallet.id;
}

const clientBody = (world: CoverageWorld) => ({
  client_name: 'LIPAD',
  client_email: `${world.fresh()}@example.com`,
  client_phone_number: '+254712345678',
  contact_person_name: 'Admin',
  contact_person_email: 'admin@example.com',
  contact_person_msisdn: '+254712345678',
  business_pin: world.fresh(),
  country: 'Canada',
  is_active: 1,
});

/** Every operation that is no GET. One that is not here fails `coverage.db.test.ts`. */
export const COVERAGE: Readonly<Record<string, Coverage>> = {
  // ── wallets ──
  createWallet: audited('wallet.created', 'after', (world) => ({
    path: '/v1/wallets',
    body: { customer_id: world.fresh(), currency: 'KES' },
  })),
  updateWallet: audited('wallet.metadata_updated', 'both', (world) => ({
    path: `/v1/wallets/${world.walletId}`,
    body: { metadata: { tier: 'pro' } },
  })),
  freezeWallet: audited('wallet.freeze', 'both', (world) => ({
    path: `/v1/wallets/${world.walletId}/freeze`,
    body: { reason: 'Audit' },
  })),
  unfreezeWallet: audited('wallet.unfreeze', 'both', async (world) => {
    await world.prepare('POST', `/v1/wallets/${world.walletId}/freeze`, {});
    return { path: `/v1/wallets/${world.walletId}/unfreeze`, body: { reason: 'Audit' } };
  }),
  closeWallet: audited('wallet.close', 'both', (world) => ({
    path: `/v1/wallets/${world.walletId}/close`,
    body: { reason: 'Audit' },
  })),
  debitWallet: byHandOnly('transaction.debited', JOURNAL, (world) => ({
    path: `/v1/wallets/${world.walletId}/debit`,
    body: money(world),
  })),
  creditWallet: byHandOnly('transaction.credited', JOURNAL, (world) => ({
    path: `/v1/wallets/${world.walletId}/credit`,
    body: money(world),
  })),
  postTransaction: byHandOnly('transaction.debited', JOURNAL, (world) => ({
    path: `/v1/wallets/${world.walletId}/transactions`,
    body: { ...money(world), amount: -10, currency: 'GHS' },
  })),
  previewDebit: { exempt: READS },
  postBatch: byHandOnly('transaction.debited', JOURNAL, (world) => ({
    path: '/v1/batches',
    body: { items: [{ type: 'debit', wallet_id: world.walletId, ...money(world) }] },
  })),
  createPromotion: audited('promotion.created', 'after', (world) => ({
    path: '/v1/promotions',
    body: { code: world.fresh(), name: 'Audit', currency: 'GHS' },
  })),
  updatePromotion: audited('promotion.updated', 'both', async (world) => {
    const body = { code: world.fresh(), name: 'Audit', currency: 'GHS' };
    const { id } = await world.prepare('POST', '/v1/promotions', body);
    return { path: `/v1/promotions/${id}`, body: { name: 'Audited' } };
  }),
  createPromotionImport: audited('promotion_import.created', 'after', (world) => ({
    path: '/v1/promotion_imports',
    body: anImport(world),
  })),
  issuePromotionImport: audited('promotion_import.issued', 'both', async (world) => {
    const { id } = await world.prepare('POST', '/v1/promotion_imports', anImport(world));
    return { path: `/v1/promotion_imports/${id}/issue` };
  }),
  cancelPromotionImport: audited('promotion_import.canceled', 'both', async (world) => {
    const { id } = await world.prepare('POST', '/v1/promotion_imports', anImport(world));
    return { path: `/v1/promotion_imports/${id}/cancel`, body: { reason: 'Audit' } };
  }),
  createHold: byHandOnly('hold.created', HOLD, (world) => ({
    path: `/v1/wallets/${world.walletId}/holds`,
    body: money(world),
  })),
  captureHold: byHandOnly('hold.captured', HOLD, async (world) => ({
    path: `/v1/holds/${await aHold(world)}/capture`,
    body: {},
  })),
  voidHold: byHandOnly('hold.voided', HOLD, async (world) => ({
    path: `/v1/holds/${await aHold(world)}/void`,
    body: {},
  })),
  reverseTransaction: audited('transaction.reversed', 'after', async (world) => {
    const debit = await world.prepare('POST', `/v1/wallets/${world.walletId}/debit`, money(world));
    return { path: `/v1/transactions/${debit.id}/reverse`, body: { reason: 'Audit' } };
  }),
  createTransfer: byHandOnly('transaction.transferred', JOURNAL, async (world) => {
    const other = await world.prepare('POST', '/v1/wallets', { customer_id: world.fresh(), currency: 'GHS' });
    const body = {
      source_wallet_id: world.walletId,
      destination_wallet_id: other.id,
      currency: 'GHS',
      ...money(world),
    };
    return { path: '/v1/transfers', body };
  }),
  createTopUp: byHandOnly('topup.created', TOP_UP, (world) => ({
    path: `/v1/wallets/${world.walletId}/topups`,
    body: topUpBody,
  })),
  expireTopUp: {
    exempt: TOP_UP,
    audited: {
      action: 'topup.expired',
      states: 'both',
      by: 'person',
      request: async (world) => {
        const topUp = await world.prepare('POST', `/v1/wallets/${world.walletId}/topups`, topUpBody);
        return { path: `/v1/topups/${topUp.id}/expire`, body: {} };
      },
    },
  },
  createPaymentMethod: audited('payment_method.created', 'after', (world) => ({
    path: '/v1/payment_methods',
    body: methodBody(world),
  })),
  detachPaymentMethod: audited('payment_method.detached', 'both', async (world) => ({
    path: `/v1/payment_methods/${await aMethod(world)}/detach`,
    body: {},
  })),
  createAutoTopUp: audited('auto_topup.created', 'after', async (world) => ({
    path: `/v1/wallets/${world.walletId}/auto_topup`,
    body: { threshold: 5, amount: 500, payment_method_id: await aMethod(world) },
  })),
  updateAutoTopUp: audited('auto_topup.updated', 'both', async (world) => ({
    path: await aRule(world),
    body: { status: 'paused' },
  })),
  deleteAutoTopUp: audited('auto_topup.deleted', 'both', async (world) => ({ path: await aRule(world) })),
  setCheckoutSettings: audited('checkout_settings.updated', 'after', () => ({
    path: '/v1/checkout_settings',
    body: { return_hosts: ['shop.example.com'] },
  })),

  // ── accounts, client services and what moves under them ──
  createAccount: audited('account.created', 'after', (world) => ({
    path: '/api/v1/accounts',
    body: accountBody(world),
  })),
  updateClientAccount: audited('account.freeze', 'both', async (world) => ({
    path: `/api/v1/accounts/${await anAccount(world)}`,
    body: { status: 'FROZEN', reason: 'Audit' },
  })),
  createClientService: audited('client_service.created', 'after', (world) => ({
    path: '/api/v1/client-services',
    body: serviceBody(world),
  })),
  updateClientService: audited('client_service.updated', 'both', async (world) => ({
    path: `/api/v1/client-services/${await aService(world)}`,
    body: { maximum_transaction_amount: 500 },
  })),
  quoteClientService: { exempt: READS },
  previewClientService: { exempt: READS },
  createAccountTransaction: byHandOnly('transaction.credited', JOURNAL, accountMovement),
  createAccountTransfer: byHandOnly('transaction.transferred', JOURNAL, async (world) => ({
    path: '/api/v1/account-transfers',
    body: {
      source_account_number: await anAccount(world),
      destination_account_number: await anAccount(world),
      ...(await movement(world)),
    },
  })),
  reverseAccountTransaction: audited('transaction.reversed', 'after', (world) =>
    reversal(world, '/api/v1/transactions'),
  ),
  reverseAccountTransactionAtRoot: audited('transaction.reversed', 'after', (world) =>
    reversal(world, '/transactions'),
  ),

  // ── approvals ──
  approveApproval: audited(
    'approval.approved',
    'both',
    async (world) => {
      const { id, state } = await anApproval(world);
      return { path: `/v1/approvals/${id}/approve`, body: { state, reason: 'Audit' } };
    },
    'person',
  ),
  rejectApproval: audited(
    'approval.rejected',
    'both',
    async (world) => ({
      path: `/v1/approvals/${(await anApproval(world)).id}/reject`,
      body: { reason: 'Audit' },
    }),
    'person',
  ),
  cancelApproval: audited(
    'approval.canceled',
    'both',
    async (world) => {
      await world.prepare('PUT', '/v1/approval_policy', { rules: [{ verb: 'credit' }] }, 'person');
      const path = `/v1/wallets/${world.walletId}/credit`;
      const { id } = await world.prepare('POST', path, money(world), 'person');
      return { path: `/v1/approvals/${id}/cancel`, body: { reason: 'Audit' } };
    },
    'person',
  ),
  setApprovalPolicy: audited(
    'approval_policy.updated',
    'both',
    () => ({ path: '/v1/approval_policy', body: { rules: [{ verb: 'reversal' }], reason: 'Audit' } }),
    'person',
  ),

  // ── customers ──
  createCustomer: audited('customer.created', 'after', (world) => ({
    path: '/v1/customers',
    body: { id: world.fresh(), name: 'Ama' },
  })),
  updateCustomer: audited('customer.updated', 'both', (world) => ({
    path: `/v1/customers/${world.customerId}`,
    body: { name: 'Ama Mensah' },
  })),

  // ── payments ──
  receivePayment: byHandOnly('payment.created', PAYMENT, (world) => ({
    path: '/v1/payments/receive',
    body: paymentBody(world),
  })),
  cancelPayment: {
    exempt: 'possible after a crash alone, which no request makes: payments.db.test.ts has its row',
  },
  refreshPayment: { exempt: 'asks a provider: what it says is kept, and each step that follows has its line' },
  resolvePayment: audited(
    'payment.resolved',
    'both',
    async (world) => {
      const reference = world.fresh();
      const body = { ...paymentBody(world), description: 'Pays too little', metadata: { clientReference: reference } };
      const { data } = (await world.prepare('POST', '/v1/payments/receive', body)) as unknown as {
        data: { id: string };
      };
      return { path: `/v1/payments/${data.id}/resolve`, body: { verdict: 'paid', reason: 'Audit' } };
    },
    'operator',
  ),
  createRefund: audited('refund.created', 'after', async (world) => ({
    path: '/v1/refunds',
    body: {
      wallet_id: await aDueWallet(world),
      amount: 10,
      method: 'recorded',
      reason: 'Audit',
      reference: world.fresh(),
    },
  })),
  resolveRefund: audited(
    'refund.resolved',
    'both',
    async (world) => {
      const refund = await world.prepare('POST', '/v1/refunds', {
        wallet_id: await aDueWallet(world),
        method: 'provider',
        destination: { phone: '233241234567', channel: 'MTN', name: 'Says another amount' },
        reason: 'Audit',
        reference: world.fresh(),
      });
      return { path: `/v1/refunds/${refund.id}/resolve`, body: { verdict: 'paid', reason: 'Audit' } };
    },
    'operator',
  ),
  sendPaymentCode: {
    exempt: 'a message to a payer: the code has a row of its own, and nothing else is different after it',
  },
  verifyPaymentCode: { exempt: 'exchanges a code that the payer has for a token: its row says when' },
  updateCollectionPolicy: audited('collection_policy.updated', 'both', () => ({
    path: '/v1/collection_policy',
    body: { prompts_per_phone_hour: 11 },
  })),
  setProviderCredentials: audited('provider_credentials.set', 'after', () => ({
    path: '/v1/provider_credentials/hubtel-own',
    body: providerCredentialsBody,
  })),
  revokeProviderCredentials: audited('provider_credentials.revoked', 'both', async (world) => {
    await world.prepare('PUT', '/v1/provider_credentials/hubtel-own', providerCredentialsBody);
    return { path: '/v1/provider_credentials/hubtel-own' };
  }),
  setApiKeyAddresses: audited('api_key.addresses_set', 'both', async (world) => ({
    path: `/v1/api_keys/${await aKey(world)}/allowed_ips`,
    body: { allowed_ips: ['203.0.113.9'] },
  })),

  // ── reconciliation and notes ──
  createReconciliation: audited('reconciliation.imported', 'after', (world) => ({
    path: '/v1/reconciliations',
    body: statementBody(world),
  })),
  resolveReconciliationLine: audited('reconciliation.break_resolved', 'both', async (world) => {
    const { id } = await world.prepare('POST', '/v1/reconciliations', statementBody(world));
    return { path: `/v1/reconciliations/${id}/lines/1/resolve`, body: { action: 'note', reason: 'Audit' } };
  }),
  addWalletNote: audited('wallet.note_added', 'after', (world) => ({
    path: `/v1/wallets/${world.walletId}/notes`,
    body: { body: 'Audit' },
  })),

  // ── webhooks ──
  createWebhookEndpoint: audited('webhook_endpoint.created', 'after', () => ({
    path: '/v1/webhook_endpoints',
    body: endpointBody,
  })),
  updateWebhookEndpoint: audited('webhook_endpoint.updated', 'both', async (world) => ({
    path: `/v1/webhook_endpoints/${await anEndpoint(world)}`,
    body: { description: 'Audit', reason: 'Audit' },
  })),
  deleteWebhookEndpoint: audited('webhook_endpoint.deleted', 'both', async (world) => ({
    path: `/v1/webhook_endpoints/${await anEndpoint(world)}`,
  })),
  rotateWebhookSecret: audited('webhook_endpoint.secret_rotated', 'after', async (world) => ({
    path: `/v1/webhook_endpoints/${await anEndpoint(world)}/rotate_secret`,
    body: {},
  })),
  enableWebhookEndpoint: audited('webhook_endpoint.enabled', 'both', async (world) => {
    const path = `/v1/webhook_endpoints/${await anEndpoint(world)}`;
    await world.prepare('POST', `${path}/disable`, {});
    return { path: `${path}/enable`, body: { reason: 'Audit' } };
  }),
  disableWebhookEndpoint: audited('webhook_endpoint.disabled', 'both', async (world) => ({
    path: `/v1/webhook_endpoints/${await anEndpoint(world)}/disable`,
    body: { reason: 'Audit' },
  })),
  testWebhookEndpoint: audited('webhook_endpoint.tested', 'after', async (world) => ({
    path: `/v1/webhook_endpoints/${await anEndpoint(world)}/test`,
    body: {},
  })),
  replayWebhookEvents: audited('webhook_endpoint.replayed', 'after', async (world) => ({
    path: `/v1/webhook_endpoints/${await anEndpoint(world)}/replay`,
    body: { from: '2026-05-01T00:00:00Z', to: '2026-07-01T00:00:00Z' },
  })),
  resendWebhookDelivery: audited('webhook_delivery.resent', 'after', async (world) => {
    const { id } = await world.prepare('POST', `/v1/webhook_endpoints/${await anEndpoint(world)}/test`, {});
    return { path: `/v1/webhook_deliveries/${id}/resend`, body: {} };
  }),
  rotateCallbackSecret: audited('webhook_endpoint.secret_rotated', 'after', () => ({
    path: '/v1/callback_secret/rotate',
    body: {},
  })),

  // ── API keys ──
  createApiKey: audited('api_key.created', 'after', () => ({
    path: '/v1/api_keys',
    body: { name: 'New', scopes: ['wallets:read'] },
  })),
  rotateApiKey: audited('api_key.rotated', 'both', async (world) => ({
    path: `/v1/api_keys/${await aKey(world)}/rotate`,
    body: {},
  })),
  revokeApiKey: audited('api_key.revoked', 'both', async (world) => ({
    path: `/v1/api_keys/${await aKey(world)}/revoke`,
    body: { reason: 'Audit' },
  })),

  // ── people ──
  createUser: audited('user.created', 'after', (world) => ({ path: '/v1/users', body: userBody(world) })),
  updateUser: audited('user.updated', 'both', async (world) => ({
    path: `/v1/users/${(await aUser(world)).id}`,
    body: { role: 'support', reason: 'Audit' },
  })),
  setUserPassword: audited('user.password_set', 'neither', async (world) => ({
    path: `/v1/users/${(await aUser(world)).id}/password`,
    body: { reason: 'Audit' },
  })),
  revokeUserSessions: audited('user.sessions_revoked', 'both', async (world) => {
    const { id, email, password } = await aUser(world);
    await world.prepare('POST', '/api/v1/auth/login', { username: email, password });
    return { path: `/v1/users/${id}/sessions/revoke`, body: { reason: 'Audit' } };
  }),
  createInvitation: audited('invitation.created', 'after', (world) => ({
    path: '/v1/invitations',
    body: { email: `${world.fresh()}@example.com`, name: 'Kofi', role: 'ops' },
  })),
  revokeInvitation: audited('invitation.revoked', 'both', async (world) => {
    const body = { email: `${world.fresh()}@example.com`, name: 'Kofi', role: 'ops' };
    const { id } = await world.prepare('POST', '/v1/invitations', body);
    return { path: `/v1/invitations/${id}/revoke`, body: { reason: 'Audit' } };
  }),
  createPasswordResetLink: audited('user.reset_link_made', 'neither', async (world) => ({
    path: `/v1/users/${(await aUser(world)).id}/reset_link`,
    body: { reason: 'Audit' },
  })),
  resetUserSecondFactor: { exempt: BY_CONSOLE },
  stepUp: { exempt: BY_CONSOLE },
  changeOwnPassword: { exempt: BY_CONSOLE },
  revokeOwnSession: { exempt: BY_CONSOLE },
  revokeOtherSessions: { exempt: BY_CONSOLE },
  beginSecondFactor: audited(
    'user.second_factor_begun',
    'neither',
    () => ({ path: '/v1/me/second_factor', body: {} }),
    'person',
  ),
  confirmSecondFactor: { exempt: BY_CONSOLE },
  renewRecoveryCodes: { exempt: BY_CONSOLE },
  disableSecondFactor: { exempt: BY_CONSOLE },
  logIn: audited('user.logged_in', 'neither', async (world) => {
    const { email, password } = await aUser(world);
    return { path: '/api/v1/auth/login', body: { username: email, password } };
  }),
  logOut: audited('user.logged_out', 'neither', () => ({ path: '/api/v1/auth/logout', body: {} }), 'person'),

  // ── clients ──
  createClient: audited(
    'client.created',
    'after',
    (world) => ({ path: '/api/v1/clients', body: clientBody(world) }),
    'operator',
  ),
  updateClient: audited(
    'client.updated',
    'both',
    (world) => ({ path: `/api/v1/clients/${world.client.code}`, body: { description: 'Audit' } }),
    'operator',
  ),
  deactivateClient: audited(
    'client.deactivated',
    'both',
    (world) => ({ path: `/api/v1/clients/${world.client.code}/deactivate`, body: { reason: 'Audit' } }),
    'operator',
  ),
  activateClient: audited(
    'client.activated',
    'both',
    async (world) => {
      const path = `/api/v1/clients/${world.client.code}`;
      await world.prepare('POST', `${path}/deactivate`, { reason: 'Audit' }, 'operator');
      return { path: `${path}/activate`, body: { reason: 'Audit' } };
    },
    'operator',
  ),
  createClientCredentials: audited(
    'api_key.created',
    'after',
    (world) => ({ path: `/api/v1/clients/${world.client.code}/credentials`, body: { mode: 'test' } }),
    'operator',
  ),
};
