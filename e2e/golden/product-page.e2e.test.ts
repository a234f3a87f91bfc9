import { describe, expect, it } from 'vitest';
import { apiAt, bearer, CLIENT, ISO_SECONDS, MOUNTS, newWallet } from './api';

/** The one call of xtopay-credit-wallets-product-page.txt, with its Bearer secret key. */
describe.each(MOUNTS)('product page, %s', (_mount, baseUrl) => {
  const api = apiAt(baseUrl, bearer(CLIENT));
  const SAMPLE = `{ "amount": -1250, "currency": "USD", "description": "API Ingestion Meter drawdown", "metadata": { "request_id": "req_01HRZ..." } }`;

  it('draws a signed amount down', async () => {
    const id = await newWallet(api, { currency: 'USD', amount: 18_250 });
    const alias = id.replace('wal_', 'wall_');
    const { status, body } = await api.raw('POST', `/v1/wallets/${alias}/transactions`, SAMPLE);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^wtx_/),
      object: 'wallet_transaction',
      wallet_id: id,
      amount: -1250,
      currency: 'USD',
      type: 'drawdown',
      description: 'API Ingestion Meter drawdown',
      new_balance: 17_000,
      metadata: { request_id: 'req_01HRZ...' },
      created_at: expect.stringMatching(ISO_SECONDS),
    });
    const listed = await api.call('GET', `/v1/wallets/${id}/transactions?type=debit`);
    expect(listed.body['data']).toMatchObject([{ type: 'drawdown', amount: -1250 }]);
    expect((await api.call('GET', `/v1/transactions/${body['id']}`)).body).toMatchObject({
      type: 'drawdown',
      new_balance: 17_000,
    });
  });

  it('credits a positive amount, refuses zero and another currency', async () => {
    const id = await newWallet(api, { currency: 'USD' });
    const path = `/v1/wallets/${id}/transactions`;
    expect(await api.raw('POST', path, SAMPLE.replace('-1250', '1250'))).toMatchObject({
      status: 200,
      body: { type: 'credit', amount: 1250, new_balance: 1250 },
    });
    expect(await api.raw('POST', path, SAMPLE.replace('-1250', '0'))).toMatchObject({
      status: 400,
      body: { error: { param: 'amount' } },
    });
    expect(await api.raw('POST', path, SAMPLE.replace('USD', 'GHS'))).toMatchObject({
      status: 400,
      body: { error: { code: 'currency_mismatch', param: 'currency' } },
    });
  });

  it.each([
    ['GHS', 'GH₵0.00'],
    ['NGN', '₦0.00'],
    ['KES', 'KSh 0.00'],
    ['USD', '$0.00'],
  ])('holds a wallet in %s', async (currency, formatted) => {
    const id = await newWallet(api, { currency });
    expect((await api.call('GET', `/v1/wallets/${id}`)).body).toMatchObject({ currency, balance_formatted: formatted });
  });
});
