import type { SampleRequest } from '@/components/docs/samples/request';

export const terminalText = 'npm start';

/** What the debit of the quickstart answers, whole. */
export const DEBIT_ANSWER = {
  id: 'txn_a1b2c3',
  object: 'wallet_transaction',
  type: 'debit',
  amount: 500,
  balance_before: 15000,
  balance_after: 14500,
  new_balance: 14500,
  currency: 'GHS',
  wallet_id: 'wal_a1b2c3',
  description: '10 SMS messages sent',
  reference: 'sms_batch_8821',
  metadata: {},
  created_at: '2026-05-24T10:05:00Z',
  livemode: false,
  lots: [{ id: 'lot_a1b2c3', amount: 500, use: 'use' }],
};

export function quickstartRequests(baseUrl: string) {
  const wallets = `${baseUrl}/v1/wallets`;
  const ours = `${wallets}/wal_a1b2c3`;
  const post = (url: string, answerName: string, body: object): SampleRequest => ({
    method: 'POST',
    url,
    headers: [],
    body,
    answerName,
    prints: true,
  });
  return {
    create: post(wallets, 'wallet', { customer_id: 'cus_ama', currency: 'GHS' }),
    credit: post(`${ours}/credit`, 'transaction', {
      amount: 15000,
      description: 'Welcome credit',
      reference: 'welcome_ama',
    }),
    debit: post(`${ours}/debit`, 'transaction', {
      amount: 500,
      description: '10 SMS messages sent',
      reference: 'sms_batch_8821',
    }),
    list: {
      method: 'GET',
      url: `${ours}/transactions`,
      headers: [],
      body: undefined,
      answerName: 'page',
      prints: true,
    },
  } satisfies Record<string, SampleRequest>;
}
