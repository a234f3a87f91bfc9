import type { JournalObject, JournalProofObject, JournalSummaryObject } from '@/contracts/journals';
import { DEBIT, WALLET } from './examples';

const ZEROS = '0'.repeat(64);
const HASH = '39c81bd8b0f24c9e7d61a5384f0e92c7b3a1d6e85f470c29be318d0a9457ffc6';

const wallet: JournalSummaryObject['account'] = {
  id: 'act_a1b2c3',
  number: WALLET.account_number,
  name: 'Ama Mensah',
  type: 'CUSTOMER_WALLET',
  wallet_id: WALLET.id,
  customer: { id: WALLET.customer_id, name: 'Ama Mensah' },
};

const collections: JournalSummaryObject['account'] = {
  id: 'act_b2c3d4',
  number: '10000001',
  name: 'Collections GHS',
  type: 'AVAILABLE_COLLECTIONS',
  wallet_id: null,
  customer: null,
};

const actor = { type: 'api_key', id: 'key_a1b2c3', name: 'Workshop app', hint: 'k4Qz' };

const request = {
  id: 'req_a1b2c3',
  method: 'POST',
  path: `/v1/wallets/${WALLET.id}/debit`,
  status: 200,
  address: '41.66.212.17',
  at: '2026-05-24T10:05:00.000Z',
  actor,
};

export const JOURNAL_SUMMARY: JournalSummaryObject = {
  id: 'jnl_a1b2c3',
  object: 'journal',
  client_code: 'LIPNZPMF7O',
  kind: 'debit',
  operation: 'debit',
  amount: 500,
  fee: 0,
  tax: 0,
  currency: 'GHS',
  account: wallet,
  counter_account: collections,
  channel: null,
  payment_id: null,
  description: DEBIT.description,
  reference: DEBIT.reference,
  reversal_of: null,
  reversed_by: null,
  business_date: '2026-05-24T10:05:00Z',
  posted_at: '2026-05-24T10:05:00.013Z',
  livemode: false,
};

const leg = { part: 'principal', amount: 500, next_journal_id: null } as const;

export const JOURNAL: JournalObject = {
  ...JOURNAL_SUMMARY,
  fingerprint: '5aef9624',
  metadata: {},
  legs: [
    {
      ...leg,
      id: DEBIT.id,
      leg: 1,
      account: wallet,
      side: 'debit',
      sequence: 41,
      balance_before: 15_000,
      balance_after: 14_500,
      previous_journal_id: 'jnl_z0y9x8',
      lots: [{ id: 'lot_a1b2c3', use: 'use', amount: 500, expires_at: null }],
    },
    {
      ...leg,
      id: 'txn_a1b2c4',
      leg: 2,
      account: collections,
      side: 'credit',
      sequence: 1,
      balance_before: 0,
      balance_after: 500,
      previous_journal_id: null,
      lots: [],
    },
  ],
  total: 500,
  fee_rules: null,
  origin: { actor, request },
  trail: {
    request,
    topup: null,
    payment: null,
    observation: null,
    journal: { at: '2026-05-24T10:05:00.013Z' },
    deliveries: [
      {
        id: 'whd_a1b2c3',
        event_id: 'evt_a1b2c3',
        type: 'wallet.debited',
        is_callback: false,
        url: 'https://api.example.com/hooks',
        status: 'succeeded',
        attempts: 1,
        http_status: 200,
        duration_ms: 241,
        at: '2026-05-24T10:05:00.301Z',
      },
    ],
  },
  reversal: {
    possible: true,
    refusal: null,
    returns_fees: true,
    accounts: [
      { account: wallet, balance_now: 14_500, balance_after: 15_000 },
      { account: collections, balance_now: 500, balance_after: 0 },
    ],
    event: 'reversal.created',
  },
  sealed: true,
};

export const JOURNAL_PROOF: JournalProofObject = {
  object: 'journal_proof',
  journal_id: JOURNAL_SUMMARY.id,
  verified: true,
  verified_at: '2026-05-24T10:32:08.000Z',
  sum: 0,
  journal_content: '[1,"2","64","debit", …]',
  journal_digest: HASH,
  entries: [
    {
      leg: 2,
      account: collections,
      sequence: 1,
      previous_hash: ZEROS,
      hash: HASH,
      recomputed: HASH,
      content: `1|${ZEROS}|2|33|1|64|2|500|500|${HASH}`,
      matches: true,
      seal: { head_sequence: 1, head_hash: HASH, links: 0, chain: 'verified' },
    },
  ],
  seal: {
    id: 'seal_a1b2c3',
    number: 4318,
    sealed_at: '2026-05-24T10:15:00.000Z',
    accounts: 1204,
    algorithm: 'Ed25519',
    key_id: 'sealkey_1c9d',
    public_key: '-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n',
    previous_digest: ZEROS,
    digest: HASH,
    signature: 'pUOZfYQm…',
    valid: true,
  },
  faults: [],
  livemode: false,
};
