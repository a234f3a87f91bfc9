import { describe, expect, it } from 'vitest';
import { apiAt, fresh, MOUNTS, newWallet } from './api';

/** Decision 11 over the wallet verbs: the answer kept with the books is the answer that was sent. */
describe.each(MOUNTS)('Idempotency-Key, %s', (_mount, baseUrl) => {
  const api = apiAt(baseUrl);

  async function twice(path: string, body?: unknown) {
    const headers = { 'Idempotency-Key': fresh('key') };
    const first = await api.call('POST', path, body, headers);
    const second = await api.call('POST', path, body, headers);
    expect(first.headers.get('idempotent-replayed'), first.text).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect({ status: second.status, body: second.body }).toEqual({ status: first.status, body: first.body });
    return first;
  }

  it('repeats the answer of every verb, and its effect once', async () => {
    const opened = await twice('/v1/wallets', { customer_id: fresh('cus'), currency: 'GHS' });
    expect(opened.status).toBe(201);
    const wallet = `/v1/wallets/${opened.body['id']}`;
    await twice(`${wallet}/credit`, { amount: 1_000, description: 'Credit', reference: 'c' });
    await twice(`${wallet}/debit`, { amount: 100, description: 'Debit', reference: 'd' });
    await twice(`${wallet}/transactions`, { amount: -100, currency: 'GHS', description: 'No reference at all' });
    const held = await twice(`${wallet}/holds`, { amount: 300 });
    const captured = await twice(`/v1/holds/${held.body['id']}/capture`, { amount: 200 });
    expect(captured.body).toMatchObject({ status: 'captured', captured: 200 });
    const other = await twice(`${wallet}/holds`, { amount: 50 });
    await twice(`/v1/holds/${other.body['id']}/void`);
    await twice(`${wallet}/freeze`);
    await twice(`${wallet}/unfreeze`);
    expect((await api.call('GET', wallet)).body).toMatchObject({ balance: 600, held: 0, status: 'active' });
    await twice(`${wallet}/close`);
    await twice('/v1/customers', { name: 'Ama Mensah' });
  });

  it('refuses the key for another request', async () => {
    const id = await newWallet(api, { amount: 100 });
    const headers = { 'Idempotency-Key': fresh('key') };
    const body = { amount: 1, description: 'One', reference: 'r' };
    expect((await api.call('POST', `/v1/wallets/${id}/debit`, body, headers)).status).toBe(200);
    expect(await api.call('POST', `/v1/wallets/${id}/debit`, { ...body, amount: 2 }, headers)).toMatchObject({
      status: 422,
      body: { error: { code: 'idempotency_key_reused' } },
    });
  });
});
