import { type EventObject, type EventType, isEventType } from '@/contracts/events';
import { WEBHOOK_API_VERSION } from '@/contracts/webhook-endpoint';
import { CLIENT_SERVICE_EXAMPLE } from '../api-v1/client-services';
import { CLIENT_EXAMPLE } from '../api-v1/clients';
import {
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
import { PAYMENT } from './payments';

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

/** Where the type alone says more than the object of its subject. */
const BY_TYPE: Partial<Record<EventType, Data>> = {
  'wallet.created': { ...NEW_WALLET, sequence: 0 },
  'wallet.frozen': { ...WALLET, status: 'frozen' },
  'wallet.closed': CLOSED_WALLET,
  'wallet.credited': CREDIT,
  'wallet.debited': DEBIT,
  'wallet.credit_expired': EXPIRY,
  'wallet.depleted': EMPTY,
  'hold.captured': CAPTURED,
  'hold.voided': { ...HOLD, status: 'voided' },
  'hold.expired': { ...HOLD, status: 'expired' },
  'topup.succeeded': { ...TOP_UP_TOLD, status: 'succeeded' },
  'topup.failed': { ...TOP_UP_TOLD, status: 'failed', failure_code: 'insufficient_funds' },
  'topup.canceled': { ...TOP_UP_TOLD, status: 'canceled' },
  'topup.expired': { ...TOP_UP_TOLD, status: 'expired' },
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
  auto_topup: { id: 'top_a1b2c3', object: 'auto_topup' },
  payment: PAYMENT,
  transfer: TRANSFER,
  reversal: REVERSAL,
  refund: { id: 'txn_a1b2c3', object: 'refund' },
  client: CLIENT_EXAMPLE,
  service: CLIENT_SERVICE_EXAMPLE,
  approval: { id: 'req_a1b2c3', object: 'approval' },
  webhook_endpoint: ENDPOINT,
};

/** Subjects whose events belong to a wallet, and so have its sequence. */
const OF_A_WALLET: ReadonlySet<string> = new Set(['wallet', 'hold', 'topup', 'transfer', 'reversal']);

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
