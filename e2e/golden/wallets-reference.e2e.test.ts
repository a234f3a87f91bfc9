import { describe, expect, it } from 'vitest';
import { apiAt, fresh, ISO_SECONDS, MOUNTS, newWallet } from './api';

/** Every sample of xtopay-wallets-api-reference.txt: same method, path, body and auth in; same names and types out. */
describe.each(MOUNTS)('wallets API reference, %s', (_mount, baseUrl) => {
  const api = apiAt(baseUrl);

  it('POST /wallets for a customer nobody knows yet', async () => {
    // The sample's cus_abc123, made unique: the rest of the body is the document's.
    const customerId = fresh('cus_abc123');
    const { status, body } = await api.call('POST', '/v1/wallets', { customer_id: customerId, currency: 'GHS' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^wal_/),
      customer_id: customerId,
      currency: 'GHS',
      balance: 0,
      balance_formatted: 'GH₵0.00',
      status: 'active',
      created_at: expect.stringMatching(ISO_SECONDS),
    });
  });

  it('POST /wallets with the sample’s own body', async () => {
    const { status, body } = await api.raw('POST', '/v1/wallets', '{ "customer_id": "cus_abc123", "currency": "GHS" }');
    expect([200, 201]).toContain(status);
    expect(body).toMatchObject({ customer_id: 'cus_abc123', currency: 'GHS', balance: expect.any(Number) });
  });

  it('GET /wallets/:id, by either prefix', async () => {
    const id = await newWallet(api, { amount: 15_000 });
    const { status, body } = await api.call('GET', `/v1/wallets/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, balance: 15_000, balance_formatted: 'GH₵150.00', status: 'active' });
    expect((await api.call('GET', `/v1/wallets/${id.replace('wal_', 'wall_')}`)).body).toEqual(body);
  });

  it('GET /wallets filtered by customer, currency and status', async () => {
    const id = await newWallet(api, { currency: 'KES' });
    const customerId = (await api.call('GET', `/v1/wallets/${id}`)).body['customer_id'];
    const query = `customer_id=${customerId}&currency=KES&status=active`;
    const { status, body } = await api.call('GET', `/v1/wallets?${query}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: 'list', data: [{ id }], has_more: false, next_cursor: null });
    expect((await api.call('GET', `/v1/wallets?customer_id=${customerId}&status=frozen`)).body['data']).toEqual([]);
  });

  it('freeze, unfreeze and close, with no body', async () => {
    const id = await newWallet(api, { amount: 1_000 });
    const debit = { amount: 1, description: 'x', reference: fresh('ref') };
    for (let twice = 0; twice < 2; twice++) {
      expect(await api.call('POST', `/v1/wallets/${id}/freeze`)).toMatchObject({
        status: 200,
        body: { status: 'frozen' },
      });
    }
    expect(await api.call('POST', `/v1/wallets/${id}/debit`, debit)).toMatchObject({
      status: 409,
      body: { error: { code: 'wallet_frozen' } },
    });
    const credit = { amount: 5, description: 'x', reference: fresh('ref') };
    expect((await api.call('POST', `/v1/wallets/${id}/credit`, credit)).status).toBe(200);
    expect(await api.call('POST', `/v1/wallets/${id}/unfreeze`)).toMatchObject({
      status: 200,
      body: { status: 'active' },
    });
    expect(await api.raw('POST', `/v1/wallets/${id}/close`, '{"reason":"Account deleted"}')).toMatchObject({
      status: 200,
      body: { status: 'closed', balance: 0, refund_due: 0, closed_at: expect.stringMatching(ISO_SECONDS) },
    });
    for (const verb of ['freeze', 'unfreeze', 'close']) {
      expect(await api.call('POST', `/v1/wallets/${id}/${verb}`)).toMatchObject({
        status: 409,
        body: { error: { code: 'wallet_closed' } },
      });
    }
  });

  it('POST /wallets/:id/debit: the sample, and the same again', async () => {
    const id = await newWallet(api, { amount: 15_000 });
    const sample =
      '{\n    "amount": 500,\n    "description": "10 SMS messages sent",\n    "reference": "sms_batch_8821"\n  }';
    const first = await api.raw('POST', `/v1/wallets/${id}/debit`, sample);
    expect(first.status).toBe(200);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(first.body).toMatchObject({
      id: expect.stringMatching(/^txn_/),
      type: 'debit',
      amount: 500,
      balance_before: 15_000,
      balance_after: 14_500,
      reference: 'sms_batch_8821',
    });
    const again = await api.raw('POST', `/v1/wallets/${id}/debit`, sample);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await api.raw('POST', `/v1/wallets/${id}/debit`, sample.replace('500', '501'));
    expect(other).toMatchObject({
      status: 409,
      body: {
        error: { code: 'reference_conflict', param: 'reference', details: { transaction_id: first.body['id'] } },
      },
    });
    expect((await api.call('GET', `/v1/transactions/${first.body['id']}`)).body).toEqual(first.body);
    expect((await api.call('GET', `/v1/wallets/${id}/transactions/${first.body['id']}`)).body).toEqual(first.body);
  });

  it('POST /wallets/:id/debit for more than there is', async () => {
    const id = await newWallet(api, { amount: 100 });
    const debit = { amount: 150, description: 'Too much', reference: fresh('ref') };
    expect(await api.call('POST', `/v1/wallets/${id}/debit`, debit)).toMatchObject({
      status: 402,
      body: { error: { code: 'insufficient_funds', details: { available: 100, required: 150, shortfall: 50 } } },
    });
  });

  it('POST /wallets/:id/credit with every documented field', async () => {
    const id = await newWallet(api);
    const expiresAt = `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 19)}Z`;
    const credit = { amount: 1_000, description: 'Welcome bonus', reference: fresh('promo'), expires_at: expiresAt };
    const { status, body } = await api.call('POST', `/v1/wallets/${id}/credit`, credit);
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'credit', amount: 1_000, balance_before: 0, balance_after: 1_000 });
    expect((await api.call('GET', `/v1/wallets/${id}/lots`)).body['data']).toMatchObject([
      { object: 'lot', granted: 1_000, remaining: 1_000, priority: 50, expires_at: expiresAt },
    ]);
  });

  it('POST /wallets/:id/topups with the documented fields, and GET of the list', async () => {
    const id = await newWallet(api);
    const body = {
      amount: 5000,
      redirect_url: 'https://example.com/paid',
      cancel_url: 'https://example.com/cart',
    };
    const made = await api.call('POST', `/v1/wallets/${id}/topups`, body);
    expect(made).toMatchObject({ status: 201, body: { ...body, object: 'topup', wallet_id: id, status: 'created' } });
    expect(made.body['checkout_url']).toMatch(/^https?:\/\/[^/]+\/pay\/[0-9A-Za-z]{22}$/);
    expect((await api.call('GET', `/v1/wallets/${id}/topups`)).body['data']).toEqual([made.body]);
    expect((await api.call('GET', `/v1/topups/${made.body['id']}`)).body).toEqual(made.body);
    const path = new URL(String(made.body['checkout_url'])).pathname;
    const page = await fetch(`${baseUrl}${path}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'nonce-/);
    const text = await page.text();
    expect(text).toContain('How do you want to pay?');
    expect(text).not.toContain('/_next/');
    const ended = await api.call('POST', `/v1/topups/${made.body['id']}/expire`);
    expect(ended).toMatchObject({ status: 200, body: { status: 'expired' } });
    expect(ended.body).not.toHaveProperty('checkout_url');
  });

  it('refuses a top-up that would lead back to a host nobody registered', async () => {
    const id = await newWallet(api);
    const body = { amount: 5000, redirect_url: 'https://elsewhere.example/paid' };
    expect(await api.call('POST', `/v1/wallets/${id}/topups`, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'parameter_invalid', param: 'redirect_url' } },
    });
    expect((await api.call('GET', `/v1/wallets/${id}/topups`)).body['data']).toEqual([]);
  });

  it('GET /wallets/:id/transactions by type, limit and cursor', async () => {
    const id = await newWallet(api, { amount: 1_000 });
    for (let n = 0; n < 3; n++) {
      await api.call('POST', `/v1/wallets/${id}/debit`, { amount: n + 1, description: 'x', reference: `d${n}` });
    }
    const path = `/v1/wallets/${id}/transactions`;
    const page1 = await api.call('GET', `${path}?type=debit&limit=2`);
    expect(page1.body).toMatchObject({ object: 'list', data: [{ amount: 3 }, { amount: 2 }], has_more: true });
    await api.call('POST', `/v1/wallets/${id}/debit`, { amount: 9, description: 'x', reference: 'late' });
    const page2 = await api.call('GET', `${path}?type=debit&limit=2&after=${page1.body['next_cursor']}`);
    expect(page2.body).toMatchObject({ data: [{ amount: 1 }], has_more: false, next_cursor: null });
    expect((await api.call('GET', `${path}?type=credit`)).body['data']).toHaveLength(1);
    expect((await api.call('GET', `${path}?type=topup`)).body['data']).toEqual([]);
    for (const limit of ['0', '101', '-1', 'x']) {
      expect(await api.call('GET', `${path}?limit=${limit}`)).toMatchObject({
        status: 400,
        body: { error: { param: 'limit' } },
      });
    }
  });

  it('holds, captures in part and gives the rest back', async () => {
    const id = await newWallet(api, { amount: 1_000 });
    const held = await api.call('POST', `/v1/wallets/${id}/holds`, { amount: 300, reference: 'ride' });
    expect(held).toMatchObject({ status: 201, body: { status: 'active', amount: 300 } });
    expect((await api.call('GET', `/v1/wallets/${id}`)).body).toMatchObject({
      balance: 1_000,
      held: 300,
      available: 700,
    });
    const captured = await api.call('POST', `/v1/holds/${held.body['id']}/capture`, { amount: 200 });
    expect(captured).toMatchObject({
      status: 200,
      body: { status: 'captured', captured: 200, transaction: { type: 'debit', amount: 200 } },
    });
    expect((await api.call('GET', `/v1/wallets/${id}`)).body).toMatchObject({ balance: 800, held: 0, available: 800 });
    const voided = await api.call('POST', `/v1/wallets/${id}/holds`, { amount: 100 });
    expect(await api.call('POST', `/v1/holds/${voided.body['id']}/void`)).toMatchObject({
      status: 200,
      body: { status: 'voided' },
    });
    expect((await api.call('GET', `/v1/wallets/${id}/holds`)).body['data']).toHaveLength(2);
  });

  it('downloads a statement that adds up', async () => {
    const id = await newWallet(api, { amount: 1_000 });
    await api.call('POST', `/v1/wallets/${id}/debit`, {
      amount: 250,
      description: '=HYPERLINK("x"), "y"',
      reference: 'd',
    });
    const { status, headers, text } = await api.call('GET', `/v1/wallets/${id}/statement?format=csv`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      'date,transaction_id,type,description,reference,debit,credit,balance,currency,amount_minor,balance_minor',
    );
    expect(lines[1]).toContain(',opening_balance,,,,,0.00,GHS,,0');
    expect(lines[3]).toContain(`"'=HYPERLINK(""x""), ""y""",d,2.50,,7.50,GHS,-250,750`);
    expect(lines[4]).toContain(',closing_balance,,,,,7.50,GHS,,750');
    expect(lines[5]).toBe('');
  });
});
