import { randomUUID } from 'node:crypto';
import { aPayment, type MatrixWorld } from './world';

export interface MatrixRequest {
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

export interface MatrixRow {
  /**
   * Who may, by the first letters of their roles: (a)dmin, (f)inance, (o)ps, (s)upport, (d)eveloper, a(u)ditor. Written out
   * here and nowhere derived: what the code allows is held against it.
   */
  readonly roles: string;
  /** The operator's people alone. */
  readonly operatorOnly?: true;
  /** Without credentials. */
  readonly isPublic?: true;
  /**
   * What a stranger meets: `missing` – the request names a thing, which for others is not there; `own` – it names nothing,
   * so they meet only what is theirs; `fresh` – it makes something new.
   */
  readonly stranger: 'missing' | 'own' | 'fresh';
  /** Where a good request is answered otherwise than with 200 or 201. */
  readonly status?: number;
  /** A good request about the things of this world. */
  request(world: MatrixWorld): MatrixRequest;
}

const EVERYONE = 'afosdu';
const READS_AUDIT = 'afou';
const READS_KEYS = 'adu';
const READS_USERS = 'au';
const MOVES_MONEY = 'af';
const FREEZES = 'afo';
const KEEPS_CUSTOMERS = 'aos';
const KEEPS_ACCOUNTS = 'afo';
const SETS_RULES = 'af';
const APPROVES = 'af';
const ONBOARDS = 'ao';
const KEEPS_KEYS = 'ad';
const KEEPS_PEOPLE = 'a';
const KEEPS_WEBHOOKS = 'ad';
const READS_LOGS = 'adu';
const WRITES_NOTES = 'afos';

const short = (): string => randomUUID().slice(0, 18);
const money = (amount = 10) => ({ amount, description: 'Matrix', reference: short() });
const movement = (world: MatrixWorld) => ({
  client_service_code: world.serviceCode,
  transaction_source: 'EXTERNAL',
  transaction_amount: 1,
  source_transaction_id: short(),
  transaction_date: '2026-06-01T12:00:00Z',
});

const named = (roles: string, request: MatrixRow['request']): MatrixRow => ({ roles, stranger: 'missing', request });
const own = (roles: string, path: string): MatrixRow => ({ roles, stranger: 'own', request: () => ({ path }) });
const fresh = (roles: string, request: MatrixRow['request']): MatrixRow => ({ roles, stranger: 'fresh', request });
const byOperator = (row: MatrixRow): MatrixRow => ({ ...row, operatorOnly: true });

/** Every operation. One that is not here fails `matrix.db.test.ts`, and so the build. */
export const MATRIX: Readonly<Record<string, MatrixRow>> = {
  // ── wallets ──
  createWallet: fresh(MOVES_MONEY, () => ({
    path: '/v1/wallets',
    body: { customer_id: `cus_${short()}`, currency: 'GHS' },
  })),
  listWallets: own(EVERYONE, '/v1/wallets?limit=100'),
  getWallet: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}` })),
  updateWallet: named(MOVES_MONEY, ({ walletId }) => ({
    path: `/v1/wallets/${walletId}`,
    body: { metadata: { tier: 'pro' } },
  })),
  freezeWallet: named(FREEZES, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/freeze`, body: {} })),
  unfreezeWallet: named(FREEZES, ({ frozenWalletId }) => ({
    path: `/v1/wallets/${frozenWalletId}/unfreeze`,
    body: {},
  })),
  closeWallet: named(FREEZES, ({ emptyWalletId }) => ({ path: `/v1/wallets/${emptyWalletId}/close`, body: {} })),
  listLots: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/lots` })),
  getStatement: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/statement` })),
  getCustomerWallet: named(EVERYONE, ({ customerId }) => ({ path: `/v1/customers/${customerId}/wallets/GHS` })),

  // ── approvals ──
  listApprovals: own(EVERYONE, '/v1/approvals?limit=100'),
  getApproval: named(EVERYONE, ({ approvalId }) => ({ path: `/v1/approvals/${approvalId}` })),
  approveApproval: named(APPROVES, ({ approvalId, approvalState }) => ({
    path: `/v1/approvals/${approvalId}/approve`,
    body: { state: approvalState },
  })),
  rejectApproval: named(APPROVES, ({ approvalId }) => ({
    path: `/v1/approvals/${approvalId}/reject`,
    body: { reason: 'Matrix' },
  })),
  // Somebody else asked for it.
  cancelApproval: {
    ...named(EVERYONE, ({ approvalId }) => ({ path: `/v1/approvals/${approvalId}/cancel`, body: {} })),
    status: 409,
  },
  getApprovalPolicy: own(EVERYONE, '/v1/approval_policy'),
  // One is set: changing it waits for a second person.
  setApprovalPolicy: {
    ...fresh(APPROVES, () => ({ path: '/v1/approval_policy', body: { rules: [] } })),
    status: 202,
  },
  getAttention: own(EVERYONE, '/v1/console/attention'),

  // ── transactions ──
  debitWallet: named(MOVES_MONEY, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/debit`, body: money() })),
  creditWallet: named(MOVES_MONEY, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/credit`, body: money() })),
  postTransaction: named(MOVES_MONEY, ({ walletId }) => ({
    path: `/v1/wallets/${walletId}/transactions`,
    body: { ...money(-10), currency: 'GHS' },
  })),
  previewDebit: named(EVERYONE, ({ walletId }) => ({
    path: `/v1/wallets/${walletId}/debit/preview`,
    body: { amount: 10 },
  })),
  getTransaction: named(EVERYONE, ({ transactionId }) => ({ path: `/v1/transactions/${transactionId}` })),
  getWalletTransaction: named(EVERYONE, ({ walletId, transactionId }) => ({
    path: `/v1/wallets/${walletId}/transactions/${transactionId}`,
  })),
  listTransactions: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/transactions` })),
  reverseTransaction: named(MOVES_MONEY, ({ reversibleId }) => ({
    path: `/v1/transactions/${reversibleId}/reverse`,
    body: { reason: 'Matrix' },
  })),
  createTransfer: named(MOVES_MONEY, ({ walletId, otherWalletId }) => ({
    path: '/v1/transfers',
    body: { source_wallet_id: walletId, destination_wallet_id: otherWalletId, currency: 'GHS', ...money() },
  })),
  postBatch: {
    ...named(MOVES_MONEY, ({ walletId }) => ({
      path: '/v1/batches',
      body: { atomic: true, items: [{ type: 'debit', wallet_id: walletId, ...money() }] },
    })),
  },

  // ── holds ──
  createHold: named(MOVES_MONEY, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/holds`, body: money() })),
  listHolds: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/holds` })),
  getHold: named(EVERYONE, ({ holdId }) => ({ path: `/v1/holds/${holdId}` })),
  captureHold: named(MOVES_MONEY, ({ holdId }) => ({ path: `/v1/holds/${holdId}/capture`, body: {} })),
  voidHold: named(MOVES_MONEY, ({ holdId }) => ({ path: `/v1/holds/${holdId}/void`, body: {} })),

  // ── customers ──
  createCustomer: fresh(KEEPS_CUSTOMERS, () => ({ path: '/v1/customers', body: { id: `cus_${short()}` } })),
  listCustomers: own(EVERYONE, '/v1/customers?limit=100'),
  getCustomer: named(EVERYONE, ({ customerId }) => ({ path: `/v1/customers/${customerId}` })),
  updateCustomer: named(KEEPS_CUSTOMERS, ({ customerId }) => ({
    path: `/v1/customers/${customerId}`,
    body: { name: 'Ama' },
  })),

  // ── top-ups and the checkout ──
  createTopUp: named(MOVES_MONEY, ({ walletId }) => ({
    path: `/v1/wallets/${walletId}/topups`,
    body: { amount: 500, redirect_url: 'http://localhost/done' },
  })),
  listTopUps: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/topups` })),
  listAllTopUps: own(EVERYONE, '/v1/topups?limit=100'),
  getTopUp: named(EVERYONE, ({ topUpId }) => ({ path: `/v1/topups/${topUpId}` })),
  expireTopUp: named(MOVES_MONEY, ({ topUpId }) => ({ path: `/v1/topups/${topUpId}/expire`, body: {} })),
  createPaymentMethod: named(MOVES_MONEY, ({ customerId }) => ({
    path: '/v1/payment_methods',
    body: {
      customer_id: customerId,
      type: 'mobile_money',
      provider: 'TELECEL',
      phone: aPayment().phone,
      consent: { statement: 'Matrix' },
    },
  })),
  listPaymentMethods: own(EVERYONE, '/v1/payment_methods?limit=100'),
  getPaymentMethod: named(EVERYONE, ({ paymentMethodId }) => ({ path: `/v1/payment_methods/${paymentMethodId}` })),
  detachPaymentMethod: named(MOVES_MONEY, ({ paymentMethodId }) => ({
    path: `/v1/payment_methods/${paymentMethodId}/detach`,
    body: {},
  })),
  createAutoTopUp: named(MOVES_MONEY, ({ walletId, paymentMethodId }) => ({
    path: `/v1/wallets/${walletId}/auto_topup`,
    body: { threshold: 100, amount: 500, payment_method_id: paymentMethodId },
  })),
  getAutoTopUp: named(EVERYONE, ({ ruledWalletId }) => ({ path: `/v1/wallets/${ruledWalletId}/auto_topup` })),
  updateAutoTopUp: named(MOVES_MONEY, ({ ruledWalletId }) => ({
    path: `/v1/wallets/${ruledWalletId}/auto_topup`,
    body: { threshold: 200 },
  })),
  deleteAutoTopUp: named(MOVES_MONEY, ({ ruledWalletId }) => ({ path: `/v1/wallets/${ruledWalletId}/auto_topup` })),
  getCheckoutSettings: own(EVERYONE, '/v1/checkout_settings'),
  setCheckoutSettings: fresh(KEEPS_KEYS, () => ({
    path: '/v1/checkout_settings',
    body: { return_hosts: ['shop.example.com'] },
  })),

  // ── payments ──
  receivePayment: fresh(MOVES_MONEY, () => ({ path: '/v1/payments/receive', body: aPayment() })),
  getPaymentStatus: named(EVERYONE, ({ paymentId }) => ({ path: `/v1/payments/${paymentId}` })),
  getPaymentDetails: named(EVERYONE, ({ paymentId }) => ({ path: `/v1/payments/${paymentId}/details` })),
  listPayments: own(EVERYONE, '/v1/payments?limit=100'),
  getPaymentReport: own(EVERYONE, '/v1/reports/payments'),
  refreshPayment: named(MOVES_MONEY, ({ paymentId }) => ({ path: `/v1/payments/${paymentId}/refresh`, body: {} })),
  cancelPayment: {
    ...named(MOVES_MONEY, ({ paymentId }) => ({ path: `/v1/payments/${paymentId}/cancel`, body: {} })),
    status: 409,
  },
  resolvePayment: byOperator({
    ...named(MOVES_MONEY, ({ paymentId }) => ({
      path: `/v1/payments/${paymentId}/resolve`,
      body: { verdict: 'paid', reason: 'Matrix' },
    })),
    status: 409,
  }),
  createRefund: named(MOVES_MONEY, ({ dueWalletId }) => ({
    path: '/v1/refunds',
    body: { wallet_id: dueWalletId, amount: 1, method: 'recorded', reason: 'Matrix', reference: short() },
  })),
  listRefunds: own(EVERYONE, '/v1/refunds?limit=100'),
  getRefund: named(EVERYONE, ({ refundId }) => ({ path: `/v1/refunds/${refundId}` })),
  resolveRefund: byOperator({
    ...named(MOVES_MONEY, ({ refundId }) => ({
      path: `/v1/refunds/${refundId}/resolve`,
      body: { verdict: 'paid', reason: 'Matrix' },
    })),
    status: 409,
  }),
  sendPaymentCode: fresh(MOVES_MONEY, () => ({ path: '/v1/payments/otp', body: { phone: aPayment().phone } })),
  verifyPaymentCode: {
    ...fresh(MOVES_MONEY, () => ({
      path: '/v1/payments/otp/verify',
      body: { phone: aPayment().phone, code: '000000' },
    })),
    status: 400,
  },
  listProviders: own(EVERYONE, '/v1/providers'),
  listProviderCredentials: own(READS_KEYS, '/v1/provider_credentials'),
  getProviderCredentials: {
    ...named(READS_KEYS, () => ({ path: '/v1/provider_credentials/hubtel-own' })),
    status: 404,
  },
  setProviderCredentials: fresh(KEEPS_KEYS, () => ({
    path: '/v1/provider_credentials/hubtel-own',
    body: { credentials: { clientId: 'matrix', clientSecret: 'matrix-secret-0001', posSalesId: '11684' } },
  })),
  revokeProviderCredentials: {
    ...named(KEEPS_KEYS, () => ({ path: '/v1/provider_credentials/hubtel-own' })),
    status: 404,
  },
  getCollectionPolicy: own(EVERYONE, '/v1/collection_policy'),
  updateCollectionPolicy: fresh(MOVES_MONEY, () => ({
    path: '/v1/collection_policy',
    body: { prompts_per_phone_hour: 11 },
  })),
  getApiKeyAddresses: named(READS_KEYS, ({ keyId }) => ({ path: `/v1/api_keys/${keyId}/allowed_ips` })),
  setApiKeyAddresses: named(KEEPS_KEYS, ({ keyId }) => ({
    path: `/v1/api_keys/${keyId}/allowed_ips`,
    body: { allowed_ips: ['203.0.113.9'] },
  })),

  // ── webhooks and events ──
  createWebhookEndpoint: fresh(KEEPS_WEBHOOKS, () => ({
    path: '/v1/webhook_endpoints',
    body: { url: 'https://hooks.example.org/new' },
  })),
  listWebhookEndpoints: own(EVERYONE, '/v1/webhook_endpoints?limit=100'),
  getWebhookEndpoint: named(EVERYONE, ({ webhookId }) => ({ path: `/v1/webhook_endpoints/${webhookId}` })),
  updateWebhookEndpoint: named(KEEPS_WEBHOOKS, ({ webhookId }) => ({
    path: `/v1/webhook_endpoints/${webhookId}`,
    body: { description: 'Matrix' },
  })),
  deleteWebhookEndpoint: named(KEEPS_WEBHOOKS, ({ spareWebhookId }) => ({
    path: `/v1/webhook_endpoints/${spareWebhookId}`,
  })),
  rotateWebhookSecret: named(KEEPS_WEBHOOKS, ({ webhookId }) => ({
    path: `/v1/webhook_endpoints/${webhookId}/rotate_secret`,
    body: {},
  })),
  enableWebhookEndpoint: named(KEEPS_WEBHOOKS, ({ webhookId }) => ({
    path: `/v1/webhook_endpoints/${webhookId}/enable`,
    body: {},
  })),
  disableWebhookEndpoint: named(KEEPS_WEBHOOKS, ({ spareWebhookId }) => ({
    path: `/v1/webhook_endpoints/${spareWebhookId}/disable`,
    body: {},
  })),
  testWebhookEndpoint: named(KEEPS_WEBHOOKS, ({ webhookId }) => ({
    path: `/v1/webhook_endpoints/${webhookId}/test`,
    body: {},
  })),
  replayWebhookEvents: named(KEEPS_WEBHOOKS, ({ webhookId }) => ({
    path: `/v1/webhook_endpoints/${webhookId}/replay`,
    body: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  })),
  listWebhookDeliveries: named(EVERYONE, ({ webhookId }) => ({
    path: `/v1/webhook_endpoints/${webhookId}/deliveries`,
  })),
  getWebhookDelivery: named(EVERYONE, ({ deliveryId }) => ({ path: `/v1/webhook_deliveries/${deliveryId}` })),
  resendWebhookDelivery: named(KEEPS_WEBHOOKS, ({ deliveryId }) => ({
    path: `/v1/webhook_deliveries/${deliveryId}/resend`,
    body: {},
  })),
  getCallbackSecret: own(EVERYONE, '/v1/callback_secret'),
  rotateCallbackSecret: fresh(KEEPS_WEBHOOKS, () => ({ path: '/v1/callback_secret/rotate', body: {} })),
  listEvents: own(EVERYONE, '/v1/events?limit=100'),
  getEvent: named(EVERYONE, ({ eventId }) => ({ path: `/v1/events/${eventId}` })),
  listEventDeliveries: named(EVERYONE, ({ eventId }) => ({ path: `/v1/events/${eventId}/deliveries` })),

  // ── reconciliation ──
  createReconciliation: fresh(MOVES_MONEY, () => ({
    path: '/v1/reconciliations',
    body: {
      provider: 'hubtel',
      format: 'generic',
      currency: 'GHS',
      file_name: 'matrix.csv',
      content: `receipt,amount,status,date\n${short()},1.00,paid,2026-06-06\n`,
    },
  })),
  listReconciliations: own(EVERYONE, '/v1/reconciliations?limit=100'),
  getReconciliation: named(EVERYONE, ({ reconciliationId }) => ({ path: `/v1/reconciliations/${reconciliationId}` })),
  listReconciliationLines: named(EVERYONE, ({ reconciliationId }) => ({
    path: `/v1/reconciliations/${reconciliationId}/lines`,
  })),
  resolveReconciliationLine: named(MOVES_MONEY, ({ reconciliationId }) => ({
    path: `/v1/reconciliations/${reconciliationId}/lines/1/resolve`,
    body: { action: 'note', reason: 'Matrix' },
  })),

  // ── search, the request log, notes ──
  search: own(EVERYONE, '/v1/search?q=matrix'),
  listRequests: own(READS_LOGS, '/v1/request_log?limit=100'),
  // Rows come a second after their requests; the test of the log itself finds one.
  getRequest: { ...named(READS_LOGS, () => ({ path: '/v1/request_log/req_0000000000032' })), status: 404 },
  addWalletNote: named(WRITES_NOTES, ({ walletId }) => ({
    path: `/v1/wallets/${walletId}/notes`,
    body: { body: 'Matrix' },
  })),
  listWalletNotes: named(EVERYONE, ({ walletId }) => ({ path: `/v1/wallets/${walletId}/notes` })),

  // ── API keys ──
  createApiKey: fresh(KEEPS_KEYS, () => ({ path: '/v1/api_keys', body: { name: 'New', scopes: ['wallets:read'] } })),
  listApiKeys: own(READS_KEYS, '/v1/api_keys?limit=100'),
  retrieveApiKey: named(READS_KEYS, ({ keyId }) => ({ path: `/v1/api_keys/${keyId}` })),
  rotateApiKey: named(KEEPS_KEYS, ({ keyId }) => ({ path: `/v1/api_keys/${keyId}/rotate`, body: {} })),
  revokeApiKey: named(KEEPS_KEYS, ({ keyId }) => ({ path: `/v1/api_keys/${keyId}/revoke`, body: {} })),

  // ── people ──
  createUser: fresh(KEEPS_PEOPLE, () => ({
    path: '/v1/users',
    body: { email: `${short()}@example.com`, name: 'Kojo', role: 'support' },
  })),
  listUsers: own(READS_USERS, '/v1/users?limit=100'),
  retrieveUser: named(READS_USERS, ({ userId }) => ({ path: `/v1/users/${userId}` })),
  updateUser: named(KEEPS_PEOPLE, ({ userId }) => ({ path: `/v1/users/${userId}`, body: { name: 'Esi Owusu' } })),
  setUserPassword: named(KEEPS_PEOPLE, ({ userId }) => ({ path: `/v1/users/${userId}/password`, body: {} })),
  revokeUserSessions: named(KEEPS_PEOPLE, ({ userId }) => ({
    path: `/v1/users/${userId}/sessions/revoke`,
    body: {},
  })),
  createInvitation: fresh(KEEPS_PEOPLE, () => ({
    path: '/v1/invitations',
    body: { email: `matrix-${short()}@example.com`, name: 'Esi', role: 'support' },
  })),
  listInvitations: own(READS_USERS, '/v1/invitations?limit=100'),
  retrieveInvitation: named(READS_USERS, ({ invitationId }) => ({ path: `/v1/invitations/${invitationId}` })),
  revokeInvitation: named(KEEPS_PEOPLE, ({ invitationId }) => ({
    path: `/v1/invitations/${invitationId}/revoke`,
    body: {},
  })),
  createPasswordResetLink: named(KEEPS_PEOPLE, ({ userId }) => ({ path: `/v1/users/${userId}/reset_link`, body: {} })),
  resetUserSecondFactor: {
    ...named(KEEPS_PEOPLE, ({ userId }) => ({ path: `/v1/users/${userId}/second_factor/reset`, body: {} })),
    // They have none.
    status: 409,
  },
  retrieveMe: own(EVERYONE, '/v1/me'),
  // An access token has nothing to confirm, and the world's people no factor: what these do is proved in `sign-in.db.test.ts`.
  stepUp: { ...fresh(EVERYONE, () => ({ path: '/v1/me/step_up', body: { password: 'x' } })), status: 409 },
  changeOwnPassword: {
    ...fresh(EVERYONE, () => ({
      path: '/v1/me/password',
      body: { current_password: 'not this one', password: 'volta lake sunrise 1965' },
    })),
    status: 422,
  },
  listOwnSessions: own(EVERYONE, '/v1/me/sessions?limit=100'),
  revokeOwnSession: {
    ...fresh(EVERYONE, () => ({ path: '/v1/me/sessions/ses_0000000000001' })),
    status: 404,
  },
  revokeOtherSessions: fresh(EVERYONE, () => ({ path: '/v1/me/sessions/revoke_others', body: {} })),
  beginSecondFactor: fresh(EVERYONE, () => ({ path: '/v1/me/second_factor', body: {} })),
  confirmSecondFactor: {
    ...fresh(EVERYONE, () => ({ path: '/v1/me/second_factor/confirm', body: { code: '000000' } })),
    status: 409,
  },
  renewRecoveryCodes: {
    ...fresh(EVERYONE, () => ({ path: '/v1/me/second_factor/recovery_codes', body: { code: '000000' } })),
    status: 409,
  },
  disableSecondFactor: {
    ...fresh(EVERYONE, () => ({ path: '/v1/me/second_factor/disable', body: { code: '000000' } })),
    status: 409,
  },
  logIn: {
    ...fresh(EVERYONE, ({ login }) => ({ path: '/api/v1/auth/login', body: login })),
    isPublic: true,
  },
  logOut: fresh(EVERYONE, () => ({ path: '/api/v1/auth/logout', body: {} })),

  // ── audit trail ──
  listAuditEntries: own(READS_AUDIT, '/v1/audit?limit=100'),
  getAuditEntry: named(READS_AUDIT, ({ auditId }) => ({ path: `/v1/audit/${auditId}` })),
  verifyAuditLog: own(READS_AUDIT, '/v1/audit/verify'),

  // ── clients ──
  createClient: byOperator(
    fresh(ONBOARDS, () => ({
      path: '/api/v1/clients',
      body: {
        client_name: 'LIPAD',
        client_email: `${short()}@example.com`,
        client_phone_number: '254712345678',
        contact_person_name: 'Admin',
        contact_person_email: 'admin@example.com',
        contact_person_msisdn: '254712345678',
        business_pin: short(),
        country: 'Kenya',
        is_active: 1,
      },
    })),
  ),
  getClient: named(EVERYONE, ({ clientCode }) => ({ path: `/api/v1/clients/${clientCode}` })),
  listClients: own(EVERYONE, '/api/v1/clients?limit=100'),
  updateClient: byOperator(
    named(ONBOARDS, ({ clientCode }) => ({ path: `/api/v1/clients/${clientCode}`, body: { description: 'Matrix' } })),
  ),
  deactivateClient: byOperator(
    named(ONBOARDS, ({ clientCode }) => ({
      path: `/api/v1/clients/${clientCode}/deactivate`,
      body: { reason: 'Matrix' },
    })),
  ),
  activateClient: byOperator(
    named(ONBOARDS, ({ clientCode }) => ({
      path: `/api/v1/clients/${clientCode}/activate`,
      body: { reason: 'Matrix' },
    })),
  ),
  createClientCredentials: byOperator(
    named(ONBOARDS, ({ clientCode }) => ({
      path: `/api/v1/clients/${clientCode}/credentials`,
      body: { mode: 'test' },
    })),
  ),
  listClientCredentials: byOperator(
    named(READS_KEYS, ({ clientCode }) => ({ path: `/api/v1/clients/${clientCode}/credentials` })),
  ),

  // ── accounts ──
  createAccount: named(KEEPS_ACCOUNTS, ({ clientCode }) => ({
    path: '/api/v1/accounts',
    body: {
      client_code: clientCode,
      account_type_code: 'FLOAT_ACCOUNT',
      account_name: 'Float',
      currency: 'GHS',
      minimum_balance: 0,
      status: 'ACTIVE',
    },
  })),
  listClientAccounts: own(EVERYONE, '/api/v1/accounts?limit=100'),
  getClientAccount: named(EVERYONE, ({ accountNumber }) => ({ path: `/api/v1/accounts/${accountNumber}` })),
  updateClientAccount: named(KEEPS_ACCOUNTS, ({ accountNumber }) => ({
    path: `/api/v1/accounts/${accountNumber}`,
    body: { account_name: 'Float 2' },
  })),
  listAccounts: own(EVERYONE, '/v1/accounts?limit=100'),
  getAccount: named(EVERYONE, ({ accountId }) => ({ path: `/v1/accounts/${accountId}` })),

  // ── reports ──
  // ── journals, promotions, reports ──
  listJournals: own(EVERYONE, '/v1/journals?limit=100'),
  getJournal: named(EVERYONE, ({ transactionId }) => ({ path: `/v1/journals/${transactionId}` })),
  getJournalProof: named(EVERYONE, ({ transactionId }) => ({ path: `/v1/journals/${transactionId}/proof` })),
  createPromotion: fresh(MOVES_MONEY, () => ({
    path: '/v1/promotions',
    body: { code: short(), name: 'Matrix', currency: 'GHS' },
  })),
  listPromotions: own(EVERYONE, '/v1/promotions?limit=100'),
  getPromotion: named(EVERYONE, ({ promotionId }) => ({ path: `/v1/promotions/${promotionId}` })),
  updatePromotion: named(MOVES_MONEY, ({ promotionId }) => ({
    path: `/v1/promotions/${promotionId}`,
    body: { name: 'Matrix' },
  })),
  createPromotionImport: named(MOVES_MONEY, ({ promotionId, walletId }) => ({
    path: '/v1/promotion_imports',
    body: { promotion_id: promotionId, description: 'Matrix', rows: [{ wallet_id: walletId, amount: '1.00' }] },
  })),
  listPromotionImports: own(EVERYONE, '/v1/promotion_imports?limit=100'),
  getPromotionImport: named(EVERYONE, ({ importId }) => ({ path: `/v1/promotion_imports/${importId}` })),
  listPromotionImportRows: named(EVERYONE, ({ importId }) => ({ path: `/v1/promotion_imports/${importId}/rows` })),
  issuePromotionImport: named(MOVES_MONEY, ({ importId }) => ({ path: `/v1/promotion_imports/${importId}/issue` })),
  cancelPromotionImport: named(MOVES_MONEY, ({ spareImportId }) => ({
    path: `/v1/promotion_imports/${spareImportId}/cancel`,
    body: {},
  })),
  listPromotionLots: own(EVERYONE, '/v1/promotion_lots?limit=100'),
  getExpiryCalendar: own(EVERYONE, '/v1/promotion_lots/expiry_calendar?from=2026-01-01&to=2026-12-31'),
  getLiabilitiesReport: own(EVERYONE, '/v1/reports/liabilities'),
  getFeesReport: own(EVERYONE, '/v1/reports/fees'),
  getPromotionsReport: own(EVERYONE, '/v1/reports/promotions'),
  getBreakageReport: own(EVERYONE, '/v1/reports/breakage'),
  getTopUpsReport: own(EVERYONE, '/v1/reports/top_ups'),
  getTrialBalance: own(EVERYONE, '/v1/reports/trial_balance?detail=accounts'),
  getAccountStatement: named(EVERYONE, ({ accountId }) => ({ path: `/v1/accounts/${accountId}/statement` })),
  listAccountEntries: named(EVERYONE, ({ accountId }) => ({ path: `/v1/accounts/${accountId}/entries` })),
  getClientTrialBalance: named(EVERYONE, ({ clientCode }) => ({
    path: `/api/v1/trial-balance?client_code=${clientCode}`,
  })),
  getClientAccountStatement: named(EVERYONE, ({ accountNumber }) => ({
    path: `/api/v1/accounts/${accountNumber}/statement`,
  })),

  // ── client services ──
  createClientService: named(SETS_RULES, ({ clientCode }) => ({
    path: '/api/v1/client-services',
    body: {
      client_code: clientCode,
      client_service_name: 'Payout',
      service_code: 'PAYOUT',
      has_transaction_fee: false,
      minimum_transaction_amount: 1,
      maximum_transaction_amount: 100,
      is_active: 1,
    },
  })),
  listClientServices: own(EVERYONE, '/api/v1/client-services?limit=100'),
  retrieveClientService: named(EVERYONE, ({ serviceCode }) => ({ path: `/api/v1/client-services/${serviceCode}` })),
  updateClientService: named(SETS_RULES, ({ serviceCode }) => ({
    path: `/api/v1/client-services/${serviceCode}`,
    body: { maximum_transaction_amount: 900 },
  })),
  listClientServiceVersions: named(EVERYONE, ({ serviceCode }) => ({
    path: `/api/v1/client-services/${serviceCode}/versions`,
  })),
  previewClientService: named(EVERYONE, ({ serviceCode }) => ({
    path: `/api/v1/client-services/${serviceCode}/preview`,
    body: { transaction_type: 'CREDIT', transaction_amounts: [10], currency: 'GHS' },
  })),
  quoteClientService: named(EVERYONE, ({ serviceCode }) => ({
    path: `/api/v1/client-services/${serviceCode}/quote`,
    body: { transaction_type: 'CREDIT', transaction_amount: 10, currency: 'GHS' },
  })),

  // ── transactions of accounts ──
  createAccountTransaction: named(MOVES_MONEY, (world) => ({
    path: '/api/v1/transactions?command=CREDIT',
    body: { account_number: world.accountNumber, ...movement(world) },
  })),
  createAccountTransfer: named(MOVES_MONEY, (world) => ({
    path: '/api/v1/account-transfers',
    body: {
      source_account_number: world.accountNumber,
      destination_account_number: world.otherAccountNumber,
      ...movement(world),
    },
  })),
  listAccountTransactions: own(EVERYONE, '/api/v1/transactions?limit=100'),
  getAccountTransaction: named(EVERYONE, ({ accountTransactionId }) => ({
    path: `/api/v1/transactions/${accountTransactionId}`,
  })),
  getAccountTransactionOfSource: named(EVERYONE, ({ sourceTransactionId }) => ({
    path: `/api/v1/transactions/source/${sourceTransactionId}`,
  })),
  reverseAccountTransaction: named(MOVES_MONEY, ({ accountTransactionId }) => ({
    path: `/api/v1/transactions/${accountTransactionId}?command=REVERSE`,
    body: {},
  })),
  reverseAccountTransactionAtRoot: named(MOVES_MONEY, ({ accountTransactionId }) => ({
    path: `/transactions/${accountTransactionId}?command=REVERSE`,
    body: {},
  })),
};
