import { type ApprovalObject, approvalSchema } from '@/contracts/approvals';

export const APPROVAL: ApprovalObject = {
  id: 'apr_a1b2c3',
  object: 'approval',
  status: 'pending',
  verb: 'credit',
  operation: 'creditWallet',
  target: { type: 'wallet', id: 'wal_a1b2c3', name: 'Kofi Boateng' },
  client: { id: 'cli_a1b2c3', code: 'VOL7K2M9QX', name: 'Volta Data' },
  amount: 35_000,
  currency: 'GHS',
  reason: 'Goodwill for the outage. Ticket VD-2291.',
  maker: { id: 'usr_a1b2c3', name: 'Yaw Darko', is_operator: false },
  checker: null,
  decision_reason: null,
  rule: { above: 20_000, policy_version: 6 },
  effect: {
    as_of: '2026-05-24T10:00:00.000Z',
    possible: true,
    problem: null,
    balances: [
      {
        account_id: 'wal_a1b2c3',
        account_number: '10000412',
        type: 'CUSTOMER_WALLET',
        customer_id: 'cus_abc123',
        name: 'Kofi Boateng',
        currency: 'GHS',
        before: 8_450,
        after: 43_450,
        change: 35_000,
      },
    ],
    before: null,
    after: { reference: 'goodwill_2291' },
    changes: [{ field: 'reference', before: null, after: 'goodwill_2291' }],
  },
  state: null,
  request_hash: '59aa887e4d2c1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5bc256fe',
  decidable: false,
  cancelable: true,
  outcome: null,
  request_id: 'req_a1b2c3',
  created_at: '2026-05-24T10:00:00.000Z',
  expires_at: '2026-05-31T10:00:00.000Z',
  decided_at: null,
  ended_at: null,
  livemode: false,
};

/** The other answer of an operation whose verb may want a second person. Without it the frame refuses instead. */
export const HELD = {
  description:
    'Nothing has happened yet: you are a person, and the policy wants a second one. They decide about this approval.',
  schema: approvalSchema,
  example: APPROVAL,
};
