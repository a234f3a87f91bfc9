import { describe, expect, it } from 'vitest';
import { apiAt, fresh, MOUNTS, newWallet } from './api';

/** Every sample of xtopay-issuing-wallets-guide.txt as the REST call its SDK makes. */
describe.each(MOUNTS)('issuing wallets guide, %s', (_mount, baseUrl) => {
  const api = apiAt(baseUrl);

  it('wallets.create is idempotent on (customer_id, currency)', async () => {
    const input = { customer_id: fresh('cus_abc123'), currency: 'GHS', metadata: { tier: 'pro' } };
    const first = await api.call('POST', '/v1/wallets', input);
    const second = await api.call('POST', '/v1/wallets', input);
    expect(first).toMatchObject({ status: 201, body: { metadata: { tier: 'pro' } } });
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
  });

  it('wallets.retrieve and wallets.retrieveByCustomer give the same wallet', async () => {
    const customerId = fresh('cus_abc123');
    const created = await api.call('POST', '/v1/wallets', { customer_id: customerId, currency: 'GHS' });
    const byId = await api.call('GET', `/v1/wallets/${created.body['id']}`);
    const byCustomer = await api.call('GET', `/v1/customers/${customerId}/wallets/GHS`);
    expect(byId).toMatchObject({ status: 200, body: { id: created.body['id'] } });
    expect(byCustomer.body).toEqual(byId.body);
    expect((await api.call('GET', `/v1/customers/${customerId}`)).body).toMatchObject({
      id: customerId,
      object: 'customer',
    });
  });

  it('wallet.balance and wallet.balance_formatted', async () => {
    const id = await newWallet(api, { amount: 15_000 });
    const { body } = await api.call('GET', `/v1/wallets/${id}`);
    expect(body['balance']).toBe(15_000);
    expect(body['balance_formatted']).toBe('GH₵150.00');
  });

  it('wallets.credit: one campaign reference for many customers', async () => {
    const [one, two] = [await newWallet(api), await newWallet(api)];
    const sample = { amount: 1000, description: 'Welcome bonus', reference: 'promo_welcome_2026' };
    for (const id of [one, two]) {
      const { status, body } = await api.call('POST', `/v1/wallets/${id}/credit`, sample);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        type: 'credit',
        amount: 1000,
        balance_after: 1000,
        reference: 'promo_welcome_2026',
      });
    }
  });

  it('wallets.credit with an expiry: the SDK fills the reference in, REST asks for it', async () => {
    const id = await newWallet(api);
    const expiresAt = `${new Date().getUTCFullYear() + 1}-08-01T00:00:00Z`;
    const sample = { amount: 500, description: 'Monthly bonus credits', expires_at: expiresAt };
    expect(await api.call('POST', `/v1/wallets/${id}/credit`, sample)).toMatchObject({
      status: 400,
      body: { error: { code: 'parameter_missing', param: 'reference' } },
    });
    expect((await api.call('POST', `/v1/wallets/${id}/credit`, { ...sample, reference: fresh('sdk') })).status).toBe(
      200,
    );
    expect((await api.call('GET', `/v1/wallets/${id}`)).body).toMatchObject({
      balance: 500,
      promotional: 500,
      refundable: 0,
    });
  });

  it('removes expired credit from the balance by itself', async () => {
    const id = await newWallet(api);
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const credit = { amount: 500, description: 'Short', reference: fresh('short'), expires_at: expiresAt };
    expect((await api.call('POST', `/v1/wallets/${id}/credit`, credit)).status).toBe(200);
    await expect
      .poll(async () => (await api.call('GET', `/v1/wallets/${id}`)).body['balance'], { timeout: 10_000 })
      .toBe(0);
    expect(
      await api.call('POST', `/v1/wallets/${id}/debit`, { amount: 1, description: 'x', reference: 'x' }),
    ).toMatchObject({ status: 402 });
    expect((await api.call('GET', `/v1/wallets/${id}/transactions?type=expiry`)).body['data']).toMatchObject([
      { type: 'expiry', amount: 500, balance_after: 0 },
    ]);
  });
});
