/**
 * Example answers, of one story in test mode: the wallet, transactions and hold of each sample are those of the others.
 * Ids are short, as in the source documents; amounts and texts are theirs where they have the sample.
 */

/** The wallet once it has been used. */
export const WALLET = {
  id: 'wal_a1b2c3',
  object: 'wallet',
  customer_id: 'cus_abc123',
  account_number: '10000008',
  currency: 'GHS',
  balance: 14500,
  balance_formatted: 'GH₵145.00',
  available: 14500,
  held: 0,
  promotional: 400,
  refundable: 14100,
  status: 'active',
  livemode: false,
  metadata: {},
  created_at: '2026-05-24T10:00:00Z',
};

const EMPTY = { balance: 0, balance_formatted: 'GH₵0.00', available: 0, promotional: 0, refundable: 0 };

/** As it is when it has just been opened. */
export const READ_WALLET = {
  ...WALLET,
  customer_name: 'Ama Mensah',
  entries: 41,
  last_entry_at: '2026-05-24T10:05:00Z',
  auto_topup: null,
};

export const NEW_WALLET = { ...WALLET, ...EMPTY };

export const CLOSED_WALLET = {
  ...WALLET,
  ...EMPTY,
  refund_due: 14100,
  status: 'closed',
  closed_at: '2026-06-01T09:30:00Z',
};

export const DEBIT = {
  id: 'txn_a1b2c3',
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
  livemode: false,
  lots: [{ id: 'lot_a1b2c3', amount: 500, use: 'use' }],
};

export const CREDIT = {
  ...DEBIT,
  id: 'txn_b2c3d4',
  type: 'credit',
  amount: 500,
  balance_before: 14500,
  balance_after: 15000,
  new_balance: 15000,
  description: 'Monthly bonus credits',
  reference: 'promo_welcome_2026',
  created_at: '2026-05-24T10:06:00Z',
  lots: [{ id: 'lot_b2c3d4', amount: 500, use: 'grant' }],
};

const { lots: _, ...PAID_DEBIT } = DEBIT;

/** The debit undone: its credit came back with it. */
export const REVERSAL = {
  ...DEBIT,
  id: 'txn_c3d4e5',
  type: 'reversal',
  balance_before: 14500,
  balance_after: 15000,
  new_balance: 15000,
  reference: null,
  created_at: '2026-05-24T10:20:00Z',
  lots: [{ id: 'lot_a1b2c3', amount: 500, use: 'undo' }],
  reversal_of: DEBIT.id,
};

const MOVED = {
  ...PAID_DEBIT,
  id: 'txn_d4e5f6',
  type: 'transfer',
  amount: -500,
  description: 'Half of the taxi',
  reference: 'split_2026_05_28',
  created_at: '2026-05-24T10:30:00Z',
};

/** Between the wallet and a second one, which the story has no other name for. */
export const TRANSFER = {
  id: MOVED.id,
  object: 'transfer',
  amount: 500,
  currency: 'GHS',
  source_wallet_id: WALLET.id,
  destination_wallet_id: WALLET.id,
  source_transaction: MOVED,
  destination_transaction: {
    ...MOVED,
    id: 'txn_d4e5g7',
    amount: 500,
    balance_before: 0,
    balance_after: 500,
    new_balance: 500,
  },
  created_at: MOVED.created_at,
  livemode: false,
};

export const DRAWDOWN = {
  ...PAID_DEBIT,
  id: 'wtx_c3d4e5',
  type: 'drawdown',
  amount: -1250,
  balance_before: 18250,
  balance_after: 17000,
  new_balance: 17000,
  description: 'API Ingestion Meter drawdown',
  reference: null,
  metadata: { request_id: 'req_a1b2c3' },
  created_at: '2026-05-28T01:07:50Z',
};

export const LOT = {
  id: 'lot_a1b2c3',
  object: 'lot',
  wallet_id: WALLET.id,
  granted: 900,
  remaining: 400,
  held: 0,
  priority: 50,
  expires_at: '2030-01-01T00:00:00Z',
  description: 'Welcome bonus',
  reference: 'promo_welcome_2026',
  created_at: '2026-05-24T10:00:30Z',
};

export const PREVIEW = {
  object: 'debit_preview',
  wallet_id: WALLET.id,
  amount: 500,
  currency: 'GHS',
  allowed: true,
  balance_before: 14500,
  balance_after: 14000,
  available_after: 14000,
  paid_amount: 100,
  lots: [{ id: LOT.id, amount: 400, remaining_after: 0, priority: 50, expires_at: LOT.expires_at }],
  refusal: null,
};

export const HOLD = {
  id: 'hold_a1b2c3',
  object: 'hold',
  wallet_id: WALLET.id,
  amount: 2500,
  captured: 0,
  currency: 'GHS',
  status: 'active',
  description: 'Ride to the airport',
  reference: 'ride_5512',
  metadata: {},
  expires_at: '2026-05-31T10:10:00Z',
  created_at: '2026-05-24T10:10:00Z',
  livemode: false,
};

export const CAPTURED_HOLD = {
  ...HOLD,
  status: 'captured',
  captured: 2100,
  transaction: {
    ...PAID_DEBIT,
    id: 'txn_d4e5f6',
    amount: 2100,
    balance_after: 12900,
    new_balance: 12900,
    description: HOLD.description,
    reference: null,
    created_at: '2026-05-24T11:00:00Z',
    hold_id: HOLD.id,
    lots: [
      { id: LOT.id, amount: 400, use: 'use' },
      { id: 'lot_b2c3d4', amount: 500, use: 'use' },
    ],
  },
};

export const CUSTOMER = {
  id: WALLET.customer_id,
  object: 'customer',
  name: 'Ama Mensah',
  email: 'ama@example.com',
  phone: '+233241234567',
  metadata: {},
  livemode: false,
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
};

export const listExample = (item: unknown) => ({ object: 'list', data: [item], has_more: false, next_cursor: null });

export const TOP_UP = {
  id: 'top_a1b2c3',
  object: 'topup',
  wallet_id: WALLET.id,
  amount: 5000,
  currency: 'GHS',
  status: 'created',
  failure_code: null,
  checkout_url: 'https://pay.example.com/pay/7cQ2mWf0LrT9sXyB4kHdZa',
  payment_number: '7K4M-2Q9X',
  payment_id: null,
  attempts: 0,
  source: 'checkout',
  payment_method_id: null,
  redirect_url: 'https://example.com/paid',
  cancel_url: 'https://example.com/cart',
  metadata: {},
  expires_at: '2026-05-25T10:00:00Z',
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  livemode: false,
};

export const EXPIRED_TOP_UP = { ...withoutAddress(TOP_UP), status: 'expired', updated_at: '2026-05-24T11:00:00Z' };

export const PAYMENT_METHOD = {
  id: 'pm_a1b2c3',
  object: 'payment_method',
  customer_id: WALLET.customer_id,
  type: 'mobile_money',
  status: 'active',
  provider: 'MTN',
  country: 'GH',
  currency: 'GHS',
  label: 'MTN MoMo 024 ••• 4567',
  card: null,
  consent: {
    statement: 'Volta Data may ask this number for a top-up when my balance is low.',
    given_at: '2026-05-24T10:00:00Z',
  },
  created_at: '2026-05-24T10:00:00Z',
  detached_at: null,
  livemode: false,
};

export const AUTO_TOP_UP = {
  object: 'auto_topup',
  wallet_id: WALLET.id,
  currency: 'GHS',
  status: 'active',
  disabled_reason: null,
  threshold: 5000,
  amount: 30000,
  target: null,
  payment_methods: [PAYMENT_METHOD] as const,
  cooldown_seconds: 900,
  daily_count_max: 2,
  monthly_count_max: 30,
  daily_amount_max: null,
  monthly_amount_max: 120000,
  failures_max: 3,
  failures: 0,
  usage: { day: { count: 1, amount: 30000 }, month: { count: 1, amount: 30000 } },
  next_attempt_at: null,
  last_topup: {
    id: TOP_UP.id,
    amount: 30000,
    status: 'succeeded',
    failure_code: null,
    transaction_id: 'txn_a1b2c3',
    sequence: 40,
    created_at: '2026-05-24T12:33:00Z',
  },
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  livemode: false,
};

export const CHECKOUT_SETTINGS = {
  object: 'checkout_settings',
  return_hosts: ['example.com', 'shop.example.com'],
  display_name: 'Volta Data',
  prompt_name: 'VOLTA DATA',
  support_phone: '+233302900148',
  brand_colour: '#0b5c43',
  livemode: false,
  updated_at: '2026-05-24T10:00:00Z',
};

function withoutAddress({ checkout_url: _, ...rest }: typeof TOP_UP): Omit<typeof TOP_UP, 'checkout_url'> {
  return rest;
}
