/** Example answers. Where a source document has the sample, its values stand here unchanged. */

export const WALLET = {
  id: 'wal_01hxyz7k2m9qa',
  object: 'wallet',
  customer_id: 'cus_abc123',
  account_number: '10000008',
  currency: 'GHS',
  balance: 0,
  balance_formatted: 'GH₵0.00',
  available: 0,
  held: 0,
  promotional: 0,
  refundable: 0,
  status: 'active',
  livemode: true,
  metadata: {},
  created_at: '2026-05-24T10:00:00Z',
};

export const DEBIT = {
  id: 'txn_01hyd4r8v2t1b',
  object: 'wallet_transaction',
  type: 'debit',
  amount: 500,
  balance_before: 15000,
  balance_after: 14500,
  new_balance: 14500,
  currency: 'GHS',
  wallet_id: WALLET.id,
  description: '10 SMS messages sent',
  reference: 'sms_batch_8821',
  metadata: {},
  created_at: '2026-05-24T10:05:00Z',
  livemode: true,
};

export const CREDIT = {
  ...DEBIT,
  id: 'txn_01hyd4s1c7n5e',
  type: 'credit',
  amount: 1000,
  balance_before: 14500,
  balance_after: 15500,
  new_balance: 15500,
  description: 'Welcome bonus',
  reference: 'promo_welcome_2026',
  lots: [{ id: 'lot_01hyd4s1c7n5d', amount: 1000, use: 'grant' }],
};

export const DRAWDOWN = {
  ...DEBIT,
  id: 'wtx_01hys5d3k8w2x',
  type: 'drawdown',
  amount: -1250,
  balance_before: 18250,
  balance_after: 17000,
  new_balance: 17000,
  currency: 'USD',
  description: 'API Ingestion Meter drawdown',
  reference: null,
  metadata: { request_id: 'req_01HRZ...' },
  created_at: '2026-05-28T01:07:50Z',
};

export const LOT = {
  id: 'lot_01hyd4s1c7n5d',
  object: 'lot',
  wallet_id: WALLET.id,
  granted: 1000,
  remaining: 400,
  held: 0,
  priority: 50,
  expires_at: '2026-08-01T00:00:00Z',
  created_at: '2026-05-24T10:06:00Z',
};

export const PREVIEW = {
  object: 'debit_preview',
  wallet_id: WALLET.id,
  amount: 500,
  currency: 'GHS',
  allowed: true,
  balance_before: 15000,
  balance_after: 14500,
  available_after: 14500,
  paid_amount: 100,
  lots: [{ id: LOT.id, amount: 400, remaining_after: 0, priority: 50, expires_at: LOT.expires_at }],
  refusal: null,
};

export const HOLD = {
  id: 'hold_01hyd9a4m6p3w',
  object: 'hold',
  wallet_id: WALLET.id,
  amount: 2500,
  captured: 0,
  currency: 'GHS',
  status: 'active',
  description: 'Ride to the airport',
  reference: 'ride_5512',
  metadata: {},
  expires_at: '2026-05-31T10:00:00Z',
  created_at: '2026-05-24T10:00:00Z',
  livemode: true,
};

export const CUSTOMER = {
  id: 'cus_abc123',
  object: 'customer',
  name: 'Ama Mensah',
  email: 'ama@example.com',
  phone: '+233241234567',
  metadata: {},
  livemode: true,
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
};

export const listExample = (item: unknown) => ({ object: 'list', data: [item], has_more: false, next_cursor: null });
