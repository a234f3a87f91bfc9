import { type EventObject, type EventType, isEventType } from '@/contracts/events';
import { WEBHOOK_API_VERSION } from '@/contracts/webhook-endpoint';
import { CLIENT_SERVICE_EXAMPLE } from '../api-v1/client-services';
import { CLIENT_EXAMPLE } from '../api-v1/clients';
import {
  AUTO_TOP_UP,
  CAPTURED_HOLD,
  CLOSED_WALLET,
  CREDIT,
  DEBIT,
  HOLD,
  NEW_WALLET,
  REVERSAL,
  TOP_UP,
  TRANSFER,
  WALLET,
} from './examples';
import { APPROVAL } from './held';
import { PAYMENT } from './payments';
import { REFUND } from './refunds';

type Data = Record<string, unknown>;

const { transaction: _transaction, ...CAPTURED } = CAPTURED_HOLD;
const { checkout_url: _address, ...TOP_UP_TOLD } = TOP_UP;
const EXPIRY = {
  ...DEBIT,
  type: 'expiry',
  description: null,
  reference: null,
  lots: [{ id: 'lot_a1b2c3', amount: 500, use: 'expire' }],
};
const LOW = { ...WALLET, balance: 1500, balance_formatted: 'GH₵15.00', available: 1500, refundable: 1100 };
const EMPTY = { ...WALLET, balance: 0, balance_formatted: 'GH₵0.00', available: 0, promotional: 0, refundable: 0 };

const ENDPOINT = {
  id: 'we_a1b2c3',
  object: 'webhook_endpoint',
  url: 'https://example.com/webhooks',
  description: 'Billing server',
  events: ['*'],
  api_version: WEBHOOK_API_VERSION,
  status: 'enabled',
  disabled_reason: null,
  failing_since: null,
  previous_secret_until: null,
  created_at: '2026-05-24T10:00:00Z',
  updated_at: '2026-05-24T10:00:00Z',
  livemode: false,
};

/** The rule, what was begun and what it asks. */
const AUTO_TOP_UP_TOLD = {
  ...AUTO_TOP_UP,
  topup_id: TOP_UP.id,
  topup_amount: AUTO_TOP_UP.amount,
  payment_method_id: AUTO_TOP_UP.payment_methods[0].id,
  reason: null,
  again_at: null,
};
const NOT_BEGUN = { ...AUTO_TOP_UP_TOLD, topup_id: null, topup_amount: null, payment_method_id: null };

/** Of nobody in particular: whether you may decide is not told. */
const { state: _state, decidable: _decidable, cancelable: _cancelable, ...APPROVAL_TOLD } = APPROVAL;
const DECIDED = {
  checker: { id: 'usr_a1b2c4', name: 'Efua Asante', is_operator: false },
  decided_at: '2026-05-24T11:00:00.000Z',
};

/** Where the type alone says more than the object of its subject. */
const BY_TYPE: Partial<Record<EventType, Data>> = {
  'wallet.created': { ...NEW_WALLET, sequence: 0 },
  'wallet.frozen': { ...WALLET, status: 'frozen' },
  'wallet.closed': CLOSED_WALLET,
  'wallet.credited': CREDIT,
  'wallet.debited': DEBIT,
  'wallet.credit_expired': EXPIRY,
  'wallet.balance_low': { ...LOW, low_balance_threshold: 2000 },
  'wallet.balance_recovered': { ...WALLET, low_balance_threshold: 2000 },
  'wallet.depleted': EMPTY,
  'wallet.credit_expiring': {
    ...WALLET,
    expiring_credit: { lot_id: 'lot_a1b2c3', amount: 400, expires_at: '2026-05-31T00:00:00Z' },
  },
  'hold.captured': CAPTURED,
  'hold.voided': { ...HOLD, status: 'voided' },
  'hold.expired': { ...HOLD, status: 'expired' },
  'topup.succeeded': { ...TOP_UP_TOLD, status: 'succeeded' },
  'topup.failed': { ...TOP_UP_TOLD, status: 'failed', failure_code: 'insufficient_funds' },
  'topup.canceled': { ...TOP_UP_TOLD, status: 'canceled' },
  'topup.expired': { ...TOP_UP_TOLD, status: 'expired' },
  'approval.approved': { ...APPROVAL_TOLD, status: 'approved', ...DECIDED },
  'approval.rejected': { ...APPROVAL_TOLD, status: 'rejected', ...DECIDED },
  'refund.created': { ...REFUND, status: 'pending', submitted_at: null, ended_at: null },
  'refund.failed': { ...REFUND, status: 'failed', failure_code: 'provider_error', return_transaction_id: 'txn_a1b2c4' },
  'auto_topup.skipped': { ...NOT_BEGUN, reason: 'cooldown', again_at: '2026-05-24T12:48:00Z' },
  'auto_topup.failed': {
    ...AUTO_TOP_UP_TOLD,
    failures: 1,
    reason: 'insufficient_funds',
    again_at: '2026-05-24T12:48:00Z',
  },
  'auto_topup.disabled': {
    ...NOT_BEGUN,
    status: 'disabled',
    disabled_reason: 'failures',
    failures: 3,
    reason: 'failures',
  },
  'auto_topup.limit_reached': { ...NOT_BEGUN, reason: 'daily_limit', again_at: '2026-05-25T00:00:00Z' },
  'webhook_endpoint.disabled': {
    ...ENDPOINT,
    status: 'disabled',
    disabled_reason: 'failing',
    failing_since: '2026-05-19T10:00:00Z',
  },
};

const BY_SUBJECT: Readonly<Record<string, Data>> = {
  wallet: WALLET,
  hold: HOLD,
  topup: TOP_UP_TOLD,
  auto_topup: AUTO_TOP_UP_TOLD,
  payment: PAYMENT,
  transfer: TRANSFER,
  reversal: REVERSAL,
  refund: REFUND,
  client: CLIENT_EXAMPLE,
  service: CLIENT_SERVICE_EXAMPLE,
  approval: APPROVAL_TOLD,
  webhook_endpoint: ENDPOINT,
};

/** Subjects whose events belong to a wallet, and so have its sequence. */
const OF_A_WALLET: ReadonlySet<string> = new Set(['wallet', 'hold', 'topup', 'transfer', 'reversal', 'auto_topup']);

/** An event of a type that never happened: what the docs show and `POST …/test` sends. */
export function exampleOfEvent(type: EventType, livemode = false): EventObject {
  if (!isEventType(type)) throw new Error(`The catalogue has no event ${String(type)}.`);
  const [subject = ''] = type.split('.', 1);
  const data = BY_TYPE[type] ?? BY_SUBJECT[subject];
  if (data === undefined) throw new Error(`There is no example of ${type}.`);
  return {
    id: 'evt_a1b2c3',
    type,
    timestamp: '2026-05-24T10:05:00.000Z',
    livemode,
    data: { ...data, ...(OF_A_WALLET.has(subject) && { sequence: data['sequence'] ?? 42 }) },
  };
}
